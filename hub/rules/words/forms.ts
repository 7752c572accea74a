/** Numbers, money, times and dates as each language writes them, by Intl. */
import { offsetAt } from "../../energy/zone.ts";
import type { LanguageCode } from "../../model/language.ts";

/** How one language writes what is counted. */
export interface Forms {
  /** A plain number with exactly so many decimals. */
  number(value: number, digits: number): string;
  /** An amount in an ISO 4217 currency, with its usual decimals or with exactly `digits`. */
  money(value: number, currency: string, digits?: number): string;
  /** The time of day by a home's clock, of 24 hours. */
  clock(at: number, timeZone: string): string;
  /** The day of the week by a home's clock, inside a sentence. */
  weekday(at: number, timeZone: string): string;
  /** The date by a home's clock, inside a sentence; with `year` where it is meant. */
  date(at: number, timeZone: string, year: boolean): string;
  /** Names one after another, with the language's "and". */
  list(names: readonly string[]): string;
}

/** What is said after a time of day. */
const oclock: Readonly<Record<LanguageCode, string>> = { en: "", de: " Uhr", fr: "", es: "", nl: " uur" };
/** English as it is written in Europe: the day before the month. */
const locales: Readonly<Record<LanguageCode, string>> = { en: "en-GB", de: "de", fr: "fr", es: "es", nl: "nl" };

function formsIn(code: LanguageCode): Forms {
  const locale = locales[code];
  // Making a formatter takes longer than a hundred uses of it.
  const made = new Map<string, Intl.NumberFormat>();
  const numbers = (key: string, options: Intl.NumberFormatOptions): Intl.NumberFormat => {
    const format = made.get(key) ?? new Intl.NumberFormat(locale, options);
    made.set(key, format);
    return format;
  };
  const exactly = (digits: number | undefined): Intl.NumberFormatOptions =>
    digits === undefined ? {} : { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const clocks = new Intl.DateTimeFormat(locale, {
    ...{ hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "UTC" },
  });
  const weekdays = new Intl.DateTimeFormat(locale, { weekday: "long", timeZone: "UTC" });
  const dates = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", timeZone: "UTC" });
  const years = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const names = new Intl.ListFormat(locale, { type: "conjunction" });
  /** Its clock on the wall, as if it were UTC. */
  const wall = (at: number, timeZone: string): number => at + offsetAt(at, timeZone);
  return {
    number: (value, digits) => numbers(`${digits}`, exactly(digits)).format(value),
    money: (value, currency, digits) =>
      numbers(`${currency} ${digits}`, { style: "currency", currency, ...exactly(digits) }).format(value),
    clock: (at, timeZone) => `${clocks.format(wall(at, timeZone))}${oclock[code]}`,
    weekday: (at, timeZone) => weekdays.format(wall(at, timeZone)),
    date: (at, timeZone, year) => (year ? years : dates).format(wall(at, timeZone)),
    list: (all) => names.format(all),
  };
}

const known = new Map<LanguageCode, Forms>();

/** The forms of a language, made when they are first asked for. */
export function formsOf(code: LanguageCode): Forms {
  const forms = known.get(code) ?? formsIn(code);
  known.set(code, forms);
  return forms;
}
