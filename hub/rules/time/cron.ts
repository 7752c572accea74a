/** Cron's five fields: minute, hour, day of the month, month, weekday (POSIX crontab, with names, steps and L). */
import { MINUTE, partsOf } from "./day.ts";
import type { WallPlan } from "./walls.ts";

export interface Cron {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly dates: ReadonlySet<number>;
  readonly lastDay: boolean;
  readonly months: ReadonlySet<number>;
  /** 1 = Monday .. 7 = Sunday. */
  readonly weekdays: ReadonlySet<number>;
  /** Where the field begins with a star, as POSIX has it: then the other one alone decides on the day. */
  readonly anyDate: boolean;
  readonly anyWeekday: boolean;
}

interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly names: readonly string[];
}

const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
const MINUTES: Field = { name: "minute", min: 0, max: 59, names: [] };
const HOURS: Field = { name: "hour", min: 0, max: 23, names: [] };
const DATES: Field = { name: "day of the month", min: 1, max: 31, names: [] };
const MONTHS: Field = { name: "month", min: 1, max: 12, names: months };
const WEEKDAYS: Field = { name: "weekday", min: 0, max: 7, names: days };

/** Words for a person: which field is wrong and how to write it. */
class Fault extends Error {}

const read = new Map<string, Cron | string>();
/** Expressions that are remembered; then the memory starts over. */
const MAX_READ = 1_000;

/** What an expression means, or one sentence on what is wrong with it. */
export function readCron(expression: string): Cron | string {
  const known = read.get(expression);
  if (known !== undefined) return known;
  if (read.size >= MAX_READ) read.clear();
  const found = parsed(expression);
  read.set(expression, found);
  return found;
}

function parsed(expression: string): Cron | string {
  const fields = expression.trim().toUpperCase().split(/\s+/);
  const [minute = "", hour = "", date = "", month = "", weekday = ""] = fields;
  if (fields.length !== 5)
    return `expression has ${fields.length} fields: cron needs five (minute, hour, day of the month, month, weekday), for example "30 7 * * MON-FRI"`;
  try {
    const dates = date.split(",");
    const plain = dates.filter((part) => part !== "L");
    return {
      minutes: numbersOf(minute, MINUTES),
      hours: numbersOf(hour, HOURS),
      dates: plain.length > 0 ? numbersOf(plain.join(","), DATES) : new Set(),
      lastDay: dates.includes("L"),
      months: numbersOf(month, MONTHS),
      weekdays: new Set([...numbersOf(weekday, WEEKDAYS)].map((day) => (day === 0 ? 7 : day))),
      anyDate: date.startsWith("*"),
      anyWeekday: weekday.startsWith("*"),
    };
  } catch (error) {
    if (error instanceof Fault) return error.message;
    throw error;
  }
}

function numbersOf(text: string, field: Field): Set<number> {
  const found = new Set<number>();
  for (const part of text.split(",")) {
    const [range = "", step, more] = part.split("/");
    if (more !== undefined)
      throw new Fault(`expression: "${part}" in the ${field.name} has two steps: write one, */10`);
    const every = step === undefined ? 1 : wholeIn(step, part, field);
    if (every < 1) throw new Fault(`expression: the step of "${part}" in the ${field.name} must be at least 1`);
    const [from, to] = edgesOf(range, step !== undefined, field);
    for (let n = from; n <= to; n += every) found.add(n);
  }
  return found;
}

function edgesOf(range: string, stepped: boolean, field: Field): readonly [number, number] {
  if (range === "*") return [field.min, field === WEEKDAYS ? 6 : field.max];
  const [first = "", last, more] = range.split("-");
  if (more !== undefined) throw new Fault(`expression: "${range}" in the ${field.name} is no range: write it as 1-5`);
  const from = valueIn(first, field);
  const alone = stepped ? field.max : from;
  const to = last === undefined ? alone : valueIn(last, field);
  // Sunday ends a week as well as it begins one.
  if (field === WEEKDAYS && to === 0 && from > 0) return [from, 7];
  if (to < from)
    throw new Fault(`expression: "${range}" in the ${field.name} runs backwards: write it as two parts with a comma`);
  return [from, to];
}

function valueIn(text: string, field: Field): number {
  const named = field.names.indexOf(text);
  const value = named >= 0 ? named + (field === MONTHS ? 1 : 0) : wholeIn(text, text, field);
  if (value < field.min || value > field.max)
    throw new Fault(`expression: the ${field.name} ${value} must lie between ${field.min} and ${field.max}`);
  return value;
}

function wholeIn(text: string, part: string, field: Field): number {
  if (/^\d{1,4}$/.test(text)) return Number(text);
  const names = field.names.length > 0 ? ` or a name (${field.names[1]})` : "";
  throw new Fault(`expression: "${part}" is no ${field.name}: write a number${names}, a list, a range or *`);
}

/** Whether the hour is left open: then the clock is followed instead of set times being met. */
export const everyHour = (cron: Cron): boolean => cron.hours.size === 24;

/** The expression's times of day on its days. */
export function cronPlan(cron: Cron): WallPlan {
  const minutes = [...cron.minutes].sort((a, b) => a - b);
  const hours = [...cron.hours].sort((a, b) => a - b);
  return {
    onDay: (day) => cronDay(cron, day),
    times: hours.flatMap((hour) => minutes.map((minute) => (hour * 60 + minute) * MINUTE)),
    jumped: everyHour(cron) ? "leftOut" : "atTheJump",
    twice: everyHour(cron) ? "both" : "first",
  };
}

function cronDay(cron: Cron, day: number): boolean {
  const { month, date, weekday, last } = partsOf(day);
  if (!cron.months.has(month)) return false;
  const byDate = cron.dates.has(date) || (cron.lastDay && last);
  const byWeekday = cron.weekdays.has(weekday);
  // POSIX: where both are given, either will do.
  return cron.anyDate || cron.anyWeekday ? byDate && byWeekday : byDate || byWeekday;
}
