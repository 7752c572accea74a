/** The judge of a counter: takes its readings one by one, in the order of their time. */
import type { Stand } from "../../model/repair.ts";
import { type Judged, type Limits, type Memory, type Suspect, stepOf } from "./memory.ts";
import { allowed, moved, ROUNDING_KWH, spreadFrom } from "./plausible.ts";
import { settle } from "./turn.ts";
import { otherUnit } from "./unit-flip.ts";

/** So many readings that agree, over at least this time, are no slip. Messages that come twice lie closer together. */
const CONFIRMED_BY = 3;
const CONFIRMED_MS = 60_000;
const APART_MS = 5_000;
/** A stand that does not move may be an old one told again and again. */
const STUCK_MS = 10 * 60_000;

/** Whether a stand follows from the last good one. */
function fits(memory: Memory, to: Stand, limits: Limits): boolean {
  const kwh = (to.kwh - memory.good.kwh) * memory.scale;
  if (limits.net) return Math.abs(kwh) <= allowed(memory, to, limits);
  return kwh >= 0 && kwh <= allowed(memory, to, limits) && !isEcho(memory, to);
}

/** The very stand from before a reset, told once more: an inverter that wakes with the total of yesterday. */
function isEcho({ turn, good, scale }: Memory, to: Stand): boolean {
  if (!turn?.below || to.kwh !== turn.from.kwh) return false;
  const most = (to.kwh - good.kwh) * scale;
  return most > ROUNDING_KWH && to.kwh - good.kwh > to.kwh / 2;
}

/** A rounding, or the same again. */
function isStill(memory: Memory, to: Stand, limits: Limits): boolean {
  const fall = (memory.good.kwh - to.kwh) * memory.scale;
  if (fall === 0) return true;
  return !limits.net && fall > 0 && fall <= ROUNDING_KWH && to.kwh > 0;
}

function rise(memory: Memory, to: Stand, limits: Limits): Judged {
  const from = memory.good;
  const kwh = (to.kwh - from.kwh) * memory.scale;
  const since = spreadFrom(memory, to, kwh, limits);
  moved(memory, to, kwh, limits);
  memory.good = to;
  memory.step = Math.min(memory.step, stepOf(to.kwh));
  if (memory.turn) memory.turn.counted += Math.abs(kwh);
  return { what: "rise", step: { from, to, since, kwh } };
}

/** Whether a reading agrees with those that did not fit, so that they may be a new course. */
function agrees({ first, last, below }: Suspect, memory: Memory, to: Stand, limits: Limits): boolean {
  const kwh = (to.kwh - last.kwh) * memory.scale;
  if (Math.abs(kwh) <= 1e-12) return true;
  if (!limits.net && kwh < 0) return false;
  if (Math.abs(kwh) <= allowed({ ...memory, good: last, movedAt: last.at }, to, limits)) return true;
  // A counter that changed its unit moves in steps that look too large.
  return !below && otherUnit(memory, first, to, limits) !== undefined;
}

/** Back on the course that was left for a moment. A jump is not taken back by waiting until it could have been. */
function isBack(memory: Memory, suspect: Suspect, to: Stand, limits: Limits): boolean {
  if (!(fits(memory, to, limits) || isStill(memory, to, limits))) return false;
  return suspect.below ? to.kwh > suspect.worst.kwh : to.kwh < suspect.first.kwh;
}

function suspicious(memory: Memory, to: Stand, limits: Limits): Judged {
  const before = memory.suspect;
  const below = to.kwh < memory.good.kwh;
  const told = Math.max(0, to.kwh - (before?.last ?? memory.good).kwh) * memory.scale;
  if (!before || before.below !== below || !agrees(before, memory, to, limits)) {
    const worst = before && farther(before.worst, to, memory) ? before.worst : to;
    memory.suspect = { first: to, last: to, count: 1, below, told: (before?.told ?? 0) + told, worst };
    return { what: "held", begun: !before };
  }
  if (to.at - before.last.at >= APART_MS) before.count += 1;
  before.last = to;
  before.told += told;
  if (farther(to, before.worst, memory)) before.worst = to;
  const still = before.last.kwh === before.first.kwh;
  if (before.count < CONFIRMED_BY || to.at - before.first.at < (still ? STUCK_MS : CONFIRMED_MS))
    return { what: "held", begun: false };
  return settle(memory, before, limits);
}

const farther = (a: Stand, b: Stand, { good }: Memory): boolean =>
  Math.abs(a.kwh - good.kwh) > Math.abs(b.kwh - good.kwh);

/**
 * One reading further; `to.at` is not before the last one's. Changes the memory. Never a negative step (but of a counter that
 * runs both ways), never more than the connection carries in the time plus one step of the counter.
 */
export function judge(memory: Memory, to: Stand, limits: Limits): Judged {
  const { suspect, good } = memory;
  if (suspect && isBack(memory, suspect, to, limits)) {
    const kwh = limits.net ? (to.kwh - good.kwh) * memory.scale : Math.max(0, to.kwh - good.kwh) * memory.scale;
    const since = spreadFrom(memory, to, kwh, limits);
    const told = suspect.told + Math.max(0, to.kwh - suspect.last.kwh) * memory.scale;
    const step = { from: good, to, since, kwh };
    memory.suspect = undefined;
    moved(memory, to, kwh, limits);
    memory.good = to.kwh >= good.kwh || limits.net ? to : { at: to.at, kwh: good.kwh };
    if (memory.turn) memory.turn.counted += Math.abs(kwh);
    return { what: "returned", kind: suspect.below ? "dip" : "spike", step, told, worst: suspect.worst };
  }
  if (!suspect && isStill(memory, to, limits)) return rise(memory, { at: to.at, kwh: good.kwh }, limits);
  return !suspect && fits(memory, to, limits) ? rise(memory, to, limits) : suspicious(memory, to, limits);
}
