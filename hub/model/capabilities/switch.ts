import { capability } from "../capability.ts";

/** What a hand did: a press that is told as it begins, the finished presses by count, and the long one with its end. */
const presses: readonly string[] = [
  ...["pressed", "singlePress", "doublePress", "triplePress", "manyPresses"],
  ...["longPress", "released", "longReleased", "switched"],
];

/** Buttons and switches that only tell: a press is a happening, so two alike are two readings of one value. */
export const switchCapability = capability({
  name: "switch",
  label: "Button",
  matter: "Switch",
  attributes: {
    event: { type: "enum", values: presses, label: "Last press", ours: true },
    presses: { type: "number", unit: "1", min: 1, max: 255, label: "Presses in a row", ours: true },
    currentPosition: { type: "number", unit: "1", min: 0, max: 255, label: "Position" },
  },
  commands: {},
});
