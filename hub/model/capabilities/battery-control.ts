import { capability } from "../capability.ts";

/** Ours: batteries are planned in modes and limits, never in fixed kW; Matter has no such mode list for storage. */
export const batteryControl = capability({
  name: "batteryControl",
  label: "Battery mode",
  matter: undefined,
  attributes: {
    mode: {
      ...{ type: "enum", label: "Mode", writable: true },
      values: ["followLoad", "hold", "chargeFromGrid"],
      words: { followLoad: "following the house", hold: "on hold", chargeFromGrid: "charging from the grid" },
    },
  },
  commands: {},
});
