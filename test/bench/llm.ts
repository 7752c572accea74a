/**
 * How fast the model answers through the hub's process beside a bare prompt through the same binding, and what the hub's
 * loop feels of it. Run: npx esbuild test/bench/llm.ts --bundle --platform=node --format=esm --packages=external
 * --outfile=.data/bench-llm.mjs && node .data/bench-llm.mjs MODEL.gguf [ROUNDS]
 */
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, setPriority, tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { getLlama, LlamaLogLevel } from "node-llama-cpp";
import { createLlama, type LocalModel } from "../../hub/llm/llama.ts";
import type { Question } from "../../hub/ports.ts";
import { buildProcess } from "../llm/process-entry.ts";

const TOKENS = 128;
const [modelPath = "", rounds = "3"] = process.argv.slice(2);
if (!modelPath) throw new Error("name a model file");

const devices = Array.from(
  { length: 60 },
  (_, i) => `- device ${i + 1}: lamp or plug number ${i + 1} of the house, on/off`,
);
const question = (user: string): Question => ({
  system: `You turn wishes into JSON. The home has these devices:\n${devices.join("\n")}`,
  user,
  // Long enough that the token limit ends neither run early.
  jsonSchema: {
    type: "object",
    properties: { words: { type: "array", items: { type: "string" }, minItems: 100, maxItems: 100 } },
  },
  maxTokens: TOKENS,
  timeoutMs: 120_000,
});
const short: Question = {
  ...question("Which device is the lamp in the kitchen?"),
  jsonSchema: { type: "object", properties: { device: { enum: devices.map((_, i) => `device ${i + 1}`) } } },
};

/** Median of some numbers. */
const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;

/** Tokens a second of plain generation, without grammar, chat or process: the binding's own figure. */
async function bare(): Promise<{ loadMs: number; perSecond: number }> {
  const startedAt = performance.now();
  const cores = availableParallelism();
  const threads = cores >= 4 ? cores - 1 : cores;
  const llama = await getLlama({ gpu: false, build: "never", logLevel: LlamaLogLevel.error, maxThreads: threads });
  const model = await llama.loadModel({ modelPath });
  const context = await model.createContext({ contextSize: 4096, threads });
  const loadMs = performance.now() - startedAt;
  const sequence = context.getSequence();
  const speeds: number[] = [];
  for (let round = 0; round < Number(rounds); round++) {
    await sequence.clearHistory();
    let count = 0;
    let first = 0;
    for await (const _ of sequence.evaluate(model.tokenize("Once upon a time, in a house by the sea, there"), {
      temperature: 0,
    })) {
      if (count++ === 0) first = performance.now();
      if (count > TOKENS) break;
    }
    speeds.push((count - 1) / ((performance.now() - first) / 1000));
  }
  await llama.dispose();
  return { loadMs, perSecond: median(speeds) };
}

/** Asks for more than `maxTokens` so that exactly that many come; the port calls that a failure, the time is real. */
async function generating(model: LocalModel, count: number): Promise<number> {
  const startedAt = performance.now();
  await model.ask({ ...question("List many short words about a house."), maxTokens: count });
  return performance.now() - startedAt;
}

const folder = mkdtempSync(join(tmpdir(), "bench-llm-"));
const log = { info: (): void => undefined, warn: console.warn, error: console.error };
const entry = await buildProcess();
const open = (): LocalModel => createLlama({ entry, modelPath: () => modelPath, log, stateFolder: folder });
const delay = monitorEventLoopDelay({ resolution: 1 });

delay.enable();
const model = open();
const t0 = performance.now();
const cold = await model.ask(short);
const coldMs = performance.now() - t0;
const t1 = performance.now();
const warm = await model.ask({ ...short, user: "Which device is the plug in the hall?" });
const warmMs = performance.now() - t1;
const speeds: number[] = [];
for (let round = 0; round < Number(rounds); round++) {
  // The difference of two lengths leaves out the reading of the question.
  const few = await generating(model, 16);
  const many = await generating(model, 16 + TOKENS);
  speeds.push(TOKENS / ((many - few) / 1000));
}
delay.disable();
const t2 = performance.now();
await model.stop();
const unloadMs = performance.now() - t2;
const again = open();
const t3 = performance.now();
const restored = await again.ask({ ...short, user: "Which device is the plug in the hall?" });
const restoredMs = performance.now() - t3;
await again.stop();
// The hub's model process steps back behind the home in the same way.
setPriority(10);
const plain = await bare();
rmSync(folder, { recursive: true, force: true });

const through = median(speeds);
console.log(
  JSON.stringify(
    {
      modelPath,
      bareTokensPerSecond: Number(plain.perSecond.toFixed(1)),
      throughProcessUnderGrammar: Number(through.toFixed(1)),
      ratio: Number((through / plain.perSecond).toFixed(3)),
      bareLoadMs: Math.round(plain.loadMs),
      firstAnswerWithLoadMs: Math.round(coldMs),
      sameFixedPartMs: Math.round(warmMs),
      firstAnswerAfterRestartWithSavedStateMs: Math.round(restoredMs),
      unloadMs: Math.round(unloadMs),
      loopDelayMs: { p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 },
      answers: [cold, warm, restored],
    },
    undefined,
    2,
  ),
);
