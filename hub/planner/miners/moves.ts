/** Runs of machines, tanks and chargers that could have been at a better time, and what that would have been worth. */
import type { Part } from "../../energy/parts.ts";
import { type History, hoursOf, type Stretch, seriesOf, valueAt } from "../../twin/history.ts";
import { cyclesIn } from "../../twin/loads/cycles.ts";
import { levelsOf } from "../../twin/loads/levels.ts";
import type { Mined } from "./miner.ts";
import { daysKnown, kwhOf, minutesOf, tooYoung } from "./reckon.ts";

type Kind = "machine" | "tank" | "car";

/** One run and where it would have been better. Money in currency, beside where it was. */
export interface Move {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly kwh: number;
  readonly money: number;
  /** Share of it that the own sun would have given. */
  readonly sun: number;
}

export interface Movable {
  readonly part: Part;
  readonly kind: Kind;
  readonly days: readonly Stretch[];
  readonly moves: readonly Move[];
  readonly runs: number;
}

interface Moves {
  readonly movable: readonly Movable[];
  readonly silent: readonly { readonly about: string; readonly why: string }[];
}

/** Blips, and gains of a cent, are no reason to change a habit. */
const LEAST_KWH = 0.15;
const LEAST_MONEY = 0.02;
const EVENING = 14 * 60;
const MORNING = 7 * 60;
const DAY = 1440;
/** A machine that was started by day is waited for. */
const WAIT_H = 6;
/** A dish or a wash that nobody needs in the morning may wait for the next noon. */
const SUN_WAIT_H = 20;
const SUN_BY = 17 * 60;
/** What is drawn can't be heated long before it is drawn: the tank is full then. It may wait as long as there is some left. */
const TANK_BEFORE_H = 1;
const TANK_AFTER_H = 5;

interface Window {
  readonly from: number;
  readonly to: number;
}

/** The steps within which a run may lie. */
function windowOf(h: History, kind: Kind, run: Stretch, minutes: Float64Array): Window {
  const step = hoursOf(h);
  const at = (hours: number) => Math.round(hours / step);
  if (kind === "tank") return { from: run.from - at(TANK_BEFORE_H), to: run.to + at(TANK_AFTER_H) };
  const start = valueAt(minutes, run.from);
  const morning = run.from + at(((MORNING - start + DAY) % DAY) / 60);
  const night = start >= EVENING || start < MORNING;
  if (kind === "car") return { from: run.from, to: Math.max(run.to, night ? morning : run.to + at(2)) };
  const noon = run.from + at(Math.min(SUN_WAIT_H, ((SUN_BY - start + DAY) % DAY) / 60));
  return { from: run.from, to: Math.max(run.to, night ? Math.max(morning, noon) : run.to + at(WAIT_H)) };
}

/** What surplus there is, W by step; shrinks as runs are put on it, so that it is not promised twice. */
const surplusOf = (m: Mined): Float64Array =>
  Float64Array.from({ length: m.h.steps }, (_, i) =>
    Math.max(0, -(valueAt(seriesOf(m.h, m.parts.grid?.power), i) || 0)),
  );

/** What a run costs where it was: what was bought at its price, what was not at what it would have earned. */
function costWas(m: Mined, power: Float64Array, grid: Float64Array, run: Stretch): number {
  let cost = 0;
  for (let i = run.from; i < run.to; i++) {
    const w = valueAt(power, i) || 0;
    const bought = Number.isFinite(valueAt(grid, i)) ? Math.min(w, Math.max(0, valueAt(grid, i))) : w;
    cost += kwhOf(m.h, bought) * valueAt(m.price, i) + kwhOf(m.h, w - bought) * valueAt(m.exportPrice, i);
  }
  return cost;
}

interface Place {
  readonly start: number;
  readonly cost: number;
  readonly sun: number;
}

/** The cheapest place for a run of this shape; nothing is said of steps of which the house's power is not known. */
function best(m: Mined, shape: Float64Array, window: Window, surplus: Float64Array, was: number): Place | undefined {
  let found: Place | undefined;
  for (let start = Math.max(0, window.from); start + shape.length <= Math.min(m.h.steps, window.to); start++) {
    if (start === was) continue;
    let cost = 0;
    let sun = 0;
    for (let k = 0; k < shape.length; k++) {
      const w = valueAt(shape, k);
      const free = Math.min(w, valueAt(surplus, start + k));
      sun += free;
      cost += kwhOf(m.h, free) * valueAt(m.exportPrice, start + k) + kwhOf(m.h, w - free) * valueAt(m.price, start + k);
    }
    if (!found || cost < found.cost - 1e-9) found = { start, cost, sun };
  }
  return found;
}

const kindOf = (m: Mined, part: Part): Kind =>
  m.parts.evses.some((p) => p === part) ? "car" : m.parts.tanks.some((p) => p === part) ? "tank" : "machine";

/** Runs between two rests. */
const PIECE = 3;

function* movesOf(m: Mined, part: Part, surplus: Float64Array): Generator<number, Movable | string> {
  const power = seriesOf(m.h, part.power).map((w) => Math.max(0, w));
  const days = daysKnown(m.h, power);
  const young = tooYoung(days.length, "its power");
  if (young) return young;
  const levels = levelsOf(power);
  if (levels === "short" || levels === "restless" || !Number.isFinite(levels.runsOverW))
    return "nothing tells its runs from its rest";
  const grid = seriesOf(m.h, m.parts.grid?.power);
  const minutes = minutesOf(m.h);
  const kind = kindOf(m, part);
  const moves: Move[] = [];
  const cycles = cyclesIn(m.h, power, levels.standbyW, levels.runsOverW).list.filter(
    (c) => c.whole && c.kwh >= LEAST_KWH,
  );
  yield 0;
  for (const [k, run] of cycles.entries()) {
    if (k % PIECE === 0) yield 0;
    const shape = power.slice(run.from, run.to);
    const was = costWas(m, power, grid, run);
    const place = best(m, shape, windowOf(m.h, kind, run, minutes), surplus, run.from);
    const money = place ? was - place.cost : 0;
    if (!place || money < LEAST_MONEY) continue;
    const sum = shape.reduce((a, b) => a + b, 0);
    moves.push({ from: run.from, to: run.to, start: place.start, kwh: run.kwh, money, sun: place.sun / sum });
    shape.forEach((w, n) => {
      surplus[place.start + n] = Math.max(0, valueAt(surplus, place.start + n) - w);
    });
  }
  return { part, kind, days, moves, runs: cycles.length };
}

const known = new WeakMap<Mined, Moves>();

/** All of them, once for all who ask. Yields between loads. */
export function* movesIn(m: Mined): Generator<number, Moves> {
  const before = known.get(m);
  if (before) return before;
  const movable: Movable[] = [];
  const silent: { about: string; why: string }[] = [];
  const surplus = surplusOf(m);
  for (const part of [...m.parts.evses, ...m.parts.tanks, ...m.parts.appliances]) {
    if (!part.power) continue;
    const found = yield* movesOf(m, part, surplus);
    if (typeof found === "string") silent.push({ about: part.name, why: found });
    else movable.push(found);
    yield 0;
  }
  const all = { movable, silent };
  known.set(m, all);
  return all;
}
