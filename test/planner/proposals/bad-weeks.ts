/** Proposals that would have saved in one odd week alone: one price at all hours, but for a week of spikes. Bad by how the prices are made. */

import { localTime } from "../../../hub/energy/clock.ts";
import type { PricedTariff } from "../../../hub/model/tariff.ts";
import type { TariffBook, TariffComponent } from "../../../hub/model/tariff-book.ts";
import { MONDAY, ZONE } from "../bench.ts";
import { type Case, pick, type Random, stoppedAtLast, trialStopped } from "./case.ts";
import { ask, between, proposing, rule, whole } from "./changes.ts";
import { houseOf, type Lived } from "./house.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const perKwh = (direction: "import" | "export"): TariffComponent => ({
  kind: "dynamic",
  label: direction,
  role: direction === "import" ? "energy" : "export",
  direction,
  series: "spot",
  factor: direction === "import" ? 1 : 0,
  perKwh: direction === "import" ? 0 : 0.08,
});

/** Hourly prices over so many days from the first Monday on. */
export function hourly(days: number, price: (at: number, hour: number) => number): PricedTariff {
  const starts = Float64Array.from({ length: (days + 2) * 24 }, (_, k) => MONDAY + k * HOUR);
  const values = starts.map((at) => price(at, Math.floor(localTime(at, ZONE).minutes / 60)));
  const book: TariffBook = {
    currency: "EUR",
    contracts: [
      { id: "spot", name: "spot", validFrom: "1970-01-01", components: [perKwh("import"), perKwh("export")] },
    ],
    ...{ offers: [], dayLists: [], co2: { bands: [], gPerKwh: 340 } },
  };
  const plain = { importBands: [], importPerKwh: 0.3, exportPerKwh: 0.08, standingPerDay: 0, co2Bands: [] };
  return { ...plain, name: "spot", co2GPerKwh: 340, priced: { book, series: new Map([["spot", { starts, values }]]) } };
}

const ev = (command: string) => [ask("EV charger", "energyEvse", command)];
const water = (command: string) => [ask("Water heater", "onOff", command)];
const battery = (mode: string) => [ask("Home battery", "batteryControl", "set", { mode })];

/** What moves use from the evening into the night. */
const MOVES = (random: Random) =>
  pick(random, [
    {
      what: "the car charges at night",
      device: "EV charger",
      rules: [rule(between(22, whole(random, 6, 7)), ev("enableCharging"), ev("disable"))],
    },
    {
      what: "water is heated from midnight to noon",
      device: "Water heater",
      rules: [rule(between(whole(random, 22, 24), whole(random, 13, 16)), water("on"), water("off"))],
    },
    {
      what: "the battery is filled at night and kept for the evening",
      device: "Home battery",
      rules: [
        rule(between(1, whole(random, 4, 6)), battery("chargeFromGrid"), undefined, "a"),
        rule(between(6, 17), battery("hold"), undefined, "b"),
        rule(between(17, 1), battery("followLoad"), undefined, "c"),
      ],
    },
  ]);

export function oddWeeks(lived: Lived, random: Random, k: number): Case {
  const policy = k % 4 === 3;
  // A plan looks at four weeks, a policy at two; the last days are where the twin is tested.
  const last = lived.days - 7;
  const first = whole(random, lived.days - (policy ? 14 : 27), last);
  const spike = 0.8 + random() * 4;
  const from = MONDAY + first * DAY;
  const tariff = hourly(lived.days, (at, hour) =>
    at >= from && at < from + 7 * DAY && hour >= 16 && hour < 22 ? spike : 0.3,
  );
  const { what, device, rules } = MOVES(random);
  const made = `${what}; a week of ${spike.toFixed(2)} from day ${first} of ${lived.days}`;
  return {
    ...{ class: "overfit to one odd week", what: `${policy ? "policy" : "plan"}: ${made}` },
    stopped: () => {
      const house = houseOf(lived, tariff);
      return policy ? trialStopped(house, rules) : stoppedAtLast(house, proposing(house, device, rules));
    },
  };
}
