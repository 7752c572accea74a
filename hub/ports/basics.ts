/** What every shell is given. Implemented by shells; nothing here does anything. */

export interface Clock {
  /** Epoch ms. */
  now(): number;
  /** ms of the same time from any beginning, which no setting of the clock moves. */
  steady?(): number;
  /** Epoch ms by which people live, where the home's own time runs faster. Absent: there is one time. */
  outside?(): number;
}

/** Structured log of a shell. Never given secrets. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
