/** A linear or mixed-integer programme as plain data, and its solution: what planners ask of a solver. Minimised. */

/** Columns are variables, rows are limits on sums of them. Rows are stored one after the other (compressed rows). */
export interface LinearModel {
  /** Cost of one unit of each variable. */
  readonly cost: Float64Array;
  /** Bounds of each variable; infinite where there is none. */
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** 1: whole numbers only; 0: any. */
  readonly whole: Uint8Array;
  readonly rowLower: Float64Array;
  readonly rowUpper: Float64Array;
  /** Where each row's entries begin, and at last where they end: rows + 1 numbers. */
  readonly starts: Int32Array;
  readonly columns: Int32Array;
  readonly factors: Float64Array;
}

/** How hard to try. A limit of nodes stops at the same place each time, a limit of time does not. */
export interface Effort {
  /** How much dearer than the best the answer may be, in the cost's unit. */
  readonly gap: number;
  /** Branches looked at, at most. */
  readonly nodes: number;
  /** Also give the shadow prices of the rows, with all whole numbers held. */
  readonly shadowPrices: boolean;
}

export interface Solved {
  /** `best`: within the gap; `stopped`: the best found until a limit; `none`: nothing was found. */
  readonly status: "best" | "stopped" | "none";
  /** One value a column; empty for `none`. */
  readonly values: Float64Array;
  /** What one unit more of each row's limit would cost; empty unless asked for. */
  readonly prices: Float64Array;
  readonly cost: number;
  /** How much the cost may be above the least possible; 0 is proven best. */
  readonly gap: number;
  readonly ms: number;
}
