/** Runs that could be moved as one find a device. */
import { clockText } from "../../energy/clock.ts";
import type { Goal } from "../../model/goal/index.ts";
import { seriesOf, valueAt } from "../../twin/history.ts";
import { median } from "../../twin/numbers.ts";
import type { Candidate, Mined } from "./miner.ts";
import type { Movable, Move } from "./moves.ts";
import { byHour, minutesOf, type Off, partByHour, yearOf } from "./reckon.ts";
import { kwh, named, percent } from "./said.ts";

const LEAST_MOVES = 3;
/** Fewer of its runs than this are chance, no habit. */
const HABIT = 0.25;
/** Not every run can wait, and nobody knows the price of each day beforehand. */
const OFF: Off = [0.5, 1.05];
const LIKELY = 0.85;

/** What a wish for it would be; a person sees it as a form before anything is planned. */
function goalsOf({ part, kind }: Movable, what: "cost" | "import"): readonly Goal[] {
  const minimise: Goal = { kind: "minimise", what };
  const { node } = part;
  if (kind === "machine")
    return [{ kind: "applianceWindow", node, by: what === "import" ? "17:00" : "07:00" }, minimise];
  if (kind === "tank") return [{ kind: "readyBy", node, what: "waterTemperature", target: 48, by: "06:30" }, minimise];
  return [{ kind: "readyBy", node, what: "stateOfCharge", target: 80, by: "07:00" }, minimise];
}

interface Telling {
  readonly title: string;
  /** Where they would better be. */
  readonly better: string;
  readonly because: string;
  readonly what: "cost" | "import";
  /** How many such days a year has. */
  readonly year: number;
}

/** The full hour in which most lie: a middle between morning and evening would be neither. */
function usualClock(minutes: readonly number[]): string {
  const counts = new Map<number, number>();
  for (const at of minutes) counts.set(Math.round(at / 60) % 24, (counts.get(Math.round(at / 60) % 24) ?? 0) + 1);
  const [hour = 0] = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0] ?? [];
  return clockText(hour * 60);
}

/** A find of the moves of one device; undefined where they are too few. */
export function movedFind(m: Mined, movable: Movable, mine: readonly Move[], t: Telling): Candidate | undefined {
  const { part, days, runs } = movable;
  if (mine.length < Math.max(LEAST_MOVES, HABIT * runs)) return undefined;
  const power = seriesOf(m.h, part.power);
  const watts = new Float64Array(m.h.steps);
  const daily = (of: (move: Move) => number) =>
    days.map((d) => mine.filter((v) => v.from >= d.from && v.from < d.to).reduce((sum, v) => sum + of(v) * LIKELY, 0));
  for (const { from, to } of mine) for (let i = from; i < to; i++) watts[i] = Math.max(0, valueAt(power, i) || 0);
  const minutes = minutesOf(m.h);
  const clock = (of: (move: Move) => number) => usualClock(mine.map((v) => valueAt(minutes, of(v))));
  const off: Off = [OFF[0] / LIKELY, OFF[1] / LIKELY];
  return {
    ...{ about: `${part.node}/${part.endpoint}`, node: part.node, ...(part.room ? { room: part.room } : {}) },
    title: `${named(part.name)}: ${t.title}`,
    facts: [
      `${mine.length} of its ${runs} runs on ${days.length} days, most often at about ${clock((v) => v.from)}, with ${kwh(median(mine.map((v) => v.kwh)))} each.`,
      `${t.better} ${clock((v) => v.start)} as a rule.`,
      `Counted is ${percent(LIKELY)} of what they would have spared: not each can wait.`,
    ],
    picture: {
      caption: "Mean power by hour of the day; marked is what could run at a better time",
      ...{ unit: "W", across: "hours", values: byHour(m.h, power), part: partByHour(m.h, watts, power) },
    },
    effect: "moves",
    kwh: yearOf(
      daily((v) => v.kwh),
      off,
      t.year,
    ),
    money: yearOf(
      daily((v) => v.money),
      off,
      t.year,
    ),
    confidence: mine.length >= 8 ? "high" : "medium",
    because: t.because,
    offer: { kind: "goals", goals: goalsOf(movable, t.what) },
    claim: { key: part.power ?? "", watts },
  };
}

/** A run is the sun's where most of it would have come from there. */
export const bySun = (move: Move): boolean => move.sun >= 0.5;
