/** What keeps a rule from running away: starts and commands within a minute. */
import type { CoreState } from "../state.ts";

const MINUTE = 60_000;
/** It is left alone for so long then. */
export const HOLD_UP_MS = 10 * MINUTE;
const MOST = { starts: 60, asks: 120 } as const;

/** How often something was done within the minute that began at `from`, epoch ms. */
export interface Count {
  from: number;
  done: number;
}

/** Counts one more; true once it was too often, and the rule is left alone. */
export function isTooOften({ automation }: CoreState, what: "starts" | "asks", rule: string, now: number): boolean {
  const counts = automation.counts[what];
  let count = counts.get(rule);
  if (!count || now < count.from || now - count.from >= MINUTE) {
    count = { from: now, done: 0 };
    counts.set(rule, count);
  }
  count.done += 1;
  if (count.done <= MOST[what]) return false;
  automation.heldUp.set(rule, now + HOLD_UP_MS);
  return true;
}

/** Whether a rule ran away and is left alone. A clock that was set back holds nothing up for longer. */
export function isHeldUp({ automation }: CoreState, rule: string, now: number): boolean {
  const until = automation.heldUp.get(rule);
  return until !== undefined && now < until && until - now <= HOLD_UP_MS;
}

export const ranAway = (what: "starts" | "asks"): string =>
  what === "starts"
    ? `it was started more than ${MOST.starts} times within a minute: it ran away and is left alone for ten minutes`
    : `it asked for more than ${MOST.asks} things within a minute: it ran away and is left alone for ten minutes`;
