/** Forms of northern Europe. */
import { always, published, standing, type TariffForm, vat } from "./form.ts";

const weekdays = [1, 2, 3, 4, 5];

const norway: TariffForm = {
  id: "no-spot-support",
  country: "NO",
  name: "Spot price with support and stepped capacity, Norway",
  words:
    "Nine tenths of what the spot price is over 0.75 are paid back; the grid's capacity step is the mean of the three highest hours on three days.",
  currency: "NOK",
  holidayCountry: "NO",
  components: [
    published("Spot price and markup", 0.04),
    {
      kind: "dynamic",
      label: "Support",
      role: "energy",
      direction: "import",
      series: "day-ahead",
      factor: -0.9,
      perKwh: 0,
      above: 0.75,
    },
    {
      kind: "perKwh",
      label: "Grid",
      role: "grid",
      direction: "import",
      bands: [{ from: "06:00", to: "22:00", weekdays, notOnDays: ["holidays"], perKwh: 0.3, label: "day" }],
      perKwh: 0.2,
    },
    {
      kind: "peak",
      label: "Capacity step",
      windowMinutes: 60,
      highest: 3,
      onDifferentDays: true,
      months: 1,
      atLeastKw: 0,
      perKw: 0,
      per: "month",
      steps: [
        { upToKw: 2, perMonth: 130 },
        { upToKw: 5, perMonth: 215 },
        { upToKw: 10, perMonth: 360 },
        { upToKw: 15, perMonth: 505 },
        { perMonth: 650 },
      ],
      bands: [],
      outside: 1,
    },
    always("Electricity tax", "tax", 0.0713),
    standing("Supplier's charge", 39, "month"),
    vat(25),
  ],
};

const denmark: TariffForm = {
  id: "dk-seasonal-grid",
  country: "DK",
  name: "Spot price with seasonal grid fees, Denmark",
  words: "Grid fees are highest from 17 to 21 in winter; tax and VAT on all of it.",
  currency: "DKK",
  components: [
    published("Spot price and markup", 0.08),
    {
      kind: "perKwh",
      label: "Grid",
      role: "grid",
      direction: "import",
      bands: [
        { from: "00:00", to: "06:00", perKwh: 0.1, label: "night" },
        { from: "17:00", to: "21:00", season: { from: "10-01", to: "03-31" }, perKwh: 0.8, label: "winter evening" },
        { from: "00:00", to: "00:00", season: { from: "10-01", to: "03-31" }, perKwh: 0.3, label: "winter day" },
        { from: "17:00", to: "21:00", perKwh: 0.4, label: "summer evening" },
      ],
      perKwh: 0.15,
    },
    always("System and transmission", "grid", 0.14),
    always("Electricity tax", "tax", 0.72),
    standing("Monthly charge", 50, "month"),
    vat(25),
  ],
};

const sweden: TariffForm = {
  id: "se-power",
  country: "SE",
  name: "Power tariff, Sweden",
  words: "The mean of the three highest hours on three days of a month is paid per kW; from 22 to 06 half counts.",
  currency: "SEK",
  components: [
    published("Spot price and markup", 0.06),
    always("Grid", "grid", 0.06),
    {
      kind: "peak",
      label: "Power",
      windowMinutes: 60,
      highest: 3,
      onDifferentDays: true,
      months: 1,
      atLeastKw: 0,
      perKw: 65,
      per: "month",
      bands: [{ from: "22:00", to: "06:00", share: 0.5 }],
      outside: 1,
    },
    always("Energy tax", "tax", 0.44),
    standing("Grid's subscription", 315, "month"),
    vat(25),
  ],
};

export const north: readonly TariffForm[] = [norway, denmark, sweden];
