import type { Effort, LinearModel, Solved } from "../model/linear.ts";
import type { Problem } from "../planner/schedule/problem.ts";
import { reasoning } from "../planner/schedule/reasons.ts";
import type { Schedule } from "../planner/schedule/schedule.ts";
import { type Ask, solving } from "../planner/schedule/solve.ts";
import type { HighsSolver } from "./highs.ts";

/** What the worker is asked: a whole schedule, or one programme. */
export interface Task {
  readonly timeLimitMs: number;
  readonly problem?: Problem;
  /** For the reasons of a schedule, beside the time for the plan; 0: none. */
  readonly reasonsMs?: number;
  readonly model?: LinearModel;
  readonly effort?: Effort;
}

export interface Question extends Task {
  readonly id: number;
  /** One number, shared: other than 0 means to stop. */
  readonly stop: Int32Array;
}

/** What the worker says: a plan before its reasons, then the answer; or what went wrong. */
export interface WorkerAnswer {
  readonly id: number;
  readonly plan?: Schedule;
  readonly answer?: Schedule | Solved;
  readonly error?: string;
  /** The question itself is faulty. */
  readonly refusal?: true;
  /** Of the solver's own heap, bytes. */
  readonly memory: number;
}

/** Runs what is asked of a schedule through the solver until it is done. */
function drive<T>(work: Generator<Ask, T, Solved>, solve: (ask: Ask) => Solved): T {
  let step = work.next();
  while (!step.done) step = work.next(solve(step.value));
  return step.value;
}

/** Does a task in this thread. `onPlan` hears a schedule before its reasons. Throws RangeError for a faulty problem. */
export function carryOut(
  solver: HighsSolver,
  task: Task,
  stop: () => boolean,
  onPlan: (schedule: Schedule) => void = () => {},
): Schedule | Solved {
  const { problem, model, effort, timeLimitMs, reasonsMs = 0 } = task;
  if (model && effort) return solver.solve(model, effort, { timeLimitMs, stop });
  if (!problem) throw new RangeError("problem: there must be a problem or a model with its effort");
  const within = (until: number) => (ask: Ask) =>
    solver.solve(ask.model, ask.effort, { timeLimitMs: Math.max(1, until - performance.now()), stop });
  const solution = drive(solving(problem), within(performance.now() + timeLimitMs));
  if (reasonsMs <= 0) return solution.schedule;
  onPlan(solution.schedule);
  const until = performance.now() + reasonsMs;
  return drive(
    reasoning(problem, solution, () => stop() || performance.now() >= until),
    within(until),
  );
}
