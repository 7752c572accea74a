import type { PerKwh } from "../../../model/tariff-book.ts";
import { eachBand } from "../calendar.ts";
import { firstHolding, onDay, readyBands } from "../days.ts";
import { exact } from "../exact.ts";
import type { ComponentKind, LineDays } from "./kind.ts";

/** A price by hour and season: one line for each band that was met, and one for the rest of the time. */
export const perKwh: ComponentKind<PerKwh> = {
  bill(component, calendar) {
    const { bands, direction, role } = component;
    const energy = direction === "import" ? calendar.importedKwh : calendar.exportedKwh;
    const sign = direction === "import" ? 1 : -1;
    // The last row is the time outside all bands.
    const kwh = [...bands, undefined].map(() => new Float64Array(calendar.days.length));
    const rest = kwh[bands.length];
    if (bands.length === 0)
      rest?.set(calendar.days.map((day) => (direction === "import" ? day.importedKwh : day.exportedKwh)));
    else
      eachBand(calendar, bands, (day, slot, band) => {
        const value = energy[slot] ?? Number.NaN;
        const row = band < 0 ? rest : kwh[band];
        if (row && value > 0) row[day] = (row[day] ?? 0) + value;
      });
    return kwh.flatMap((days, i): LineDays[] => {
      const band = bands[i];
      if (bands.length > 0 && days.every((value) => value === 0)) return [];
      const rate = band?.perKwh ?? component.perKwh;
      const label = band ? `${component.label}, ${band.label ?? wordsOf(band)}` : nameOfRest(component);
      const amount = days.map((value) => exact(sign * value * rate));
      return [{ label, role, unit: "kWh", rate, quantity: days.map(exact), amount }];
    });
  },
  marginal({ bands, role, direction, perKwh: rest }, { minutes, today, yesterday }) {
    const index = firstHolding(
      readyBands(bands),
      minutes,
      bands.map((band) => onDay(band, today)),
      bands.map((band) => onDay(band, yesterday)),
    );
    return [{ role, direction, perKwh: bands[index]?.perKwh ?? rest, guess: false }];
  },
};

const wordsOf = (band: PerKwh["bands"][number]): string => {
  const hours = band.from === band.to ? "all day" : `${band.from}–${band.to}`;
  return band.season ? `${hours} (${band.season.from} to ${band.season.to})` : hours;
};

const nameOfRest = ({ label, bands }: PerKwh): string => (bands.length > 0 ? `${label}, other hours` : label);
