import { capability, type Value } from "../capability.ts";

export const temperatureControl = capability({
  name: "temperatureControl",
  label: "Temperature control",
  matter: "TemperatureControl",
  attributes: {
    temperatureSetpoint: { type: "number", unit: "degC", min: -50, max: 350, label: "Set to" },
    selectedTemperatureLevel: { type: "string", maxLength: 16, label: "Level" },
  },
  commands: {
    setTemperature: {
      label: "Set temperature",
      args: {
        targetTemperature: { type: "number", unit: "degC", min: -50, max: 350, label: "To", optional: true },
        targetTemperatureLevel: { type: "string", maxLength: 16, label: "Level", optional: true },
      },
      wants: (args): Record<string, Value> =>
        args.targetTemperature === undefined
          ? { selectedTemperatureLevel: args.targetTemperatureLevel ?? "" }
          : { temperatureSetpoint: args.targetTemperature },
    },
  },
});
