/** What the two adults do on one day: a pure function of the seed and the day. */
import { LocalTime } from "./local-time.ts";
import { sunPosition } from "./physics/sun.ts";
import { type Site, weatherAt } from "./physics/weather.ts";
import { hash, stream } from "./random.ts";

export type LightName = "living" | "bedroom" | "kitchen" | "office";

export type Act =
  | { readonly kind: "light"; readonly light: LightName; readonly on: boolean; readonly level: number }
  | { readonly kind: "tv"; readonly watching: boolean }
  | { readonly kind: "dishwasher" }
  | { readonly kind: "carLeaves"; readonly kwh: number }
  | { readonly kind: "carReturns" }
  | { readonly kind: "blinds"; readonly position: number }
  | { readonly kind: "window"; readonly open: boolean }
  | { readonly kind: "motion" }
  | { readonly kind: "people"; readonly atHome: number };

/** From, to: epoch ms. `amount`: W of a load, or litres a second of water at 40 degC. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly amount: number;
}

export interface DayPlan {
  readonly acts: readonly { readonly at: number; readonly act: Act }[];
  readonly loads: readonly Span[];
  readonly draws: readonly Span[];
}

interface Sketch {
  readonly chance: () => number;
  /** Epoch ms of a wall-clock hour of this day. */
  readonly at: (hours: number) => number;
  readonly weekend: boolean;
  readonly sunrise: number;
  readonly sunset: number;
  readonly warm: number;
  readonly acts: { at: number; act: Act }[];
  readonly loads: Span[];
  readonly draws: Span[];
}

const around = (s: Sketch, hours: number, spread: number): number => hours + (s.chance() - 0.5) * 2 * spread;

function doAt(s: Sketch, hours: number, act: Act): void {
  s.acts.push({ at: s.at(Math.min(23.95, hours)), act });
}

function load(s: Sketch, hours: number, minutes: number, watts: number): void {
  s.loads.push({ from: s.at(hours), to: s.at(hours) + minutes * 60_000, amount: watts });
}

/** `litres` of mixed water at 40 degC within `minutes`. */
function draw(s: Sketch, hours: number, minutes: number, litres: number): void {
  s.draws.push({ from: s.at(hours), to: s.at(hours) + minutes * 60_000, amount: litres / (minutes * 60) });
}

function light(s: Sketch, name: LightName, from: number, to: number, level: number): void {
  if (to - from < 0.1) return;
  doAt(s, from, { kind: "light", light: name, on: true, level });
  doAt(s, to, { kind: "light", light: name, on: false, level });
}

function morning(s: Sketch, wake: number): void {
  doAt(s, wake, { kind: "motion" });
  light(s, "bedroom", wake, Math.min(wake + 0.4, Math.max(wake, s.sunrise + 0.3)), 120);
  light(s, "kitchen", wake + 0.3, Math.min(wake + 1.3, Math.max(wake, s.sunrise + 0.6)), 254);
  draw(s, wake + 0.15, 6, 42);
  if (s.chance() < 0.8) draw(s, wake + 0.5, 5, 35);
  load(s, wake + 0.45, 4, 2000);
  load(s, wake + 0.6, 6, 900);
  doAt(s, Math.max(wake + 0.2, s.sunrise), { kind: "blinds", position: 100 });
  doAt(s, wake + 0.9, { kind: "window", open: true });
  doAt(s, wake + 0.9 + 0.12 + s.chance() * 0.12, { kind: "window", open: false });
}

function workday(s: Sketch): void {
  const leaves = around(s, 7.5, 0.2);
  const returns = around(s, 17.5, 0.5);
  doAt(s, leaves, { kind: "carLeaves", kwh: 6 + s.chance() * 6 });
  doAt(s, leaves, { kind: "people", atHome: 1 });
  doAt(s, returns, { kind: "carReturns" });
  doAt(s, returns, { kind: "people", atHome: 2 });
  doAt(s, returns + 0.02, { kind: "motion" });
  if (s.chance() < 0.62) {
    load(s, 8.5, 225, 85);
    load(s, 13, 225, 90);
    load(s, 12.4, 14, 1250);
    light(s, "office", Math.min(8.5, Math.max(8.4, s.sunrise)), Math.max(8.6, s.sunrise + 1.2), 254);
    light(s, "office", Math.max(14, s.sunset - 1), 17, 254);
  } else {
    doAt(s, 8.3, { kind: "people", atHome: 0 });
    doAt(s, 15.6, { kind: "people", atHome: 1 });
    doAt(s, 15.6, { kind: "motion" });
  }
}

function freeDay(s: Sketch): void {
  if (s.chance() < 0.65) {
    const leaves = around(s, 10.5, 1);
    const returns = leaves + 2.5 + s.chance() * 3;
    doAt(s, leaves, { kind: "carLeaves", kwh: 4 + s.chance() * 9 });
    doAt(s, leaves, { kind: "people", atHome: 0 });
    doAt(s, returns, { kind: "carReturns" });
    doAt(s, returns, { kind: "people", atHome: 2 });
  }
  load(s, around(s, 12.8, 0.3), 32, 1400);
  load(s, around(s, 15.6, 0.8), 4, 2000);
}

function evening(s: Sketch, bed: number): void {
  const dinner = around(s, 18.7, 0.4);
  load(s, dinner, 12, 2100);
  load(s, dinner + 0.2, 24, 1150);
  draw(s, dinner + 0.9, 4, 14);
  light(s, "kitchen", Math.max(s.sunset - 0.3, dinner - 0.4), dinner + 1.4, 254);
  light(s, "living", Math.max(s.sunset - 0.2, 17.2), bed, 140 + s.chance() * 90);
  light(s, "bedroom", bed - 0.4, bed + 0.15, 90);
  if (s.chance() < 0.87) {
    const on = around(s, 20, 0.5);
    doAt(s, on, { kind: "tv", watching: true });
    doAt(s, Math.min(bed - 0.1, on + 1.5 + s.chance() * 1.5), { kind: "tv", watching: false });
  }
  if (s.chance() < 0.86) doAt(s, around(s, 19.9, 0.4), { kind: "dishwasher" });
  if (s.chance() < 0.35) draw(s, bed - 0.7, 6, 40);
  load(s, Math.max(17, s.sunset), (bed - Math.max(17, s.sunset)) * 60, 130);
  doAt(s, Math.max(s.sunset + 0.4, 17), { kind: "blinds", position: 0 });
  doAt(s, bed + 0.1, { kind: "motion" });
}

function allDay(s: Sketch, wake: number, bed: number): void {
  for (let h = wake + 0.5; h < bed; h += 0.35 + s.chance() * 1.3) doAt(s, h, { kind: "motion" });
  for (let i = 0; i < 5; i++) draw(s, wake + 1 + s.chance() * (bed - wake - 2), 1, 1.5 + s.chance() * 3);
  if (s.chance() < 0.42) {
    const start = around(s, s.weekend ? 11 : 18, 1.5);
    load(s, start, 22, 1900);
    load(s, start + 0.37, 60, 180);
  }
  if (s.weekend && s.chance() < 0.7) load(s, around(s, 11.5, 0.5), 25, 1100);
  if (s.warm > 21) {
    doAt(s, 11, { kind: "blinds", position: 35 });
    doAt(s, 6.1, { kind: "window", open: true });
    doAt(s, 8.9, { kind: "window", open: false });
    doAt(s, 20.2, { kind: "window", open: true });
    doAt(s, 22.6, { kind: "window", open: false });
  }
}

/** Local hours of sunrise and sunset, found on a five-minute grid; a day without either gives noon. */
function daylight(at: (hours: number) => number, site: Site): readonly [number, number] {
  let rise = 12;
  let set = 12;
  for (let i = 0; i < 288; i++) {
    const up = sunPosition(at(i / 12), site.latitude, site.longitude).elevation > -0.0145;
    if (up && i / 12 < rise) rise = i / 12;
    if (up) set = i / 12;
  }
  return [rise, set];
}

/** The plan of local day `day`. Everything begins within that day; loads may end after midnight. */
export function planDay(seed: number, day: number, clock: LocalTime, site: Site): DayPlan {
  const at = (hours: number): number => clock.at(day, hours);
  const weekday = LocalTime.weekday(day);
  const [sunrise, sunset] = daylight(at, site);
  const s: Sketch = {
    chance: stream(hash(seed, 50, day)),
    at,
    weekend: weekday === 0 || weekday === 6,
    sunrise,
    sunset,
    warm: weatherAt(at(14), site, seed).outdoor,
    acts: [],
    loads: [],
    draws: [],
  };
  const wake = s.weekend ? around(s, 8.2, 0.6) : around(s, 6.35, 0.2);
  const bed = around(s, s.weekend ? 23.3 : 22.8, 0.4);
  morning(s, wake);
  if (s.weekend) freeDay(s);
  else workday(s);
  evening(s, bed);
  allDay(s, wake, bed);
  s.acts.sort((a, b) => a.at - b.at);
  return { acts: s.acts, loads: s.loads, draws: s.draws };
}

/** The sum of what runs at a moment. */
export function running(spans: readonly Span[], at: number): number {
  let sum = 0;
  for (const span of spans) if (at >= span.from && at < span.to) sum += span.amount;
  return sum;
}
