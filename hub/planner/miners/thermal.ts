/** What a degree costs: the electricity of the heating for each degree between inside and outside. */
import type { Part, ThermostatPart } from "../../energy/parts.ts";
import { hoursOf, type Stretch, seriesOf, valueAt } from "../../twin/history.ts";
import { deviation, mean, median, quantile } from "../../twin/numbers.ts";
import type { Mined } from "./miner.ts";
import { daysKnown, tooYoung } from "./reckon.ts";

export interface Heating {
  readonly pump: Part;
  readonly power: Float64Array;
  readonly inside: Float64Array;
  readonly outside: Float64Array;
  readonly setpoint: Float64Array;
  /** Days on which the house was heated. */
  readonly days: readonly Stretch[];
  /** W of electricity a kelvin between inside and outside. */
  readonly wPerK: number;
  /** Wh of electricity that warm the house by a kelvin. */
  readonly whPerK: number;
  /** The most that it takes, W. */
  readonly mostW: number;
  /** Its cooling was seen often enough to say so. */
  readonly seenCooling: boolean;
  /** Of a year, days that are heated, and by what that may be off. */
  readonly season: number;
}

/** Between an old light house and a new heavy one. */
const USUAL_COOLING_H = 45;
const COOLING_RANGE = [8, 150] as const;
const LEAST_COOLING = 12;
const HEATED_W = 50;
/** Days a year that a house in middle latitudes is heated, where not a whole year is known. */
const SEASON_DAYS = 190;

/** A heating that was never asked for all it can do can do at least so much of its usual. */
const REHEAT = 2;

/** How fast it cools while next to nothing is heated, from falls of two hours; NaN where that was hardly seen. */
function coolingOf(
  h: Mined["h"],
  inside: Float64Array,
  outside: Float64Array,
  power: Float64Array,
  usualW: number,
): number {
  const steps = Math.round(2 / hoursOf(h));
  const found: number[] = [];
  for (let i = 0; i + steps < h.steps; i += steps) {
    const over = valueAt(inside, i) - valueAt(outside, i);
    const fall = valueAt(inside, i) - valueAt(inside, i + steps);
    const heated = mean(Array.from(power.subarray(i, i + steps)));
    if (!(over > 5) || !(heated < 0.15 * usualW) || !(fall > 0.05)) continue;
    found.push((over * 2) / fall);
  }
  return found.length >= LEAST_COOLING ? median(found) : Number.NaN;
}

/** Days must differ so much for a slope to mean something, K. */
const DIFFER_K = 1.2;

/** W for a kelvin more: people, sun and devices warm as well, so that the slope is steeper than the mere share. */
function perKelvin(power: readonly number[], apart: readonly number[]): number {
  const [p, k] = [mean(power), mean(apart)];
  const share = p / k;
  if (deviation(apart) < DIFFER_K) return share;
  const both = mean(power.map((w, i) => (w - p) * ((apart[i] ?? k) - k)));
  const slope = both / mean(apart.map((v) => (v - k) ** 2));
  return Math.min(1.5 * share, Math.max(share, slope));
}

const judged = new WeakMap<Mined, Map<string, Heating | string>>();

/** The home's heating as one, or why it can't be judged; worked out once for all who ask. */
export function heatingOf(m: Mined, thermostat: ThermostatPart): Heating | string {
  const mine = judged.get(m) ?? new Map<string, Heating | string>();
  judged.set(m, mine);
  const found = mine.get(thermostat.setpoint) ?? heating(m, thermostat);
  mine.set(thermostat.setpoint, found);
  return found;
}

function heating(m: Mined, thermostat: ThermostatPart): Heating | string {
  const [pump, ...more] = m.parts.heatPumps;
  if (!pump?.power) return "nothing measures what its heating takes";
  if (more.length > 0) return "several meters of heating, and nothing tells which warms what";
  if (m.parts.outdoor === undefined) return "nothing tells how cold it is outside";
  const power = seriesOf(m.h, pump.power).map((w) => Math.max(0, w));
  const inside = seriesOf(m.h, thermostat.temperature);
  const outside = seriesOf(m.h, m.parts.outdoor);
  const known = daysKnown(m.h, power);
  const young = tooYoung(known.length, "the heating");
  if (young) return young;
  const meanOf = (values: Float64Array, d: Stretch) => mean(Array.from(values.subarray(d.from, d.to)));
  const days = known.filter((d) => meanOf(power, d) > HEATED_W && meanOf(inside, d) - meanOf(outside, d) > 3);
  if (days.length < 5) return "it was heated on fewer than five days of this past";
  const usualW = mean(days.map((d) => meanOf(power, d)));
  const cooling = coolingOf(m.h, inside, outside, power, usualW);
  // Hours in which an unheated house loses two thirds of its warmth above outside.
  const coolingH = Math.min(COOLING_RANGE[1], Math.max(COOLING_RANGE[0], cooling || USUAL_COOLING_H));
  const apart = days.map((d) => meanOf(inside, d) - meanOf(outside, d));
  const wPerK = perKelvin(
    days.map((d) => meanOf(power, d)),
    apart,
  );
  return {
    ...{ pump, power, inside, outside, days, setpoint: seriesOf(m.h, thermostat.setpoint) },
    ...{ wPerK, whPerK: wPerK * coolingH, mostW: Math.max(REHEAT * usualW, quantile(Array.from(power), 0.99)) },
    seenCooling: Number.isFinite(cooling),
    season: (SEASON_DAYS * days.length) / known.length,
  };
}

/** The season's length is not known of a past of some weeks. */
export const SEASON_OFF = [0.7, 1.25] as const;
