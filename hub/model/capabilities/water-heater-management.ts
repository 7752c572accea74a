import { capability } from "../capability.ts";

export const waterHeaterManagement = capability({
  name: "waterHeaterManagement",
  label: "Water heater",
  matter: "WaterHeaterManagement",
  attributes: {
    heatDemand: { type: "boolean", words: ["no", "yes"], label: "Heating" },
    boostState: { type: "enum", values: ["inactive", "active"], label: "Boost" },
    tankVolume: { type: "number", unit: "l", min: 0, max: 5000, label: "Tank" },
    tankPercentage: { type: "number", unit: "%", min: 0, max: 100, label: "Hot water", kind: "measurement" },
  },
  commands: {},
});
