/**
 * Public holidays that hold in a whole country, or in a region of it, as its laws name them in 2026; those of single towns
 * are the person's own list. Easter by the Gregorian rule (the "anonymous" algorithm of Meeus, Jones and Butcher).
 */
import type { LocalDate } from "../../model/tariff-book.ts";

interface Holidays {
  /** MM-DD */
  readonly fixed: readonly string[];
  /** Days after Easter Sunday. */
  readonly easter: readonly number[];
  /** [month, weekday 1..7, which one; -1 the last]. */
  readonly nth?: readonly (readonly [month: number, weekday: number, which: number])[];
  /** The first such weekday (1..7) on that date (MM-DD) or after it; the date itself where it has the third one. */
  readonly after?: readonly (readonly [date: string, weekday: number, orItself?: number])[];
  /** Fixed days that are kept on the Saturday where they would be on a Sunday. */
  readonly notOnSunday?: readonly string[];
  /** A fixed day on a Saturday or Sunday moves: to the next working day, or to the nearest one. */
  readonly moves?: "next" | "nearest";
}

const midsummerAndAllSaints = [
  ["06-20", 6],
  ["10-31", 6],
] as const;

/** Add a country: one line. */
const countries: Readonly<Record<string, Holidays>> = {
  AT: {
    fixed: ["01-01", "01-06", "05-01", "08-15", "10-26", "11-01", "12-08", "12-25", "12-26"],
    easter: [1, 39, 50, 60],
  },
  AU: { fixed: ["01-01", "01-26", "04-25", "12-25", "12-26"], easter: [-2, 1] },
  BE: { fixed: ["01-01", "05-01", "07-21", "08-15", "11-01", "11-11", "12-25"], easter: [1, 39, 50] },
  CH: { fixed: ["01-01", "08-01", "12-25"], easter: [39] },
  CZ: {
    fixed: [
      ...["01-01", "05-01", "05-08", "07-05", "07-06", "09-28", "10-28", "11-17"],
      ...["12-24", "12-25", "12-26"],
    ],
    easter: [-2, 1],
  },
  DE: { fixed: ["01-01", "05-01", "10-03", "12-25", "12-26"], easter: [-2, 1, 39, 50] },
  DK: { fixed: ["01-01", "12-25", "12-26"], easter: [-3, -2, 0, 1, 39, 49, 50] },
  EE: {
    fixed: ["01-01", "02-24", "05-01", "06-23", "06-24", "08-20", "12-24", "12-25", "12-26"],
    easter: [-2, 0, 49],
  },
  ES: {
    fixed: ["01-01", "01-06", "05-01", "08-15", "10-12", "11-01", "12-06", "12-08", "12-25"],
    easter: [-2],
  },
  FI: {
    fixed: ["01-01", "01-06", "05-01", "12-06", "12-25", "12-26"],
    easter: [-2, 0, 1, 39, 49],
    after: midsummerAndAllSaints,
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
  HR: {
    fixed: [
      ...["01-01", "01-06", "05-01", "05-30", "06-22", "08-05", "08-15", "11-01", "11-18"],
      ...["12-25", "12-26"],
    ],
    easter: [0, 1, 60],
  },
  HU: {
    fixed: ["01-01", "03-15", "05-01", "08-20", "10-23", "11-01", "12-25", "12-26"],
    easter: [-2, 0, 1, 49, 50],
  },
  IE: {
    fixed: ["01-01", "03-17", "12-25", "12-26"],
    easter: [1],
    nth: [
      [5, 1, 1],
      [6, 1, 1],
      [8, 1, 1],
      [10, 1, -1],
    ],
    // Saint Brigid's Day: the first Monday of February, or its first day if that is a Friday.
    after: [["02-01", 1, 5]],
  },
  IT: {
    fixed: [
      ...["01-01", "01-06", "04-25", "05-01", "06-02", "08-15", "10-04", "11-01", "12-08"],
      ...["12-25", "12-26"],
    ],
    easter: [0, 1],
  },
  LT: {
    fixed: [
      ...["01-01", "02-16", "03-11", "05-01", "06-24", "07-06", "08-15", "11-01", "11-02"],
      ...["12-24", "12-25", "12-26"],
    ],
    easter: [0, 1],
  },
  LU: { fixed: ["01-01", "05-01", "05-09", "06-23", "08-15", "11-01", "12-25", "12-26"], easter: [1, 39, 50] },
  NL: { fixed: ["01-01", "04-27", "12-25", "12-26"], easter: [0, 1, 39, 49, 50], notOnSunday: ["04-27"] },
  NO: { fixed: ["01-01", "05-01", "05-17", "12-25", "12-26"], easter: [-3, -2, 0, 1, 39, 49, 50] },
  PL: {
    fixed: ["01-01", "01-06", "05-01", "05-03", "08-15", "11-01", "11-11", "12-24", "12-25", "12-26"],
    easter: [0, 1, 49, 60],
  },
  PT: {
    fixed: ["01-01", "04-25", "05-01", "06-10", "08-15", "10-05", "11-01", "12-01", "12-08", "12-25"],
    easter: [-2, 0, 60],
  },
  SE: {
    fixed: ["01-01", "01-06", "05-01", "06-06", "12-25", "12-26"],
    easter: [-2, 0, 1, 39, 49],
    after: midsummerAndAllSaints,
  },
  SI: {
    fixed: [
      ...["01-01", "01-02", "02-08", "04-27", "05-01", "05-02", "06-25", "08-15", "10-31", "11-01"],
      ...["12-25", "12-26"],
    ],
    easter: [0, 1, 49],
  },
  SK: {
    fixed: ["01-01", "01-06", "05-01", "07-05", "08-29", "11-01", "12-24", "12-25", "12-26"],
    easter: [-2, 1],
  },
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

type Extra = Partial<Pick<Holidays, "fixed" | "easter" | "after">>;

/** What a region has beside its country's. */
const regions: Readonly<Record<string, Extra>> = {
  "DE-BB": { fixed: ["10-31"], easter: [0, 49] },
  "DE-BE": { fixed: ["03-08"] },
  "DE-BW": { fixed: ["01-06", "11-01"], easter: [60] },
  // Assumption Day (15 August) holds in most towns of Bavaria, not in all: the person's own list.
  "DE-BY": { fixed: ["01-06", "11-01"], easter: [60] },
  "DE-HB": { fixed: ["10-31"] },
  "DE-HE": { easter: [60] },
  "DE-HH": { fixed: ["10-31"] },
  "DE-MV": { fixed: ["03-08", "10-31"] },
  "DE-NI": { fixed: ["10-31"] },
  "DE-NW": { fixed: ["11-01"], easter: [60] },
  "DE-RP": { fixed: ["11-01"], easter: [60] },
  "DE-SH": { fixed: ["10-31"] },
  "DE-SL": { fixed: ["08-15", "11-01"], easter: [60] },
  "DE-SN": { fixed: ["10-31"], after: [["11-16", 3]] },
  "DE-ST": { fixed: ["01-06", "10-31"] },
  "DE-TH": { fixed: ["09-20", "10-31"] },
};

/** The countries whose holidays are known, ISO 3166. */
export const holidayCountries: readonly string[] = Object.keys(countries);

/** The countries, and their regions (ISO 3166-2, `DE-BY`) whose own holidays are known beside them. */
export const holidayRegions: readonly string[] = [...holidayCountries, ...Object.keys(regions)].sort();

const own = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

function holidaysIn(region: string): Holidays | undefined {
  const country = own(countries, region.slice(0, 2));
  const extra = own(regions, region);
  if (!country || region.length === 2) return country;
  if (!extra) return undefined;
  return {
    ...country,
    fixed: [...country.fixed, ...(extra.fixed ?? [])],
    easter: [...country.easter, ...(extra.easter ?? [])],
    after: [...(country.after ?? []), ...(extra.after ?? [])],
  };
}

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

/** The public holidays of a country or of a region of it in a year; none for one that is not known here. */
export function holidaysOf(region: string, year: number): ReadonlySet<LocalDate> {
  const key = `${region} ${year}`;
  const known = years.get(key);
  if (known) return known;
  if (years.size >= MAX_YEARS) years.clear();
  const days = new Set<LocalDate>();
  const rule = holidaysIn(region);
  if (rule) addDays(rule, year, days);
  years.set(key, days);
  return days;
}

const dayIn = (year: number, date: string): number => Date.parse(`${year}-${date}T00:00:00Z`);

function addDays(rule: Holidays, year: number, days: Set<LocalDate>): void {
  const easter = easterOf(year);
  for (const offset of rule.easter) days.add(dateOf(easter + offset * DAY));
  for (const [month, weekday, which] of rule.nth ?? []) days.add(dateOf(nthOf(year, month, weekday, which)));
  for (const [date, weekday, orItself] of rule.after ?? []) {
    const from = dayIn(year, date);
    const wait = weekdayOf(from) === orItself ? 0 : (weekday - weekdayOf(from) + 7) % 7;
    days.add(dateOf(from + wait * DAY));
  }
  const early = new Set(rule.notOnSunday?.filter((date) => weekdayOf(dayIn(year, date)) === 7));
  const fixed = rule.fixed.map((date) => dayIn(year, date) - (early.has(date) ? DAY : 0));
  // New Year's Day of the year to come is kept in this one where the nearest working day is a Friday.
  if (rule.moves === "nearest") fixed.push(dayIn(year + 1, "01-01"));
  for (const at of fixed) if (rule.moves === undefined || weekdayOf(at) < 6) days.add(dateOf(at));
  for (const at of fixed) if (!days.has(dateOf(at))) days.add(dateOf(moved(at, rule.moves, days)));
  for (const day of days) if (Number(day.slice(0, 4)) !== year) days.delete(day);
}
