/** What is wrong with a trigger of the clock beyond its written form. */
import type {
  AtTimeTrigger,
  CronTrigger,
  EveryTrigger,
  Place,
  SunTrigger,
  TimeTrigger,
} from "../../model/rule/time.ts";
import { readCron } from "./cron.ts";
import { DAY, msOf } from "./day.ts";
import { type ClockTrigger, planOf } from "./plan.ts";
import { sunDay } from "./sun.ts";

/** The calendar repeats its weekdays and leap years after 28 years; any 28 of this century will do. */
const FIRST_DAY = Date.UTC(2020, 0, 1) / DAY;
const CALENDAR_DAYS = 28 * 366;

/** One sentence that names the field and the fix; undefined for a trigger that comes. */
export function checkTime(trigger: TimeTrigger, place: Place): string | undefined {
  return zoneFault(place) ?? lateFault(trigger) ?? faultOf(trigger, place);
}

function faultOf(trigger: TimeTrigger, place: Place): string | undefined {
  switch (trigger.kind) {
    case "time":
      return timeFault(trigger);
    case "every":
      return everyFault(trigger);
    case "cron":
      return cronFault(trigger);
    case "sun":
      return sunFault(trigger, place);
    case "calendar":
      return trigger.entry.trim() === ""
        ? "entry is empty: name an entry of the calendar, or holiday or absence."
        : undefined;
  }
}

function zoneFault({ timeZone }: Place): string | undefined {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return undefined;
  } catch {
    return `timeZone "${timeZone.slice(0, 60)}" is unknown: set the home's time zone, for example Europe/Berlin.`;
  }
}

function lateFault(trigger: TimeTrigger): string | undefined {
  if (trigger.withinMinutes === undefined || trigger.late === "catchUp") return undefined;
  return "withinMinutes has no meaning without late: set late to catchUp, or leave withinMinutes out.";
}

function comes(trigger: ClockTrigger): boolean {
  const { onDay, times } = planOf(trigger);
  if (times.length === 0) return false;
  for (let day = FIRST_DAY; day < FIRST_DAY + CALENDAR_DAYS; day++) if (onDay(day)) return true;
  return false;
}

function timeFault(trigger: AtTimeTrigger): string | undefined {
  const { dates, months } = trigger;
  if (dates && months && !dates.some((date) => months.includes(Number(date.slice(0, 2)))))
    return "months leaves out every one of dates, so that it never comes: add the month of a date, or leave months out.";
  return comes(trigger) ? undefined : "dates and weekdays never fall together: leave one of them out.";
}

function everyFault(trigger: EveryTrigger): string | undefined {
  if (comes(trigger)) return undefined;
  return `from and to leave out every time that lies ${trigger.minutes} minutes apart from midnight: widen them, or lessen minutes.`;
}

function cronFault(trigger: CronTrigger): string | undefined {
  const cron = readCron(trigger.expression);
  if (typeof cron === "string") return `${cron}.`;
  return comes(trigger)
    ? undefined
    : "expression never comes: none of its months has such a day. Choose another day of the month, or L for the last one.";
}

function sunFault(trigger: SunTrigger, place: Place): string | undefined {
  const { latitude, longitude } = place;
  if (!(Math.abs(latitude) <= 90)) return "latitude is unknown or not between -90 and 90: set the home's place.";
  if (!(Math.abs(longitude) <= 180)) return "longitude is unknown or not between -180 and 180: set the home's place.";
  const { notBefore, notAfter, event } = trigger;
  if (notBefore !== undefined && notAfter !== undefined && msOf(notBefore) > msOf(notAfter))
    return `notBefore ${notBefore} is later than notAfter ${notAfter}: swap them, or leave one out.`;
  for (let day = FIRST_DAY; day < FIRST_DAY + 366; day++) if (sunDay(day, place)[event] !== undefined) return undefined;
  return `event ${event} never comes at this place (latitude ${latitude}): choose noon, or a time of day.`;
}
