import { Worker } from "node:worker_threads";
import type { EnergySlots } from "../model/energy.ts";
import type { HistoryBucket, Past, PastQuery } from "../ports.ts";
import { type Connection, connectToKeep, connectToRead } from "./connect.ts";
import { type EnergyRequest, type PieceOfEnergy, type PiecesRequest, readEnergy, readPieces } from "./energy-read.ts";
import { StoreError } from "./error.ts";
import { type ExportedPiece, type ExportPiece, exportPiece } from "./export.ts";
import { type HistoryRequest, readHistory } from "./history-read.ts";
import { answerImport, type ImportQuestion } from "./import.ts";
import type { KeepTask, Sealed } from "./keep.ts";
import { packBuckets, unpackBuckets } from "./packed-buckets.ts";
import { readPast } from "./past-read.ts";
import type { Rolled, RollTask } from "./roll.ts";

/** What the worker is asked or told to do; one of them. */
export interface Question {
  readonly history?: HistoryRequest;
  readonly energy?: EnergyRequest;
  readonly pieces?: PiecesRequest;
  readonly past?: PastQuery;
  readonly keep?: KeepTask;
  readonly roll?: RollTask;
  readonly piece?: ExportPiece;
  readonly importing?: ImportQuestion;
  readonly checkpoint?: true;
}

/** Questions under way at once; a further one is refused. */
const MAX_QUESTIONS = 64;
const PATIENCE_MS = 15_000;
const IMPORT_PATIENCE_MS = 120_000;
const ROLL_PATIENCE_MS = 120_000;
/** Work that makes room goes on in small pieces, for as long as it takes. */
const KEEP_PATIENCE_MS = 3_600_000;

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly timer: NodeJS.Timeout;
}

/** What the worker says: an answer, an error, or a piece of work done on the way. */
export interface WorkerAnswer {
  readonly id: number;
  readonly answer?: unknown;
  readonly error?: string;
  /** SQLite's or the system's own code of it. */
  readonly code?: string;
  /** The error is the asker's: a RangeError. */
  readonly refusal?: true;
  readonly sealed?: Sealed;
}

/** Answers questions about the past in a worker thread; without a worker's entry file, in this thread. */
export class History {
  readonly #file: string;
  readonly #entry: string | undefined;
  readonly #waiting = new Map<number, Waiting>();
  /** Hears what a keeping task has done so far. */
  onSealed: (sealed: Sealed) => void = () => {};
  #worker: Worker | undefined;
  #here: Connection | undefined;
  #next = 1;

  constructor(file: string, entry: string | undefined) {
    this.#file = file;
    this.#entry = entry;
  }

  async ask(request: HistoryRequest): Promise<HistoryBucket[]> {
    const question: Question = { history: request };
    return unpackBuckets(await this.#ask(question, (db) => packBuckets(readHistory(db, request))));
  }

  energy(request: EnergyRequest): Promise<EnergySlots[]> {
    return this.#ask({ energy: request }, (db) => readEnergy(db, request));
  }

  pieces(request: PiecesRequest): Promise<PieceOfEnergy[]> {
    return this.#ask({ pieces: request }, (db) => readPieces(db, request));
  }

  past(query: PastQuery): Promise<Past> {
    return this.#ask({ past: query }, (db) => readPast(db, query));
  }

  exportPiece(piece: ExportPiece): Promise<ExportedPiece> {
    return this.#ask({ piece }, (db) => exportPiece(db, piece));
  }

  /** A step of an import; a foreign database may be large. */
  async importing(question: ImportQuestion): Promise<unknown> {
    if (this.#entry !== undefined) return this.#send({ importing: question }, IMPORT_PATIENCE_MS);
    const db = connectToKeep(this.#file);
    try {
      return answerImport(db, () => db, question);
    } finally {
      db.close();
    }
  }

  /** Whether there is another thread that can tend the database. */
  get canTend(): boolean {
    return this.#entry !== undefined;
  }

  /** Deletes what a task names, in the worker. */
  keep(task: KeepTask): Promise<unknown> {
    return this.#send({ keep: task }, KEEP_PATIENCE_MS);
  }

  /** Rolls hours up, in the worker. */
  async roll(task: RollTask): Promise<Rolled> {
    return (await this.#send({ roll: task }, ROLL_PATIENCE_MS)) as Rolled;
  }

  /** Starts the worker before the first question, which then need not wait for it. */
  warm(): void {
    if (this.#entry !== undefined) this.#worker ??= this.#start(this.#entry);
  }

  /** Carries the write-ahead log over into the database, in the worker: its waiting for the card holds nobody up. */
  checkpoint(): Promise<unknown> {
    return this.#send({ checkpoint: true }, PATIENCE_MS * 4);
  }

  async #ask<T>(question: Question, here: (db: Connection) => T): Promise<T> {
    if (this.#entry === undefined) {
      this.#here ??= connectToRead(this.#file);
      return here(this.#here);
    }
    if (this.#waiting.size >= MAX_QUESTIONS)
      throw new StoreError("busy", "too many questions about the past at once", "ask again in a moment");
    return (await this.#send(question, PATIENCE_MS)) as T;
  }

  #send(question: Question, patienceMs: number): Promise<unknown> {
    if (this.#entry === undefined) return Promise.reject(new StoreError("failed", "there is no worker", "start one"));
    const worker = this.#worker ?? this.#start(this.#entry);
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      // A stuck worker is ended with everything it holds; the next question starts a new one.
      const timer = setTimeout(() => void this.#end("no answer about the past in time"), patienceMs);
      // An open question keeps the process; tidying up does not.
      if (!question.history && !question.energy && !question.pieces && !question.past && !question.piece) timer.unref();
      this.#waiting.set(id, { resolve, reject, timer });
      worker.postMessage({ id, question });
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

  #answered({ id, answer, error, code, refusal, sealed }: WorkerAnswer): void {
    if (sealed) this.onSealed(sealed);
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    this.#waiting.delete(id);
    clearTimeout(waiting.timer);
    if (error === undefined) waiting.resolve(answer);
    else waiting.reject(refusal === true ? new RangeError(error) : Object.assign(new Error(error), { code }));
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
