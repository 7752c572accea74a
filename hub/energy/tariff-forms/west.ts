/** Forms of western and southern Europe. */
import { always, paid, published, standing, type TariffForm, vat } from "./form.ts";

const germany: readonly TariffForm[] = [
  {
    id: "de-flat",
    country: "DE",
    name: "One price, Germany",
    words: "A price per kWh and a monthly charge, taxes in it; feed-in paid by the EEG.",
    currency: "EUR",
    components: [always("Energy", "energy", 0.32), standing("Monthly charge", 12.5, "month"), paid(0.0803)],
  },
  {
    id: "de-dynamic-14a",
    country: "DE",
    name: "Day-ahead prices with grid fees by the hour (§ 14a module 3), Germany",
    words: "The exchange's price and a markup, three grid fees a day, levies, electricity tax and VAT on all of it.",
    currency: "EUR",
    components: [
      published("Day-ahead price and markup", 0.018),
      {
        kind: "perKwh",
        label: "Grid fee",
        role: "grid",
        direction: "import",
        bands: [
          { from: "17:00", to: "20:00", perKwh: 0.15, label: "high" },
          { from: "22:00", to: "06:00", perKwh: 0.01, label: "low" },
        ],
        perKwh: 0.09,
      },
      always("Levies", "tax", 0.03),
      always("Electricity tax", "tax", 0.0205),
      standing("Supplier's charge", 4.8, "month"),
      standing("Grid's base charge", 73, "year"),
      vat(19),
      paid(0.0803),
    ],
  },
];

const belgium: TariffForm = {
  id: "be-capacity",
  country: "BE",
  name: "Capacity tariff, Flanders",
  words: "The mean of the last twelve monthly peaks of a quarter hour, at least 2.5 kW, is paid by the year.",
  currency: "EUR",
  components: [
    always("Energy", "energy", 0.14),
    always("Grid, by the kWh", "grid", 0.055),
    {
      kind: "peak",
      label: "Capacity",
      windowMinutes: 15,
      highest: 1,
      onDifferentDays: false,
      months: 12,
      atLeastKw: 2.5,
      perKw: 52,
      per: "year",
      bands: [],
      outside: 1,
    },
    always("Excise and contribution", "tax", 0.05),
    standing("Yearly charge", 73, "year"),
    vat(6),
    paid(0.03),
  ],
};

const netherlands: TariffForm = {
  id: "nl-saldering",
  country: "NL",
  name: "Net metering (saldering), Netherlands",
  words: "What is exported is taken off what is imported over the year; a tax credit is paid back.",
  currency: "EUR",
  components: [
    always("Energy", "energy", 0.13),
    always("Energy tax", "tax", 0.11),
    { kind: "netMetering", label: "Saldering", per: "year", of: ["energy", "tax"], surplusPerKwh: 0.05 },
    standing("Supplier's charge", 7.2, "month"),
    standing("Grid", 474.5, "year"),
    standing("Tax credit", -620.5, "year"),
  ],
};

const france: TariffForm = {
  id: "fr-tempo",
  country: "FR",
  name: "Tempo, France",
  words:
    "Blue, white and red days, each with dear and cheap hours; a day runs from 06:00 to 06:00. Days not on a list are blue.",
  currency: "EUR",
  dayLists: ["white", "red"],
  components: [
    {
      kind: "perKwh",
      label: "Energy",
      role: "energy",
      direction: "import",
      bands: [
        { from: "06:00", to: "22:00", onDays: ["red"], perKwh: 0.7, label: "red day" },
        { from: "22:00", to: "06:00", onDays: ["red"], perKwh: 0.16, label: "red night" },
        { from: "06:00", to: "22:00", onDays: ["white"], perKwh: 0.19, label: "white day" },
        { from: "22:00", to: "06:00", onDays: ["white"], perKwh: 0.15, label: "white night" },
        { from: "22:00", to: "06:00", perKwh: 0.13, label: "blue night" },
      ],
      perKwh: 0.16,
    },
    standing("Subscription", 15.5, "month"),
  ],
};

const spain: TariffForm = {
  id: "es-2.0td",
  country: "ES",
  name: "Three periods (2.0TD), Spain",
  words: "Peak, middle and valley hours; weekends and holidays are all valley. Contracted power, electricity tax, IVA.",
  currency: "EUR",
  holidayCountry: "ES",
  components: [
    {
      kind: "perKwh",
      label: "Energy",
      role: "energy",
      direction: "import",
      bands: [
        ...[
          ["10:00", "14:00"],
          ["18:00", "22:00"],
        ].map(([from = "", to = ""]) => ({
          from,
          to,
          weekdays: [1, 2, 3, 4, 5],
          notOnDays: ["holidays"],
          perKwh: 0.2,
          label: `peak ${from}–${to}`,
        })),
        ...[
          ["08:00", "10:00"],
          ["14:00", "18:00"],
          ["22:00", "00:00"],
        ].map(([from = "", to = ""]) => ({
          from,
          to,
          weekdays: [1, 2, 3, 4, 5],
          notOnDays: ["holidays"],
          perKwh: 0.14,
          label: `middle ${from}–${to}`,
        })),
      ],
      perKwh: 0.1,
    },
    standing("Contracted power, 4.6 kW", 138.7, "year"),
    { kind: "percent", label: "Electricity tax", percent: 5.1127, of: ["energy", "grid", "standing"] },
    { kind: "percent", label: "IVA 21 %", percent: 21, of: ["energy", "grid", "standing", "tax"] },
    paid(0.06),
  ],
};

const britain: readonly TariffForm[] = [
  {
    id: "gb-night",
    country: "GB",
    name: "Cheap nights, Great Britain",
    words: "A night rate for five hours, a day rate, a daily standing charge, VAT in it.",
    currency: "GBP",
    components: [
      {
        kind: "perKwh",
        label: "Energy",
        role: "energy",
        direction: "import",
        bands: [{ from: "00:30", to: "05:30", perKwh: 0.085, label: "night" }],
        perKwh: 0.255,
      },
      standing("Standing charge", 0.535, "day"),
      paid(0.15),
    ],
  },
  {
    id: "gb-half-hourly",
    country: "GB",
    name: "Half-hourly prices with a ceiling, Great Britain",
    words: "A published price every half hour, VAT in it, never over 1 GBP.",
    currency: "GBP",
    components: [
      {
        kind: "dynamic",
        label: "Half-hourly price",
        role: "energy",
        direction: "import",
        series: "day-ahead",
        factor: 1,
        perKwh: 0,
        ceiling: 1,
      },
      standing("Standing charge", 0.535, "day"),
      paid(0.15),
    ],
  },
];

export const west: readonly TariffForm[] = [...germany, belgium, netherlands, france, spain, ...britain];
