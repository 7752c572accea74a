/** Moments at which something that is no reading may change: clock, prices, sun, days, the house. */
import { inBand } from "../../energy/clock.ts";
import { stretchAt } from "../../energy/zone.ts";
import type { Condition } from "../../model/rule/condition.ts";
import type { Expression } from "../../model/rule/expression.ts";
import { occurrences } from "../time/occurrences.ts";
import { sunMomentOn } from "../time/sun.ts";
import { once, type PastView } from "./view.ts";

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;
const HOUR = 60 * MINUTE;

/** Each quarter hour: prices change no oftener. */
const quarters = (view: PastView): readonly number[] => every(view, QUARTER);

function every(view: PastView, ms: number): readonly number[] {
  return once(view, `every ${ms}`, () => {
    const found: number[] = [];
    for (let at = Math.ceil(view.from / ms) * ms; at < view.to; at += ms) found.push(at);
    return found;
  });
}

/** The clock shows one of these times; also around each change of the clock, minute by minute. */
function clockMarks(view: PastView, times: readonly string[]): readonly number[] {
  return once(view, `clock ${times.join(" ")}`, () => {
    const place = { timeZone: view.timeZone, latitude: 0, longitude: 0 };
    const found = new Set<number>();
    for (const at of times) {
      if (at === "24:00") continue;
      // A century of days would fit.
      for (const moment of occurrences({ kind: "time", at }, view.from, view.to, place)) found.add(moment);
    }
    for (let at = view.from; at < view.to; ) {
      const { to } = stretchAt(at, view.timeZone);
      if (to >= view.to) break;
      for (let mark = to - 2 * HOUR; mark <= to + 2 * HOUR; mark += MINUTE) if (mark > view.from) found.add(mark);
      at = to;
    }
    return [...found].sort((a, b) => a - b);
  });
}

/** The band's beginnings and ends. */
const bandMarks = (view: PastView, { from, to }: { from: string; to: string }): readonly number[] =>
  clockMarks(view, ["00:00", from, to]);

/** Within the window each quarter hour, and its beginnings and ends. */
function windowMarks(view: PastView, band: { from: string; to: string }): readonly number[] {
  return once(view, `window ${band.from} ${band.to}`, () => {
    const inside = quarters(view).filter((at) => inBand(band, at, view.timeZone));
    return [...new Set([...inside, ...bandMarks(view, band)])].sort((a, b) => a - b);
  });
}

/** The upper edge of the sun is at the horizon; degrees. */
const HALF = 0.267;
const LOOK = 20 * MINUTE;

/** The sun comes up or goes down. */
function* sunMarks(view: PastView): Generator<undefined, readonly number[]> {
  const known = view.almanac.get("sun");
  if (known) return known as readonly number[];
  const found: number[] = [];
  const up = (at: number): boolean => view.sunElevation(at) > -HALF;
  let before = up(view.from);
  for (let at = view.from, n = 1; at < view.to; at += LOOK, n++) {
    const end = Math.min(view.to, at + LOOK);
    const after = up(end);
    if (after !== before) found.push(edgeBetween(at, end, (t) => up(t) === after));
    before = after;
    if (n % 256 === 0) yield;
  }
  view.almanac.set("sun", found);
  return found;
}

function edgeBetween(low: number, high: number, isAfter: (at: number) => boolean): number {
  let [a, b] = [low, high];
  while (b - a > 1) {
    const middle = Math.floor((a + b) / 2);
    if (isAfter(middle)) b = middle;
    else a = middle;
  }
  return b;
}

/** Each midnight, and each day's own two moments. */
function sunBetweenMarks(view: PastView, { from, to }: Extract<Condition, { kind: "sunBetween" }>): readonly number[] {
  const found = new Set(clockMarks(view, ["00:00"]));
  for (const midnight of [view.from, ...found])
    for (const moment of [from, to]) {
      const at = moment && sunMomentOn(view.sunDay(midnight), moment);
      if (at !== undefined && at > view.from && at < view.to) found.add(at);
    }
  return [...found].sort((a, b) => a - b);
}

/** The house's mode, people or special days change. */
export function houseMarks(view: PastView): readonly number[] {
  return once(view, "house", () => {
    const found = new Set(view.house.map((h) => h.at));
    for (const { from, to } of view.house.at(-1)?.state.spans ?? []) found.add(from).add(to);
    return [...found].filter((at) => at > view.from && at < view.to).sort((a, b) => a - b);
  });
}

/** Marks of a condition that reads no device; undefined for one that does. */
export function* marksOf(c: Condition, view: PastView): Generator<undefined, readonly number[] | undefined> {
  switch (c.kind) {
    case "between":
      return bandMarks(view, c);
    case "date":
      return clockMarks(view, ["00:00"]);
    case "cheapest":
      return windowMarks(view, c);
    case "priceBelow":
      return quarters(view);
    case "sun":
      return yield* sunMarks(view);
    case "sunBetween":
      return sunBetweenMarks(view, c);
    case "mode":
    case "presence":
      return houseMarks(view);
    case "calendar":
      return [...houseMarks(view), ...clockMarks(view, ["00:00"])].sort((a, b) => a - b);
    default:
      return undefined;
  }
}

/** Marks of what a formula asks besides devices. The sun's height is looked at each ten minutes, the clock each quarter hour. */
export function factMarks(e: Expression, view: PastView, into: Set<readonly number[]>): void {
  if (typeof e !== "object") return;
  if ("now" in e) {
    if (e.now === "sunElevation") into.add(every(view, 10 * MINUTE));
    else if (e.now === "weekday") into.add(clockMarks(view, ["00:00"]));
    else if (e.now !== "surplus") into.add(quarters(view));
  }
  if ("op" in e) for (const part of e.of) factMarks(part, view, into);
  if ("if" in e) for (const part of [e.if, e.then, e.else]) factMarks(part, view, into);
}
