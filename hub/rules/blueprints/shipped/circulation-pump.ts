import type { Blueprint } from "../../../model/blueprint/blueprint.ts";

export const circulationPump: Blueprint = {
  inglenookBlueprint: 1,
  id: "circulation-pump",
  version: 1,
  title: "Hot water circulates by habit",
  description:
    "The circulation pump runs for some minutes when somebody moves near a tap at the hours at which hot water is used, and then rests. It need not run day and night.",
  about: "energy",
  icon: "pump",
  inputs: {
    pump: { kind: "device", label: "Circulation pump", has: ["onOff.on", "onOff.off"], prefer: ["pump"] },
    motion: {
      kind: "devices",
      label: "Motion sensors near the taps",
      has: ["occupancySensing.occupancy"],
      prefer: ["occupancySensor"],
    },
    from: { kind: "time", label: "Not before", default: "06:00" },
    to: { kind: "time", label: "Not after", default: "22:30" },
    run: { kind: "number", label: "Runs for", unit: "min", min: 1, max: 30, default: 4 },
    rest: { kind: "number", label: "Then rests for", unit: "min", min: 5, max: 120, default: 25 },
  },
  rule: {
    form: "when",
    on: [{ kind: "becomes", target: { input: "motion" }, of: "occupancySensing.occupancy", to: true }],
    if: { kind: "between", from: { input: "from" }, to: { input: "to" } },
    do: [
      { kind: "command", target: { input: "pump" }, capability: "onOff", command: "on" },
      { kind: "wait", minutes: { input: "run" } },
      { kind: "command", target: { input: "pump" }, capability: "onOff", command: "off" },
      { kind: "wait", minutes: { input: "rest" } },
    ],
    mode: "single",
  },
};
