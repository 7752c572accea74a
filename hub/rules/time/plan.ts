/** The triggers that go by the clock alone, as times of day on certain days. */
import type { AtTimeTrigger, CronTrigger, EveryTrigger } from "../../model/rule/time.ts";
import { cronPlan, readCron } from "./cron.ts";
import { DAY, MINUTE, msOf, partsOf } from "./day.ts";
import type { WallPlan } from "./walls.ts";

export type ClockTrigger = AtTimeTrigger | EveryTrigger | CronTrigger;

const none: WallPlan = { onDay: () => false, times: [], jumped: "leftOut", twice: "first" };

/** Distances up to this follow the clock through a repeated hour; longer ones would come twice for one time. */
const SHORT_MINUTES = 60;

const ready = new WeakMap<ClockTrigger, WallPlan>();

/** What a trigger of the clock means; of an expression that is none, nothing (`checkTime` says why). */
export function planOf(trigger: ClockTrigger): WallPlan {
  const known = ready.get(trigger);
  if (known) return known;
  const plan = made(trigger);
  ready.set(trigger, plan);
  return plan;
}

function made(trigger: ClockTrigger): WallPlan {
  if (trigger.kind === "time")
    return { onDay: daysOf(trigger), times: [msOf(trigger.at)], jumped: "atTheJump", twice: "first" };
  if (trigger.kind === "every") {
    const twice = trigger.minutes <= SHORT_MINUTES ? "both" : "first";
    return { onDay: () => true, times: slotsOf(trigger), jumped: "atTheJump", twice };
  }
  const cron = readCron(trigger.expression);
  return typeof cron === "string" ? none : cronPlan(cron);
}

function daysOf({ weekdays, dates, months }: AtTimeTrigger): (day: number) => boolean {
  if (!weekdays && !dates && !months) return () => true;
  const wanted = new Set(dates?.map((text) => Number(text.slice(0, 2)) * 100 + Number(text.slice(3))));
  return (day) => {
    const { month, date, weekday } = partsOf(day);
    if (weekdays && !weekdays.includes(weekday)) return false;
    if (months && !months.includes(month)) return false;
    return dates === undefined || wanted.has(month * 100 + date);
  };
}

function slotsOf({ minutes, from, to }: EveryTrigger): number[] {
  const low = from === undefined ? 0 : msOf(from);
  const high = to === undefined ? DAY - 1 : msOf(to);
  // From a time to the same time is the whole day, as with every other span of the day.
  const within = (ms: number) => (low < high ? ms >= low && ms <= high : ms >= low || ms <= high);
  const slots: number[] = [];
  for (let ms = 0; ms < DAY; ms += minutes * MINUTE) if (within(ms)) slots.push(ms);
  return slots;
}
