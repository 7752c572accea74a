import { capability } from "../capability.ts";
import { concentration } from "./concentration.ts";

export const carbonMonoxideConcentrationMeasurement = capability(
  concentration(
    "carbonMonoxideConcentrationMeasurement",
    "CarbonMonoxideConcentrationMeasurement",
    "CO",
    "ppm",
    100000,
  ),
);
