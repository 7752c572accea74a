import type { Blueprint } from "../../../model/blueprint/blueprint.ts";

const run = [{ kind: "command", target: { input: "plug" }, capability: "onOff", command: "on" }];
const cheapest = { kind: "cheapest", hours: { input: "hours" }, from: { input: "from" }, to: { input: "to" } };
const later = [{ kind: "waitUntil", condition: cheapest, atMostMinutes: 1440 }, ...run];

export const dearHourAsk: Blueprint = {
  inglenookBlueprint: 1,
  id: "dear-hour-ask",
  version: 1,
  title: "Ask before it runs at a dear hour",
  description:
    "For a dishwasher, dryer or washing machine on a plug that measures, which goes on by itself when the power comes back. Started in a dear hour, it is held and you are asked: now, or in the cheapest hours? Without an answer it runs in the cheapest hours.",
  about: "energy",
  icon: "appliance",
  inputs: {
    plug: {
      kind: "device",
      label: "Plug of the machine",
      has: ["onOff.on", "onOff.off", "electricalPowerMeasurement.activePower"],
      prefer: ["dishwasher", "appliance"],
    },
    says: { kind: "text", label: "Question", default: "Energy is dear now: run the dishwasher all the same?" },
    minutes: { kind: "number", label: "Wait for an answer", unit: "min", min: 1, max: 240, default: 30 },
    hours: { kind: "number", label: "A run takes", unit: "h", min: 0.5, max: 6, step: 0.5, default: 2.5 },
    from: { kind: "time", label: "It may wait from", default: "16:00" },
    to: { kind: "time", label: "Done by", default: "06:00" },
    watts: { kind: "number", label: "It runs when it takes more than", unit: "W", min: 2, max: 500, default: 20 },
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
                { kind: "not", of: cheapest },
              ],
            },
            do: [
              { kind: "command", target: { input: "plug" }, capability: "onOff", command: "off" },
              {
                kind: "ask",
                title: { input: "says" },
                atMostMinutes: { input: "minutes" },
                answers: [
                  { name: "Run now", do: run },
                  { name: "When it is cheap", do: later },
                ],
                otherwise: later,
              },
            ],
          },
        ],
      },
      { kind: "wait", minutes: { input: "hours", times: 60 } },
    ],
    mode: "single",
  },
};
