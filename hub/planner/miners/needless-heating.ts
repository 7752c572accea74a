import type { ThermostatPart } from "../../energy/parts.ts";
import { type History, hoursOf, type Stretch, valueAt } from "../../twin/history.ts";
import { mean, median } from "../../twin/numbers.ts";
import type { Candidate, Mined, Miner, Nothing } from "./miner.ts";
import { absences, seenBy } from "./presence.ts";
import { byHour, daysKnown, partByHour, savingOf, sumsOn, tooYoung, worthOf } from "./reckon.ts";
import { degrees, hours, named } from "./said.ts";
import { type Heating, heatingOf, SEASON_OFF } from "./thermal.ts";

/** How far a room may cool down while nobody is there, K, and never below, degC. */
const DOWN_K = 3;
const LOWEST_C = 16;
/** So long before people come it is heated again, and so long after they left nothing is said. */
const BEFORE_H = 1;
const AFTER_H = 0.5;
const LEAST_TIMES = 3;
/** Seen or usual, how fast a house cools is not known well. */
const OFF_SEEN = [0.55, 1.5] as const;
const OFF_USUAL = [0.3, 2] as const;

interface Needless {
  /** W less by step; below zero where it would have been warmed up again. */
  readonly saved: Float64Array;
  /** Hours at full warmth after people left and before they came, a number for each absence. */
  readonly after: readonly number[];
  readonly before: readonly number[];
}

/** Steps in which it may still be warming up after people came. */
const MOST_LATE_H = 8;

/**
 * An absence in which it was kept warm: what letting it cool and warming it again would have taken less at each step. Cool already, it spares
 * nothing more. A house is one store of warmth here: what it gave while it cooled has to be put back.
 */
function needlessIn(
  h: History,
  g: Heating,
  { from, to }: Stretch,
  setC: number,
  saved: Float64Array,
): [number, number] {
  const step = hoursOf(h);
  const last = to - Math.round(BEFORE_H / step);
  const end = Math.min(h.steps, to + Math.round(MOST_LATE_H / step));
  const most = Math.max(0, Math.min(DOWN_K, setC - LOWEST_C));
  let [down, after, before] = [0, 0, 0];
  let wasCool = false;
  for (let i = from + Math.round(AFTER_H / step); i < end && (i < last || down > 0.02); i++) {
    const power = valueAt(g.power, i) || 0;
    const warm = valueAt(g.setpoint, i) >= setC - 0.5;
    const full = down * g.whPerK;
    let less = 0;
    if (i < last && !warm) wasCool = true;
    else if (i < last) {
      if (wasCool) before += step;
      else after += step;
      less = Math.min(power, g.wPerK * down + ((most - down) * g.whPerK) / step);
    } else less = -(i === end - 1 ? full / step : Math.min(Math.max(0, g.mostW - power), full / step));
    saved[i] = valueAt(saved, i) + less;
    down = Math.max(0, down + ((less - g.wPerK * down) * step) / g.whPerK);
  }
  return [after, before];
}

function needless(h: History, g: Heating, away: readonly Stretch[], setC: number): Needless {
  const saved = new Float64Array(h.steps);
  const found = away
    .filter((a) => g.days.some((d) => a.from >= d.from && a.from < d.to))
    .map((a) => needlessIn(h, g, a, setC, saved))
    .filter(([after, before]) => after + before >= 1);
  return { saved, after: found.map(([after]) => after), before: found.map(([, before]) => before) };
}

function factsOf({ after, before }: Needless, setC: number, away: number): string[] {
  const [left, coming] = [after.filter((v) => v >= 0.5), before.filter((v) => v >= 0.5)];
  return [
    `Nobody was home ${away} times for more than two and a half hours; ${after.length} times it was kept at about ${degrees(setC)} meanwhile.`,
    ...(left.length > 0 ? [`After people had left: ${hours(mean(left))} on average, ${left.length} times.`] : []),
    ...(coming.length > 0
      ? [`Before they came, more than an hour early: ${hours(mean(coming))} on average, ${coming.length} times.`]
      : []),
  ];
}

function judge(m: Mined, part: ThermostatPart, seen: Float64Array): Candidate | Nothing | undefined {
  const g = heatingOf(m, part);
  if (typeof g === "string") return { about: part.name, why: g };
  const away = absences(m, seen);
  const present = g.setpoint.filter((v, i) => Number.isFinite(v) && valueAt(seen, i) === 1);
  const setC = median(Array.from(present));
  if (!Number.isFinite(setC)) return { about: part.name, why: "what it was set to is not known" };
  const n = needless(m.h, g, away, setC);
  if (n.after.length < LEAST_TIMES) return undefined;
  const money = sumsOn(g.days, worthOf(m, n.saved)).reduce((a, b) => a + b, 0);
  if (money <= 0)
    return {
      about: part.name,
      why: "letting it cool while nobody is home would cost more: it would be warmed again in dear hours",
    };
  const off = g.seenCooling ? OFF_SEEN : OFF_USUAL;
  const band = [off[0] * SEASON_OFF[0], off[1] * SEASON_OFF[1]] as const;
  return {
    ...{ about: part.node, node: part.node, ...(part.room ? { room: part.room } : {}) },
    title: `${named(part.name)}: heated while nobody is home`,
    facts: [
      ...factsOf(n, setC, away.length),
      `Counted is what letting it cool by up to ${DOWN_K} °C would have spared, warm again when people come; ${Math.round(g.season)} heated days a year.`,
    ],
    picture: {
      caption: "Mean power of the heating by hour; marked is what cooling down while nobody is home would spare",
      ...{
        unit: "W",
        across: "hours",
        values: byHour(m.h, g.power),
        part: partByHour(
          m.h,
          n.saved.map((w) => Math.max(0, w)),
          g.power,
        ),
      },
    },
    effect: "saves",
    ...savingOf(m, n.saved, g.days, band, g.season),
    confidence: g.seenCooling ? "medium" : "low",
    because: g.seenCooling
      ? "how fast the house cools was seen; a sensor tells who moves, not who is home"
      : "how fast the house cools has not been seen yet",
    offer: {
      kind: "blueprint",
      blueprint: "heating-away",
      words: "Let the heating go back once everybody is gone, and up again when somebody comes.",
    },
    claim: { key: g.pump.power ?? "", watts: n.saved },
  };
}

/** Warmth kept while nobody is home: after people left, and long before they come. */
export const needlessHeating: Miner = {
  kind: "needlessHeating",
  label: "heating while nobody is home",
  *mine(m) {
    const [part, ...others] = m.parts.thermostats;
    if (!part) return [];
    if (m.parts.occupancy.length === 0) return [{ why: "no sensor tells whether somebody is home" }];
    const seen = seenBy(
      m.h,
      m.parts.occupancy.map((o) => o.path),
    );
    const young = tooYoung(daysKnown(m.h, seen).length, "who is home");
    if (young) return [{ why: young }];
    yield 0.3;
    // Worked out by itself, so that others may run before the rest.
    heatingOf(m, part);
    yield 0.6;
    const judged = judge(m, part, seen);
    // One meter heats them all: what it spares is told once.
    return [
      ...(judged ? [judged] : []),
      ...others.map((o) => ({ about: o.name, why: `told with ${named(part.name)}` })),
    ];
  },
};
