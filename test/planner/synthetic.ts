/**
 * A past with a known truth, minute by minute and with equations of its own (constants apart from the twin's): what a car charged at once, a
 * tank heated at once and a machine run in the evening cost, and what they would have cost at night.
 */

import { localTime } from "../../hub/energy/clock.ts";
import type { Bucket } from "../../hub/twin/history.ts";
import { pathOf } from "./demo-home.ts";

const MINUTE = 60_000;
const ZONE = "Europe/Berlin";
const POWER = "electricalPowerMeasurement.activePower";

/** Numbers in 0..1 from a seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface Making {
  readonly seed: number;
  readonly from: number;
  readonly days: number;
  /** From this moment on the car charges at night only. */
  readonly carAtNightFrom?: number;
  /** Half the meter's readings are nonsense: no model can be right. */
  readonly brokenMeter?: boolean;
}

interface State {
  car: number;
  away: boolean;
  tank: number;
  heating: boolean;
  inside: number;
  battery: number;
  machine: number;
}

interface Day {
  readonly trip: number;
  readonly leaves: number;
  readonly returns: number;
  readonly machineAt: number | undefined;
  readonly watches: readonly [number, number];
  readonly sun: number;
  readonly cold: number;
}

function dayOf(random: () => number): Day {
  return {
    trip: 10 + random() * 12,
    leaves: 450 + Math.floor(random() * 30),
    returns: 1020 + Math.floor(random() * 60),
    machineAt: random() < 0.8 ? 1170 + Math.floor(random() * 40) : undefined,
    watches: [1200 + Math.floor(random() * 30), 1310 + Math.floor(random() * 30)],
    sun: 0.2 + random() * 0.8,
    cold: 2 + random() * 6,
  };
}

const CAR_KWH = 50;
const BATTERY_KWH = 6;

function minute(s: State, day: Day, at: number, m: Making): Record<string, number> {
  const { minutes } = localTime(at, ZONE);
  const h = 1 / 60;
  if (minutes === day.leaves) s.away = true;
  if (minutes === day.returns && s.away) {
    s.away = false;
    s.car -= day.trip;
  }
  const night = minutes >= 1320 || minutes < 360;
  const mayCharge = m.carAtNightFrom === undefined || at < m.carAtNightFrom || night;
  const ev = !s.away && s.car < 90 && mayCharge ? 3600 : 3;
  if (ev > 100) s.car += ((3.6 * 0.9 * h) / CAR_KWH) * 100;
  const showers = [420, 435, 1230].some((t) => minutes >= t && minutes < t + 6);
  if (s.tank < 51) s.heating = true;
  if (s.tank > 56) s.heating = false;
  const heater = s.heating ? 2000 : 1;
  const tankKwhPerK = 0.2;
  s.tank += ((heater / 1000) * h - (showers ? 0.12 : 0) - 0.0018 * (s.tank - 18) * h) / tankKwhPerK;
  const outside = day.cold + 4 * Math.sin(((minutes - 540) / 1440) * 2 * Math.PI);
  const solar =
    day.sun * Math.max(0, Math.sin(((minutes - 480) / 540) * Math.PI)) * (minutes > 480 && minutes < 1020 ? 2200 : 0);
  const need = (21 - s.inside) * 3 + (s.inside - outside) * 0.062;
  const pump = Math.max(8, Math.min(1500, need * 1000 * 0.75));
  s.inside +=
    ((pump / 1000) * 0.36 * (1 + 0.025 * (outside - 7)) -
      0.0145 * (s.inside - outside) +
      (solar / 1000) * 0.05 +
      0.03) *
    h;
  if (minutes === day.machineAt) s.machine = 150;
  const machine = s.machine > 0 ? (s.machine > 130 || (s.machine > 60 && s.machine < 75) ? 1900 : 90) : 1;
  if (s.machine > 0) s.machine--;
  const tv = minutes >= day.watches[0] && minutes < day.watches[1] ? 130 : 14;
  const base = 180 + (minutes > 1020 && minutes < 1320 ? 250 : 0);
  const rest = ev + heater + pump + machine + tv + base - solar;
  const battery = batteryOf(s, rest);
  const grid = rest + battery;
  return { ev, heater, pump, machine, tv, solar: -solar, battery, outside, grid };
}

function batteryOf(s: State, rest: number): number {
  const h = 1 / 60;
  let watts = Math.max(-4000, Math.min(3000, -rest));
  if (watts > 0 && s.battery >= 100) watts = 0;
  if (watts < 0 && s.battery <= 8) watts = 0;
  s.battery += ((watts > 0 ? watts * 0.95 : watts / 0.95) / 1000 / BATTERY_KWH) * 100 * h;
  return watts;
}

/** Buckets of a quarter hour by text path, as the store gives them. */
export function synthetic(m: Making): Map<string, Bucket[]> {
  const random = randomFrom(m.seed);
  const s: State = { car: 80, away: false, tank: 54, heating: false, inside: 21, battery: 40, machine: 0 };
  const buckets = new Map<string, Bucket[]>();
  let day = dayOf(random);
  let name = "";
  const sums = new Map<string, number>();
  const put = (path: string, at: number, mean: number, last: number) => {
    const list = buckets.get(path) ?? [];
    buckets.set(path, list);
    list.push({ at, mean, last });
  };
  for (let at = m.from; at < m.from + m.days * 86_400_000; at += MINUTE) {
    const today = localTime(at, ZONE).day;
    if (today !== name) day = dayOf(random);
    name = today;
    for (const [key, value] of Object.entries(minute(s, day, at, m))) sums.set(key, (sums.get(key) ?? 0) + value / 15);
    if ((at / MINUTE) % 15 !== 14) continue;
    const start = at - 14 * MINUTE;
    const w = (key: string) => sums.get(key) ?? 0;
    const power = (device: string, value: number) => put(pathOf(device, POWER), start, value, value);
    power("EV charger", w("ev"));
    power("Water heater", w("heater"));
    power("Heat pump", w("pump"));
    power("Dishwasher", w("machine"));
    power("TV corner", w("tv"));
    power("Solar", w("solar"));
    power("Home battery", w("battery"));
    power("House meter", m.brokenMeter ? w("grid") * (random() < 0.5 ? -3 : 4) : w("grid"));
    put(pathOf("EV charger", "energyEvse.stateOfCharge"), start, s.car, Math.round(s.car));
    put(pathOf("Water heater", "temperatureMeasurement.measuredValue"), start, s.tank, Math.round(s.tank * 10) / 10);
    put(
      pathOf("Living room thermostat", "thermostat.localTemperature"),
      start,
      s.inside,
      s.inside + (random() - 0.5) * 0.04,
    );
    put(pathOf("Living room thermostat", "thermostat.occupiedHeatingSetpoint"), start, 21, 21);
    put(pathOf("Outdoor sensor", "temperatureMeasurement.measuredValue"), start, w("outside"), w("outside"));
    put(pathOf("Home battery", "powerSource.batPercentRemaining"), start, s.battery, Math.round(s.battery));
    put(pathOf("Water heater", "onOff.onOff"), start, 1, 1);
    put(pathOf("Dishwasher", "onOff.onOff"), start, 1, 1);
    put(pathOf("TV corner", "onOff.onOff"), start, 1, 1);
    sums.clear();
  }
  return buckets;
}
