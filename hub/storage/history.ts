import { Worker } from "node:worker_threads";
import type { HistoryBucket } from "../ports.ts";
import { type Connection, connectToRead } from "./connect.ts";
import { StoreError } from "./error.ts";
import { type HistoryRequest, readHistory } from "./history-read.ts";

/** Questions under way at once; a further one is refused. */
const MAX_QUESTIONS = 64;
const PATIENCE_MS = 15_000;

interface Waiting {
  readonly resolve: (buckets: HistoryBucket[]) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

interface WorkerAnswer {
  readonly id: number;
  readonly buckets?: HistoryBucket[];
  readonly error?: string;
}

/** Answers questions about the past in a worker thread; without a worker's entry file, in this thread. */
export class History {
  readonly #file: string;
  readonly #entry: string | undefined;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #here: Connection | undefined;
  #next = 1;

  constructor(file: string, entry: string | undefined) {
    this.#file = file;
    this.#entry = entry;
  }

  async ask(request: HistoryRequest): Promise<HistoryBucket[]> {
    if (this.#entry === undefined) {
      this.#here ??= connectToRead(this.#file);
      return readHistory(this.#here, request);
    }
    if (this.#waiting.size >= MAX_QUESTIONS)
      throw new StoreError("busy", "too many questions about the past at once", "ask again in a moment");
    const worker = this.#worker ?? this.#start(this.#entry);
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      // A stuck worker is ended with everything it holds; the next question starts a new one.
      const timer = setTimeout(() => void this.#end("no answer about the past in time"), PATIENCE_MS);
      this.#waiting.set(id, { resolve, reject, timer });
      worker.postMessage({ id, request });
    });
  }

  #start(entry: string): Worker {
    const worker = new Worker(entry, { workerData: this.#file });
    worker.unref();
    worker.on("message", (answer: WorkerAnswer) => this.#answered(answer));
    worker.on("error", (error) => {
      if (this.#worker === worker) void this.#end(`the history worker failed: ${error.message}`);
    });
    worker.on("exit", () => {
      if (this.#worker === worker) void this.#end("the history worker ended");
    });
    this.#worker = worker;
    return worker;
  }

  #answered({ id, buckets, error }: WorkerAnswer): void {
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    this.#waiting.delete(id);
    clearTimeout(waiting.timer);
    if (buckets) waiting.resolve(buckets);
    else waiting.reject(new Error(error ?? "no answer"));
  }

  #end(reason: string): Promise<unknown> {
    const worker = this.#worker;
    this.#worker = undefined;
    for (const { reject, timer } of this.#waiting.values()) {
      clearTimeout(timer);
      reject(new StoreError("failed", reason, "ask again; if it stays, look at the hub's log"));
    }
    this.#waiting.clear();
    return worker ? worker.terminate() : Promise.resolve();
  }

  async close(): Promise<void> {
    await this.#end("the hub is stopping");
    this.#here?.close();
    this.#here = undefined;
  }
}
