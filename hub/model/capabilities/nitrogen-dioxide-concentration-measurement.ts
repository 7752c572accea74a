import { capability } from "../capability.ts";
import { concentration } from "./concentration.ts";

export const nitrogenDioxideConcentrationMeasurement = capability(
  concentration(
    "nitrogenDioxideConcentrationMeasurement",
    "NitrogenDioxideConcentrationMeasurement",
    "Nitrogen dioxide",
    "ppb",
    100000,
  ),
);
