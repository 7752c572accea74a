import type { Blueprint } from "../../../model/blueprint/blueprint.ts";

export const dishwasherCheapest: Blueprint = {
  inglenookBlueprint: 1,
  id: "dishwasher-cheapest",
  version: 1,
  title: "Dishwasher in the cheapest hours",
  description:
    "For a dishwasher (or washing machine) on a plug that measures, which goes on by itself when the power comes back. Start it as ever: in a dear hour the plug cuts it off at once and lets it run in the cheapest hours, so that it is done by the time you say.",
  about: "energy",
  icon: "appliance",
  inputs: {
    plug: {
      kind: "device",
      label: "Plug of the dishwasher",
      has: ["onOff.on", "onOff.off", "electricalPowerMeasurement.activePower"],
      prefer: ["dishwasher"],
    },
    hours: { kind: "number", label: "A run takes", unit: "h", min: 0.5, max: 6, step: 0.5, default: 2.5 },
    from: { kind: "time", label: "It may wait from", default: "16:00" },
    to: { kind: "time", label: "Done by", default: "06:00" },
    watts: {
      kind: "number",
      label: "It runs when it takes more than",
      unit: "W",
      min: 2,
      max: 500,
      default: 20,
    },
  },
  rule: {
    form: "when",
    on: [
      {
        kind: "crosses",
        target: { input: "plug" },
        of: "electricalPowerMeasurement.activePower",
        above: { input: "watts" },
      },
    ],
    do: [
      {
        kind: "choose",
        options: [
          {
            if: {
              kind: "all",
              of: [
                { kind: "between", from: { input: "from" }, to: { input: "to" } },
                {
                  kind: "not",
                  of: { kind: "cheapest", hours: { input: "hours" }, from: { input: "from" }, to: { input: "to" } },
                },
              ],
            },
            do: [
              { kind: "command", target: { input: "plug" }, capability: "onOff", command: "off" },
              {
                kind: "waitUntil",
                condition: {
                  kind: "cheapest",
                  hours: { input: "hours" },
                  from: { input: "from" },
                  to: { input: "to" },
                },
                atMostMinutes: 1440,
              },
              { kind: "command", target: { input: "plug" }, capability: "onOff", command: "on" },
            ],
          },
        ],
      },
      { kind: "wait", minutes: { input: "hours", times: 60 } },
    ],
    mode: "single",
  },
};
