import { type Item, keyOf, numberOf, textOf } from "./item.ts";

/** A stretch of time in seconds: `"00:05:00"`, `300`, `{ minutes: 5 }`; below zero with a minus. Undefined for what is none. */
export function secondsOf(item: Item | undefined): number | undefined {
  if (!item) return undefined;
  if (item.map) return ofMap(item);
  const plain = numberOf(item);
  if (plain !== undefined) return plain;
  const parts = /^([+-]?)(\d+):([0-5]?\d)(?::([0-5]?\d(?:\.\d+)?))?$/.exec(textOf(item) ?? "");
  if (!parts) return undefined;
  const seconds = Number(parts[2]) * 3600 + Number(parts[3]) * 60 + Number(parts[4] ?? 0);
  return parts[1] === "-" ? -seconds : seconds;
}

const SECONDS: Readonly<Record<string, number>> = {
  ...{ days: 86_400, hours: 3600, minutes: 60, seconds: 1, milliseconds: 0.001 },
};

function ofMap(item: Item): number | undefined {
  let sum = 0;
  for (const [unit, value] of item.map ?? []) {
    const each = Object.hasOwn(SECONDS, unit) ? SECONDS[unit] : undefined;
    const count = numberOf(value);
    if (each === undefined || count === undefined) return undefined;
    sum += each * count;
  }
  return sum;
}

/** A time of day, HH:MM:SS in full. */
export function clockOf(text: string | undefined): string | undefined {
  const parts = /^(\d{1,2}):([0-5]\d)(?::([0-5]\d))?$/.exec(text ?? "");
  if (!parts || Number(parts[1]) > 23) return undefined;
  return `${(parts[1] ?? "").padStart(2, "0")}:${parts[2]}:${parts[3] ?? "00"}`;
}

const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** 1 = Monday to 7 = Sunday; undefined for what is no day. */
export function weekdayOf(item: Item): number | undefined {
  const day = DAYS.indexOf(textOf(item)?.toLowerCase() ?? "") + 1;
  return day > 0 ? day : undefined;
}

/** `for` of a trigger or condition, in minutes. */
export const minutesFor = (item: Item): number | undefined | "bad" => {
  const given = keyOf(item, "for");
  if (!given) return undefined;
  const seconds = secondsOf(given);
  if (seconds === undefined || seconds < 0 || seconds > 86_400) return "bad";
  return seconds === 0 ? undefined : seconds / 60;
};
