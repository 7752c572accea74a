import type { Blueprint } from "../../../model/blueprint/blueprint.ts";

export const lightsEmptyRoom: Blueprint = {
  inglenookBlueprint: 1,
  id: "lights-empty-room",
  version: 1,
  title: "Lights off in an empty room",
  description: "Turns the lights of a room off once nobody has moved in it for some minutes.",
  about: "light",
  icon: "motion",
  inputs: {
    room: {
      kind: "room",
      label: "Room",
      with: [
        { kinds: ["motion"], has: ["occupancySensing.occupancy"] },
        { kinds: ["light"], has: ["onOff.off"] },
      ],
    },
    minutes: { kind: "number", label: "After", unit: "min", min: 1, max: 240, default: 10 },
  },
  rule: {
    form: "when",
    on: [
      {
        kind: "holds",
        condition: {
          kind: "state",
          target: { rooms: [{ input: "room" }], kinds: ["motion"] },
          of: "occupancySensing.occupancy",
          op: "=",
          value: false,
          every: true,
        },
        forMinutes: { input: "minutes" },
      },
    ],
    do: [
      {
        kind: "command",
        target: { rooms: [{ input: "room" }], kinds: ["light"] },
        capability: "onOff",
        command: "off",
      },
    ],
    mode: "restart",
  },
};
