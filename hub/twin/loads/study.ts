/**
 * One plug or meter, studied by its power alone, whatever hangs on it: the level at which it rests, its cycles, what they are like
 * and when they begin. Everything is learned on the older days and tested on the newer ones.
 */
import { localTime } from "../../energy/clock.ts";
import type { LoadKind, Proof } from "../../model/learned.ts";
import type { Foretold, Test } from "../device.ts";
import { patience } from "../fit-note.ts";
import { daysOf, type History, hoursOf, type Stretch, seriesOf, timeOf, valueAt } from "../history.ts";
import { mean, median } from "../numbers.ts";
import { proving } from "../proof.ts";
import { type Cycle, type Cycles, cyclesIn } from "./cycles.ts";
import { type Levels, levelsOf } from "./levels.ts";
import { nearestTo, type Programme, programmesOf } from "./programmes.ts";

/** What was found of a load. Its times are steps of the history that was studied. */
export interface Study {
  readonly kind: LoadKind;
  readonly levels: Levels;
  readonly cycles: readonly Cycle[];
  readonly programmes: readonly Programme[];
  /** Share of the known time in which it draws its standby or less. */
  readonly restShare: number;
  /** Mean W while it is at rest. */
  readonly restW: number;
  readonly kwhPerDay: number;
  /** Share of the cycles by the hour of day, and by weekday (0 = Monday), in which they began. */
  readonly byHour: readonly number[];
  readonly byWeekday: readonly number[];
  /** Whole days of which most is known. */
  readonly days: number;
  readonly proof: Proof;
}

/** Why a load was not studied, and what would help. */
export interface Unstudied {
  readonly why: string;
  readonly help: string;
}

const LEAST_CYCLES = 4;
const LEAST_DAYS = 4;
/** Most cycles of a machine are one of its programmes, and take a while. */
const MACHINE_SHARE = 0.6;
const MACHINE_H = 0.3;
const KNOWN_SHARE = 0.5;
/** A standby may be missed by this in any case, W: a plug's own meter is no better. */
const LEAST_MISS_W = 1;
/** So little is nothing, W. */
const NOTHING_W = 0.5;

const kwhAt = (h: History, watts: number): number => (watts * hoursOf(h)) / 1000;

/** A day's energy where each cycle is its programme's usual one; the length tells which programme it was. */
function programmedDay(h: History, power: Float64Array, s: Found, day: Stretch): Foretold {
  const mine = s.cycles.list.filter((c) => c.from >= day.from && c.from < day.to);
  const lay = (of: (c: Cycle, k: number) => number, steps: (c: Cycle) => number) => {
    const made = new Float64Array(day.to - day.from).fill(mine.length > 0 ? 0 : Number.NaN);
    for (const c of mine)
      for (let k = 0; k < steps(c); k++) {
        // What runs past midnight still belongs to the day on which it began.
        const i = Math.min(made.length - 1, c.from - day.from + k);
        made[i] = (made[i] ?? 0) + kwhAt(h, of(c, k));
      }
    return made;
  };
  const usual = (c: Cycle) => nearestTo(s.programmes, c.to - c.from);
  return {
    predicted: lay(
      (c, k) => usual(c)?.shape[k] ?? 0,
      (c) => usual(c)?.steps ?? 0,
    ),
    measured: lay(
      (c, k) => valueAt(power, c.from + k) || 0,
      (c) => c.to - c.from,
    ),
  };
}

interface Found {
  readonly levels: Levels;
  readonly cycles: Cycles;
  readonly programmes: readonly Programme[];
}

/** What the model of this kind foretells, to be held against days that it has not seen. */
function testOf(h: History, power: Float64Array, kind: LoadKind, found: Found, train: Stretch): Test {
  const { levels } = found;
  const slice = (day: Stretch) => power.slice(day.from, day.to);
  if (kind === "machine")
    return {
      what: "the energy of a day with a cycle",
      unit: "kWh",
      by: "day",
      limit: { share: 0.25 },
      day: (day) => programmedDay(h, power, found, day),
    };
  if (kind === "periodic") {
    const usual = mean(Array.from(power.subarray(train.from, train.to)));
    return {
      what: "a day's energy",
      unit: "kWh",
      by: "day",
      limit: { share: 0.3 },
      day: (day) => {
        const measured = slice(day).map((w) => kwhAt(h, w));
        return { predicted: measured.map(() => kwhAt(h, usual)), measured };
      },
    };
  }
  return {
    what: kind === "always" ? "what it draws" : "its standby power",
    unit: "W",
    by: "step",
    limit: { value: Math.max(LEAST_MISS_W, 0.3 * levels.standbyW) },
    day: (day) => {
      // Where it is switched off at the wall or in use, its standby says nothing of it.
      const measured = slice(day).map((w) =>
        w > levels.runsOverW || (levels.standbyW > 0 && w < 0.5) ? Number.NaN : w,
      );
      return { predicted: measured.map(() => levels.standbyW), measured };
    },
  };
}

function kindOf(h: History, { levels, cycles }: Found, share: number): LoadKind {
  if (!Number.isFinite(levels.runsOverW)) return "always";
  if (cycles.periodic) return "periodic";
  const long = median(cycles.list.map((c) => c.to - c.from)) * hoursOf(h) >= MACHINE_H;
  return long && share >= MACHINE_SHARE ? "machine" : "use";
}

function shares(places: readonly number[], count: number): number[] {
  const made = new Array<number>(count).fill(0);
  for (const place of places) made[place] = (made[place] ?? 0) + 1 / places.length;
  return made;
}

function knownDays(h: History, power: Float64Array): number {
  return daysOf(h).filter(
    (d) => power.subarray(d.from, d.to).filter(Number.isFinite).length >= KNOWN_SHARE * (d.to - d.from),
  ).length;
}

/** A load whose figures for standby hold, though it was used too seldom to say more. */
const seldom = (cycles: Cycles, levels: Levels): boolean =>
  Number.isFinite(levels.runsOverW) && !cycles.periodic && cycles.list.length < LEAST_CYCLES;

/** What keeps a load from being studied, as far as its levels tell. */
function unstudied(levels: ReturnType<typeof levelsOf>): Unstudied | undefined {
  if (levels === "short")
    return { why: "too little of it is known before the days kept back for the test", help: "a week of its readings" };
  if (levels === "restless")
    return {
      why: "it never rests, so that nothing tells where one use ends and the next begins",
      help: "a meter on each of the devices behind it",
    };
  return !Number.isFinite(levels.runsOverW) && levels.standbyW < NOTHING_W
    ? { why: "it has drawn next to nothing so far", help: "use it a few times" }
    : undefined;
}

/** Studies one power path; `key` names it in `h`, whose values are W, positive for what it draws. Yields the share done. */
export function* studying(h: History, key: string, heldOutFrom: number): Generator<number, Study | Unstudied> {
  const power = seriesOf(h, key).map((w) => Math.max(0, w));
  const days = knownDays(h, power);
  if (days < LEAST_DAYS)
    return {
      why: `only ${days} whole ${days === 1 ? "day is" : "days are"} known`,
      help: `${LEAST_DAYS - days} more ${LEAST_DAYS - days === 1 ? "day" : "days"} of its readings`,
    };
  yield 0.1;
  const train = { from: 0, to: heldOutFrom };
  const levels = levelsOf(power.subarray(0, heldOutFrom));
  yield 0.2;
  const lacking = unstudied(levels);
  if (lacking || typeof levels === "string") return lacking ?? { why: "nothing is known of it", help: "its readings" };
  const cycles = cyclesIn(h, power, levels.standbyW, levels.runsOverW);
  yield 0.5;
  const learned = cycles.list.filter((c) => c.to <= heldOutFrom);
  const { programmes, share } = programmesOf(power, learned);
  const found: Found = { levels, cycles, programmes };
  if (seldom(cycles, levels) && levels.standbyW === 0)
    return {
      why: `it was used ${cycles.list.length} times in ${days} days`,
      help: patience(cycles.list.length, LEAST_CYCLES, days),
    };
  yield 0.7;
  const kind = kindOf(h, found, share);
  const proof = yield* proving(h, testOf(h, power, kind, found, train), heldOutFrom);
  const known = power.filter(Number.isFinite);
  const rest = Array.from(known).filter((w) => w <= levels.runsOverW);
  const local = cycles.list.map((c) => localTime(timeOf(h, c.from), h.timeZone));
  return {
    kind,
    levels,
    cycles: cycles.list,
    programmes: kind === "machine" ? programmes : [],
    restShare: rest.length / known.length,
    restW: mean(rest) || 0,
    kwhPerDay: kwhAt(h, mean(Array.from(known))) * (24 / hoursOf(h)),
    byHour: shares(
      local.map((t) => Math.floor(t.minutes / 60)),
      24,
    ),
    byWeekday: shares(
      local.map((t) => t.weekday - 1),
      7,
    ),
    days,
    proof,
  };
}
