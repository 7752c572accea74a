/**
 * The house as one meter: hourly energy by the hour of a working day or a weekend, by outdoor temperature (heating below and cooling
 * above), by the sun's own yield and by whether somebody is at home, as far as each is recorded. This is IPMVP option C with the
 * form of the hourly method of CalTRACK 2.0 (time of week and temperature, Mathieu et al. 2011); of CalTRACK are not
 * followed: the twelve months of baseline (a home has what it has) and the grouping of hours into occupancy modes
 * (a presence sensor tells, where there is one).
 */
import { localTime } from "../energy/clock.ts";
import type { Parts } from "../energy/parts.ts";
import { daysOf, type History, hoursOf, type Stretch, seriesOf, timeOf, valueAt } from "./history.ts";
import { leastSquares } from "./numbers.ts";

/** Kelvin at which heating and cooling bend in. */
const BENDS = [5, 12, 18, 24] as const;
/** Hours of the past without which nothing is said. */
const LEAST_HOURS = 10 * 24;
const CLOCK = 48;

/** The house's energy by hour as the weather and the people of that hour let expect. */
export interface WholeHouse {
  /** What it rests on, in words. */
  readonly rests: readonly string[];
  /** The outdoor temperature is part of it. */
  readonly weather: boolean;
  /** kWh in the hour that begins at step `i` of `h`, net of what the sun gave; NaN where something was not recorded. */
  predict(h: History, i: number): number;
}

interface Used {
  readonly outdoor: string | undefined;
  readonly solar: readonly string[];
  readonly occupancy: readonly string[];
}

const perHour = (h: History): number => Math.max(1, Math.round(1 / hoursOf(h)));

function meanOver(h: History, key: string, i: number): number {
  const values = seriesOf(h, key);
  let sum = 0;
  for (let k = 0; k < perHour(h); k++) sum += valueAt(values, i + k);
  return sum / perHour(h);
}

/** kWh of a power path in the hour from step `i`. */
export const hourKwh = (h: History, key: string, i: number): number => meanOver(h, key, i) / 1000;

function rowAt(h: History, i: number, used: Used): number[] {
  const { minutes, weekday } = localTime(timeOf(h, i), h.timeZone);
  const clock = new Array<number>(CLOCK).fill(0);
  clock[Math.floor(minutes / 60) + (weekday >= 6 ? 24 : 0)] = 1;
  const row = [...clock];
  if (used.outdoor) {
    const outside = meanOver(h, used.outdoor, i);
    row.push(outside, ...BENDS.map((bend) => Math.max(0, outside - bend)));
  }
  for (const key of used.solar) row.push(hourKwh(h, key, i));
  if (used.occupancy.length > 0) row.push(Math.max(...used.occupancy.map((key) => meanOver(h, key, i) || 0)));
  return row;
}

const knownShare = (h: History, key: string | undefined): number => {
  const values = seriesOf(h, key);
  return values.length === 0 ? 0 : values.filter(Number.isFinite).length / values.length;
};

/** Learns the house from a stretch of its past; undefined where the meter was known for less than ten days. */
export function wholeHouse(h: History, parts: Parts, train: Stretch): WholeHouse | undefined {
  const grid = parts.grid?.power;
  if (!grid) return undefined;
  const known = (key: string | undefined): key is string => knownShare(h, key) > 0.8;
  const used: Used = {
    outdoor: known(parts.outdoor) ? parts.outdoor : undefined,
    solar: parts.solar.map((p) => p.power).filter(known),
    occupancy: parts.occupancy.map((o) => o.path).filter(known),
  };
  const rows: number[][] = [];
  const targets: number[] = [];
  for (const day of daysOf(h).filter((d) => d.from >= train.from && d.to <= train.to))
    for (let i = day.from; i < day.to; i += perHour(h)) {
      const row = rowAt(h, i, used);
      const target = hourKwh(h, grid, i);
      if (!Number.isFinite(target) || !row.every(Number.isFinite)) continue;
      rows.push(row);
      targets.push(target);
    }
  const weights = rows.length >= LEAST_HOURS ? leastSquares(rows, targets) : undefined;
  if (!weights) return undefined;
  const rests = [
    "the hour and the day of the week",
    ...(used.outdoor ? ["the outdoor temperature"] : []),
    ...(used.solar.length > 0 ? ["the sun's yield"] : []),
    ...(used.occupancy.length > 0 ? ["who is at home"] : []),
  ];
  return {
    rests,
    weather: used.outdoor !== undefined,
    predict: (next, i) => rowAt(next, i, used).reduce((sum, x, k) => sum + x * (weights[k] ?? 0), 0),
  };
}
