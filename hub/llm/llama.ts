/** The hub's side of the local model: forks its process when asked, watches it, ends it when idle. Never throws. */
import { createHash } from "node:crypto";
import { availableParallelism, loadavg } from "node:os";
import { basename } from "node:path";
import type { Answer, LanguageModel, Log, Question } from "../ports.ts";
import { type ChatForm, CONTEXT_TOKENS } from "./catalogue/model.ts";
import { sizeOf } from "./files.ts";
import { memoryMissing, readMemory, watchMemory } from "./memory.ts";
import type { AskOptions, Pace } from "./protocol.ts";
import { startWorker, type Worker } from "./worker.ts";

/** What is known of a model file beside its bytes. */
export interface Traits {
  readonly sha256: string;
  readonly form: ChatForm;
  /** While it is loaded. */
  readonly memoryBytes: number;
}

export interface LlamaOptions {
  /** The bundled process entry. */
  readonly entry: string;
  /** The file of the model in use; asked before each question, so that a change takes effect at once. */
  readonly modelPath: () => string | undefined;
  /** Of the file in use; without them the file's own template holds, and its size says how much memory it needs. */
  readonly traits?: () => Traits | undefined;
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
  /** How often memory is looked at while a model is loaded; default 5 s. */
  readonly watchMs?: number;
  /** Called when the model has been loaded or unloaded. */
  readonly tell?: () => void;
}

/** An answer, and how its time went. */
type TimedAnswer = Answer & { readonly pace?: Pace };

export interface LocalModel extends LanguageModel {
  /** Whether a model is in memory now. */
  loaded(): boolean;
  /** The process's id while there is one. */
  pid(): number | undefined;
  ask(question: Question, signal?: AbortSignal): Promise<TimedAnswer>;
  /** How long the last load took, ms. */
  loadMs(): number | undefined;
  /** Why no model is loaded, where the hub unloaded it for want of memory; gone with the next load. */
  note(): string | undefined;
  /** Unloads after what is being answered; the next question loads again. */
  unload(): Promise<void>;
  /** Ends the process and refuses what waits; at most 10 s. */
  stop(): Promise<void>;
}

/** Questions that wait while one is answered; a fifth is refused. */
const MAX_WAITING = 4;
/** Longer texts and schemas are refused before any process starts; the context's own limit comes after. */
const MAX_CHARACTERS = 200_000;
const WATCH_MS = 5000;

interface Waiting {
  readonly question: Question;
  readonly signal: AbortSignal | undefined;
  readonly settle: (answer: TimedAnswer) => void;
}

/**
 * The local model as a port. `timeoutMs` of a question counts from when the model is loaded and the question is its
 * turn; loading has its own limit. A process that crashes or hangs is replaced at the next question.
 */
export const createLlama = (options: LlamaOptions): LocalModel => new Llama(options);

class Llama implements LocalModel {
  private readonly options: LlamaOptions;
  private readonly queue: Waiting[] = [];
  private readonly free: () => number;
  private worker: Worker | undefined;
  private loadedPath: string | undefined;
  private tookMs: number | undefined;
  private trouble: string | undefined;
  private busy = false;
  private stopped = false;
  private idle: NodeJS.Timeout | undefined;
  private unwatch: (() => void) | undefined;

  constructor(options: LlamaOptions) {
    this.options = options;
    this.free = options.freeMemory ?? (() => readMemory().availableBytes);
  }

  ready(): string | undefined {
    const path = this.options.modelPath();
    return path === undefined ? undefined : nameOf(path);
  }

  ask(question: Question, signal?: AbortSignal): Promise<TimedAnswer> {
    return new Promise((settle) => {
      const refusal = this.stopped ? "the hub is stopping" : refusalOf(question, this.queue.length);
      if (refusal) return settle({ ok: false, reason: refusal });
      this.queue.push({ question, signal, settle });
      void this.work();
    });
  }

  loaded(): boolean {
    return this.loadedPath !== undefined && (this.worker?.alive() ?? false);
  }

  pid(): number | undefined {
    return this.worker?.pid;
  }

  loadMs(): number | undefined {
    return this.tookMs;
  }

  note(): string | undefined {
    return this.trouble;
  }

  async unload(): Promise<void> {
    const ending = this.worker;
    this.worker = undefined;
    this.loadedPath = undefined;
    this.unwatch?.();
    this.unwatch = undefined;
    await ending?.unload();
    if (ending) this.options.tell?.();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.idle);
    for (const waiting of this.queue.splice(0)) waiting.settle({ ok: false, reason: "the hub is stopping" });
    if (this.busy) this.worker?.kill();
    await this.unload();
  }

  private async work(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    clearTimeout(this.idle);
    for (let next = this.queue.shift(); next; next = this.queue.shift())
      next.settle(await this.answerOne(next).catch(asAnswer));
    this.busy = false;
    const unload = () => void (this.busy ? undefined : this.unload());
    this.idle = setTimeout(unload, this.options.idleMs ?? 300_000).unref();
  }

  private async answerOne({ question, signal }: Waiting): Promise<TimedAnswer> {
    const path = this.options.modelPath();
    if (path === undefined) return { ok: false, reason: "no model is here" };
    if (signal?.aborted || this.stopped) return { ok: false, reason: "it was stopped" };
    const model = await this.prepared(path, signal);
    if (typeof model === "string") return { ok: false, reason: model };
    const answer = await model.ask(askOptions(question), signal);
    if (answer.ok) return { ...answer, model: nameOf(path) };
    return { ok: false, reason: this.trouble ?? answer.reason };
  }

  /** The process with the model in memory, or why there is none. */
  private async prepared(path: string, signal: AbortSignal | undefined): Promise<Worker | string> {
    const { options } = this;
    if (this.worker?.alive() && this.loadedPath === path) return this.worker;
    await this.unload();
    const size = await sizeOf(path);
    if (size === 0) return `the model's file ${path} is not there`;
    this.trouble = memoryMissing(options.traits?.()?.memoryBytes ?? size * 1.25, this.free());
    if (this.trouble) {
      options.tell?.();
      return this.trouble;
    }
    const worker = startWorker(options.entry, (how) => options.log.info({ how }, "the model's process is gone"));
    this.worker = worker;
    const loaded = await load(worker, path, options, signal);
    if (typeof loaded === "string") return loaded;
    this.loadedPath = path;
    this.tookMs = loaded;
    this.unwatch = watchMemory(this.free, (reason) => this.short(reason), options.watchMs ?? WATCH_MS);
    options.tell?.();
    return worker;
  }

  private short(reason: string): void {
    this.trouble = reason;
    this.options.log.warn({ model: this.ready() }, reason);
    // A process in the middle of an answer would not listen in time.
    if (this.busy) this.worker?.kill();
    void this.unload();
  }
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

/** Loads the model in a fresh process; milliseconds, or in words what failed. */
async function load(
  worker: Worker,
  path: string,
  options: LlamaOptions,
  signal: AbortSignal | undefined,
): Promise<number | string> {
  const cores = availableParallelism();
  const traits = options.traits?.();
  const loaded = await worker.load(
    {
      modelPath: path,
      modelKey:
        traits?.sha256 ??
        createHash("sha256")
          .update(`${path}|${await sizeOf(path)}`)
          .digest("hex"),
      form: traits?.form ?? "file",
      stateFolder: options.stateFolder,
      contextTokens: options.contextTokens ?? CONTEXT_TOKENS,
      threads: threadsFor(cores, loadavg()[0] ?? 0),
    },
    options.loadMs ?? 180_000,
    signal,
  );
  if (loaded.ok) {
    options.log.info({ model: nameOf(path), ms: Math.round(loaded.ms) }, "the model is loaded");
    return loaded.ms;
  }
  worker.kill();
  if (signal?.aborted) return "it was stopped";
  options.log.warn({ model: nameOf(path) }, `the model could not be loaded: ${loaded.reason}`);
  return `the model could not be loaded: ${loaded.reason}`;
}

/**
 * The last core of four stays free for the home; two cores are too few to spare one. The runtime's threads wait for each
 * other at every step, so on a machine that is busy with other work one alone is many times faster than two.
 */
function threadsFor(cores: number, load: number): number {
  if (load > cores) return 1;
  return cores >= 4 ? cores - 1 : cores;
}
