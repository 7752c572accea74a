/**
 * What a running plan saved: the bill that this home would have had without it, from the twin that was fitted before
 * the plan began and asked for what was usual then, less the bill that was metered (IPMVP option D, calibrated
 * simulation; band after ASHRAE Guideline 14, from the twin's daily error on days it had not seen).
 */
import type { Measured, Rule } from "../model/plan.ts";
import type { Tariff } from "../model/tariff.ts";
import { checkBill } from "../twin/compare.ts";
import type { Comfort } from "../twin/device.ts";
import { moveTo, type Twin } from "../twin/fit.ts";
import { daysOf, type History, hoursOf } from "../twin/history.ts";
import { replaying } from "../twin/replay.ts";

const Z90 = 1.645;
const LEAST_COVERAGE = 0.8;

export interface MeasureInput {
  /** Fitted on history that ends before the plan began. */
  readonly twin: Twin;
  /** The time since. */
  readonly since: History;
  readonly tariff: Tariff;
  readonly comfort: Comfort;
  /** Rules that ran in that time, those of this plan left out. */
  readonly otherRules: readonly Rule[];
  /** Rules that ran before the plan began. */
  readonly rulesBefore: readonly Rule[];
}

const nothing = (since: History, days: number, coverage: number, note: string): Measured => ({
  from: since.from,
  to: since.from + since.steps * since.stepMs,
  days,
  savedCost: 0,
  savedKwh: 0,
  band: 0,
  coverage,
  note,
});

/** Measures the whole days of `since`; days of which too little is known are left out. Yields the share done. */
export function* measuring(input: MeasureInput): Generator<number, Measured> {
  const { twin, since, tariff, comfort } = input;
  const before = daysOf(twin.history);
  const after = daysOf(since);
  if (after.length === 0 || before.length === 0) return nothing(since, 0, 0, "no whole day has passed yet");
  const trial = { from: before[0]?.from ?? 0, to: before.at(-1)?.to ?? 0 };
  const past = yield* replaying(twin, { rules: input.rulesBefore, tariff, comfort, over: trial });
  const bill = checkBill(past, before.find((d) => d.from >= twin.heldOutFrom)?.day ?? "");
  const over = { from: after[0]?.from ?? 0, to: after.at(-1)?.to ?? 0 };
  const moved = moveTo(twin, since);
  const without = yield* replaying(moved, { rules: input.otherRules, tariff, comfort, over });
  const days = without.days.filter((d) => d.coverage >= LEAST_COVERAGE);
  const coverage = (days.length * 24) / Math.max(1, (over.to - over.from) * hoursOf(since));
  if (days.length === 0) return nothing(since, 0, coverage, "too little of the time since is recorded");
  const saved = days.reduce((sum, d) => sum + d.totals.cost - d.recorded.cost, 0) - bill.bias * days.length;
  const kwh = days.reduce((sum, d) => {
    const net = (t: typeof d.totals) => t.importedKwh - t.exportedKwh;
    return sum + net(d.totals) - net(d.recorded);
  }, 0);
  // The bias itself is only known as well as the days it comes from.
  const band = Z90 * bill.spread * Math.sqrt(days.length + days.length ** 2 / Math.max(1, bill.days));
  const sure = Math.abs(saved) > band;
  return {
    ...nothing(since, days.length, Math.min(1, coverage), ""),
    savedCost: saved,
    savedKwh: kwh,
    band,
    note: sure
      ? `against the days as they would have been; ${bill.note}`
      : `no saving can be told from the days' own ups and downs yet; ${bill.note}`,
  };
}
