import { capability } from "../capability.ts";

/** A number that the hub itself keeps; its unit, range and step are each number's own. */
export const houseNumber = capability({
  name: "houseNumber",
  label: "Number of the house",
  matter: undefined,
  attributes: {
    value: {
      ...{ type: "number", unit: "1", min: -1e9, max: 1e9, label: "Value" },
      ...{ writable: true, kind: "measurement", ours: true, itself: true },
    },
  },
  commands: {},
});
