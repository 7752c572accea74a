import { capability } from "../capability.ts";
import { concentration } from "./concentration.ts";

export const pm1ConcentrationMeasurement = capability(
  concentration("pm1ConcentrationMeasurement", "Pm1ConcentrationMeasurement", "PM1", "µg/m3", 10000),
);
