import type { GridCo2 } from "../../model/tariff-book.ts";
import { type Calendar, eachBand } from "./calendar.ts";
import { exact } from "./exact.ts";
import { valueAt } from "./series.ts";

/** kg CO2 of each day's imported energy: by the series where it is known, else by the book's bands. */
export function co2Days(calendar: Calendar): Float64Array {
  const { co2 }: { readonly co2: GridCo2 } = calendar.book;
  const series = co2.series === undefined ? undefined : calendar.series.get(co2.series);
  if (!series && co2.bands.length === 0)
    return Float64Array.from(calendar.days, (day) => exact((day.importedKwh * co2.gPerKwh) / 1000));
  const grams = new Float64Array(calendar.days.length);
  eachBand(calendar, co2.bands, (day, slot, band) => {
    const kwh = calendar.importedKwh[slot] ?? Number.NaN;
    if (!(kwh > 0)) return;
    const known = series && valueAt(series, calendar.at(slot));
    grams[day] = (grams[day] ?? 0) + kwh * (known ?? co2.bands[band]?.gPerKwh ?? co2.gPerKwh);
  });
  return grams.map((g) => exact(g / 1000));
}
