/** How sure a measured saving is, and how large it can be at all. */
import type { Model } from "../twin/device.ts";
import { autocorrelation, deviation, t90 } from "../twin/numbers.ts";
import type { DeviceDay, ReplayedDay } from "../twin/replay.ts";

/** No energy is known better than the meter it comes from: class B of EN 50470, class 1 of IEC 62053. */
const METER_CLASS = 0.01;
/** So few days of errors give no spread to speak of. */
const LEAST_ERRORS = 3;

/**
 * How far off the worth of moved energy may be because the model's form is simpler than the device, as a share of it. Machines and corners
 * are the vaguest: what they draw warms the house, and spares heating at the hour at which they run (IPMVP's interactive effect), which
 * no model of theirs knows. Of simulated homes whose truth is known (test/planner/measure-truth.long.ts) at least nine in ten lie
 * within the bands that come of it.
 */
const FORM: Readonly<Record<Model["kind"], number>> = {
  battery: 0.05,
  car: 0.05,
  tank: 0.1,
  room: 0.14,
  appliance: 0.3,
  corner: 0.35,
  light: 0.1,
};

/** Prices per kWh between which a kWh of this home was worth something. */
export interface Worth {
  readonly low: number;
  readonly high: number;
}

const sumOf = (days: readonly ReplayedDay[], k: number, pick: (d: DeviceDay) => number): number =>
  days.reduce((sum, day) => sum + (day.devices[k] ? pick(day.devices[k]) : 0), 0);

/**
 * The most that steering these devices can have saved, in currency: what they used at another time is worth at most the spread of prices,
 * what they did not use at all at most the highest, and what they used beyond it is worth something only at prices below zero. A store (battery) only ever moves energy.
 */
export function mostSaved(models: readonly Model[], days: readonly ReplayedDay[], worth: Worth): number {
  const spread = Math.max(0, worth.high - worth.low);
  return models.reduce((sum, { kind }, k) => {
    const [without, used] = [sumOf(days, k, (d) => d.replayedKwh), sumOf(days, k, (d) => d.recordedKwh)];
    if (kind === "battery") return sum + spread * Math.max(without, used);
    const spared = Math.max(0, worth.high) * Math.max(0, without - used);
    const paidFor = Math.max(0, -worth.low) * Math.max(0, used - without);
    return sum + spread * Math.min(without, used) + spared + paidFor;
  }, 0);
}

/** The same in kWh: what the devices would have used; a store can save no more than it loses. */
export function mostSavedKwh(models: readonly Model[], days: readonly ReplayedDay[]): number {
  return models.reduce(
    (sum, { kind }, k) =>
      sum +
      (kind === "battery" ? 0.3 : 1) *
        Math.max(...[sumOf(days, k, (d) => d.replayedKwh), sumOf(days, k, (d) => d.recordedKwh)]),
    0,
  );
}

/**
 * Half width of the 90 % band of a sum of `days`: the model's daily error on `errors` it had not seen, with the doubt about their
 * mean and the likeness of neighbouring days (as ASHRAE Guideline 14 widens it), the form of the models, and the meter.
 */
export function bandOf(
  errors: readonly number[],
  models: readonly Model[],
  days: readonly ReplayedDay[],
  tested: readonly ReplayedDay[],
  worth: Worth,
): number {
  const n = days.length;
  const m = errors.length;
  // What a replay without control moves as well is in the daily errors already.
  const moved = (k: number) =>
    Math.max(
      0,
      sumOf(days, k, (d) => d.movedKwh) - (n / Math.max(1, tested.length)) * sumOf(tested, k, (d) => d.movedKwh),
    );
  if (m < LEAST_ERRORS) return Number.POSITIVE_INFINITY;
  const alike = autocorrelation(errors);
  const daily = t90(m - 1) * deviation(errors) * Math.sqrt((n + n ** 2 / m) * ((1 + alike) / (1 - alike)));
  const spread = Math.max(0, worth.high - worth.low);
  const form = models.map(({ kind }, k) => FORM[kind] * spread * moved(k));
  const metered = models.map((_, k) => sumOf(days, k, (d) => Math.max(d.replayedKwh, d.recordedKwh)) * worth.high);
  return Math.hypot(daily, ...form, METER_CLASS * metered.reduce((a, b) => a + b, 0));
}
