/** Days of the week, as marks in the text: `d12345` stands for Monday to Friday. */
import type { Compiled } from "./compiled.ts";
import { whole } from "./compiled.ts";

const digits = (from: number, to: number): string => {
  const days: number[] = [];
  for (let day = from; days.length < 7; day = (day % 7) + 1) {
    days.push(day);
    if (day === to) break;
  }
  return days.sort((a, b) => a - b).join("");
};

const union = (a: string, b: string): string => [...new Set([...a, ...b])].sort().join("");

/** Writes days of the week as marks; "Monday to Friday" and "Saturday and Sunday" become one. */
export function markDays(text: string, c: Compiled): string {
  const { times, and } = c.language;
  let out = text.replace(whole(times.workdays, "g"), "d12345").replace(whole(times.weekend, "g"), "d67");
  times.days.forEach((source, k) => {
    out = out.replace(whole(source, "g"), `d${k + 1}`);
  });
  const together = new RegExp(`\\bd(\\d+)(?: ?, ?| (?:${and}) )(?:\\p{L}{2,3} )?d(\\d+)\\b`, "u");
  for (let n = 0; n < 6 && together.test(out); n++) out = out.replace(together, (_, a, b) => `d${union(a, b)}`);
  const range = new RegExp(`\\bd(\\d) (?:${times.mid}) (?:\\p{L}{2} )?d(\\d)\\b`, "gu");
  return out.replace(range, (_, a, b) => `d${digits(Number(a), Number(b))}`);
}

/** The days that a text marked by {@link markDays} names, rising; undefined for none or all. */
export function daysIn(text: string): readonly number[] | undefined {
  const marks = [...text.matchAll(/\bd([1-7]+)\b/g)].map((match) => match[1] ?? "");
  const all = marks.reduce(union, "");
  return all === "" || all.length === 7 ? undefined : [...all].map(Number);
}
