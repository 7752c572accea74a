/** Times of day and stretches of it, in text with times as H:MM. */
import { clockText, parseClock } from "../../../energy/clock.ts";
import type { ClockTime } from "../../../model/plan.ts";
import { type Bound, boundOf, NUMBER, numbersIn } from "./amounts.ts";
import type { Compiled } from "./compiled.ts";
import { whole } from "./compiled.ts";

export interface Hours {
  readonly by?: ClockTime;
  readonly window?: Window;
  /** Why the times can't be one goal's. */
  readonly unclear?: string;
  readonly low?: Bound;
  readonly high?: Bound;
  /** The text without what was read. */
  readonly rest: string;
}

/** A stretch of the day; one end where the other was not said. */
export interface Window {
  readonly from?: ClockTime;
  readonly to?: ClockTime;
  /** "At night": nobody named the hours. */
  readonly vague?: true;
}

const SPARE = "it names more times than one goal can have: say each by itself";
const CLOCK = "(\\d{1,2}(?:[:.]\\d\\d)?)(?![\\d:.]*\\d)";
/** Stands between the two ends of a stretch, so that no "and" in it parts two goals. */
const TO = "~";

const PARTS = {
  night: { from: "22:00", to: "06:00", by: "06:00" },
  morning: { from: "06:00", to: "10:00", by: "07:00" },
  afternoon: { from: "12:00", to: "18:00", by: "12:00" },
  evening: { from: "18:00", to: "22:00", by: "18:00" },
  day: { from: "07:00", to: "22:00", by: "07:00" },
} as const;
const PART_NAMES = ["night", "morning", "afternoon", "evening", "day"] as const;

function timeOf(text: string | undefined): ClockTime | undefined {
  const [h = "", m = "0"] = (text ?? "").split(/[:.]/);
  const [hour, minute] = [Number(h), Number(m)];
  return h !== "" && hour <= 24 && minute < 60 ? clockText(hour * 60 + minute) : undefined;
}

/** Marks what stands between the two ends of "between 20 and 22 degrees" or "22:00 to 6:00". */
export function markRanges(text: string, c: Compiled): string {
  const { open, mid, at, dates } = c.language.times;
  const unit = "(?: ?(?:%|°? ?[cf]\\b|°|\\p{L}{1,10}))?";
  const to = `(?<!\\p{L})(?:${mid})(?!\\p{L})`;
  const role = `(?: (?:${at})(?!\\p{L}))?`;
  const opened = new RegExp(`(?<![\\p{L}\\p{N}])(${open}) (\\d[\\d.:]*${unit}) ?${to}${role} ?(?=\\d)`, "gu");
  const bare = new RegExp(`(\\d{1,2}:\\d\\d) ?${to} ?(?=\\d{1,2}:\\d\\d)`, "gu");
  const until = `(?<!\\p{L})(?:${dates.until})(?!\\p{L})${role}`;
  const half = new RegExp(
    `(\\d{1,2}:\\d\\d) ?${until} ?(?=\\d{1,2}(?![\\d.]| ?(?:%|°|k|gra|deg|pro|per|pour|por)))`,
    "gu",
  );
  return text.replace(opened, `$1 $2 ${TO} `).replace(bare, `$1 ${TO} `).replace(half, `$1 ${TO} `);
}

/** "between 20 and 22 degrees": with a unit, or without one where `warm` says that a room is spoken of. */
function amountRange(text: string, c: Compiled, warm: boolean): { low: Bound; high: Bound; rest: string } | undefined {
  const match = new RegExp(`${NUMBER} ${TO} ${NUMBER}`, "u").exec(text);
  if (!match) return undefined;
  const [a, b] = [boundOf(match[1] ?? "", match[2]), boundOf(match[3] ?? "", match[4])];
  const unit = a.unit ?? b.unit;
  const between = whole(c.language.times.between).test(text.slice(0, match.index));
  const plausible = warm && between && a.value >= 14 && b.value <= 30 && a.value < b.value;
  if (unit === undefined && !plausible) return undefined;
  const rest = text.slice(0, match.index) + text.slice(match.index + match[0].length);
  const of = (bound: Bound): Bound => (unit ? { value: bound.value, unit } : { value: bound.value });
  return { low: of(a), high: of(b), rest };
}

/** What a room may be kept at, degC: "the living room at 20" without a unit. */
const isRoomWarmth = (said: string): boolean => /^(?:1[5-9]|2[0-6])$/.test(said);

interface Single {
  readonly by?: ClockTime;
  readonly from?: ClockTime;
  /** More times were named than there are roles. */
  readonly spare: boolean;
  readonly rest: string;
}

function single(text: string, c: Compiled, degrees: boolean): Single {
  const { by, at, from, counted, measured } = c.language.times;
  const found: { by?: ClockTime; at?: ClockTime; from?: ClockTime } = {};
  let spare = false;
  const keep = (role: "by" | "at" | "from", time: ClockTime): void => {
    spare ||= found[role] !== undefined && found[role] !== time;
    found[role] ??= time;
  };
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}])(?:(?:(${from})|(${by})|(${at})) (?:\\p{L}{2,3} )?)?(?<![\\d.:])${CLOCK}(?! ?(?:%|°|kw|kwh|kva|kilo|km|amp|grad|degr|grados|graden|prozent|percent|procent|pour|por|hours?|stunden?|minut|c(?!\\p{L})|(?:${counted}|${measured})(?!\\p{L})))`,
    "gu",
  );
  const rest = text.replace(pattern, (said, f, b, a, clock) => {
    const marked = clock.includes(":");
    const time = timeOf(clock);
    if (!time || !(marked || f || b || a)) return said;
    if (degrees && a && isRoomWarmth(clock)) return ` ${clock} `;
    keep(f ? "from" : b ? "by" : "at", time);
    return " ";
  });
  const time = found.by ?? found.at;
  spare ||= found.at !== undefined && found.at !== time;
  return { ...(time ? { by: time } : {}), ...(found.from ? { from: found.from } : {}), spare, rest };
}

function partOfDay(text: string, c: Compiled): Pick<Hours, "by" | "window"> {
  const { parts, by } = c.language.times;
  for (const name of PART_NAMES) {
    const match = whole(parts[name]).exec(text);
    if (!match) continue;
    const before = text.slice(Math.max(0, match.index - 16), match.index);
    const led = new RegExp(`(?<![\\p{L}\\p{N}])(?:${by}) (?:\\p{L}{1,8} )?$`, "u").test(before);
    const { from, to, by: at } = PARTS[name];
    return led ? { by: at } : { window: { from, to, vague: true } };
  }
  return {};
}

/** "Warm at 18" means the hour, "the temperature at 18" does not, and where degrees are said the other number is no temperature. */
function atIsWarmth(text: string, c: Compiled): boolean {
  if (numbersIn(text).amounts.some((a) => a.unit === "degC")) return false;
  return /temperat|th?ermostat/u.test(text) || !(c.cues.warm.test(text) || c.cues.hot.test(text));
}

const minutes = (time: ClockTime): number => parseClock(time);
const HALF_DAY = 12 * 60;
const later = (time: ClockTime): ClockTime => clockText(minutes(time) + HALF_DAY);

/** Hours of the clock's face that a part of the day puts after noon: from, below. */
const FACE = { evening: [4, 13], afternoon: [1, 9], night: [7, 13] } as const;

/** "In the evening … at 9" is 21:00. What says morning as well leaves the hour as it is. */
function byPart(time: ClockTime, text: string, c: Compiled): ClockTime {
  const { parts, early } = c.language.times;
  if (whole(early).test(text) || minutes(time) >= 13 * 60 || minutes(time) < 60) return time;
  for (const name of ["evening", "afternoon", "night"] as const) {
    const [from, below] = FACE[name];
    const inPart = minutes(time) >= from * 60 && minutes(time) < below * 60;
    if (inPart && whole(parts[name]).test(text)) return later(time);
  }
  return time;
}

/** From 10 to 3, said in the hours of the clock's face: of the two stretches the one that the words speak for. */
function stretch(first: ClockTime, second: ClockTime, text: string, c: Compiled): Pick<Hours, "window" | "unclear"> {
  const { parts } = c.language.times;
  // Who says 14 says all hours so.
  const face = minutes(first) < 13 * 60 && minutes(second) < 13 * 60;
  const [from, to] = face ? [byPart(first, text, c), byPart(second, text, c)] : [first, second];
  const said = (...names: (keyof typeof parts)[]) => names.some((name) => whole(parts[name]).test(text));
  // Of "at night from 10 to 7" the part of the day is that of the beginning alone.
  if (from !== first && to !== second && second < first && first !== "12:00") return { window: { from, to: second } };
  if (from !== first && to === second && first < second) return { window: { from, to: later(second) } };
  const [a, b] = [minutes(from), minutes(to)];
  if (a < b && b <= 6 * 60 && a >= 60 && c.cues.nap.test(text)) return { window: { from: later(from), to: later(to) } };
  const small =
    a < b && a >= 60 && b <= 6 * 60 && !said("night", "morning") && !whole(c.language.times.early).test(text);
  // Who says no minutes may mean the clock's face: 2 to 6 are the hours of an afternoon too.
  if (small && new RegExp(`(?<![\\d.:])[1-6] ${TO} `).test(text))
    return {
      unclear: `it may mean ${from} to ${to} or ${later(from)} to ${later(to)}: say the hours of the afternoon as 13 to 24`,
    };
  if (a <= b || a < 6 * 60 || a > HALF_DAY || b === 0) return { window: { from, to } };
  if (a === HALF_DAY || said("day", "afternoon") || c.cues.sun.test(text)) return { window: { from, to: later(to) } };
  if (said("night", "evening") || c.cues.quiet.test(text) || c.cues.sleep.test(text))
    return { window: { from: later(from), to } };
  return {
    unclear: `it may mean ${from} to ${later(to)} or ${later(from)} to ${to}: say the hours of the afternoon as 13 to 24`,
  };
}

/** Reads the hours of a part of a wish; `warm` where an amount without a unit is a temperature. */
export function hoursIn(text: string, c: Compiled, warm: boolean): Hours {
  const amounts = amountRange(text, c, warm);
  const bounds = amounts ? { low: amounts.low, high: amounts.high } : {};
  const left = amounts?.rest ?? text;
  const match = new RegExp(`(?<![\\d.:])${CLOCK} ${TO} ${CLOCK}`, "u").exec(left);
  const [first, second] = [timeOf(match?.[1]), timeOf(match?.[2])];
  if (match && first && second) {
    const rest = left.slice(0, match.index) + left.slice(match.index + match[0].length);
    const more = single(rest, c, warm && !amounts && atIsWarmth(text, c));
    const unclear = more.by || more.from ? { unclear: SPARE } : {};
    return { ...bounds, ...stretch(first, second, left, c), ...unclear, rest };
  }
  const { by, from, spare, rest } = single(left, c, warm && !amounts && atIsWarmth(text, c));
  const unclear = spare ? { unclear: SPARE } : {};
  const turned = (time: ClockTime) => byPart(time, left, c);
  if (from) return { ...bounds, ...unclear, window: { from: turned(from), ...(by ? { to: turned(by) } : {}) }, rest };
  if (by) return { ...bounds, ...unclear, by: turned(by), rest };
  return { ...bounds, ...partOfDay(left, c), rest };
}
