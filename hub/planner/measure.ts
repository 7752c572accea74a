/**
 * What a running plan saved: the bill that this home would have had without it, from the twin that was fitted before
 * the plan began and asked for what was usual then, less the bill that was metered (IPMVP option D, calibrated
 * simulation; band after ASHRAE Guideline 14, from the twin's daily error on days it had not seen and the meter's own).
 */
import type { NodeId } from "../model/path.ts";
import type { Measured, Rule } from "../model/plan.ts";
import type { Tariff } from "../model/tariff.ts";
import { checkBill, compare, type DaySaved } from "../twin/compare.ts";
import type { Comfort } from "../twin/device.ts";
import { moveTo, narrowTo, type Twin } from "../twin/fit.ts";
import { daysOf, type History } from "../twin/history.ts";
import { deviation, mean } from "../twin/numbers.ts";
import { type Replayed, replaying } from "../twin/replay.ts";

const Z90 = 1.645;
/** No bill is known better than the meter it comes from: class B of EN 50470, class 1 of IEC 62053. */
const METER_CLASS = 0.01;

export interface MeasureInput {
  /** Fitted on history that ends before the plan began. */
  readonly twin: Twin;
  /** The time since. */
  readonly since: History;
  readonly tariff: Tariff;
  readonly comfort: Comfort;
  /** Rules that ran in that time, those of this plan left out. */
  readonly otherRules: readonly Rule[];
  /**
   * Devices that the plan steers; without it all are modelled. What others did is known, so that the twin's errors about them need
   * not come into it, least of all about those that other plans steer: the past holds no days of them like these.
   */
  readonly steered?: ReadonlySet<NodeId>;
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

/** What was recorded, in the form of a replay: the metered bill, and what was really in store at the end of each day. */
function recordedAs(replayed: Replayed, { history, models }: Twin, comfort: Comfort): Replayed {
  const ends = new Map(daysOf(history).map((d) => [d.day, d.to]));
  const storedAt = (step: number) => models.reduce((sum, model) => sum + model.start(step, comfort).stored(), 0);
  const days = replayed.days.map((d, i) => {
    // The first and the last day may be cut, by the plan's beginning and by now.
    const end = ends.get(d.day) ?? (i === 0 ? (daysOf(history)[0]?.from ?? history.steps) : history.steps);
    return { ...d, totals: d.recorded, stored: storedAt(end) };
  });
  return { ...replayed, days };
}

/**
 * By whole day, what the replay costs more than the metered bill. Energy in store counts as in a comparison of two replays: at
 * midnight a car under a plan may still wait for the cheap hours, while without it it would be full.
 */
const excessByDay = (replayed: Replayed, twin: Twin, comfort: Comfort): DaySaved[] => {
  const whole = new Set(daysOf(twin.history).map((d) => d.day));
  return compare(replayed, recordedAs(replayed, twin, comfort)).daily.filter((d) => whole.has(d.day));
};

/** Measures the whole days of `since`; days of which too little is known are left out. Yields the share done. */
export function* measuring(input: MeasureInput): Generator<number, Measured> {
  const { since, tariff, comfort } = input;
  const twin = input.steered ? narrowTo(input.twin, input.steered) : input.twin;
  const before = daysOf(twin.history);
  const after = daysOf(since);
  if (after.length === 0 || before.length === 0) return nothing(since, 0, 0, "no whole day has passed yet");
  const trial = { from: before[0]?.from ?? 0, to: before.at(-1)?.to ?? 0 };
  const past = yield* replaying(twin, { rules: input.rulesBefore, tariff, comfort, over: trial });
  const heldOutFrom = before.find((d) => d.from >= twin.heldOutFrom)?.day ?? "";
  const { note } = checkBill(past, heldOutFrom);
  const errors = excessByDay(past, twin, comfort)
    .filter((d) => d.day >= heldOutFrom)
    .map((d) => d.savedCost);
  const moved = moveTo(twin, since);
  // It begins with the plan, not at the first midnight: what the plan put off before then would else count as its loss.
  const over = { from: 0, to: after.at(-1)?.to ?? 0 };
  const without = yield* replaying(moved, { rules: input.otherRules, tariff, comfort, over });
  const days = excessByDay(without, moved, comfort);
  const coverage = days.length / after.length;
  if (days.length === 0) return nothing(since, 0, coverage, "too little of the time since is recorded");
  const saved = days.reduce((sum, d) => sum + d.savedCost, 0) - (mean(errors) || 0) * days.length;
  // The bias itself is only known as well as the days it comes from.
  const variance = days.length + days.length ** 2 / Math.max(1, errors.length);
  const counted = new Set(days.map((d) => d.day));
  const paid = without.days.reduce((sum, d) => sum + (counted.has(d.day) ? Math.abs(d.recorded.cost) : 0), 0);
  const band = Math.hypot(Z90 * deviation(errors) * Math.sqrt(variance), METER_CLASS * paid);
  return {
    ...nothing(since, days.length, coverage, ""),
    savedCost: saved,
    savedKwh: days.reduce((sum, d) => sum + d.savedKwh, 0),
    band,
    note: `${
      Math.abs(saved) > band
        ? "against the days as they would have been"
        : "no saving can be told from the days' own ups and downs yet"
    }; ${note}`,
  };
}
