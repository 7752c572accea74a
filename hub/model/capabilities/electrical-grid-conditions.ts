import { capability } from "../capability.ts";
import { moment, yesNo } from "./shapes.ts";

const carbon = { type: "number", unit: "g/kWh", min: -32_768, max: 32_767 } as const;
const levels: readonly string[] = ["low", "medium", "high"];

export const electricalGridConditions = capability({
  name: "electricalGridConditions",
  label: "Grid",
  matter: "ElectricalGridConditions",
  attributes: {
    localGenerationAvailable: { ...yesNo, label: "Own generation" },
    gridCarbonIntensity: { ...carbon, label: "CO2 of the grid", kind: "measurement", ours: true },
    gridCarbonLevel: { type: "enum", values: levels, label: "CO2 level of the grid", ours: true },
    localCarbonIntensity: { ...carbon, label: "CO2 of the house", kind: "measurement", ours: true },
    localCarbonLevel: { type: "enum", values: levels, label: "CO2 level of the house", ours: true },
    conditionsEnd: { ...moment, label: "Holds until", ours: true },
    nextGridCarbonIntensity: { ...carbon, label: "CO2 of the grid next", ours: true },
    nextConditionsStart: { ...moment, label: "Next from", ours: true },
    lowestGridCarbonIntensity: { ...carbon, label: "Lowest CO2 ahead", ours: true },
    lowestGridCarbonStart: { ...moment, label: "Lowest CO2 from", ours: true },
  },
  commands: {},
});
