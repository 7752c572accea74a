import { capability } from "../capability.ts";

export const energyEvse = capability({
  name: "energyEvse",
  label: "EV charger",
  matter: "EnergyEvse",
  attributes: {
    state: {
      type: "enum",
      values: [
        "notPluggedIn",
        "pluggedInNoDemand",
        "pluggedInDemand",
        "pluggedInCharging",
        "pluggedInDischarging",
        "sessionEnding",
        "fault",
      ],
      label: "Car",
    },
    supplyState: {
      type: "enum",
      values: ["disabled", "chargingEnabled", "dischargingEnabled", "disabledError", "disabledDiagnostics", "enabled"],
      label: "Supply",
    },
    userMaximumChargeCurrent: { type: "number", unit: "A", min: 0, max: 80, label: "Charge limit", writable: true },
    sessionEnergyCharged: {
      type: "number",
      unit: "kWh",
      min: 0,
      max: 10000,
      label: "Charged this session",
      kind: "measurement",
    },
    stateOfCharge: { type: "number", unit: "%", min: 0, max: 100, label: "Charge", kind: "measurement" },
    batteryCapacity: { type: "number", unit: "kWh", min: 0, max: 500, label: "Car's battery" },
  },
  commands: {
    enableCharging: { label: "Charge", args: {}, wants: () => ({ supplyState: "chargingEnabled" }) },
    disable: { label: "Stop charging", args: {}, wants: () => ({ supplyState: "disabled" }) },
  },
});
