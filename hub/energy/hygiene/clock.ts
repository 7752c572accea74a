/** Readings that are dated before those that came earlier: a late message, or a clock that was wrong. */
import type { Mask, Pin, Repair, Stand } from "../../model/repair.ts";
import { type Limits, type Memory, remember } from "./memory.ts";

/** A forward step of more than this may be the clock's. */
const LEAP_MS = 3_600_000;
/** What is dated so long before the hub's clock is of the past, whatever that clock was before. */
const PAST_MS = 10 * 60_000;
/** A clock that is behind by more than this was ahead before. So long a step forward is kept as a silence, to be known after a restart. */
export const BEHIND_MS = 2 * 24 * 3_600_000;
/** Beyond it the shortest are forgotten. */
const MAX_LEAPS = 8;

/** A long step forward: what was known before it, and where it led. */
interface Leap {
  readonly before: Memory;
  readonly relived: Relived | undefined;
  readonly first: number;
  readonly mark: number;
}

/** Since when time is being lived a second time, and the stand that was then the newest. */
interface Relived {
  readonly first: number;
  readonly over: number;
}

/** What is remembered of time itself. */
export interface Times {
  /** The first of the readings since the hub started, or since all before it turned out to be in no time. */
  began?: Stand;
  leaps?: Leap[];
  relived?: Relived | undefined;
  /** ms that are known to have gone by, by readings that follow closely on each other, whatever their date; the last of them. */
  lived?: { readonly ms: number; readonly at: number };
  /** How much that was at the last good stand. */
  mark?: number;
}

/** Counts the time that goes by, as a reading is heard now. */
export function live(times: Times, { at }: Stand): void {
  const { ms, at: before } = times.lived ?? { ms: 0, at };
  const step = at - before;
  times.lived = { ms: step > 0 && step < LEAP_MS ? ms + step : ms, at };
}

const livedSince = ({ lived }: Times, mark: number | undefined): number => (lived?.ms ?? 0) - (mark ?? 0);

export type Timed =
  /** In its order. */
  | { readonly what: "inOrder" }
  /** Late, and older than what is known: it only says more of the past. */
  | { readonly what: "late" }
  /** The time lived twice is over: its energy, in one step. */
  | { readonly what: "caughtUp"; readonly pin: Pin }
  /**
   * The clock was set back. `ahead`: what it told then is in no time; `began`: nothing is known from before it was ahead. `relived`: lived
   * twice, used once. With neither of it nor of the other, the reading goes on from what was known before the clock was ahead.
   */
  | {
      readonly what: "set";
      readonly ahead?: Mask;
      readonly began?: Stand;
      readonly relived?: Mask;
      /** What was counted while the clock was ahead, where the dates leave too little time for it. */
      readonly pin?: Pin;
    };

const newest = ({ good, suspect }: Memory): number => Math.max(good.at, suspect?.last.at ?? good.at);

/** Whether a reading is of the past: told late, not now. */
export const isPast = (to: Stand, now: number): boolean => now - to.at > PAST_MS;

/**
 * Looks at the time of a reading, and takes the clock's mistakes out of the memory. `now`: the hub's clock as it is heard. Only where that
 * itself is before the newest reading was the clock set back; else the reading is late.
 */
export function inTime(memory: Memory, times: Times, to: Stand, limits: Limits, now: number): Timed {
  times.began ??= memory.good;
  if (to.at < newest(memory))
    return now >= newest(memory) || isPast(to, now)
      ? { what: "late" }
      : setBack(memory, times, to, limits, times.began);
  if (to.at - memory.good.at > LEAP_MS) leapt(memory, times, to.at);
  const livedMs = livedSince(times, times.mark);
  const { relived } = times;
  const pin = relived ? caughtUp(memory, relived, to, limits, livedMs) : moreLived(memory, to, limits, livedMs);
  times.relived = undefined;
  times.mark = times.lived?.ms ?? 0;
  if (!pin) return { what: "inOrder" };
  Object.assign(memory, { good: to, movedAt: to.at, suspect: undefined });
  return { what: "caughtUp", pin };
}

/** More was counted than the dates have time for, and more time is known to have gone by: its readings were in no time. */
function moreLived(memory: Memory, to: Stand, { limitW, net }: Limits, livedMs: number): Pin | undefined {
  const { good, movedAt, scale, step } = memory;
  const kwh = (to.kwh - good.kwh) * scale;
  const carried = (ms: number): number => (limitW * ms) / 3.6e9 + step * scale;
  if (net || kwh <= carried(to.at - movedAt) || kwh > carried(livedMs)) return undefined;
  return { from: good, to, kwh, told: kwh, since: Math.min(good.at, to.at - livedMs) };
}

function caughtUp(memory: Memory, { first }: Relived, to: Stand, { limitW }: Limits, livedMs: number): Pin | undefined {
  const kwh = (to.kwh - memory.good.kwh) * memory.scale;
  const most = (limitW * Math.max(to.at - first, livedMs)) / 3.6e9 + memory.step * memory.scale;
  if (kwh < 0 || kwh > most) return undefined;
  return { from: memory.good, to, kwh, told: kwh, since: Math.min(first, memory.good.at) };
}

function leapt(memory: Memory, times: Times, first: number): void {
  const { turn } = memory;
  const before = { ...memory, suspect: undefined, turn: turn && { ...turn } };
  const leaps = [...(times.leaps ?? []), { before, relived: times.relived, first, mark: times.mark ?? 0 }];
  const lengthOf = (leap: Leap) => leap.first - leap.before.good.at;
  if (leaps.length > MAX_LEAPS) {
    const shortest = leaps.reduce((least, leap) => (lengthOf(leap) < lengthOf(least) ? leap : least));
    leaps.splice(leaps.indexOf(shortest), 1);
  }
  times.leaps = leaps;
}

/** The long steps forward that are known after a restart: those that repairs tell of. */
export function leapsOf(repairs: readonly Repair[], scale: number): Leap[] {
  const pins = repairs.flatMap(({ kind, state, pins }) =>
    state === "active" && (kind === "gap" || kind === "clock") ? pins : [],
  );
  return pins
    .filter(({ from, to }) => to.at - from.at > LEAP_MS)
    .sort((a, b) => a.to.at - b.to.at)
    .slice(-MAX_LEAPS)
    .map(({ from, to, since }) => ({
      before: remember(from, scale),
      relived: since === undefined ? undefined : { first: since, over: from.kwh },
      first: to.at,
      mark: 0,
    }));
}

function setBack(memory: Memory, times: Times, to: Stand, limits: Limits, began: Stand): Timed {
  const ahead = wasAhead(memory, times, to, began);
  if (ahead?.began) return { what: "set", ...ahead };
  if (ahead && to.at >= memory.good.at) {
    const next = inTime(memory, times, to, limits, to.at);
    return { what: "set", ...ahead, ...(next.what === "caughtUp" && { pin: next.pin }) };
  }
  const { good } = memory;
  const { relived } = times;
  // The counter is the judge of the order: a lower stand is simply late.
  if (to.kwh < good.kwh || (!relived && to.kwh === good.kwh))
    return ahead ? { what: "set", ...ahead } : { what: "late" };
  times.relived = { first: Math.min(relived?.first ?? to.at, to.at), over: good.kwh };
  return { what: "set", ...ahead, relived: { from: times.relived.first, to: good.at, over: good.kwh } };
}

/** Where the clock is again before its last long step forward, or far behind: it was ahead meanwhile. Goes back to what was known before. */
function wasAhead(
  memory: Memory,
  times: Times,
  to: Stand,
  began: Stand,
): { readonly ahead: Mask; readonly began?: Stand } | undefined {
  const isFar = newest(memory) - to.at > BEHIND_MS;
  const leaps = times.leaps ?? [];
  const i = leaps.findIndex(({ before, first }) =>
    isFar ? first - to.at > BEHIND_MS : to.at >= before.good.at && to.at < first,
  );
  const leap = leaps[i];
  if (leap) {
    const ahead = { from: leap.first, to: newest(memory), over: -1 };
    times.leaps = leaps.slice(0, i);
    times.relived = leap.relived;
    times.mark = leap.mark;
    Object.assign(memory, leap.before);
    return { ahead };
  }
  if (!isFar || began.at <= to.at) return undefined;
  const ahead = { from: began.at, to: newest(memory), over: -1 };
  times.began = to;
  times.leaps = [];
  times.relived = undefined;
  Object.assign(memory, remember(to, memory.scale, memory.step));
  return { ahead, began };
}
