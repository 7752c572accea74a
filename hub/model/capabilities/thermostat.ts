import { capability } from "../capability.ts";

export const thermostat = capability({
  name: "thermostat",
  label: "Thermostat",
  matter: "Thermostat",
  attributes: {
    localTemperature: { type: "number", unit: "degC", min: -50, max: 100, label: "Temperature", kind: "measurement" },
    occupiedHeatingSetpoint: {
      type: "number",
      unit: "degC",
      min: 4,
      max: 90,
      step: 0.5,
      label: "Heat to",
      writable: true,
    },
    occupiedCoolingSetpoint: {
      type: "number",
      unit: "degC",
      min: 10,
      max: 40,
      step: 0.5,
      label: "Cool to",
      writable: true,
    },
    systemMode: {
      type: "enum",
      values: ["off", "auto", "cool", "heat", "emergencyHeat", "precooling", "fanOnly", "dry", "sleep"],
      label: "Mode",
      writable: true,
    },
    thermostatRunningMode: { type: "enum", values: ["off", "cool", "heat"], label: "Running" },
    piHeatingDemand: { type: "number", unit: "%", min: 0, max: 100, label: "Heating demand", kind: "measurement" },
    localTemperatureCalibration: {
      type: "number",
      unit: "K",
      min: -25,
      max: 25,
      label: "Temperature correction",
      writable: true,
    },
  },
  commands: {},
});
