/** Dates, as marks in the text: `x20261224x20261226` stands for 24 to 26 December 2026, `0` for an end that nobody said. */
import type { LocalDate } from "../../../model/tariff-book.ts";
import type { Compiled } from "./compiled.ts";
import { whole } from "./compiled.ts";

/** What an "and" may lead to in a time or a number: "sept heures et demie". */
const HALF = "(?:an? |une? |eine? |een )?(?:half|halbe?|halve?|demie?|medi[oa]|quart|cuarto)";
const DAY_MS = 24 * 3_600_000;

export interface Dates {
  readonly firstDay?: LocalDate;
  readonly lastDay?: LocalDate;
}

/** A date as it was said. */
interface Said {
  readonly day: number;
  readonly month?: number;
  readonly year?: number;
}

const NTH = "(?:st|nd|rd|th|er|ste|º|\\.)?";
const THE = "(?:(?:the|den|dem|der|le|el|de) )?";
const NUMERIC = "\\d{4}-\\d\\d-\\d\\d|\\d{1,2}\\.\\d{1,2}\\.(?:\\d{4})?|\\d{1,2}/\\d{1,2}(?:/\\d{4})?";
/** What makes a number after a month an amount or a time. */
const AMOUNT = "(?! ?(?:%|°|degr|grad|k|amp|[ap]m\\b|o'|hours?)|[\\d:.]*:|\\d)";

const sources = new Map<string, { readonly range: RegExp; readonly single: RegExp }>();

/** The patterns of a language, made once. */
function patternsOf({ language: { code, times } }: Compiled) {
  const known = sources.get(code);
  if (known) return known;
  const { months, on, open, mid, from, until, monthFirst } = times.dates;
  const month = `(?:${months.join("|")})`;
  const named = `\\d{1,2}${NTH} ?(?:of (?:the )?|de )?${month}(?: (?:de )?\\d{4}(?!\\d))?`;
  const first = monthFirst ? `|${month} (?:the )?\\d{1,2}${NTH}(?:,? \\d{4}(?!\\d))?${AMOUNT}` : "";
  const date = `(?:${NUMERIC}|${named}${first})`;
  // "December 24 to 26".
  const second = monthFirst ? `|(?<=${month} (?:the )?\\d{1,2}${NTH} ?(?:${mid}) ?)\\d{1,2}${NTH}${AMOUNT}` : "";
  const before = "(?<![\\p{L}\\p{N}./-])";
  const after = "(?![\\p{L}\\p{N}/])";
  const made = {
    range: new RegExp(
      `${before}(${open}|${on}) ${THE}(${date}|\\d{1,2}${NTH}) ?(?:${mid}) ?${THE}(${date}${second})${after}`,
      "gu",
    ),
    single: new RegExp(`${before}(?:(?:(${from})|(${until})|(?:${on})) )?${THE}(${date})${after}`, "gu"),
  };
  sources.set(code, made);
  return made;
}

function saidIn(text: string, { language: { times } }: Compiled): Said | undefined {
  const iso = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (iso) return { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) };
  const numeric = /^(\d{1,2})[./](\d{1,2})[./]?(\d{4})?$/.exec(text);
  const [year] = /\d{4}$/.exec(text) ?? [];
  const [day] = /\d{1,2}/.exec(text.replace(/\d{4}$/, "")) ?? [];
  const rest = { day: Number(day), ...(year ? { year: Number(year) } : {}) };
  if (numeric) {
    // Who writes the month first means another day than who writes it last: only what can be one of them is read.
    if (times.dates.monthFirst && text.includes("/") && Number(numeric[1]) <= 12) return undefined;
    return { ...rest, month: Number(numeric[2]) };
  }
  const month = times.dates.months.findIndex((m) => new RegExp(`(?<!\\p{L})(?:${m})(?!\\p{L})`, "u").test(text)) + 1;
  return month > 0 ? { ...rest, month } : rest;
}

const two = (n: number): string => String(n).padStart(2, "0");

/** Undefined for a day that the calendar does not have. */
function written(year: number, month: number, day: number): LocalDate | undefined {
  const text = `${year}-${two(month)}-${two(day)}`;
  const at = Date.UTC(year, month - 1, day);
  return day >= 1 && Number.isFinite(at) && new Date(at).toISOString().startsWith(text) ? text : undefined;
}

/** The date itself; without a year the first from `since` on, over a leap day too. */
function dated({ day, month, year }: Said, since: LocalDate): LocalDate | undefined {
  if (month === undefined) return undefined;
  if (year !== undefined) return written(year, month, day);
  const first = Number(since.slice(0, 4));
  for (let y = first; y <= first + 8; y++) {
    const date = written(y, month, day);
    if (date !== undefined && date >= since) return date;
  }
  return undefined;
}

function rangeOf(a: Said, b: Said, today: LocalDate): Dates | undefined {
  const begun: Said = { ...(b.month === undefined ? {} : { month: b.month }), ...a };
  const ended: Said = { ...(a.month === undefined ? {} : { month: a.month }), ...b };
  const firstDay = dated(b.year !== undefined && begun.year === undefined ? yearOf(begun, b) : begun, today);
  const lastDay = firstDay && dated(ended, firstDay);
  return firstDay && lastDay && firstDay <= lastDay ? { firstDay, lastDay } : undefined;
}

/** "28 December to 2 January 2027" begins in the year before. */
const yearOf = (a: Said, b: Said): Said => {
  const place = ({ month = 0, day }: Said) => month * 32 + day;
  return { ...a, year: (b.year ?? 0) - (place(a) > place(b) ? 1 : 0) };
};

const digits = (date: LocalDate | undefined): string => date?.replaceAll("-", "") ?? "0";
const mark = ({ firstDay, lastDay }: Dates): string => ` x${digits(firstDay)}x${digits(lastDay)} `;

/** "This Friday" and "Christmas Eve" are so many days from today. */
function comingIn({ language: { times } }: Compiled, today: LocalDate): readonly (readonly [string, number, string])[] {
  const now = Date.parse(today);
  const weekday = (new Date(now).getUTCDay() + 6) % 7;
  const days = times.days.map(
    (day, k) => [times.dates.coming.replaceAll("DAY", `(?:${day})`), (k - weekday + 7) % 7, ""] as const,
  );
  const feasts = times.dates.feasts.map(([pattern, said]) => {
    const [month, day] = said.split("-").map(Number);
    const date = dated({ day: day ?? 0, month: month ?? 0 }, today);
    return [pattern, date ? Math.round((Date.parse(date) - now) / DAY_MS) : 0, ""] as const;
  });
  return [...days, ...feasts];
}

/**
 * "Tomorrow" as a mark at the end of what it is said of, so that it stands in no time's way. An "and" between two numbers ends nothing.
 */
function markNear(text: string, c: Compiled, today: LocalDate): string {
  const { times, and } = c.language;
  const number = `(?:\\d|(?:${c.numbers.source})|${HALF})`;
  const ranged = `(?<!(?<!\\p{L})(?:${times.between})\\b[^,;]{0,30}) `;
  const parted = new RegExp(`([,;!?]|(?<=${ranged})(?:${and})(?= )(?! (?:\\p{L}{1,3} )?${number}))`, "u");
  return text
    .split(parted)
    .map((piece) => {
      let out = piece;
      for (const [pattern, days, stays] of [...times.dates.near, ...comingIn(c, today)]) {
        const found = whole(pattern).exec(out);
        if (!found) continue;
        const day = new Date(Date.parse(today) + days * DAY_MS).toISOString().slice(0, 10);
        out = `${out.replace(whole(pattern), stays)}${mark({ firstDay: day, lastDay: day })}`;
        break;
      }
      return out;
    })
    .join("");
}

/** Writes dates as marks. `today` is where a date without a year is looked for from. Dates that do not exist stay as they are. */
export function markDates(text: string, c: Compiled, today: LocalDate): string {
  const { range, single } = patternsOf(c);
  const by = new RegExp(`^(?:${c.language.times.by})$`, "u");
  const marked = markNear(text, c, today).replace(range, (said, opener, a, b) => {
    // "By 7 until 24 December" is an hour and a date.
    if (by.test(opener)) return said;
    const [from, to] = [saidIn(a, c), saidIn(b, c)];
    const dates = from && to && rangeOf(from, to, today);
    return dates ? mark(dates) : said;
  });
  return marked
    .replace(single, (said, from, until, when) => {
      const one = saidIn(when, c);
      const date = one && dated(one, today);
      if (!date) return said;
      return mark({ ...(until ? {} : { firstDay: date }), ...(from ? {} : { lastDay: date }) });
    })
    .replace(/ +/g, " ")
    .trim();
}

/** The dates that a text marked by {@link markDates} names first; undefined for none. */
export function datesIn(text: string): Dates | undefined {
  const [, first = "0", last = "0"] = /\bx(\d+)x(\d+)\b/.exec(text) ?? [];
  if (first === "0" && last === "0") return undefined;
  const date = (d: string) => `${d.slice(0, 4)}-${d.slice(4, 6)}-${d.slice(6)}`;
  return { ...(first === "0" ? {} : { firstDay: date(first) }), ...(last === "0" ? {} : { lastDay: date(last) }) };
}
