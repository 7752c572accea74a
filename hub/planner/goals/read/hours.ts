/** Times of day and stretches of it, in text with times as H:MM. */
import { clockText } from "../../../energy/clock.ts";
import type { ClockTime } from "../../../model/plan.ts";
import { type Bound, boundOf, NUMBER, numbersIn } from "./amounts.ts";
import type { Compiled } from "./compiled.ts";
import { whole } from "./compiled.ts";

export interface Hours {
  readonly by?: ClockTime;
  readonly window?: { readonly from?: ClockTime; readonly to?: ClockTime };
  readonly low?: Bound;
  readonly high?: Bound;
  /** The text without what was read. */
  readonly rest: string;
}

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
  const { open, mid } = c.language.times;
  const unit = "(?: ?(?:%|°? ?[cf]\\b|°|\\p{L}{1,10}))?";
  const opened = new RegExp(`(?<![\\p{L}\\p{N}])(${open}) (\\d[\\d.:]*${unit}) ?(?:${mid}) ?(?=\\d)`, "gu");
  const bare = new RegExp(`(\\d{1,2}:\\d\\d) ?(?:${mid}) ?(?=\\d{1,2}:\\d\\d)`, "gu");
  return text.replace(opened, `$1 $2 ${TO} `).replace(bare, `$1 ${TO} `);
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

function single(text: string, c: Compiled, degrees: boolean): { by?: ClockTime; from?: ClockTime; rest: string } {
  const { by, at, from } = c.language.times;
  const found: { by?: ClockTime; at?: ClockTime; from?: ClockTime } = {};
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}])(?:(?:(${from})|(${by})|(${at})) (?:\\p{L}{2,3} )?)?(?<![\\d.:])${CLOCK}(?! ?(?:%|°|kw|kwh|km|amp|grad|degr|grados|graden|prozent|percent|procent|pour|por|hours?|stunden?|minut|c(?!\\p{L})))`,
    "gu",
  );
  const rest = text.replace(pattern, (said, f, b, a, clock) => {
    const marked = clock.includes(":");
    const time = timeOf(clock);
    if (!time || !(marked || f || b || a)) return said;
    if (degrees && a && isRoomWarmth(clock)) return ` ${clock} `;
    if (f) found.from ??= time;
    else if (b) found.by ??= time;
    else found.at ??= time;
    return " ";
  });
  const time = found.by ?? found.at;
  return { ...(time ? { by: time } : {}), ...(found.from ? { from: found.from } : {}), rest };
}

function partOfDay(text: string, c: Compiled): Pick<Hours, "by" | "window"> {
  const { parts, by } = c.language.times;
  for (const name of PART_NAMES) {
    const match = whole(parts[name]).exec(text);
    if (!match) continue;
    const before = text.slice(Math.max(0, match.index - 16), match.index);
    const led = new RegExp(`(?<![\\p{L}\\p{N}])(?:${by}) (?:\\p{L}{1,8} )?$`, "u").test(before);
    const { from, to, by: at } = PARTS[name];
    return led ? { by: at } : { window: { from, to } };
  }
  return {};
}

/** "Warm at 18" means the hour, "the temperature at 18" does not, and where degrees are said the other number is no temperature. */
function atIsWarmth(text: string, c: Compiled): boolean {
  if (numbersIn(text).amounts.some((a) => a.unit === "degC")) return false;
  return /temperat|th?ermostat/u.test(text) || !(c.cues.warm.test(text) || c.cues.hot.test(text));
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
    return { ...bounds, window: { from: first, to: second }, rest };
  }
  const { by, from, rest } = single(left, c, warm && !amounts && atIsWarmth(text, c));
  if (from) return { ...bounds, window: { from, ...(by ? { to: by } : {}) }, rest };
  if (by) return { ...bounds, by, rest };
  return { ...bounds, ...partOfDay(left, c), rest };
}
