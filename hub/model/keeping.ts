/** How long history is kept and how much may be written for it: what a person sets for the card the hub lives on. */
export interface Keeping {
  /** Raw readings, days. */
  readonly rawDays: number;
  /** Five-minute values, days. */
  readonly fineDays: number;
  /** Hourly values, years. */
  readonly hourlyYears: number;
  /** What the hub may write a day, MB (10^6 bytes): before it is more, readings are written less often, then fewer of them. */
  readonly budgetMb: number;
  /** What the card bears before it wears out, TB (10^12 bytes): its maker's figure (TBW), or some 300 times its size. */
  readonly enduranceTb: number;
}

/** A card of 32 GB that bears to be written 300 times. */
export const defaultKeeping: Keeping = { rawDays: 10, fineDays: 400, hourlyYears: 10, budgetMb: 200, enduranceTb: 10 };

/** Lowest and highest that may be set. */
export const keepingLimits: Readonly<Record<keyof Keeping, readonly [least: number, most: number]>> = {
  rawDays: [1, 400],
  fineDays: [7, 3_660],
  hourlyYears: [1, 50],
  budgetMb: [10, 100_000],
  enduranceTb: [0.1, 100_000],
};

/** What is wrong with settings, the field first (`rawDays: must be …`); undefined when nothing is. */
export function misfitOfKeeping(keeping: Keeping): string | undefined {
  for (const [field, [least, most]] of Object.entries(keepingLimits) as [keyof Keeping, readonly [number, number]][]) {
    const value = keeping[field];
    if (!(value >= least && value <= most)) return `${field}: must be a number from ${least} to ${most}`;
  }
  return keeping.fineDays < keeping.rawDays ? "fineDays: must be at least as long as raw readings are kept" : undefined;
}
