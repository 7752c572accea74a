import type { Blueprint } from "../../../model/blueprint/blueprint.ts";

export const motionLight: Blueprint = {
  inglenookBlueprint: 1,
  id: "motion-light",
  version: 1,
  title: "Light while somebody is there",
  description: "Turns lights on when somebody comes by in the dark, and off some minutes after the last movement.",
  about: "light",
  icon: "light",
  inputs: {
    motion: { kind: "devices", label: "Motion sensors", has: ["occupancySensing.occupancy"], prefer: ["motion"] },
    lights: { kind: "devices", label: "Lights", kinds: ["light"], has: ["onOff.on", "onOff.off"] },
    minutes: { kind: "number", label: "Off after", unit: "min", min: 0.5, max: 120, step: 0.5, default: 3 },
  },
  rule: {
    form: "when",
    on: [{ kind: "becomes", target: { input: "motion" }, of: "occupancySensing.occupancy", to: true }],
    if: { kind: "sun", is: "down" },
    do: [
      { kind: "command", target: { input: "lights" }, capability: "onOff", command: "on" },
      {
        kind: "waitUntil",
        condition: {
          kind: "state",
          target: { input: "motion" },
          of: "occupancySensing.occupancy",
          op: "=",
          value: false,
          every: true,
          forMinutes: { input: "minutes" },
        },
        atMostMinutes: 720,
      },
      { kind: "command", target: { input: "lights" }, capability: "onOff", command: "off" },
    ],
    mode: "single",
  },
};
