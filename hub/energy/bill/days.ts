/** Which lists a day is on: public holidays by country, and the person's own. */
import type { LocalDate, TariffBand, TariffBook } from "../../model/tariff-book.ts";
import { parseClock } from "../clock.ts";
import { holidaysOf } from "./holidays.ts";

/** A day as bands look at it. */
export interface DayFacts {
  readonly day: LocalDate;
  /** 1 = Monday .. 7 = Sunday. */
  readonly weekday: number;
  readonly lists: ReadonlySet<string>;
}

type Lists = Pick<TariffBook, "dayLists" | "holidayCountry">;

const held = new WeakMap<Lists, Map<LocalDate, DayFacts>>();
/** Days of one book that are remembered; then the memory starts over. */
const MAX_DAYS = 8_000;
const DAY = 86_400_000;

/** What a book says of a day. */
export function dayFacts(book: Lists, day: LocalDate): DayFacts {
  let days = held.get(book);
  if (!days) {
    days = new Map();
    held.set(book, days);
  }
  const known = days.get(day);
  if (known) return known;
  if (days.size >= MAX_DAYS) days.clear();
  const lists = new Set(book.dayLists.filter((list) => list.days.includes(day)).map((list) => list.name));
  if (book.holidayCountry && holidaysOf(book.holidayCountry, Number(day.slice(0, 4))).has(day)) lists.add("holidays");
  const weekday = ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
  const facts = { day, weekday, lists };
  days.set(day, facts);
  return facts;
}

export const dayBefore = (day: LocalDate): LocalDate =>
  new Date(Date.parse(`${day}T00:00:00Z`) - DAY).toISOString().slice(0, 10);

/** Whether a band may hold on a day at all. */
export function onDay(band: TariffBand, { day, weekday, lists }: DayFacts): boolean {
  if (band.weekdays && band.weekdays.length > 0 && !band.weekdays.includes(weekday)) return false;
  if (band.onDays && !band.onDays.some((name) => lists.has(name))) return false;
  if (band.notOnDays?.some((name) => lists.has(name))) return false;
  if (!band.season) return true;
  const { from, to } = band.season;
  const date = day.slice(5);
  return from <= to ? date >= from && date <= to : date >= from || date <= to;
}

/** A band's minutes of the day. */
interface ReadyBand {
  readonly from: number;
  readonly to: number;
}

const readied = new WeakMap<readonly TariffBand[], readonly ReadyBand[]>();

/** The bands with their times as minutes; worked out once for each list. */
export function readyBands(bands: readonly TariffBand[]): readonly ReadyBand[] {
  const known = readied.get(bands);
  if (known) return known;
  const ready = bands.map(({ from, to }) => ({ from: parseClock(from), to: parseClock(to) }));
  readied.set(bands, ready);
  return ready;
}

/** Which of the bands holds at a minute of a day; -1: none. `today[i]` and `yesterday[i]` say whether band i may hold then. */
export function firstHolding(
  bands: readonly ReadyBand[],
  minutes: number,
  today: readonly boolean[],
  yesterday: readonly boolean[],
): number {
  for (let i = 0; i < bands.length; i++) {
    const band = bands[i];
    if (!band) continue;
    const { from, to } = band;
    if (from === to ? today[i] : from < to ? today[i] && minutes >= from && minutes < to : overMidnight(i)) return i;
  }
  return -1;

  function overMidnight(i: number): boolean {
    const band = bands[i];
    if (!band) return false;
    return (minutes >= band.from && today[i] === true) || (minutes < band.to && yesterday[i] === true);
  }
}
