/** Readings that are dated before those that came earlier: a late message, or a clock that was wrong. */
import type { Mask, Pin, Stand } from "../../model/repair.ts";
import { type Limits, type Memory, remember } from "./memory.ts";

/** A forward step of more than this may be the clock's. */
const LEAP_MS = 3_600_000;
/** A clock that is behind by more than this was ahead before. */
const BEHIND_MS = 2 * 24 * 3_600_000;

/** What is remembered of time itself. */
export interface Times {
  /** The first of the readings that have come in one go. */
  began?: Stand;
  /** The last long step forward: the stand before it, and where it led. */
  leap?: { readonly before: Stand; readonly first: number } | undefined;
  /** Since when time is being lived a second time, and the stand that was then the newest. */
  relived?: { readonly first: number; last: number; readonly over: number } | undefined;
}

export type Timed =
  /** In its order. */
  | { readonly what: "inOrder" }
  /** Late, and older than what is known: it only says more of the past. */
  | { readonly what: "late" }
  /** Lived twice: used once. */
  | { readonly what: "relived"; readonly mask: Mask }
  /** The clock was ahead: what it told then is in no time. `began`: nothing is known from before it was. */
  | { readonly what: "ahead"; readonly mask: Mask; readonly began?: Stand }
  /** The time lived twice is over: its energy, in one step. */
  | { readonly what: "caughtUp"; readonly pin: Pin };

const newest = ({ good, suspect }: Memory): number => Math.max(good.at, suspect?.last.at ?? good.at);

/** Looks at the time of a reading, and takes the clock's mistakes out of the memory. */
export function inTime(memory: Memory, times: Times, to: Stand, limits: Limits): Timed {
  times.began ??= memory.good;
  if (to.at < newest(memory)) return early(memory, times, to, times.began);
  const { relived } = times;
  times.relived = undefined;
  if (relived) {
    const kwh = (to.kwh - memory.good.kwh) * memory.scale;
    const most = (limits.limitW * (to.at - relived.first)) / 3.6e9 + memory.step * memory.scale;
    if (kwh >= 0 && kwh <= most) {
      const pin = { from: memory.good, to, kwh, told: kwh, since: relived.first };
      Object.assign(memory, { good: to, movedAt: to.at, suspect: undefined });
      return { what: "caughtUp", pin };
    }
  }
  if (to.at - memory.good.at > LEAP_MS) {
    times.leap = { before: memory.good, first: to.at };
    times.began = to;
  }
  return { what: "inOrder" };
}

function early(memory: Memory, times: Times, to: Stand, began: Stand): Timed {
  const { good } = memory;
  const { leap, relived } = times;
  // The counter is the judge of the order: a lower stand is simply late.
  if (to.kwh < good.kwh || (!relived && to.kwh === good.kwh)) return { what: "late" };
  if (leap && to.at >= leap.before.at && to.at < leap.first) {
    const mask = { from: leap.first, to: newest(memory), over: -1 };
    Object.assign(memory, { good: leap.before, movedAt: leap.before.at, suspect: undefined });
    times.leap = undefined;
    times.began = to;
    return { what: "ahead", mask };
  }
  if (good.at - to.at > BEHIND_MS && began.at > to.at) {
    // Not from now on: what comes next is right.
    const mask = { from: began.at, to: newest(memory), over: -1 };
    times.began = to;
    Object.assign(memory, remember(to, memory.scale, memory.step));
    return { what: "ahead", mask, began };
  }
  times.relived = { first: Math.min(relived?.first ?? to.at, to.at), last: to.at, over: good.kwh };
  return { what: "relived", mask: { from: times.relived.first, to: good.at, over: good.kwh } };
}
