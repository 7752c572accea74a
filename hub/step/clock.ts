/** The hub's own clock: where it is set, what was noted by it goes along, so that an hour stays an hour. */
import type { CoreState } from "./state.ts";

/** What is known of the clock's course. */
export interface ClockState {
  /** Epoch ms of the last input; undefined before the first. */
  at: number | undefined;
  /** At the last tick: the clock, and a count of ms that no setting of it moves. */
  tick: { at: number; readonly steadyMs: number } | undefined;
}

export const newClock = (): ClockState => ({ at: undefined, tick: undefined });

/** A smaller step is a correction, and shifts nothing. */
const SET_MS = 60_000;

/**
 * Looks at the time of an input, before anything else does. A clock that goes back was set. One that goes forward may have been, or the
 * hub was stopped for so long: only ticks with a steady count tell the two apart.
 */
export function clockSeen(state: CoreState, now: number, steadyMs?: number): void {
  const { clock } = state;
  const before = clock.at;
  const { tick } = clock;
  const expected = tick && steadyMs !== undefined ? tick.at + steadyMs - tick.steadyMs : before;
  clock.at = now;
  if (steadyMs !== undefined) clock.tick = { at: now, steadyMs };
  if (before === undefined || expected === undefined) return;
  const by = now - expected;
  if (by > -SET_MS && (by < SET_MS || steadyMs === undefined || !tick)) return;
  if (clock.tick && steadyMs === undefined) clock.tick.at += by;
  shift(state, expected, by);
}

/** Moves what was noted until `last` (epoch ms) by so many ms. */
function shift(state: CoreState, last: number, by: number): void {
  const moved = (at: number): number => (at <= last ? at + by : at);
  for (const [key, hold] of state.holds)
    state.holds.set(key, { ...hold, until: moved(hold.until - state.limits.holdMs) + state.limits.holdMs });
  for (const [id, pending] of state.pending) {
    const askedAt = moved(pending.askedAt);
    state.pending.set(id, { ...pending, askedAt, deadline: askedAt + pending.deadline - pending.askedAt });
  }
  for (const [target, last] of state.tries) state.tries.set(target, { ...last, at: moved(last.at) });
  for (const [key, since] of state.memory) state.memory.set(key, moved(since));
  shiftRuns(state, moved, by);
  for (const [person, since] of state.leaving) state.leaving.set(person, moved(since));
  state.silence.lookedAt = moved(state.silence.lookedAt);
  state.faded.lookedAt = moved(state.faded.lookedAt);
  for (const group of state.identity.groups.values()) group.lookedAt = moved(group.lookedAt);
  // Forward a device may have been silent for all that time: the hub may only have been asleep.
  if (by < 0) heard(state, moved);
}

/** What rules wait for lasts as long as it was meant to. */
function shiftRuns({ automation }: CoreState, moved: (at: number) => number, by: number): void {
  for (const [key, lasting] of automation.lasting)
    automation.lasting.set(key, { ...lasting, since: moved(lasting.since) });
  for (const run of automation.runs.values()) {
    if (run.wakeAt !== undefined) run.wakeAt += by;
    if (run.endedAt !== undefined) run.endedAt = moved(run.endedAt);
  }
  for (const [rule, until] of automation.heldUp) automation.heldUp.set(rule, until + by);
}

/** A device that fell silent while the clock was ahead must not seem to be there until that time has come. */
function heard(state: CoreState, moved: (at: number) => number): void {
  const now = state.clock.at ?? 0;
  const back = (at: number): number => (at > now ? moved(at) : at);
  for (const node of state.home.nodes.values()) {
    node.heardAt = back(node.heardAt);
    if (node.lostAt !== undefined) node.lostAt = back(node.lostAt);
    for (const [key, held] of node.values) if (held.at > now) node.values.set(key, { ...held, at: back(held.at) });
  }
}
