import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { RuleTrial } from "../../model/rule-trial.ts";
import type { TrialQuestion } from "./question.ts";

/** One core more is no gain on the machines that this is for. */
const MAX_THREADS = 3;
/** Questions of one thread at once; a further one is refused. */
const MAX_QUESTIONS = 8;
/** With nothing to do for this long a thread ends, and its memory with it. */
const IDLE_MS = 120_000;
/** Whoever is told to stop looks at that within this time; else the thread is taken for stuck and ended. */
const GRACE_MS = 10_000;
/** A year of many rules on a slow machine takes minutes; what takes longer goes round in circles. */
const PATIENCE_MS = 1_800_000;
/** What lives only for a moment (a year makes gigabytes of it) is cleared in fewer rounds where it has more room. */
const YOUNG_MB = 96;
const MOST_HEAP_MB = 512;

/** What a thread is to do. `stop`: anything but 0 in it ends the work. */
export interface ThreadTask {
  readonly id: number;
  readonly stop: Int32Array;
  readonly question: TrialQuestion;
}

export type ThreadAnswer = { readonly id: number } & (
  | { readonly done: number }
  | { readonly place: number; readonly report: RuleTrial }
  | { readonly ended: true }
  | { readonly error: string; readonly refusal?: true }
);

/** Who hears how it goes on: the share done, and each report with the rule's place in the question. */
export interface Hearing {
  progress(done: number): void;
  told(place: number, report: RuleTrial): void;
}

export interface Tries {
  /** Rejects with the signal's reason, with RangeError for a question that can't be answered, and where a thread fails. */
  carryOut(question: TrialQuestion, hearing: Hearing, signal: AbortSignal): Promise<void>;
  close(): Promise<unknown>;
}

interface Waiting {
  readonly hearing: Hearing;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/** A thread that starts with its first question and again after a failure, and ends when it has long had nothing to do. */
class TrialThread {
  readonly #entry: string;
  readonly #folder: string;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #next = 1;

  constructor(entry: string, folder: string) {
    this.#entry = entry;
    this.#folder = folder;
  }

  get load(): number {
    return this.#waiting.size;
  }

  carryOut(question: TrialQuestion, hearing: Hearing, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.reject(signal.reason);
    if (this.load >= MAX_QUESTIONS) return Promise.reject(new Error("too many rules are being tried at once"));
    clearTimeout(this.#idle);
    const worker = this.#worker ?? this.#start();
    const id = this.#next++;
    const stop = new Int32Array(new SharedArrayBuffer(4));
    return new Promise<void>((resolve, reject) => {
      const stuck = () => void this.#end("no answer in time");
      let timer = setTimeout(stuck, PATIENCE_MS);
      timer.unref();
      const cancel = () => {
        Atomics.store(stop, 0, 1);
        clearTimeout(timer);
        timer = setTimeout(stuck, GRACE_MS);
        timer.unref();
        reject(signal.reason);
      };
      const over = <T>(then: (value: T) => void) => {
        return (value: T): void => {
          clearTimeout(timer);
          signal.removeEventListener("abort", cancel);
          then(value);
        };
      };
      signal.addEventListener("abort", cancel);
      this.#waiting.set(id, { hearing, resolve: over(resolve), reject: over(reject) });
      worker.postMessage({ id, stop, question } satisfies ThreadTask);
    });
  }

  #start(): Worker {
    const worker = new Worker(this.#entry, {
      workerData: this.#folder,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB, maxOldGenerationSizeMb: MOST_HEAP_MB },
    });
    worker.unref();
    worker.on("message", (said: ThreadAnswer) => this.#hear(said));
    worker.on("error", (error) => {
      if (this.#worker === worker) void this.#end(error.message.slice(0, 200));
    });
    worker.on("exit", () => {
      if (this.#worker === worker) void this.#end("its thread ended");
    });
    this.#worker = worker;
    return worker;
  }

  #hear(said: ThreadAnswer): void {
    const waiting = this.#waiting.get(said.id);
    if (!waiting) return;
    if ("done" in said) waiting.hearing.progress(said.done);
    else if ("place" in said) waiting.hearing.told(said.place, said.report);
    else {
      this.#waiting.delete(said.id);
      if ("ended" in said) waiting.resolve();
      else waiting.reject(said.refusal ? new RangeError(said.error) : new Error(said.error));
      this.#rest();
    }
  }

  #rest(): void {
    if (this.#waiting.size > 0) return;
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => void this.#end(""), IDLE_MS);
    this.#idle.unref();
  }

  #end(reason: string): Promise<unknown> {
    const worker = this.#worker;
    this.#worker = undefined;
    clearTimeout(this.#idle);
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(new Error(reason));
    return worker ? worker.terminate() : Promise.resolve();
  }

  close(): Promise<unknown> {
    return this.#end("the hub is stopping");
  }
}

/** Tries rules in threads of their own: one rule in the one that has least to do, several in all of them. */
export class TrialThreads implements Tries {
  readonly #threads: readonly TrialThread[];

  /** `entry`: the bundled worker.ts. `folder`: the store's data folder. */
  constructor(entry: string, folder: string, count = Math.min(MAX_THREADS, availableParallelism())) {
    this.#threads = Array.from({ length: count }, () => new TrialThread(entry, folder));
  }

  async carryOut(question: TrialQuestion, hearing: Hearing, signal: AbortSignal): Promise<void> {
    const idlest = [...this.#threads].sort((a, b) => a.load - b.load);
    const shares = sharesOf(question, idlest.length);
    const done = shares.map(() => 0);
    const parts = shares.map(({ places, asked }, i) => {
      const own: Hearing = {
        progress(share) {
          done[i] = share * places.length;
          hearing.progress(done.reduce((a, b) => a + b, 0) / question.asked.length);
        },
        told: (place, report) => hearing.told(places[place] ?? 0, report),
      };
      return idlest[i]?.carryOut({ ...question, asked }, own, signal);
    });
    await Promise.all(parts);
  }

  close(): Promise<unknown> {
    return Promise.all(this.#threads.map((t) => t.close()));
  }
}

/** Every so manieth rule to each. */
function sharesOf({ asked }: TrialQuestion, count: number) {
  const used = Math.min(count, asked.length);
  return Array.from({ length: used }, (_, k) => {
    const places = asked.flatMap((__, i) => (i % used === k ? [i] : []));
    return { places, asked: asked.filter((__, i) => i % used === k) };
  });
}
