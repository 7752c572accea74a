/** What the changes of the clock in one year mean for a trigger, in plain sentences. */
import { stretchAt } from "../../energy/zone.ts";
import type { Place, SunTrigger, TimeTrigger } from "../../model/rule/time.ts";
import { clockOf, DAY, momentOf, msOf, partsOf } from "./day.ts";
import { planOf } from "./plan.ts";
import { type WallPlan, wallsIn } from "./walls.ts";
import { dateInWords } from "./words.ts";

/** A change of the clock: what it showed, and what it shows from then on, both ms as if it were UTC. */
interface Change {
  readonly old: number;
  readonly now: number;
}

const weekdayNames = ["", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
/** More times than this are told as "the times between". */
const NAMED = 3;

/**
 * One sentence for each change of the clock in that year (and later than `after`, epoch ms) that touches the trigger; none
 * when no change does. The sun and
 * the calendar know no clock: only the sun's limits by the clock can be touched. Throws RangeError for an unknown zone.
 */
export function dstMeaning(
  trigger: TimeTrigger,
  place: Place,
  year: number,
  after = Number.NEGATIVE_INFINITY,
): readonly string[] {
  if (trigger.kind === "calendar") return [];
  const plan = trigger.kind === "sun" ? limitsOf(trigger) : planOf(trigger);
  const said = changesIn(place.timeZone, year, after).flatMap((change) => {
    if (change.now < change.old) return backward(plan, change);
    return [...leftOutDays(plan, change), ...forward(plan, change)];
  });
  return trigger.kind === "sun" ? said.map(asLimit) : said;
}

/** A limit holds at the time that a trigger would come at. */
const asLimit = (sentence: string): string =>
  sentence.replace(/, (at [^,]*|the first time only)\.$/, ", the limit holds $1.");

/** The limits of the sun are times by the clock like any other; the days of the week change nothing about them. */
function limitsOf({ notBefore, notAfter }: SunTrigger): WallPlan {
  const times = [notBefore, notAfter].filter((text) => text !== undefined).map(msOf);
  const rising = [...new Set(times)].sort((a, b) => a - b);
  return { onDay: () => true, times: rising, jumped: "atTheJump", twice: "first" };
}

function changesIn(timeZone: string, year: number, after: number): Change[] {
  const [from, to] = [year, year + 1].map((y) => momentOf(Date.UTC(y, 0, 1) / DAY, 0, timeZone));
  const changes: Change[] = [];
  for (let at = from ?? 0; at < (to ?? 0); at = stretchAt(at, timeZone).to) {
    const stretch = stretchAt(at, timeZone);
    const before = stretchAt(stretch.from - 1, timeZone).offset;
    if (stretch.from >= (from ?? 0) && before !== stretch.offset && stretch.from === at && at > after)
      changes.push({ old: at + before, now: at + stretch.offset });
  }
  return changes;
}

const dayOf = (wall: number): number => Math.floor(wall / DAY);

function dateOf(wall: number): string {
  const { month, date, weekday } = partsOf(dayOf(wall));
  return `${weekdayNames[weekday]} ${dateInWords(month, date)}`;
}

const isGone = (day: number, { old, now }: Change): boolean => day * DAY >= old && (day + 1) * DAY <= now;

function leftOutDays(plan: WallPlan, change: Change): string[] {
  const days: number[] = [];
  for (let day = dayOf(change.old); day * DAY < change.now; day++)
    if (isGone(day, change) && plan.onDay(day) && plan.times.length > 0) days.push(day);
  return days.map((day) => `${dateOf(day * DAY)} is no day here: nothing comes on it.`);
}

function forward(plan: WallPlan, change: Change): string[] {
  const { old, now } = change;
  const jumped = [...wallsIn(plan, old, now)].filter((wall) => !isGone(dayOf(wall), change));
  const first = jumped[0];
  if (first === undefined) return [];
  const on = `On ${dateOf(first)}, when`;
  const itself = [...wallsIn(plan, now, now + 1)].length > 0;
  if (plan.jumped === "leftOut" || itself)
    return [`${on} the clock jumps from ${clockOf(old)} to ${clockOf(now)}, nothing comes between.`];
  const at = `at ${clockOf(now)}${dayOf(now) === dayOf(first) ? "" : ` on ${dateOf(now)}`}`;
  if (jumped.length > NAMED)
    return [`${on} the clock jumps from ${clockOf(old)} to ${clockOf(now)}, the times between come once, ${at}.`];
  return [`${on} there is no ${listed(jumped, "or")}, ${jumped.length > 1 ? "once, " : ""}${at}.`];
}

function backward(plan: WallPlan, { old, now }: Change): string[] {
  const shown = [...wallsIn(plan, now, old)];
  const first = shown[0];
  if (first === undefined) return [];
  const span = `the time from ${clockOf(now)} to ${clockOf(old)} comes`;
  const what = shown.length > NAMED ? span : `${listed(shown, "and")} ${shown.length > 1 ? "come" : "comes"}`;
  return [`On ${dateOf(first)}, when ${what} twice, ${plan.twice === "both" ? "both times" : "the first time only"}.`];
}

function listed(walls: readonly number[], word: "or" | "and"): string {
  const times = walls.map(clockOf);
  return times.length < 2 ? times.join("") : `${times.slice(0, -1).join(", ")} ${word} ${times.at(-1)}`;
}
