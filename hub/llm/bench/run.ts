/** Measures a model on this machine: how long it loads and talks, what it takes, and what it understands. */
import { readFileSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import type { BenchResult, LanguageModel, Question, Score } from "../../ports.ts";
import type { LocalModel } from "../llama.ts";
import { judge, probe } from "./probe.ts";
import { type KnownWish, WISHES } from "./wishes.ts";

/** Of one answer; a board that is slower than this has no use for the model. */
const TIMEOUT_MS = 180_000;
const WRITTEN_TOKENS = 64;
/** Proposals timed; the median counts. */
const PROPOSALS = 3;

/** The house's own reading of a wish with a model's help. */
export interface House {
  /** Kinds of the goals it understood. */
  kinds(wish: string, model: LanguageModel, signal: AbortSignal): Promise<readonly string[]>;
  /** The question by which measures are put in order. */
  readonly proposal: Question;
}

/** What a bench needs of the local model. */
export type BenchedModel = Pick<LocalModel, "ready" | "ask" | "loaded" | "loadMs" | "pid" | "unload">;

export interface BenchOptions {
  /** Not used by anybody else meanwhile. */
  readonly model: BenchedModel;
  readonly house: House;
  readonly signal: AbortSignal;
  readonly onProgress: (part: number, note: string) => void;
  readonly now: () => number;
  /** Fewer for a quick look; default all. */
  readonly wishes?: readonly KnownWish[];
}

/** What a bench gave, or why it ended. Rejects never; a stop is a refusal. */
export type Benched =
  | { readonly ok: true; readonly result: BenchResult }
  | { readonly ok: false; readonly reason: string };

class Ended extends Error {}

/** Runs the whole bench, from an empty memory. Takes some minutes on a small board. */
export async function runBench(options: BenchOptions): Promise<Benched> {
  try {
    await options.model.unload();
    return { ok: true, result: await measured(options) };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  } finally {
    await options.model.unload();
  }
}

async function measured(options: BenchOptions): Promise<BenchResult> {
  const { model, house, onProgress } = options;
  const wishes = options.wishes ?? WISHES;
  onProgress(0, "loading it");
  await written(options, WRITTEN_TOKENS / 8);
  const loadMs = model.loadMs() ?? 0;
  onProgress(0.05, "reading and writing");
  const promptPerSecond = await readingSpeed(options);
  const tokensPerSecond = await written(options, WRITTEN_TOKENS);
  const alone = await aloneScore(options, wishes);
  const times: number[] = [];
  for (let round = 0; round <= PROPOSALS; round++) {
    onProgress(0.5, "putting measures in order");
    times.push((await asked(options, house.proposal)).ms);
  }
  const right = await houseScore(options, wishes);
  const rssBytes = peakOf(model.pid());
  return {
    at: options.now(),
    loadMs: Math.round(loadMs),
    promptPerSecond: rounded(promptPerSecond),
    tokensPerSecond: rounded(tokensPerSecond),
    ...(rssBytes !== undefined && { rssBytes }),
    alone: { right: alone.right, of: wishes.length },
    house: right,
    inventedNames: alone.invented,
    // The first had the fixed part to read.
    proposalMs: Math.round(median(times.slice(1))),
    load: rounded(loadavg()[0] ?? 0),
    cores: availableParallelism(),
  };
}

async function asked(options: BenchOptions, question: Question) {
  const answer = await options.model.ask(question, options.signal);
  if (options.signal.aborted) throw new Ended("it was stopped");
  if (!answer.ok) throw new Ended(answer.reason);
  return answer;
}

/** Tokens a second of an answer of exactly so many words' length. */
async function written(options: BenchOptions, words: number): Promise<number> {
  const items = Math.max(2, Math.round(words / 4));
  const { tokens, ms, pace } = await asked(options, {
    system: "",
    user: "List many short words about a house by the sea.",
    jsonSchema: { type: "array", items: { type: "string", maxLength: 8 }, minItems: items, maxItems: items },
    maxTokens: 1000,
    timeoutMs: TIMEOUT_MS,
  });
  return (tokens / (ms - (pace?.promptMs ?? 0))) * 1000;
}

/** Tokens a second of a text that it has not read before. */
async function readingSpeed(options: BenchOptions): Promise<number> {
  const lines = Array.from({ length: 60 }, (_, i) => `Room ${i} has lamp ${i * 7} and plug ${i * 3}.`);
  const { pace } = await asked(options, {
    system: "",
    user: lines.join("\n"),
    jsonSchema: { enum: ["yes", "no"] },
    maxTokens: 10,
    timeoutMs: TIMEOUT_MS,
  });
  return pace ? (pace.promptTokens / pace.promptMs) * 1000 : 0;
}

async function aloneScore(options: BenchOptions, wishes: readonly KnownWish[]) {
  let right = 0;
  let invented = 0;
  for (const [i, wish] of wishes.entries()) {
    options.onProgress(0.1 + (0.4 * i) / wishes.length, `wish ${i + 1} of ${wishes.length}, the model alone`);
    const answer = await options.model.ask(probe(wish, TIMEOUT_MS), options.signal);
    if (options.signal.aborted) throw new Ended("it was stopped");
    // An answer that did not come is a wrong answer, unless the model is gone.
    if (!answer.ok && !options.model.loaded()) throw new Ended(answer.reason);
    const judged = answer.ok ? judge(answer.text, wish) : { right: false, invented: false };
    if (judged.right) right++;
    if (judged.invented) invented++;
  }
  return { right, invented };
}

async function houseScore(options: BenchOptions, wishes: readonly KnownWish[]): Promise<Score> {
  let right = 0;
  for (const [i, wish] of wishes.entries()) {
    options.onProgress(
      0.55 + (0.45 * i) / wishes.length,
      `wish ${i + 1} of ${wishes.length}, with the house's grammar`,
    );
    const kinds = await options.house.kinds(wish.text, options.model, options.signal);
    if (options.signal.aborted) throw new Ended("it was stopped");
    if (sameSet(kinds, wish.kinds)) right++;
  }
  return { right, of: wishes.length };
}

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  [...new Set(a)].sort().join() === [...new Set(b)].sort().join();

/** The most that a process has had in memory, bytes (Linux: VmHWM of /proc/PID/status). */
function peakOf(pid: number | undefined): number | undefined {
  try {
    const found = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return found ? Number(found[1]) * 1024 : undefined;
  } catch {
    return undefined;
  }
}

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN;

const rounded = (n: number): number => Number(n.toFixed(1));
