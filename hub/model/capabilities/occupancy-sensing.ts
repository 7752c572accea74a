import { capability } from "../capability.ts";

export const occupancySensing = capability({
  name: "occupancySensing",
  label: "Occupancy",
  matter: "OccupancySensing",
  attributes: {
    occupancy: { type: "boolean", words: ["clear", "occupied"], label: "Occupied" },
  },
  commands: {},
});
