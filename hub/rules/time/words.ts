/** A trigger of the clock as a person would say it, to stand after "Every time" or at the start of a sentence. */
import type { SunMoment } from "../../model/rule/condition.ts";
import type {
  AtTimeTrigger,
  CalendarTrigger,
  EveryTrigger,
  SunEvent,
  SunTrigger,
  TimeTrigger,
} from "../../model/rule/time.ts";
import { type Cron, everyHour, readCron } from "./cron.ts";

const weekdayNames = ["", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const monthNames = [
  ...["", "January", "February", "March", "April", "May", "June", "July"],
  ...["August", "September", "October", "November", "December"],
];

/** The trigger in words: "at 07:30 on Mon, Tue"; "20 minutes before sunset, not before 17:00". */
export function timeInWords(trigger: TimeTrigger): string {
  switch (trigger.kind) {
    case "time":
      return `at ${trigger.at}${onDays(trigger)}`;
    case "every":
      return everyInWords(trigger);
    case "cron":
      return cronInWords(trigger.expression);
    case "sun":
      return sunInWords(trigger);
    case "calendar":
      return calendarInWords(trigger);
  }
}

/** `1 October`. */
export const dateInWords = (month: number, date: number): string => `${date} ${monthNames[month] ?? month}`;

const inOrder = (numbers: Iterable<number>): number[] => [...new Set(numbers)].sort((a, b) => a - b);
const weekdayList = (days: Iterable<number>): string =>
  inOrder(days)
    .map((day) => weekdayNames[day])
    .join(", ");
const monthList = (months: Iterable<number>): string =>
  inOrder(months)
    .map((month) => monthNames[month])
    .join(", ");

function onDays({ weekdays, dates, months }: AtTimeTrigger): string {
  const on = dates?.map((text) => dateInWords(Number(text.slice(0, 2)), Number(text.slice(3)))).join(", ");
  const days = weekdays && new Set(weekdays).size < 7 ? weekdayList(weekdays) : undefined;
  const said = [
    on === undefined ? "" : ` on ${on}`,
    days === undefined ? "" : `${on === undefined ? " on " : " if it is "}${days}`,
    months && new Set(months).size < 12 ? ` in ${monthList(months)}` : "",
  ].join("");
  return said === "" ? " each day" : said;
}

function everyInWords({ minutes, from, to }: EveryTrigger): string {
  const distance = minutes % 60 === 0 ? amount(minutes / 60, "hour") : amount(minutes, "minute");
  const begin = from === undefined ? "" : ` from ${from}`;
  return `every ${distance}${begin}${to === undefined ? "" : ` to ${to}`}`;
}

const amount = (n: number, unit: string): string => (n === 1 ? unit : `${n} ${unit}s`);

function offsetInWords(minutes: number | undefined, at: string): string {
  if (!minutes) return `at ${at}`;
  const size = Math.abs(minutes);
  const text = size % 60 === 0 ? `${size / 60} hour` : `${size} minute`;
  return `${text}${/^1 /.test(text) ? "" : "s"} ${minutes < 0 ? "before" : "after"} ${at}`;
}

const sunWords: Readonly<Record<SunEvent, string>> = {
  sunrise: "sunrise",
  sunset: "sunset",
  dawn: "dawn",
  dusk: "dusk",
  noon: "the sun's noon",
};

/** "20 minutes before sunset", "sunset". */
export const sunMomentInWords = ({ event, offsetMinutes }: SunMoment): string =>
  offsetMinutes ? offsetInWords(offsetMinutes, sunWords[event]) : sunWords[event];

function sunInWords({ event, offsetMinutes, notBefore, notAfter, weekdays }: SunTrigger): string {
  const days = weekdays && new Set(weekdays).size < 7 ? ` on ${weekdayList(weekdays)}` : "";
  const before = notBefore === undefined ? "" : `, not before ${notBefore}`;
  const after = notAfter === undefined ? "" : `, not after ${notAfter}`;
  return `${offsetInWords(offsetMinutes, sunWords[event])}${days}${before}${after}`;
}

function calendarInWords({ entry, edge, offsetMinutes }: CalendarTrigger): string {
  const name = entry === "holiday" ? "a holiday" : entry === "absence" ? "an absence" : `“${entry}”`;
  if (!offsetMinutes) return `when ${name} ${edge}`;
  return offsetInWords(offsetMinutes, `${name} ${edge}`);
}

/** More times of day than this are told as minutes and hours instead of one by one. */
const MANY = 6;
const two = (n: number): string => String(n).padStart(2, "0");

function cronInWords(expression: string): string {
  const cron = readCron(expression);
  if (typeof cron === "string") return `by the cron expression “${expression}”`;
  const minutes = inOrder(cron.minutes);
  const hours = inOrder(cron.hours);
  if (minutes.length * hours.length <= MANY) {
    const times = hours.flatMap((hour) => minutes.map((minute) => `${two(hour)}:${two(minute)}`));
    return `at ${times.join(", ")}${cronDays(cron)}`;
  }
  const past = minutesInWords(minutes, everyHour(cron));
  const within = everyHour(cron) ? "" : ` of the hours ${runs(hours)}`;
  return `${past}${within}${cronDays(cron)}`;
}

function minutesInWords(minutes: readonly number[], open: boolean): string {
  const step = 60 / minutes.length;
  if (minutes.every((minute, i) => minute === i * step)) {
    if (step < 60) return `every ${amount(step, "minute")}`;
    if (open) return "every hour";
  }
  return `at minute ${minutes.map(two).join(", ")}${open ? " of each hour" : ""}`;
}

/** `08 to 12, 14`. */
function runs(numbers: readonly number[]): string {
  const parts: string[] = [];
  for (let i = 0; i < numbers.length; i++) {
    const begin = i;
    while (numbers[i + 1] === (numbers[i] ?? 0) + 1) i++;
    const [first, last] = [two(numbers[begin] ?? 0), two(numbers[i] ?? 0)];
    parts.push(i > begin + 1 ? `${first} to ${last}` : i > begin ? `${first}, ${last}` : first);
  }
  return parts.join(", ");
}

function cronDays(cron: Cron): string {
  const dates = [...inOrder(cron.dates).map(String), ...(cron.lastDay ? ["the last day"] : [])].join(", ");
  const date = cron.dates.size === 31 ? "" : `${cron.dates.size > 0 ? "day " : ""}${dates} of the month`;
  const weekday = cron.weekdays.size === 7 ? "" : weekdayList(cron.weekdays);
  const months = cron.months.size === 12 ? "" : ` in ${monthList(cron.months)}`;
  const joined = cron.anyDate || cron.anyWeekday ? " if it is " : " or on ";
  const days = [date, weekday].filter((part) => part !== "").join(joined);
  return `${days === "" ? "" : ` on ${days}`}${months}`;
}
