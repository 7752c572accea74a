/** Numbers and times that a sentence states. They are read here and nowhere else: language models spoil them. */
import { clockText } from "../energy/clock.ts";
import type { ClockTime } from "../model/plan.ts";

export interface NumberMention {
  readonly unit: "%" | "degC" | "h" | "W";
  /** In the unit; Fahrenheit is turned into degC. */
  readonly value: number;
  readonly at: number;
  readonly end: number;
}

export interface TimeMention {
  readonly time: ClockTime;
  /** The word before it: what the time means. */
  readonly role: "by" | "from" | "to" | "at";
  readonly at: number;
  readonly end: number;
}

const WORDS: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
  hundred: 100,
};
const WORD = new RegExp(
  `\\b(?:a )?(${Object.keys(WORDS).join("|")})(?:[- ](one|two|three|four|five|six|seven|eight|nine))?\\b`,
  "g",
);

/** Lower case, number words as digits, one kind of space and apostrophe; at most 500 characters. */
export function plain(text: string): string {
  return text
    .slice(0, 500)
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/\s+/g, " ")
    .replace(/\bhalf past (\w+)\b/g, (_, hour: string) => `${WORDS[hour] ?? hour}:30`)
    .replace(/\bquarter past (\w+)\b/g, (_, hour: string) => `${WORDS[hour] ?? hour}:15`)
    .replace(WORD, (_, tens: string, ones?: string) => {
      const value = WORDS[tens] ?? 0;
      return value >= 20 && value < 100
        ? String(value + (WORDS[ones ?? ""] ?? 0))
        : `${value}${ones ? ` ${ones}` : ""}`;
    })
    .trim();
}

const NUMBER =
  /(-?\d+(?:[.,]\d+)?)\s*(%|percent\b|per cent\b|°\s?c\b|°\s?f\b|°|degrees?(?: celsius| fahrenheit)?\b|celsius\b|fahrenheit\b|c\b|f\b|hours?\b|h\b|kw\b|watts?\b|w\b)/g;

function unitOf(text: string): { unit: NumberMention["unit"]; convert: (n: number) => number } {
  const same = (n: number) => n;
  if (text === "%" || text.startsWith("per")) return { unit: "%", convert: same };
  if (/fahrenheit|f$/.test(text)) return { unit: "degC", convert: (n) => Math.round(((n - 32) / 1.8) * 2) / 2 };
  if (text === "kw") return { unit: "W", convert: (n) => n * 1000 };
  if (/^w/.test(text)) return { unit: "W", convert: same };
  if (/^h/.test(text)) return { unit: "h", convert: same };
  return { unit: "degC", convert: same };
}

/** Numbers that carry a unit, in a text made by {@link plain}. */
export function numbersIn(text: string): NumberMention[] {
  return [...text.matchAll(NUMBER)].map((match) => {
    const { unit, convert } = unitOf(match[2] ?? "");
    const value = convert(Number((match[1] ?? "").replace(",", ".")));
    return { unit, value, at: match.index, end: match.index + match[0].length };
  });
}

const NAMED: Readonly<Record<string, ClockTime>> = { noon: "12:00", midday: "12:00", midnight: "00:00" };
const TIME =
  /\b(?:(by|before|until|till|til|to|and|from|after|between|at|around)\s+(?:about\s+)?)?(noon|midday|midnight|(\d{1,2})(?:[:.](\d{2}))?\s*(o'?clock|a\.?m\.?|p\.?m\.?|h\b)?(?:\s+(?:in the|tomorrow)\s+(morning|afternoon|evening))?)(?![\d%°])/g;
const ROLES: Readonly<Record<string, TimeMention["role"]>> = {
  by: "by",
  before: "by",
  until: "to",
  till: "to",
  til: "to",
  to: "to",
  and: "to",
  from: "from",
  after: "from",
  between: "from",
};

function clockOf(match: RegExpMatchArray): ClockTime | undefined {
  const named = NAMED[match[2] ?? ""];
  if (named) return named;
  const minute = Number(match[4] ?? 0);
  let hour = Number(match[3]);
  const half = (match[5] ?? "").replace(/\./g, "");
  const late = half === "pm" || match[6] === "afternoon" || match[6] === "evening";
  if (late && hour < 12) hour += 12;
  if (half === "am" && hour === 12) hour = 0;
  return hour <= 24 && minute < 60 ? clockText(hour * 60 + minute) : undefined;
}

/** Times of day in a text made by {@link plain}. A bare number counts only after a word such as "by"; it is meant as written, so "by 7" is 07:00. */
export function timesIn(text: string): TimeMention[] {
  const numbers = numbersIn(text);
  const found: TimeMention[] = [];
  for (const match of text.matchAll(TIME)) {
    const [whole, word] = match;
    const start = match.index + whole.indexOf(match[2] ?? "");
    const isNumber = numbers.some((n) => start >= n.at && start < n.end);
    const marked = match[4] !== undefined || match[5] !== undefined || match[3] === undefined || match[6] !== undefined;
    const follows = found.at(-1)?.role === "from" && (word === "and" || word === "to");
    const leads = word !== undefined && (word !== "and" || follows) && (word !== "to" || follows);
    const time = clockOf(match);
    if (isNumber || !time || !(marked || leads)) continue;
    const end = match.index + whole.length;
    // "between 19 and 22 degrees" is about degrees, not hours.
    if (word === "between" && !marked && numbers.some((n) => n.at > end && n.at - end < 6)) continue;
    found.push({ time, role: (word && ROLES[word]) || "at", at: match.index, end });
  }
  return found;
}
