/**
 * Public holidays that hold in a whole country, as its laws name them in 2026; regional ones are the person's own list.
 * Easter by the Gregorian rule (the "anonymous" algorithm of Meeus, Jones and Butcher).
 */
import type { LocalDate } from "../../model/tariff-book.ts";

interface Holidays {
  /** MM-DD */
  readonly fixed: readonly string[];
  /** Days after Easter Sunday. */
  readonly easter: readonly number[];
  /** [month, weekday 1..7, which one; -1 the last]. */
  readonly nth?: readonly (readonly [month: number, weekday: number, which: number])[];
  /** A fixed day on a Saturday or Sunday moves: to the next working day, or to the nearest one. */
  readonly moves?: "next" | "nearest";
}

/** Add a country: one line. */
const countries: Readonly<Record<string, Holidays>> = {
  AT: {
    fixed: ["01-01", "01-06", "05-01", "08-15", "10-26", "11-01", "12-08", "12-25", "12-26"],
    easter: [1, 39, 50, 60],
  },
  AU: { fixed: ["01-01", "01-26", "04-25", "12-25", "12-26"], easter: [-2, 1] },
  BE: { fixed: ["01-01", "05-01", "07-21", "08-15", "11-01", "11-11", "12-25"], easter: [1, 39, 50] },
  CH: { fixed: ["01-01", "08-01", "12-25"], easter: [39] },
  DE: { fixed: ["01-01", "05-01", "10-03", "12-25", "12-26"], easter: [-2, 1, 39, 50] },
  DK: { fixed: ["01-01", "12-25", "12-26"], easter: [-3, -2, 0, 1, 39, 49, 50] },
  ES: {
    fixed: ["01-01", "01-06", "05-01", "08-15", "10-12", "11-01", "12-06", "12-08", "12-25"],
    easter: [-2],
  },
  FI: {
    fixed: ["01-01", "01-06", "05-01", "12-06", "12-25", "12-26"],
    easter: [-2, 0, 1, 39, 49],
  },
  FR: { fixed: ["01-01", "05-01", "05-08", "07-14", "08-15", "11-01", "11-11", "12-25"], easter: [1, 39, 50] },
  GB: {
    fixed: ["01-01", "12-25", "12-26"],
    easter: [-2, 1],
    nth: [
      [5, 1, 1],
      [5, 1, -1],
      [8, 1, -1],
    ],
    moves: "next",
  },
  IT: {
    fixed: ["01-01", "01-06", "04-25", "05-01", "06-02", "08-15", "11-01", "12-08", "12-25", "12-26"],
    easter: [0, 1],
  },
  NL: { fixed: ["01-01", "04-27", "12-25", "12-26"], easter: [0, 1, 39, 49, 50] },
  NO: { fixed: ["01-01", "05-01", "05-17", "12-25", "12-26"], easter: [-3, -2, 0, 1, 39, 49, 50] },
  PT: {
    fixed: ["01-01", "04-25", "05-01", "06-10", "08-15", "10-05", "11-01", "12-01", "12-08", "12-25"],
    easter: [-2, 0, 60],
  },
  SE: { fixed: ["01-01", "01-06", "05-01", "06-06", "12-25", "12-26"], easter: [-2, 0, 1, 39, 49] },
  US: {
    fixed: ["01-01", "06-19", "07-04", "11-11", "12-25"],
    easter: [],
    nth: [
      [1, 1, 3],
      [2, 1, 3],
      [5, 1, -1],
      [9, 1, 1],
      [10, 1, 2],
      [11, 4, 4],
    ],
    moves: "nearest",
  },
};

/** The countries whose holidays are known, ISO 3166. */
export const holidayCountries: readonly string[] = Object.keys(countries);

const DAY = 86_400_000;
const dateOf = (at: number): LocalDate => new Date(at).toISOString().slice(0, 10);
const weekdayOf = (at: number): number => ((new Date(at).getUTCDay() + 6) % 7) + 1;

/** Easter Sunday as epoch ms of its UTC midnight. */
function easterOf(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const days = h + l - 7 * m + 114;
  return Date.UTC(year, Math.floor(days / 31) - 1, (days % 31) + 1);
}

function nthOf(year: number, month: number, weekday: number, which: number): number {
  if (which < 0) {
    const last = Date.UTC(year, month, 0);
    return last - ((weekdayOf(last) - weekday + 7) % 7) * DAY;
  }
  const first = Date.UTC(year, month - 1, 1);
  return first + (((weekday - weekdayOf(first) + 7) % 7) + (which - 1) * 7) * DAY;
}

function moved(at: number, how: Holidays["moves"], taken: ReadonlySet<LocalDate>): number {
  const weekday = weekdayOf(at);
  if (how === undefined || weekday < 6) return at;
  if (how === "nearest") return weekday === 6 ? at - DAY : at + DAY;
  let to = at;
  while (weekdayOf(to) > 5 || taken.has(dateOf(to))) to += DAY;
  return to;
}

const years = new Map<string, ReadonlySet<LocalDate>>();
/** Then the memory starts over. */
const MAX_YEARS = 400;

/** The public holidays of a country in a year; none for a country that is not known here. */
export function holidaysOf(country: string, year: number): ReadonlySet<LocalDate> {
  const key = `${country} ${year}`;
  const known = years.get(key);
  if (known) return known;
  if (years.size >= MAX_YEARS) years.clear();
  const days = new Set<LocalDate>();
  const rule = Object.hasOwn(countries, country) ? countries[country] : undefined;
  if (rule) {
    const easter = easterOf(year);
    for (const offset of rule.easter) days.add(dateOf(easter + offset * DAY));
    for (const [month, weekday, which] of rule.nth ?? []) days.add(dateOf(nthOf(year, month, weekday, which)));
    const fixed = rule.fixed.map((date) => Date.parse(`${year}-${date}T00:00:00Z`));
    for (const at of fixed) if (rule.moves === undefined || weekdayOf(at) < 6) days.add(dateOf(at));
    for (const at of fixed) if (!days.has(dateOf(at))) days.add(dateOf(moved(at, rule.moves, days)));
  }
  years.set(key, days);
  return days;
}
