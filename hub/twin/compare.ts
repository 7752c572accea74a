/** Two replays side by side, and a replay beside the recorded bill. */
import { addTotals, emptyTotals } from "../energy/totals.ts";
import type { Totals } from "../model/plan.ts";
import type { Fit } from "./fit-note.ts";
import { deviation, mean } from "./numbers.ts";
import type { Replayed, ReplayedDay } from "./replay.ts";

/** Days of which less was known are not judged. */
const LEAST_COVERAGE = 0.8;

export interface DaySaved {
  readonly day: string;
  readonly savedCost: number;
  readonly savedKwh: number;
  readonly savedCo2Kg: number;
}

export interface Compared {
  readonly daily: readonly DaySaved[];
  readonly baseline: Totals;
  readonly withPlan: Totals;
}

/** Whether a day is known well enough to be judged. */
export const isCounted = (day: ReplayedDay): boolean => day.coverage >= LEAST_COVERAGE;

const totalsOf = (days: readonly ReplayedDay[]): Totals =>
  days.reduce((sum, day) => addTotals(sum, day.totals), emptyTotals);

/**
 * What the rules saved on each day. Energy that one run has more in store at the end of a day than the other counts:
 * less in store is bought back at the mean price, more in store is worth the lowest, so that a plan can not
 * look good by leaving the car, the tank or the battery empty.
 */
export function compare(baseline: Replayed, withPlan: Replayed): Compared {
  const end = (r: Replayed) => r.days.at(-1)?.stored ?? 0;
  const price = end(withPlan) < end(baseline) ? baseline.meanPrice : baseline.lowPrice;
  const both = baseline.days.map((base, i) => ({ base, plan: withPlan.days[i] ?? base }));
  let before = withPlan.storedAtStart - baseline.storedAtStart;
  const daily: DaySaved[] = [];
  for (const { base, plan } of both) {
    const after = plan.stored - base.stored;
    const kept = after - before;
    before = after;
    if (!isCounted(base)) continue;
    const net = (t: Totals) => t.importedKwh - t.exportedKwh;
    daily.push({
      day: base.day,
      savedCost: base.totals.cost - plan.totals.cost + kept * price,
      savedKwh: net(base.totals) - net(plan.totals) + kept,
      savedCo2Kg: base.totals.co2Kg - plan.totals.co2Kg,
    });
  }
  const known = both.filter(({ base }) => isCounted(base));
  return { daily, baseline: totalsOf(known.map((b) => b.base)), withPlan: totalsOf(known.map((b) => b.plan)) };
}

/** How a replay without changes differs from the meter, by day, in currency: replayed minus recorded. */
export interface BillCheck extends Fit {
  /** Mean difference a day, and its standard deviation. */
  readonly bias: number;
  readonly spread: number;
  readonly days: number;
}

/** Fewer days than this say nothing. */
const LEAST_DAYS = 4;

/**
 * Checks a replay against the recorded bill on days from `heldOutFrom` (YYYY-MM-DD) on, which the fit has not seen. Fails when the mean
 * is off by more than a tenth or single days by more than a quarter of a usual day's cost.
 */
export function checkBill(replayed: Replayed, heldOutFrom: string): BillCheck {
  const days = replayed.days.filter((d) => d.day >= heldOutFrom && isCounted(d));
  const errors = days.map((d) => d.totals.cost - d.recorded.cost);
  const usual = mean(days.map((d) => Math.abs(d.recorded.cost)));
  const [bias, spread] = [mean(errors), deviation(errors)];
  const numbers = { bias: bias || 0, spread, days: days.length };
  if (days.length < LEAST_DAYS)
    return { ...numbers, ok: false, note: `only ${days.length} days are known well enough to test the twin on` };
  if (!Number.isFinite(bias) || !Number.isFinite(spread))
    return { bias: 0, spread: 0, days: days.length, ok: false, note: "a value the twin needs was never reported" };
  const share = (x: number) => `${Math.round((x / Math.max(usual, 0.01)) * 100)} %`;
  const note = `on ${days.length} days it has not seen, the twin's bill is off by ${share(bias)} on average and ${share(spread)} from day to day`;
  const ok = Math.abs(bias) <= Math.max(0.1 * usual, 0.1) && spread <= Math.max(0.25 * usual, 0.25);
  return { ...numbers, ok, note };
}
