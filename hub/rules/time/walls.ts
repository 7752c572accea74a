/** Moments out of times by the clock on the wall: what a change of the clock means is decided here and nowhere else. */
import { stretchAt } from "../../energy/zone.ts";
import { DAY } from "./day.ts";

/** Times of day on certain days. */
export interface WallPlan {
  readonly onDay: (day: number) => boolean;
  /** ms since midnight, rising, each once. */
  readonly times: readonly number[];
  /** What the clock jumps over comes once at the jump, or not at all. */
  readonly jumped: "atTheJump" | "leftOut";
  /** What the clock shows twice comes the first time alone, or both times. */
  readonly twice: "first" | "both";
}

/**
 * The plan's moments in (after, to], epoch ms, rising, each once. A day that a zone left out (as Samoa did on its way
 * over the date line) has none, not even at the jump. Throws RangeError for an unknown zone.
 */
export function* wallMoments(plan: WallPlan, after: number, to: number, timeZone: string): Generator<number> {
  let done = after;
  for (let at = after; at <= to; ) {
    const stretch = stretchAt(at, timeZone);
    const before = stretchAt(stretch.from - 1, timeZone).offset;
    const oldWall = stretch.from + before;
    const newWall = stretch.from + stretch.offset;
    if (plan.jumped === "atTheJump" && stretch.from > done && stretch.from <= to && anyJumped(plan, oldWall, newWall)) {
      done = stretch.from;
      yield done;
    }
    const unseen = plan.twice === "first" ? oldWall : newWall;
    const low = Math.max(unseen, newWall, done + 1 + stretch.offset);
    const high = Math.min(stretch.to, to + 1) + stretch.offset;
    for (const wall of wallsIn(plan, low, high)) {
      done = wall - stretch.offset;
      yield done;
    }
    at = stretch.to;
  }
}

/** The plan's times in [low, high), all as if the clock were UTC. */
export function* wallsIn(plan: WallPlan, low: number, high: number): Generator<number> {
  for (let day = Math.floor(low / DAY); day * DAY < high; day++) {
    if (!plan.onDay(day)) continue;
    for (const time of plan.times) {
      const wall = day * DAY + time;
      if (wall >= high) return;
      if (wall >= low) yield wall;
    }
  }
}

/** Whether a jump of the clock from `low` to `high` leaves out a time on a day that is still there. */
function anyJumped(plan: WallPlan, low: number, high: number): boolean {
  for (const wall of wallsIn(plan, low, high)) {
    const midnight = Math.floor(wall / DAY) * DAY;
    if (midnight < low || midnight + DAY > high) return true;
  }
  return false;
}
