import { capability } from "../capability.ts";

export const waterHeaterManagement = capability({
  name: "waterHeaterManagement",
  label: "Water heater",
  matter: "WaterHeaterManagement",
  attributes: {
    heatDemand: { type: "boolean", words: ["no", "yes"], label: "Heating" },
    boostState: { type: "enum", values: ["inactive", "active"], label: "Boost" },
    tankVolume: { type: "number", unit: "l", min: 0, max: 65_535, label: "Tank" },
    tankPercentage: { type: "number", unit: "%", min: 0, max: 100, label: "Hot water", kind: "measurement" },
    estimatedHeatRequired: {
      type: "number",
      unit: "kWh",
      min: 0,
      max: 10_000,
      label: "Heat it lacks",
      kind: "measurement",
    },
  },
  commands: {
    boost: {
      label: "Boost",
      args: {
        duration: { type: "number", unit: "s", min: 1, max: 4_294_967_295, label: "For at most" },
        oneShot: { type: "boolean", words: ["no", "yes"], label: "End when hot", optional: true },
        emergencyBoost: { type: "boolean", words: ["no", "yes"], label: "With every source of heat", optional: true },
        temporarySetpoint: { type: "number", unit: "degC", min: 20, max: 90, label: "Heat to", optional: true },
        targetPercentage: { type: "number", unit: "%", min: 1, max: 100, label: "Hot water", optional: true },
        targetReheat: { type: "number", unit: "%", min: 1, max: 100, label: "Reheat below", optional: true },
      },
      wants: () => ({ boostState: "active" }),
    },
    cancelBoost: { label: "End the boost", args: {}, wants: () => ({ boostState: "inactive" }) },
  },
});
