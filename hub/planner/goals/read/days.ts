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

const WEEK = "1234567";
const union = (a: string, b: string): string => [...new Set([...a, ...b])].sort().join("");

/** Writes days of the week as marks; "Monday to Friday" and "Saturday and Sunday" become one. Days that are left out begin with n. */
export function markDays(text: string, c: Compiled): string {
  const { times, and, cues } = c.language;
  let out = text.replace(whole(times.workdays, "g"), "d12345").replace(whole(times.weekend, "g"), "d67");
  const short = times.shortDays.map((source) => `(${source})`).join("|");
  out = out.replace(
    whole(`(?:${short})\\.? ?(?:-|–|t/m) ?(?:${short})\\.?`, "g"),
    (_, ...found: (string | undefined)[]) => {
      const place = (from: number) => found.slice(from, from + 7).findIndex((day) => day !== undefined) + 1;
      return `d${digits(place(0), place(7))}`;
    },
  );
  times.days.forEach((source, k) => {
    out = out.replace(whole(source, "g"), `d${k + 1}`);
  });
  const between = new RegExp(
    `(?<!\\p{L})(?:${times.between}) (?:\\p{L}{2,3} )?d(\\d) (?:${and}) (?:\\p{L}{2,3} )?d(\\d)\\b`,
    "gu",
  );
  out = out.replace(between, (_, a, b) => `d${digits(Number(a), Number(b))}`);
  // After a comma, days with an hour of their own are said of something else.
  const together = new RegExp(
    `\\bd(\\d+)(?: (?:${and}) (?:\\p{L}{2,3} )?d(\\d+)\\b| ?, ?(?:\\p{L}{2,3} )?d(\\d+)\\b(?! (?:\\p{L}+ ){0,3}\\d))`,
    "u",
  );
  for (let n = 0; n < 6 && together.test(out); n++) out = out.replace(together, (_, a, b, d) => `d${union(a, b ?? d)}`);
  const range = new RegExp(`\\bd(\\d) ?(?:${times.mid}|${times.dates.mid}) ?(?:\\p{L}{2} )?d(\\d)\\b`, "gu");
  return out
    .replace(range, (_, a, b) => `d${digits(Number(a), Number(b))}`)
    .replace(new RegExp(`(?<!\\p{L})(?:${times.except}) (?:\\p{L}{2,3} )?d(?=\\d+\\b)`, "gu"), "n")
    .replace(new RegExp(`(?<=, )(?:${cues.not}) (?:\\p{L}{2,3} )?d(?=\\d+\\b)`, "gu"), "n");
}

/** The days that a text marked by {@link markDays} names, rising; undefined for none or all. */
export function daysIn(text: string): readonly number[] | undefined {
  const marked = (sign: "d" | "n") =>
    [...text.matchAll(new RegExp(`\\b${sign}([1-7]+)\\b`, "g"))].map((match) => match[1] ?? "").reduce(union, "");
  const without = marked("n");
  const all = [...(marked("d") || WEEK)].filter((day) => !without.includes(day)).join("");
  return all === "" || all === WEEK ? undefined : [...all].map(Number);
}
