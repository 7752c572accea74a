/** Powers of the house in step, for judging whether its meters can be right. */

/** Mean power by slot, W, positive imported; NaN: not known. All of one picture are equally long. */
export interface PowerSeries {
  /** `node/endpoint`. */
  readonly key: string;
  readonly name: string;
  readonly watts: Float64Array;
}

export interface PowerPicture {
  /** Epoch ms of the first slot. */
  readonly from: number;
  readonly slotMs: number;
  readonly timeZone: string;
  readonly grid: PowerSeries | undefined;
  readonly solar: readonly PowerSeries[];
  readonly batteries: readonly (PowerSeries & { readonly percent: Float64Array | undefined })[];
  readonly loads: readonly PowerSeries[];
}

export type SuspectCode = "meter-reversed" | "meters-swapped" | "books-do-not-balance";

/** A meter that can't be right, with the evidence in words. */
export interface Suspect {
  readonly code: SuspectCode;
  /** `node/endpoint` of the meter that is wrong, and for swapped ones of the other. */
  readonly key: string;
  readonly other?: string;
  readonly message: string;
  readonly fix: string;
}

/** How one meter moves when another does. */
export interface Coupling {
  /** W of the one for each W of the other. */
  readonly slope: number;
  /** Correlation of the steps, -1..1. */
  readonly correlation: number;
  /** Steps that were looked at. */
  readonly steps: number;
}

/**
 * Least squares through the origin over the steps of `cause` of at least `least` W from one slot to the next. Steps, not levels: what
 * else goes on in the house changes slowly or at other moments, so that it falls out.
 */
export function couplingOf(cause: Float64Array, effect: Float64Array, least: number): Coupling {
  let [xx, xy, yy, steps] = [0, 0, 0, 0];
  for (let i = 1; i < cause.length; i++) {
    const x = (cause[i] ?? Number.NaN) - (cause[i - 1] ?? Number.NaN);
    const y = (effect[i] ?? Number.NaN) - (effect[i - 1] ?? Number.NaN);
    if (!(Math.abs(x) >= least) || Number.isNaN(y)) continue;
    steps++;
    xx += x * x;
    xy += x * y;
    yy += y * y;
  }
  const spread = Math.sqrt(xx * yy);
  return { slope: xx > 0 ? xy / xx : 0, correlation: spread > 0 ? xy / spread : 0, steps };
}
