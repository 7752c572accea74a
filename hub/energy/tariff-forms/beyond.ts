/** Forms outside Europe. */
import { always, paid, standing, type TariffForm } from "./form.ts";

const weekdays = [1, 2, 3, 4, 5];

const california: TariffForm = {
  id: "us-ca-baseline",
  country: "US",
  name: "Time of use with a baseline credit, California",
  words:
    "Dear from 16 to 21, dearer in summer; a credit for the baseline allowance, counted by days; a daily base charge.",
  currency: "USD",
  holidayCountry: "US",
  components: [
    {
      kind: "perKwh",
      label: "Energy",
      role: "energy",
      direction: "import",
      bands: [
        {
          from: "16:00",
          to: "21:00",
          weekdays,
          notOnDays: ["holidays"],
          season: { from: "06-01", to: "09-30" },
          perKwh: 0.58,
          label: "summer on-peak",
        },
        { from: "16:00", to: "21:00", season: { from: "06-01", to: "09-30" }, perKwh: 0.47, label: "summer mid-peak" },
        { from: "16:00", to: "21:00", perKwh: 0.5, label: "winter mid-peak" },
      ],
      perKwh: 0.35,
    },
    {
      kind: "tiers",
      label: "Baseline credit",
      role: "credit",
      per: "month",
      perDay: true,
      steps: [{ upTo: 10, perKwh: -0.1 }, { perKwh: 0 }],
    },
    standing("Base services charge", 0.79, "day"),
    { kind: "cap", label: "Minimum bill", of: ["energy", "credit", "standing"], atLeast: 30 },
    paid(0.06),
  ],
};

const japan: TariffForm = {
  id: "jp-steps",
  country: "JP",
  name: "Three steps a month, Japan",
  words: "The price rises at 120 and 300 kWh a month; a base charge by the ampere, a levy per kWh.",
  currency: "JPY",
  components: [
    {
      kind: "tiers",
      label: "Energy",
      role: "energy",
      per: "month",
      perDay: false,
      steps: [{ upTo: 120, perKwh: 30 }, { upTo: 300, perKwh: 36.5 }, { perKwh: 40.5 }],
    },
    always("Renewables levy", "tax", 4),
    standing("Base charge, 30 A", 930, "month"),
  ],
};

export const beyond: readonly TariffForm[] = [california, japan];
