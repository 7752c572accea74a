/** The house's own use beside its modelled devices, and the sun's yield: by hour and weekday, their drift, and the day ahead. */
import { localTime } from "../energy/clock.ts";
import type { Foreseen, Proof } from "../model/learned.ts";
import type { Test } from "./device.ts";
import type { Twin } from "./fit.ts";
import { type Forecaster, forecaster } from "./forecast.ts";
import { daysOf, type History, seriesOf, valueAt } from "./history.ts";
import { type HourSeries, hoursFrom } from "./hours.ts";
import { leastSquares, mean, median } from "./numbers.ts";
import { proving } from "./proof.ts";

const HOUR = 3_600_000;
const MONTH_DAYS = 30;
/** Fewer whole days than this have no drift to speak of. */
const LEAST_DRIFT_DAYS = 14;

export interface Flow {
  /** Median kWh by weekday (0 = Monday) and hour. */
  readonly byHour: readonly (readonly number[])[];
  /** Mean kWh a day. */
  readonly perDay: number;
  /** Change of a day's kWh within 30 days; undefined where the days say nothing. */
  readonly drift: number | undefined;
  readonly proof: Proof;
  readonly ahead: Foreseen;
}

/** W by step that no modelled device, sun or battery explains; NaN where a part of it is unknown. */
export function baseOf(twin: Twin): Float64Array {
  const { history: h, parts } = twin;
  const modelled = new Set(twin.models.map((m) => m.node));
  const besides = [...parts.solar, ...parts.batteries.filter((b) => !modelled.has(b.node))].flatMap(
    (p) => p.power ?? [],
  );
  const series = besides.map((key) => seriesOf(h, key));
  return twin.rest.map((watts, i) => series.reduce((left, values) => left - valueAt(values, i), watts));
}

/** W by step that the sun gives, positive; NaN where one inverter is unknown. Undefined without any. */
export function sunOf({ history: h, parts }: Twin): Float64Array | undefined {
  const series = parts.solar.flatMap((p) => (p.power ? [seriesOf(h, p.power)] : []));
  if (series.length === 0) return undefined;
  return Float64Array.from({ length: h.steps }, (_, i) => series.reduce((sum, values) => sum - valueAt(values, i), 0));
}

const gridOf = (s: HourSeries): History => ({
  from: s.from,
  stepMs: HOUR,
  steps: s.kwh.length,
  timeZone: s.timeZone,
  series: new Map(),
});

function byHourOf(s: HourSeries): number[][] {
  const slots: number[][] = Array.from({ length: 7 * 24 }, () => []);
  s.kwh.forEach((kwh, i) => {
    const { minutes, weekday } = localTime(s.from + i * HOUR, s.timeZone);
    if (Number.isFinite(kwh)) slots[(weekday - 1) * 24 + Math.floor(minutes / 60)]?.push(kwh);
  });
  return Array.from({ length: 7 }, (_, day) => slots.slice(day * 24, day * 24 + 24).map(median));
}

/** kWh of each whole day that is known throughout. */
const dailyOf = (s: HourSeries): number[] =>
  daysOf(gridOf(s)).map((d) => s.kwh.subarray(d.from, d.to).reduce((a, b) => a + b, 0));

function driftOf(daily: readonly number[]): number | undefined {
  const known = daily.flatMap((kwh, day) => (Number.isFinite(kwh) ? [[day, kwh] as const] : []));
  if (known.length < LEAST_DRIFT_DAYS) return undefined;
  const rows = known.map(([day]) => [day, 1]);
  const fit = leastSquares(
    rows,
    known.map(([, kwh]) => kwh),
  );
  return fit?.[0] === undefined ? undefined : fit[0] * MONTH_DAYS;
}

const plain = (values: Float64Array): number[] => Array.from(values, (v) => Math.round((v || 0) * 1000) / 1000);

function aheadOf(s: HourSeries, made: Forecaster): Foreseen {
  const { likely, low, high } = made.ahead(s.kwh.length, 24);
  return { from: s.from + s.kwh.length * HOUR, likely: plain(likely), low: plain(low), high: plain(high) };
}

/** Learns a power (W by step). Yields day by day: a forecast of each is tried. `what` and `share` name the test and the error, as a share of a usual day, that it may have. */
export function* flowOf(twin: Twin, watts: Float64Array, what: string, share: number): Generator<number, Flow> {
  const s = hoursFrom(twin.history, watts);
  // Energy that a house uses or a roof gives is never negative: what is, is the meters' different moments.
  const series = { ...s, kwh: s.kwh.map((kwh) => Math.max(0, kwh)) };
  const made = forecaster(series);
  const test: Test = {
    what,
    unit: "kWh",
    by: "day",
    limit: { share },
    day: (d) => ({ predicted: made.ahead(d.from, d.to - d.from).expected, measured: series.kwh.slice(d.from, d.to) }),
  };
  const heldOutFrom = Math.ceil((twin.history.from + twin.heldOutFrom * twin.history.stepMs - series.from) / HOUR);
  const daily = dailyOf(series);
  const days = daysOf(gridOf(series));
  for (const [k, d] of days.entries()) {
    made.ahead(d.from, 0);
    yield k / days.length;
  }
  const proof = yield* proving(gridOf(series), test, heldOutFrom);
  return {
    byHour: byHourOf(series),
    perDay: mean(daily) || 0,
    drift: driftOf(daily),
    proof,
    ahead: aheadOf(series, made),
  };
}
