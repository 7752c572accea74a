import { capability } from "../capability.ts";
import { concentration } from "./concentration.ts";

export const radonConcentrationMeasurement = capability(
  concentration("radonConcentrationMeasurement", "RadonConcentrationMeasurement", "Radon", "Bq/m3", 1000000),
);
