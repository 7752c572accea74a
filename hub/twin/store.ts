/**
 * A device as a store that may be filled at any time: what it could have done at best, not what any plan would make of it. In steps of the
 * history, with all that people asked of it known.
 *   level' = keep * level + pull * beside + gain * taken - loss * given + drift
 */
export interface Store {
  /** Level before the first step: kWh stored, percent or degC. */
  readonly start: number;
  readonly keep: number;
  /** Level per kWh taken, by step. */
  readonly gain: Float64Array;
  readonly drift: Float64Array;
  /** kWh that it may take in a step, where nothing keeps it from it. */
  readonly leastKwh: number;
  readonly mostKwh: Float64Array;
  /** What it may give in a step, kWh, and the level that each given kWh costs; absent: it gives nothing. */
  readonly gives?: { readonly mostKwh: number; readonly loss: number };
  /** Bounds of the level at the end of each step: what it can hold, and what people must not lose. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** kWh of electricity that one unit of level is worth at the end. */
  readonly worthKwh: number;
  /** A slow store beside it: walls. beside' = beside + follows * (level' - beside). */
  readonly beside?: {
    readonly start: number;
    readonly pull: number;
    readonly follows: number;
    readonly worthKwh: number;
  };
}

/** The levels that a device had at the end of each step when it took this much, kWh (below zero: gave), and those of what is beside it. */
export function levelsOf(
  store: Store,
  kwh: Float64Array,
): { readonly level: Float64Array; readonly beside: Float64Array } {
  let level = store.start;
  let beside = store.beside?.start ?? 0;
  const besides = new Float64Array(kwh.length);
  const levels = kwh.map((taken, t) => {
    const moved = taken >= 0 ? (store.gain[t] ?? 0) * taken : (store.gives?.loss ?? 0) * taken;
    level = store.keep * level + (store.beside?.pull ?? 0) * beside + moved + (store.drift[t] ?? 0);
    beside += (store.beside?.follows ?? 0) * (level - beside);
    besides[t] = beside;
    return level;
  });
  return { level: levels, beside: besides };
}
