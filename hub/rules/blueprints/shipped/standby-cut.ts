import type { Blueprint } from "../../../model/blueprint/blueprint.ts";

export const standbyCut: Blueprint = {
  inglenookBlueprint: 1,
  id: "standby-cut",
  version: 1,
  title: "No standby at night and while away",
  description:
    "Cuts the power of a corner (TV, desk, games) at night and while the house is away or on holiday, but only once it stands by: what is in use stays on.",
  about: "energy",
  icon: "plug",
  inputs: {
    plug: {
      kind: "device",
      label: "Plug of the corner",
      has: ["onOff.on", "onOff.off", "electricalPowerMeasurement.activePower"],
      prefer: ["basicVideoPlayer", "castingVideoClient"],
    },
    watts: { kind: "number", label: "It stands by below", unit: "W", min: 1, max: 200, default: 25 },
    from: { kind: "time", label: "Night begins at", default: "23:30" },
    to: { kind: "time", label: "Night ends at", default: "06:00" },
  },
  rule: {
    form: "while",
    while: {
      kind: "all",
      of: [
        {
          kind: "any",
          of: [
            { kind: "between", from: { input: "from" }, to: { input: "to" } },
            { kind: "mode", in: ["away", "holiday"] },
          ],
        },
        {
          kind: "state",
          target: { input: "plug" },
          of: "electricalPowerMeasurement.activePower",
          op: "<",
          value: { input: "watts" },
        },
      ],
    },
    keep: [{ kind: "command", target: { input: "plug" }, capability: "onOff", command: "off" }],
    otherwise: [{ kind: "command", target: { input: "plug" }, capability: "onOff", command: "on" }],
  },
};
