/** From power to energy. */

export interface PowerSample {
  /** Epoch ms. */
  readonly at: number;
  readonly watts: number;
}

export interface Energy {
  /** kWh while the power was positive (imported by the endpoint). */
  readonly importedKwh: number;
  /** kWh while it was negative, as a positive number. */
  readonly exportedKwh: number;
  /** Share of the period for which the power was known, 0..1. */
  readonly coverage: number;
}

const MS_PER_KWH_PER_W = 3_600_000_000;

/**
 * Time-weighted energy of [from, to): each sample holds until the next, but never longer than `maxHoldMs`;
 * what no sample covers is a gap and counts for nothing. Samples may come in any order; of two at the same
 * moment the later in the list counts.
 */
export function energyOfPower(samples: readonly PowerSample[], from: number, to: number, maxHoldMs: number): Energy {
  const sorted = samples.filter((s) => Number.isFinite(s.watts)).sort((a, b) => a.at - b.at);
  let importedKwh = 0;
  let exportedKwh = 0;
  let covered = 0;
  sorted.forEach((sample, i) => {
    const next = sorted[i + 1]?.at ?? Number.POSITIVE_INFINITY;
    const start = Math.max(from, sample.at);
    const end = Math.min(to, next, sample.at + maxHoldMs);
    if (end <= start) return;
    covered += end - start;
    const kwh = (sample.watts * (end - start)) / MS_PER_KWH_PER_W;
    if (kwh > 0) importedKwh += kwh;
    else exportedKwh -= kwh;
  });
  return { importedKwh, exportedKwh, coverage: to > from ? covered / (to - from) : 0 };
}
