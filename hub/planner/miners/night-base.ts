import { loadsOf } from "../../energy/parts.ts";
import { type History, type Stretch, seriesOf, valueAt } from "../../twin/history.ts";
import { deviation, median, quantile } from "../../twin/numbers.ts";
import type { Candidate, Mined, Miner, Nothing } from "./miner.ts";
import { byDay, daysKnown, minutesOf, savingOf, tooYoung } from "./reckon.ts";
import { watts } from "./said.ts";

/** When a house is at its quietest. */
const FROM = 60;
const TO = 300;
/** What a home's nights draw without meters of their own: refrigerator, router, clocks, heating pump, W. */
const USUAL_W = 200;
const HIGH_W = 280;
/** A rise from one night on: at least so many nights on either side, so many W, and well beyond how nights differ. */
const LEAST_NIGHTS = 8;
const LEAST_RISE_W = 40;
const CLEAR = 3;
/** Somebody has to find it first. */
const OFF_RISE = [0.5, 1.1] as const;
const OFF_LEVEL = [0, 2.4] as const;
/** What nobody can name is mostly there for a reason: so much of what is over the usual. */
const NAMELESS = 0.25;
/** The quieter nights: what is there on those is always there. */
const QUIETER = 0.25;

/** What the house draws and no meter explains, W by step. Yields after each meter. */
function* unexplained(m: Mined): Generator<number, Float64Array> {
  const rest = Float64Array.from(seriesOf(m.h, m.parts.grid?.power));
  const others = [...m.parts.solar, ...m.parts.batteries, ...loadsOf(m.parts)]
    .filter((p) => p.power !== undefined && p.power !== m.parts.grid?.power)
    .map((p) => seriesOf(m.h, p.power));
  for (const [k, values] of others.entries()) {
    for (let i = 0; i < rest.length; i++) rest[i] = valueAt(rest, i) - (valueAt(values, i) || 0);
    yield (0.3 * k) / others.length;
  }
  return rest;
}

/** Of each night the level below which it hardly falls, W; NaN where it is not known. */
function nights(h: History, rest: Float64Array, days: readonly Stretch[]): number[] {
  const minutes = minutesOf(h);
  return days.map((d) => {
    const mine: number[] = [];
    for (let i = d.from; i < d.to; i++) {
      const at = valueAt(minutes, i);
      if (at >= FROM && at < TO) mine.push(valueAt(rest, i));
    }
    return quantile(mine, 0.3);
  });
}

interface Rise {
  readonly night: number;
  readonly before: number;
  readonly after: number;
}

/** The night from which on it is more, clear of how nights differ; undefined where there is none. */
function riseIn(levels: readonly number[]): Rise | undefined {
  let found: (Rise & { readonly clear: number }) | undefined;
  for (let night = LEAST_NIGHTS; night <= levels.length - LEAST_NIGHTS; night++) {
    const [a, b] = [levels.slice(0, night), levels.slice(night)].map((list) => list.filter(Number.isFinite));
    if (!a || !b || a.length < LEAST_NIGHTS || b.length < LEAST_NIGHTS) continue;
    const [before, after] = [median(a), median(b)];
    const clear = (after - before) / Math.max(4, deviation(trimmed(a)), deviation(trimmed(b)));
    if (after - before >= LEAST_RISE_W && clear >= CLEAR && clear > (found?.clear ?? 0))
      found = { night, before, after, clear };
  }
  return found;
}

/** Without the tenth at either end: a guest, a night with the oven on. */
function trimmed(values: readonly number[]): number[] {
  const [low, high] = [quantile(values, 0.1), quantile(values, 0.9)];
  return values.filter((v) => v >= low && v <= high);
}

function find(m: Mined, days: readonly Stretch[], levels: readonly number[]): Candidate | undefined {
  const rise = riseIn(levels);
  const now = quantile(levels, QUIETER);
  const overW = rise ? rise.after - rise.before : Math.max(0, now - USUAL_W) * NAMELESS;
  if (!rise && !(now > HIGH_W)) return undefined;
  const saved = new Float64Array(m.h.steps).fill(overW);
  const shown = byDay(m.h, days, (d) => levels[days.indexOf(d)] ?? Number.NaN);
  return {
    about: "home",
    title: rise ? "The nights draw more than they did" : "The nights draw much that no meter explains",
    facts: rise
      ? [
          `For ${rise.night} nights the house drew ${watts(rise.before)} between 01:00 and 05:00 that no meter explains; for ${levels.length - rise.night} nights since then it has been ${watts(rise.after)}.`,
          `That is ${watts(overW)} more, as it seems day and night.`,
        ]
      : [
          `On three of four of ${days.length} nights the house drew ${watts(now)} or more between 01:00 and 05:00 that no meter explains; ${watts(USUAL_W)} is usual.`,
          "Counted is a quarter of what is over that: heating, cooling and hot water without a meter of their own are in it.",
        ],
    picture: {
      caption: "What the house draws in the quietest hours of each night and no meter explains",
      ...{ unit: "W", ...shown, level: rise ? Math.round(rise.before) : USUAL_W },
    },
    effect: "saves",
    ...savingOf(m, saved, days, rise ? OFF_RISE : OFF_LEVEL),
    confidence: rise ? "medium" : "low",
    because: rise ? "the step stands clear of how nights differ" : "what is usual differs from home to home",
    offer: {
      kind: "advice",
      words: rise
        ? "Think of what came into the house or was left on at that time. A plug with a meter, moved from device to device, finds it."
        : "Go through the house with a plug that has a meter: pumps, old freezers, servers and heaters of aquariums or floors draw the most.",
    },
  };
}

/** What the house draws while everybody sleeps, and no meter explains. */
export const nightBase: Miner = {
  kind: "nightBase",
  label: "what the nights draw",
  *mine(m): Generator<number, readonly (Candidate | Nothing)[]> {
    if (!m.parts.grid?.power) return [{ why: "there is no house meter" }];
    const rest = yield* unexplained(m);
    yield 0.3;
    const days = daysKnown(m.h, rest);
    const young = tooYoung(days.length, "the house meter");
    if (young) return [{ why: young }];
    const levels = nights(m.h, rest, days);
    // More than the meters together cannot be: one of them counts something twice.
    if (median(levels) < -30)
      return [{ why: "the meters together show more than the house meter: one is wrong, or counted twice" }];
    const found = find(m, days, levels);
    return found ? [found] : [];
  },
};
