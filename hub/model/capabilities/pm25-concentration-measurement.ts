import { capability } from "../capability.ts";
import { concentration } from "./concentration.ts";

export const pm25ConcentrationMeasurement = capability(
  concentration("pm25ConcentrationMeasurement", "Pm25ConcentrationMeasurement", "PM2.5", "µg/m3", 10000),
);
