import type { Place, TimeTrigger } from "../../../model/rule/time.ts";
import { DAY, momentOf } from "../../time/day.ts";
import { sunElevation } from "../../time/elevation.ts";
import { ON_TIME_MS } from "../../time/late.ts";
import { type ClockTrigger, planOf } from "../../time/plan.ts";
import { sunMoments } from "../../time/sun.ts";
import { closed, numbers, type Range } from "./range.ts";

const YEAR = Date.UTC(2026, 0, 1) / DAY;
const DAYS = 365;
/** So many days are looked at, evenly over those on which the trigger comes. */
const MOST_DAYS = 92;
/** A trigger that comes more often in a day comes at nearly any height of the sun. */
const MOST_TIMES = 24;

/**
 * So far may the height at a moment lie from those looked at, degrees. At one time of the clock the sun's height changes by less
 * than half a degree from day to day; at the same distance from sunset hardly at all.
 */
const PAD = { clock: 2, sun: 0.5 } as const;

const known = new WeakMap<TimeTrigger, { readonly at: string; readonly range: Range | undefined }>();

/** How high the sun can stand, in degrees, when a trigger comes; undefined where that is not known. */
export function sunHeights(trigger: TimeTrigger, place: Place): Range | undefined {
  const at = `${place.latitude} ${place.longitude} ${place.timeZone}`;
  const before = known.get(trigger);
  if (before?.at === at) return before.range;
  const range = heightsOf(trigger, place);
  known.set(trigger, { at, range });
  return range;
}

function heightsOf(trigger: TimeTrigger, place: Place): Range | undefined {
  if (trigger.late === "catchUp" || trigger.kind === "calendar") return undefined;
  if (!Number.isFinite(place.latitude) || !Number.isFinite(place.longitude)) return undefined;
  const isSun = trigger.kind === "sun";
  const moments = isSun
    ? [...sunMoments(trigger, YEAR * DAY, (YEAR + DAYS) * DAY, place)]
    : clockMoments(trigger, place.timeZone);
  if (moments.length === 0) return undefined;
  const pad = isSun ? PAD.sun : PAD.clock;
  return numbers(
    ...moments.map((at) => {
      // A moment is on time until then.
      const heights = [sunElevation(at, place), sunElevation(at + ON_TIME_MS, place)];
      return closed(Math.min(...heights) - pad, Math.max(...heights) + pad);
    }),
  );
}

function clockMoments(trigger: ClockTrigger, timeZone: string): readonly number[] {
  const { onDay, times } = planOf(trigger);
  if (times.length > MOST_TIMES) return [];
  const days = Array.from({ length: DAYS }, (_, i) => YEAR + i).filter(onDay);
  const every = Math.ceil(days.length / MOST_DAYS);
  return days.filter((_, i) => i % every === 0).flatMap((day) => times.map((ms) => momentOf(day, ms, timeZone)));
}
