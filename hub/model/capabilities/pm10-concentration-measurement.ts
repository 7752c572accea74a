import { capability } from "../capability.ts";
import { concentration } from "./concentration.ts";

export const pm10ConcentrationMeasurement = capability(
  concentration("pm10ConcentrationMeasurement", "Pm10ConcentrationMeasurement", "PM10", "µg/m3", 10000),
);
