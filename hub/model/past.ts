/** The past as it was told. */

/** The readings of one attribute. A reading that says the same as the one before, less than an hour later, may be left out. */
export interface PastColumn {
  /** Text path. */
  readonly key: string;
  /** Epoch ms, rising or equal; the first may lie before the time that was asked for: what stood at its beginning. */
  readonly ats: Float64Array;
  /** As long as `ats`. Booleans are 0 and 1. */
  readonly values: Float64Array | readonly string[];
  readonly kind: "number" | "boolean" | "text";
}

/** A stretch of time: epoch ms, to exclusive. */
export interface PastStretch {
  readonly from: number;
  readonly to: number;
}
