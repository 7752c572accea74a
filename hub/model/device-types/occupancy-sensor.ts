import { deviceType } from "../device-type.ts";

export const occupancySensor = deviceType({
  name: "occupancySensor",
  matter: "OccupancySensor",
  label: "Motion sensor",
  icon: "motion",
  words: ["motion", "occupancy", "presence"],
});
