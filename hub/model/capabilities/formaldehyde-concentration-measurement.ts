import { capability } from "../capability.ts";
import { concentration } from "./concentration.ts";

export const formaldehydeConcentrationMeasurement = capability(
  concentration(
    "formaldehydeConcentrationMeasurement",
    "FormaldehydeConcentrationMeasurement",
    "Formaldehyde",
    "mg/m3",
    1000,
  ),
);
