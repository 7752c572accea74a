import type { Blueprint } from "../../../model/blueprint/blueprint.ts";

export const machineDone: Blueprint = {
  inglenookBlueprint: 1,
  id: "machine-done",
  version: 1,
  title: "Washing machine is done",
  description:
    "Tells you when a washing machine, dryer or dishwasher on a plug that measures has finished: it ran, and then takes hardly any power.",
  about: "notice",
  icon: "appliance",
  inputs: {
    plug: {
      kind: "device",
      label: "Plug of the machine",
      has: ["electricalPowerMeasurement.activePower"],
      prefer: ["appliance"],
    },
    says: { kind: "text", label: "Message", default: "The laundry is done" },
    runs: { kind: "number", label: "It runs above", unit: "W", min: 5, max: 500, default: 30 },
    rests: { kind: "number", label: "It is done below", unit: "W", min: 0.5, max: 50, step: 0.5, default: 6 },
    minutes: { kind: "number", label: "For so many minutes", unit: "min", min: 1, max: 30, default: 4 },
  },
  rule: {
    form: "when",
    on: [
      {
        kind: "crosses",
        target: { input: "plug" },
        of: "electricalPowerMeasurement.activePower",
        above: { input: "runs" },
        forMinutes: 1,
      },
    ],
    do: [
      {
        kind: "waitUntil",
        condition: {
          kind: "state",
          target: { input: "plug" },
          of: "electricalPowerMeasurement.activePower",
          op: "<",
          value: { input: "rests" },
          forMinutes: { input: "minutes" },
        },
        atMostMinutes: 480,
        otherwise: "stop",
      },
      { kind: "notify", title: { input: "says" }, level: "info" },
    ],
    mode: "single",
  },
};
