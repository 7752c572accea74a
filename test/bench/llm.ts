/**
 * How fast the model answers through the hub's process beside a bare prompt through the same binding, and what the hub's
 * loop feels of it. Run: npx esbuild test/bench/llm.ts --bundle --platform=node --format=esm --packages=external
 * --outfile=.data/bench-llm.mjs && node .data/bench-llm.mjs MODEL.gguf [ROUNDS]
 *
 * The two take turns, each in a process of its own with the same threads and priority, so that other work on the machine
 * meets both; every round is printed, for on a busy machine only the spread says what a figure is worth.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, loadavg, setPriority, tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { getLlama, LlamaLogLevel } from "node-llama-cpp";
import { createLlama, type LocalModel } from "../../hub/llm/llama.ts";
import type { Question } from "../../hub/ports.ts";
import { buildProcess } from "../llm/process-entry.ts";

const TOKENS = 128;
const TEXT = "List many short words about a house by the sea.";
const [modelPath = "", rounds = "5", role] = process.argv.slice(2);
if (!modelPath) throw new Error("name a model file");

/** Plain generation without grammar, chat template or hub: answers each message with one round's tokens a second. */
async function bare(): Promise<void> {
  setPriority(10);
  const cores = availableParallelism();
  const threads = cores >= 4 ? cores - 1 : cores;
  const llama = await getLlama({ gpu: false, build: "never", logLevel: LlamaLogLevel.error, maxThreads: threads });
  const model = await llama.loadModel({ modelPath });
  const sequence = (await model.createContext({ contextSize: 4096, threads })).getSequence();
  process.on("disconnect", () => process.exit(0));
  process.on("message", async () => {
    await sequence.clearHistory();
    const startedAt = performance.now();
    let count = 0;
    const options = { temperature: 0, yieldEogToken: true };
    for await (const _ of sequence.evaluate(model.tokenize(TEXT), options)) if (++count === TOKENS) break;
    process.send?.({ count, ms: performance.now() - startedAt });
  });
  process.send?.("ready");
}

const devices = Array.from({ length: 60 }, (_, i) => `device ${i + 1}`);
const short = (user: string): Question => ({
  system: `You choose a device. The home has these:\n${devices.map((d, i) => `- ${d}: lamp or plug number ${i + 1}`).join("\n")}`,
  user,
  jsonSchema: { type: "object", properties: { device: { enum: devices } } },
  maxTokens: 60,
  timeoutMs: 240_000,
});
const long: Question = {
  system: "",
  user: TEXT,
  // Long enough that only the token limit ends it.
  jsonSchema: { type: "array", items: { type: "string" }, minItems: 100, maxItems: 100 },
  maxTokens: TOKENS,
  timeoutMs: 240_000,
};

/** Tokens a second of an answer that is cut at exactly TOKENS; anything else would time something that was not generated. */
async function throughHub(model: LocalModel): Promise<number> {
  const startedAt = performance.now();
  const answer = await model.ask(long);
  const ms = performance.now() - startedAt;
  if (answer.ok || !answer.reason.includes(`within ${TOKENS} tokens`))
    throw new Error(`not a full run: ${JSON.stringify(answer)}`);
  return TOKENS / (ms / 1000);
}

/** The time of an answer that must come, ms. */
async function timed(model: LocalModel, user: string): Promise<number> {
  const startedAt = performance.now();
  const answer = await model.ask(short(user));
  if (!answer.ok) throw new Error(answer.reason);
  return Math.round(performance.now() - startedAt);
}

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;
const rounded = (n: number): number => Number(n.toFixed(2));

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bench-llm-"));
  const loadMs: number[] = [];
  const info = (fields: { readonly ms?: unknown }): void => {
    if (typeof fields.ms === "number") loadMs.push(fields.ms);
  };
  const log = { info, warn: console.warn, error: console.error };
  const entry = await buildProcess();
  const open = (): LocalModel => createLlama({ entry, modelPath: () => modelPath, log, stateFolder: folder });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const first = open();
  const coldMs = await timed(first, "Which is lamp number 7?");
  const warmMs = await timed(first, "Which is lamp number 8?");
  await first.stop();
  const model = open();
  const restoredMs = await timed(model, "Which is lamp number 9?");
  delay.disable();

  const [, script = ""] = process.argv;
  const plain = fork(script, [modelPath, rounds, "bare"], { execArgv: [] });
  await once(plain, "message");
  const each: { bare: number; hub: number; ratio: number; load: number }[] = [];
  for (let round = 0; round < Number(rounds); round++) {
    plain.send("round");
    const [{ count, ms }] = await once(plain, "message");
    if (count !== TOKENS) throw new Error(`the bare prompt gave ${count} tokens`);
    const bareSpeed = TOKENS / (ms / 1000);
    const hub = await throughHub(model);
    each.push({
      bare: rounded(bareSpeed),
      hub: rounded(hub),
      ratio: rounded(hub / bareSpeed),
      load: rounded(loadavg()[0] ?? 0),
    });
  }
  plain.disconnect();
  await model.stop();
  rmSync(folder, { recursive: true, force: true });
  console.log(
    JSON.stringify({
      modelPath,
      loadMs,
      coldMs,
      warmMs,
      restoredMs,
      loopDelayMs: { p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 },
    }),
  );
  console.table(each);
  console.log(
    `median tokens/s: bare ${median(each.map((e) => e.bare))}, through the hub ${median(each.map((e) => e.hub))}; median ratio ${median(each.map((e) => e.ratio))}`,
  );
}

await (role === "bare" ? bare() : main());
