import type { Blueprint } from "../../../model/blueprint/blueprint.ts";

export const waterLeak: Blueprint = {
  inglenookBlueprint: 1,
  id: "water-leak",
  version: 1,
  title: "Water leak: shut off and tell",
  description:
    "When a sensor finds water where none should be, the main valve is closed, if there is one, and you are told.",
  about: "safety",
  icon: "leak",
  inputs: {
    sensors: {
      kind: "devices",
      label: "Water sensors",
      kinds: ["waterLeakDetector"],
      has: ["booleanState.stateValue"],
    },
    valve: {
      kind: "device",
      label: "Valve of the water main",
      has: ["valveConfigurationAndControl.close"],
      prefer: ["waterValve"],
      optional: true,
    },
    tap: {
      kind: "device",
      label: "Valve that is only switched",
      hint: "Where the valve is a switch: off is closed",
      kinds: ["waterValve"],
      has: ["onOff.off"],
      optional: true,
    },
  },
  rule: {
    form: "when",
    on: [{ kind: "becomes", target: { input: "sensors" }, of: "booleanState.stateValue", to: true }],
    do: [
      {
        given: "valve",
        use: {
          kind: "command",
          target: { input: "valve" },
          capability: "valveConfigurationAndControl",
          command: "close",
        },
      },
      { given: "tap", use: { kind: "command", target: { input: "tap" }, capability: "onOff", command: "off" } },
      {
        kind: "notify",
        title: "Water leak",
        text: {
          given: "valve",
          use: "A sensor found water. The main valve is being closed.",
          else: "A sensor found water. Look at once.",
        },
        level: "alarm",
      },
    ],
    mode: "single",
  },
};
