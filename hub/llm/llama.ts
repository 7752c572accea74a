/** The hub's side of the local model: forks its process when asked, watches it, ends it when idle. Never throws. */
import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import type { Answer, LanguageModel, Log, Question } from "../ports.ts";
import { sizeOf } from "./files.ts";
import type { AskOptions } from "./protocol.ts";
import { startWorker, type Worker } from "./worker.ts";

export interface LlamaOptions {
  /** The bundled process entry. */
  readonly entry: string;
  /** The file of the model in use; asked before each question, so that a change takes effect at once. */
  readonly modelPath: () => string | undefined;
  /** Unloads after this long without a question; default 5 minutes. */
  readonly idleMs?: number;
  readonly log: Log;
  /** Where the state of a question's fixed part is kept; without it each start reads the fixed part anew. */
  readonly stateFolder?: string;
  /** Tokens of question and answer together; default 4096. */
  readonly contextTokens?: number;
  /** The longest a model may take to load; default 3 minutes (a gigabyte from an SD card). */
  readonly loadMs?: number;
  /** Memory that can be had now, bytes. */
  readonly freeMemory?: () => number;
}

export interface LocalModel extends LanguageModel {
  /** Whether a model is in memory now. */
  loaded(): boolean;
  /** The process's id while there is one. */
  pid(): number | undefined;
  /** Ends the process and refuses what waits; at most 10 s. */
  stop(): Promise<void>;
}

/** Questions that wait while one is answered; a fifth is refused. */
const MAX_WAITING = 4;
/** Longer texts and schemas are refused before any process starts; the context's own limit comes after. */
const MAX_CHARACTERS = 200_000;

interface Waiting {
  readonly question: Question;
  readonly signal: AbortSignal | undefined;
  readonly settle: (answer: Answer) => void;
}

/**
 * The local model as a port. `timeoutMs` of a question counts from when the model is loaded and the question is its
 * turn; loading has its own limit. A process that crashes or hangs is replaced at the next question.
 */
export function createLlama(options: LlamaOptions): LocalModel {
  const queue: Waiting[] = [];
  let worker: Worker | undefined;
  let loadedPath: string | undefined;
  let busy = false;
  let stopped = false;
  let idle: NodeJS.Timeout | undefined;

  const unload = async (): Promise<void> => {
    const ending = worker;
    worker = undefined;
    loadedPath = undefined;
    await ending?.unload();
  };
  const ready = async (path: string, signal: AbortSignal | undefined): Promise<Worker | string> => {
    if (worker?.alive() && loadedPath === path) return worker;
    await unload();
    const short = await memoryMissing(path, options.freeMemory ?? (() => process.availableMemory()));
    if (short) return short;
    const starting = startWorker(options.entry, (how) => options.log.info({ how }, "the model's process is gone"));
    worker = starting;
    const failed = await load(starting, path, options, signal);
    if (failed) return failed;
    loadedPath = path;
    return starting;
  };
  const answerOne = async ({ question, signal }: Waiting): Promise<Answer> => {
    const path = options.modelPath();
    if (path === undefined) return { ok: false, reason: "no model is here" };
    if (signal?.aborted || stopped) return { ok: false, reason: "it was stopped" };
    const model = await ready(path, signal);
    if (typeof model === "string") return { ok: false, reason: model };
    const answer = await model.ask(askOptions(question), signal);
    return answer.ok ? { ...answer, model: nameOf(path) } : answer;
  };
  const work = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    clearTimeout(idle);
    for (let next = queue.shift(); next; next = queue.shift()) next.settle(await answerOne(next).catch(asAnswer));
    busy = false;
    idle = setTimeout(() => void (busy ? undefined : unload()), options.idleMs ?? 300_000).unref();
  };

  return {
    ready: () => {
      const path = options.modelPath();
      return path === undefined ? undefined : nameOf(path);
    },
    ask: (question, signal) =>
      new Promise((settle) => {
        const refusal = stopped ? "the hub is stopping" : refusalOf(question, queue.length);
        if (refusal) return settle({ ok: false, reason: refusal });
        queue.push({ question, signal, settle });
        void work();
      }),
    loaded: () => loadedPath !== undefined && (worker?.alive() ?? false),
    pid: () => worker?.pid,
    async stop() {
      stopped = true;
      clearTimeout(idle);
      for (const waiting of queue.splice(0)) waiting.settle({ ok: false, reason: "the hub is stopping" });
      if (busy) worker?.kill();
      await unload();
    },
  };
}

const asAnswer = (error: unknown): Answer => ({
  ok: false,
  reason: error instanceof Error ? error.message : String(error),
});

const nameOf = (path: string): string => basename(path).replace(/\.gguf$/i, "");

const askOptions = ({ system, user, jsonSchema, maxTokens, timeoutMs }: Question): AskOptions => ({
  ...{ system, user, jsonSchema, maxTokens },
  timeoutMs: Math.max(1, timeoutMs),
});

function refusalOf(question: Question, waiting: number): string | undefined {
  if (waiting >= MAX_WAITING) return `the model is busy; ${MAX_WAITING} questions wait already`;
  const characters = question.system.length + question.user.length + JSON.stringify(question.jsonSchema).length;
  return characters > MAX_CHARACTERS ? `the question has more than ${MAX_CHARACTERS} characters` : undefined;
}

/** Says what memory lacks for the file and a quarter more (context, buffers), or undefined. */
async function memoryMissing(path: string, freeMemory: () => number): Promise<string | undefined> {
  const size = await sizeOf(path);
  if (size === 0) return `the model's file ${path} is not there`;
  const free = freeMemory();
  if (free >= size * 1.25) return undefined;
  return `too little memory is free to load the model: ${megabytes(free)} of ${megabytes(size * 1.25)}`;
}

/** Loads the model in a fresh process; says in words what failed, or undefined. */
async function load(
  worker: Worker,
  path: string,
  options: LlamaOptions,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const cores = availableParallelism();
  const state = options.stateFolder && join(options.stateFolder, stateName(path, await sizeOf(path)));
  const loaded = await worker.load(
    {
      modelPath: path,
      stateFile: state,
      contextTokens: options.contextTokens ?? 4096,
      // The last core of four stays free for the home; two cores are too few to spare one.
      threads: cores >= 4 ? cores - 1 : cores,
    },
    options.loadMs ?? 180_000,
    signal,
  );
  if (loaded.ok) {
    options.log.info({ model: nameOf(path), ms: Math.round(loaded.ms) }, "the model is loaded");
    return undefined;
  }
  worker.kill();
  if (signal?.aborted) return "it was stopped";
  options.log.warn({ model: nameOf(path) }, `the model could not be loaded: ${loaded.reason}`);
  return `the model could not be loaded: ${loaded.reason}`;
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

/** A state belongs to exactly one file. */
const stateName = (path: string, size: number): string =>
  `${createHash("sha256").update(`${path}|${size}`).digest("hex").slice(0, 16)}.state`;
