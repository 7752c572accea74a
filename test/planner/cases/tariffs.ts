/** The four forms of tariff that a whole home is tried under, and day-ahead prices that the same weather makes as moves its sun. */

import type { Site } from "../../../firmware-sim/physics/weather.ts";
import { weatherAt } from "../../../firmware-sim/physics/weather.ts";
import { noise } from "../../../firmware-sim/random.ts";
import { localTime, startOfLocalDay } from "../../../hub/energy/clock.ts";
import type { PricedTariff } from "../../../hub/model/tariff.ts";
import type { Contract, KnownSeries, TariffBook, TariffComponent } from "../../../hub/model/tariff-book.ts";

export const FORMS = ["flat", "timeOfUse", "dayAhead", "capacity"] as const;
export type Form = (typeof FORMS)[number];

const HOUR = 3_600_000;
const SERIES = "spot";

const perKwh = (direction: "import" | "export", price: number, bands: readonly [string, string, number][] = []) =>
  ({
    kind: "perKwh",
    label: direction,
    role: direction === "import" ? "energy" : "export",
    direction,
    bands: bands.map(([from, to, each]) => ({ from, to, perKwh: each })),
    perKwh: price,
  }) as const satisfies TariffComponent;

const spot = (direction: "import" | "export", above: number) =>
  ({
    kind: "dynamic",
    label: direction,
    role: direction === "import" ? "energy" : "export",
    direction,
    series: SERIES,
    factor: 1,
    perKwh: above,
  }) as const satisfies TariffComponent;

/** Prices with taxes, of the size that German, and (capacity) Flemish homes paid in 2025; who sells at the exchange pays its price below zero. */
const components: Readonly<Record<Form, readonly TariffComponent[]>> = {
  flat: [perKwh("import", 0.32), perKwh("export", 0.08)],
  timeOfUse: [
    perKwh("import", 0.31, [
      ["22:00", "06:00", 0.22],
      ["17:00", "21:00", 0.42],
    ]),
    perKwh("export", 0.08),
  ],
  dayAhead: [spot("import", 0.17), spot("export", -0.005)],
  capacity: [
    perKwh("import", 0.26),
    perKwh("export", 0.03),
    {
      kind: "peak",
      label: "Capacity",
      windowMinutes: 15,
      highest: 1,
      onDifferentDays: false,
      months: 1,
      atLeastKw: 2.5,
      perKw: 4.6,
      per: "month",
      bands: [],
      outside: 1,
    },
  ],
};

/** What the exchange publishes for an hour, per kWh: two peaks a day, less when the country's sun shines and its wind blows. */
function spotAt(at: number, timeZone: string, site: Site, seed: number): number {
  const { minutes, weekday } = localTime(at, timeZone);
  const hour = minutes / 60;
  const hump = (middle: number, wide: number) => Math.exp(-(((hour - middle) / wide) ** 2));
  const use = 0.075 + 0.05 * hump(8, 2) + 0.08 * hump(19, 2.2) - 0.02 * hump(3.5, 3);
  const sun = weatherAt(at + HOUR / 2, site, seed).light.global / 1000;
  const wind = 0.035 * noise(seed, 90, at / 1000, 120_000) + 0.012 * noise(seed, 91, at / 1000, 14_000);
  return Math.round((use * (weekday > 5 ? 0.8 : 1) - 0.17 * sun - wind) * 1e4) / 1e4;
}

export interface Market {
  readonly book: TariffBook;
  /** As the home knows it at a moment: prices up to the end of the day, and from 13:00 on of the next one. */
  readonly knownAt: (at: number) => PricedTariff;
  /** With every price of the stretch. */
  readonly whole: PricedTariff;
}

/** A tariff over [from, to). */
export function marketOf(form: Form, from: number, to: number, timeZone: string, site: Site, seed: number): Market {
  const contract: Contract = { id: form, name: form, validFrom: "1970-01-01", components: components[form] };
  const co2 = { bands: [{ from: "11:00", to: "15:00", gPerKwh: 250 }], gPerKwh: 360 };
  const book: TariffBook = { currency: "EUR", contracts: [contract], offers: [], dayLists: [], co2 };
  const starts = Float64Array.from({ length: Math.ceil((to - from) / HOUR) }, (_, k) => from + k * HOUR);
  const values = starts.map((at) => spotAt(at, timeZone, site, seed));
  const tariffUntil = (until: number): PricedTariff => {
    const count = starts.filter((at) => at < until).length;
    const series: KnownSeries = new Map([
      [
        SERIES,
        {
          starts: Float64Array.from([...starts.subarray(0, count), from + count * HOUR]),
          values: Float64Array.from([...values.subarray(0, count), Number.NaN]),
        },
      ],
    ]);
    const plain = { importBands: [], importPerKwh: 0.3, exportPerKwh: 0.08, standingPerDay: 0, co2Bands: [] };
    return { ...plain, name: form, co2GPerKwh: 360, priced: { book, series } };
  };
  const byEnd = new Map<number, PricedTariff>();
  const knownAt = (at: number): PricedTariff => {
    const ahead = localTime(at, timeZone).minutes >= 13 * 60 ? 2 : 1;
    const end = startOfLocalDay(startOfLocalDay(at, timeZone) + (ahead * 24 + 2) * HOUR, timeZone);
    const known = byEnd.get(end) ?? tariffUntil(end);
    byEnd.set(end, known);
    return known;
  };
  return { book, knownAt, whole: tariffUntil(to) };
}
