import type { Blueprint } from "../../../model/blueprint/blueprint.ts";

export const nightMode: Blueprint = {
  inglenookBlueprint: 1,
  id: "night-mode",
  version: 1,
  title: "Good night, good morning",
  description:
    "At bedtime the house goes into mode night and the lights go off; in the morning it comes back to mode home. While the house is away or on holiday, nothing happens.",
  about: "light",
  icon: "house",
  inputs: {
    bed: { kind: "time", label: "Bedtime", default: "23:15" },
    wake: { kind: "time", label: "Morning", default: "06:30" },
    days: { kind: "weekdays", label: "Morning on these days", default: [1, 2, 3, 4, 5, 6, 7] },
    lights: {
      kind: "devices",
      label: "Lights that go off",
      kinds: ["light"],
      has: ["onOff.off"],
      default: { kinds: ["light"] },
    },
  },
  rule: {
    form: "when",
    on: [
      { kind: "time", id: "bed", at: { input: "bed" } },
      { kind: "time", id: "wake", at: { input: "wake" }, weekdays: { input: "days" } },
    ],
    do: [
      {
        kind: "choose",
        options: [
          {
            if: {
              kind: "all",
              of: [
                { kind: "trigger", id: "bed" },
                { kind: "mode", in: ["home"] },
              ],
            },
            do: [
              { kind: "mode", to: "night" },
              { kind: "command", target: { input: "lights" }, capability: "onOff", command: "off" },
            ],
          },
          {
            if: {
              kind: "all",
              of: [
                { kind: "trigger", id: "wake" },
                { kind: "mode", in: ["night"] },
              ],
            },
            do: [{ kind: "mode", to: "home" }],
          },
        ],
      },
    ],
    mode: "restart",
  },
};
