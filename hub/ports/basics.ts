/** What every shell is given. Implemented by shells; nothing here does anything. */

export interface Clock {
  /** Epoch ms. */
  now(): number;
  /** ms of the same time from any beginning, which no setting of the clock moves. */
  steady?(): number;
}

/** Structured log of a shell. Never given secrets. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
