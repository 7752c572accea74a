import { Worker } from "node:worker_threads";
import type { Effort, LinearModel, Solved } from "../model/linear.ts";
import type { Problem } from "../planner/schedule/problem.ts";
import type { Haste, Schedule } from "../planner/schedule/schedule.ts";
import { standInSchedule } from "../planner/schedule/solve.ts";
import type { SolveLimits, Solver } from "../ports/solver.ts";
import type { Question, Task, WorkerAnswer } from "./work.ts";

/** Questions under way at once; a further one is refused. */
const MAX_QUESTIONS = 8;
/** Beyond its own time limit; then the thread is taken for stuck and ended. */
const GRACE_MS = 5_000;
/** With nothing to do for this long the thread ends, and its memory with it. */
const IDLE_MS = 300_000;
/** The solver's heap never shrinks: above this the thread ends once nothing is open. */
const MOST_BYTES = 300e6;
const MOST_HEAP_MB = 256;

export interface SolverThreadOptions {
  /** The worker's entry file. */
  readonly entry: string;
  readonly idleMs?: number;
  readonly graceMs?: number;
}

interface Waiting {
  readonly resolve: (answer: Schedule | Solved) => void;
  readonly reject: (error: Error) => void;
  readonly onPlan: (schedule: Schedule) => void;
  /** What it may take, ms. */
  readonly budgetMs: number;
  readonly timer: NodeJS.Timeout;
  readonly forget: () => void;
}

/** Solves in one worker thread that starts with the first question, is watched, and starts again after a failure. */
export class SolverThread implements Solver {
  readonly #options: SolverThreadOptions;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #next = 1;

  constructor(options: SolverThreadOptions) {
    this.#options = options;
  }

  /** Whether there is a thread, with its memory. */
  get running(): boolean {
    return this.#worker !== undefined;
  }

  async solve(model: LinearModel, effort: Effort, { timeLimitMs, signal }: SolveLimits): Promise<Solved> {
    const answer = await this.#ask({ model, effort, timeLimitMs }, signal);
    if ("values" in answer) return answer;
    throw new Error("the solver answered something else");
  }

  /**
   * A schedule, always: where the solver fails, a stand-in that says so. Rejects only with the signal's reason, and with RangeError
   * for a problem that is not one.
   */
  async schedule(problem: Problem, { timeLimitMs, reasonsMs, signal, onPlan }: Haste): Promise<Schedule> {
    let plan: Schedule | undefined;
    const hear = (schedule: Schedule) => {
      plan = schedule;
      onPlan?.(schedule);
    };
    try {
      const answer = await this.#ask({ problem, timeLimitMs, reasonsMs }, signal, hear);
      if ("blocks" in answer) return answer;
    } catch (error) {
      if (signal?.aborted || error instanceof RangeError) throw error;
    }
    // Reasons that failed take nothing from the plan.
    return plan ?? standInSchedule(problem, "The optimizer failed.");
  }

  /** Ends the thread; what is open is rejected. */
  close(): Promise<unknown> {
    return this.#end("the solver is stopping");
  }

  #ask(task: Task, signal: AbortSignal | undefined, onPlan = (_: Schedule) => {}): Promise<Schedule | Solved> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    if (this.#waiting.size >= MAX_QUESTIONS) return Promise.reject(new Error("the solver has too much to do"));
    clearTimeout(this.#idle);
    this.#worker ??= this.#start();
    const id = this.#next++;
    const stop = new Int32Array(new SharedArrayBuffer(4));
    const budgetMs = task.timeLimitMs + (task.reasonsMs ?? 0);
    const question: Question = { id, stop, ...task };
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => void this.#end("no answer of the solver in time"), this.#patience(budgetMs));
      const cancel = () => {
        Atomics.store(stop, 0, 1);
        this.#take(id)?.reject(signal?.reason);
        this.#rest();
      };
      const forget = () => signal?.removeEventListener("abort", cancel);
      this.#waiting.set(id, { resolve, reject, onPlan, budgetMs, timer, forget });
      signal?.addEventListener("abort", cancel);
      this.#worker?.postMessage(question);
    });
  }

  /** Questions are answered one after the other: who comes later waits for those before. */
  #patience(budgetMs: number): number {
    const before = [...this.#waiting.values()].reduce((sum, w) => sum + w.budgetMs, 0);
    return budgetMs + before + (this.#options.graceMs ?? GRACE_MS) * (1 + this.#waiting.size);
  }

  #start(): Worker {
    const worker = new Worker(this.#options.entry, { resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB } });
    worker.unref();
    worker.on("message", (answer: WorkerAnswer) => this.#answered(answer));
    worker.on("error", (error) => {
      if (this.#worker === worker) void this.#end(`the solver failed: ${error.message.slice(0, 200)}`);
    });
    worker.on("exit", () => {
      if (this.#worker === worker) void this.#end("the solver ended");
    });
    return worker;
  }

  #answered({ id, plan, answer, error, refusal, memory }: WorkerAnswer): void {
    if (plan) {
      this.#waiting.get(id)?.onPlan(plan);
      return;
    }
    const waiting = this.#take(id);
    if (answer) waiting?.resolve(answer);
    else waiting?.reject(refusal ? new RangeError(error) : new Error(error));
    if (memory > MOST_BYTES && this.#waiting.size === 0) void this.#end("");
    else this.#rest();
  }

  #take(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    clearTimeout(waiting?.timer);
    waiting?.forget();
    return waiting;
  }

  #rest(): void {
    if (this.#waiting.size > 0) return;
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => void this.#end(""), this.#options.idleMs ?? IDLE_MS);
    this.#idle.unref();
  }

  #end(reason: string): Promise<unknown> {
    const worker = this.#worker;
    this.#worker = undefined;
    clearTimeout(this.#idle);
    for (const id of [...this.#waiting.keys()]) this.#take(id)?.reject(new Error(reason));
    return worker ? worker.terminate() : Promise.resolve();
  }
}
