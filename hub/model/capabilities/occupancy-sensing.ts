import { capability } from "../capability.ts";

export const occupancySensing = capability({
  name: "occupancySensing",
  label: "Occupancy",
  matter: "OccupancySensing",
  attributes: {
    occupancy: { type: "boolean", words: ["clear", "occupied"], label: "Occupied" },
    holdTime: { type: "number", unit: "s", min: 0, max: 65_535, label: "Clear after", writable: true },
  },
  commands: {},
});
