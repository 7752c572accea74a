/** A room or tank whose warmth is told for a past in which it was asked otherwise than it was. */

/** What its heating is asked for. */
export interface HeatAsked {
  /** degC; absent: what it is set to is not known, or it has its own. */
  readonly setC?: number;
  /** False: kept from heating at all. */
  readonly on: boolean;
}

/** What that changes in one step of time. */
export interface WarmthChanged {
  /** Warmer than it was at the end of the step, K. */
  readonly shiftK: number;
  /** Taken more than was taken, mean of the step, W of electricity. */
  readonly extraW: number;
  /** Nothing is left of what was changed before. */
  readonly settled: boolean;
}

/** Lives on step by step from where it began; steps must follow each other. */
export interface WarmthLived {
  step(i: number, was: HeatAsked, would: HeatAsked): WarmthChanged;
}
