import { capability } from "../capability.ts";
import { concentration } from "./concentration.ts";

export const totalVolatileOrganicCompoundsConcentrationMeasurement = capability(
  concentration(
    "totalVolatileOrganicCompoundsConcentrationMeasurement",
    "TotalVolatileOrganicCompoundsConcentrationMeasurement",
    "VOC",
    "ppb",
    1000000,
  ),
);
