/** Energy of a lifetime counter over a period. */

export interface CounterSample {
  /** Epoch ms. */
  readonly at: number;
  readonly kwh: number;
}

export interface Counted {
  /** Never negative. Undefined when the counter was not seen on both sides of any stretch of the period. */
  readonly kwh: number | undefined;
  readonly resets: number;
  /** Share of the period between the first and the last reading used, 0..1. */
  readonly coverage: number;
}

/** A counter may step back by this much through rounding without that being a reset. */
const DIP_KWH = 0.05;

interface Walk {
  kwh: number;
  resets: number;
  high: number;
}

/** One reading further: a rise counts, a small dip waits until it is made good, a fall is a reset to zero. */
function walk(state: Walk, now: number): void {
  if (now >= state.high) {
    state.kwh += now - state.high;
    state.high = now;
  } else if (now < state.high - DIP_KWH) {
    state.kwh += Math.max(0, now);
    state.resets += 1;
    state.high = now;
  }
}

/**
 * Energy counted in [from, to). The reading at or before `from` is the start where there is one; without it the
 * period begins at its first reading, and the coverage says so. After a reset the counter began again at zero.
 * Readings may come in any order; not finite and negative ones are left out.
 */
export function energyOfCounter(samples: readonly CounterSample[], from: number, to: number): Counted {
  const sorted = samples.filter((s) => Number.isFinite(s.kwh) && s.kwh >= 0 && s.at < to).sort((a, b) => a.at - b.at);
  const before = sorted.findLastIndex((s) => s.at <= from);
  const used = before >= 0 ? sorted.slice(before) : sorted;
  const [first, ...rest] = used;
  const last = rest.at(-1);
  if (!first || !last) return { kwh: undefined, resets: 0, coverage: 0 };
  const state: Walk = { kwh: 0, resets: 0, high: first.kwh };
  for (const sample of rest) walk(state, sample.kwh);
  const coverage = to > from ? (last.at - Math.max(from, first.at)) / (to - from) : 0;
  return { kwh: state.kwh, resets: state.resets, coverage: Math.max(0, coverage) };
}
