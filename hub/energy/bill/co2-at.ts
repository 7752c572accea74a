import type { KnownSeries, TariffBook } from "../../model/tariff-book.ts";
import { localTime } from "../clock.ts";
import { dayBefore, dayFacts, firstHolding, onDay, readyBands } from "./days.ts";
import { valueOrGuess } from "./series.ts";

/** Grid intensity at a moment, g CO2 per imported kWh: by the series where it tells (or told, for the same hour), else by the bands. */
export function intensityAt(book: TariffBook, series: KnownSeries, at: number, timeZone: string): number {
  const { co2 } = book;
  const held = co2.series === undefined ? undefined : series.get(co2.series);
  const known = held && valueOrGuess(held, at);
  if (known) return known.value;
  const { day, minutes } = localTime(at, timeZone);
  const today = dayFacts(book, day);
  const yesterday = dayFacts(book, dayBefore(day));
  const index = firstHolding(
    readyBands(co2.bands),
    minutes,
    co2.bands.map((band) => onDay(band, today)),
    co2.bands.map((band) => onDay(band, yesterday)),
  );
  return co2.bands[index]?.gPerKwh ?? co2.gPerKwh;
}
