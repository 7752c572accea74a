import { capability } from "../capability.ts";
import { concentration } from "./concentration.ts";

export const ozoneConcentrationMeasurement = capability(
  concentration("ozoneConcentrationMeasurement", "OzoneConcentrationMeasurement", "Ozone", "ppb", 100000),
);
