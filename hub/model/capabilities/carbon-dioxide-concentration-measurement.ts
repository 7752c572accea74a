import { capability } from "../capability.ts";
import { concentration } from "./concentration.ts";

export const carbonDioxideConcentrationMeasurement = capability(
  concentration("carbonDioxideConcentrationMeasurement", "CarbonDioxideConcentrationMeasurement", "CO2", "ppm", 100000),
);
