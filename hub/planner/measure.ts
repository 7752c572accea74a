/**
 * What a running plan saved: the bill that this home would have had without it, from the twin that was fitted before the plan
 * began, less the bill that was metered.
 *
 * IPMVP option D (calibrated simulation) for the steered devices: the model is calibrated on the baseline, tested on days of it that it has not
 * seen, and driven by what was recorded in the reporting period (outdoor temperature, sun, trips, hot water, who was
 * where, everything that is not steered), so that weather and occupancy are those of the period itself. Where a steered device has
 * no model, option C (whole house) in the form of CalTRACK's hourly method takes its place (measure-house.ts). The band widens
 * as ASHRAE Guideline 14 says, for the doubt about the mean error and for neighbouring days being alike.
 * Energy in store at either end is settled (twin/compare.ts); nothing is extrapolated to days that were not recorded.
 */
import type { Measured } from "../model/plan.ts";
import { checkBill, compare, type DaySaved } from "../twin/compare.ts";
import type { Comfort } from "../twin/device.ts";
import { movingTo, narrowTo, type Twin } from "../twin/fit.ts";
import { daysOf } from "../twin/history.ts";
import { clamp, mean } from "../twin/numbers.ts";
import { type Replayed, replaying } from "../twin/replay.ts";
import { bandOf, mostSaved, mostSavedKwh, type Worth } from "./measure-bounds.ts";
import { measuredByHouse } from "./measure-house.ts";
import { type Counted, type MeasureInput, nothingMeasured, summedUp } from "./measure-sum.ts";

const METHOD =
  "IPMVP option D: the home's twin, fitted before the plan began, lives the same days without it, with the weather, the people and everything else as recorded";

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

/** What a kWh was worth at least and at most: bought, or where the home gives energy away, sold. */
const worthOf = (replayed: Replayed): Worth => {
  const gives = replayed.days.some((d) => d.recorded.exportedKwh > 0 || d.totals.exportedKwh > 0);
  const prices = [replayed.lowPrice, replayed.highPrice, ...(gives ? replayed.exportPrices : [])];
  return { low: Math.min(...prices), high: Math.max(...prices) };
};

/** Steered devices that the twin has no model of. */
function unmodelled({ twin, steered }: MeasureInput): string | undefined {
  const missing = [...(steered ?? [])].filter((node) => !twin.models.some((m) => m.node === node));
  if (missing.length === 0) return undefined;
  return twin.unfit.find((u) => missing.includes(u.node))?.note ?? "one of its devices has no model";
}

/** Measures the whole days of `since`; days of which too little is known are left out. Yields the share done. */
export function* measuring(input: MeasureInput): Generator<number, Measured> {
  const { since, tariff, comfort } = input;
  const after = daysOf(since);
  const before = daysOf(input.twin.history);
  if (after.length === 0) return nothingMeasured(since, "no whole day has passed yet");
  if (before.length === 0) return nothingMeasured(since, "too little of the time before the plan is recorded");
  const without = unmodelled(input);
  if (without) return measuredByHouse(input, without);
  const twin = input.steered ? narrowTo(input.twin, input.steered) : input.twin;
  const trial = { from: before[0]?.from ?? 0, to: before.at(-1)?.to ?? 0 };
  const past = yield* replaying(twin, { rules: input.rulesBefore, tariff, comfort, over: trial });
  const heldOutFrom = before.find((d) => d.from >= twin.heldOutFrom)?.day ?? "";
  const errors = excessByDay(past, twin, comfort)
    .filter((d) => d.day >= heldOutFrom)
    .map((d) => d.savedCost);
  const moved = yield* movingTo(twin, since);
  // It begins with the plan, not at the first midnight: what the plan put off before then would else count as its loss.
  const over = { from: 0, to: after.at(-1)?.to ?? 0 };
  const replayed = yield* replaying(moved, { rules: input.otherRules, tariff, comfort, over });
  const days = excessByDay(replayed, moved, comfort);
  if (days.length === 0) return nothingMeasured(since, "too little of the time since is recorded");
  const names = new Set(days.map((d) => d.day));
  const counted = replayed.days.filter((d) => names.has(d.day));
  const tested = past.days.filter((d) => d.day >= heldOutFrom);
  const worth = worthOf(replayed);
  const bias = mean(errors) || 0;
  const mostKwh = mostSavedKwh(moved.models, counted);
  const sum: Counted = {
    daily: days.map(({ day, savedCost }) => ({ day, savedCost: savedCost - bias })),
    savedKwh: clamp(
      days.reduce((total, d) => total + d.savedKwh, 0),
      -mostKwh,
      mostKwh,
    ),
    band: bandOf(errors, moved.models, counted, tested, worth),
    most: mostSaved(moved.models, counted, worth),
    coverage: days.length / after.length,
    method: METHOD,
    note: checkBill(past, heldOutFrom).note,
  };
  return summedUp(since, sum);
}
