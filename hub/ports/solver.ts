/** Solving of linear programmes apart from the main thread. Implemented by a shell; nothing here does anything. */
import type { Effort, LinearModel, Solved } from "../model/linear.ts";

export interface SolveLimits {
  /** What was found by then is the answer. */
  readonly timeLimitMs: number;
  readonly signal?: AbortSignal;
}

export interface Solver {
  /**
   * Never blocks the loop. Rejects with the signal's reason when it is aborted, and with an Error when the solver failed or has
   * too much to do.
   */
  solve(model: LinearModel, effort: Effort, limits: SolveLimits): Promise<Solved>;
}
