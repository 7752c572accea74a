import { capability } from "../capability.ts";

const amps = { type: "number", unit: "A", min: 0, max: 1000 } as const;
/** Until the end of Matter's clock, which counts 32 bits from 2000. */
const moment = { type: "number", unit: "epoch-s", min: 0, max: 5_241_652_095 } as const;

const faults: readonly string[] = [
  ...["noError", "meterFailure", "overVoltage", "underVoltage", "overCurrent", "contactWetFailure"],
  ...["contactDryFailure", "groundFault", "powerLoss", "powerQuality", "pilotShortCircuit", "emergencyStop"],
  ...["evDisconnected", "wrongPowerSupply", "liveNeutralSwap", "overTemperature", "other"],
];
/** Days that a charging target is for; Matter has them as a bitmap. */
const days: readonly string[] = [
  ...["everyDay", "workdays", "weekend"],
  ...["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
];

/** A car's charger. Charging targets are one a day here: by when, to which charge or with how much energy. */
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
    faultState: {
      type: "enum",
      values: faults,
      label: "Fault",
    },
    chargingEnabledUntil: { ...moment, label: "Charging allowed until" },
    dischargingEnabledUntil: { ...moment, label: "Giving allowed until" },
    circuitCapacity: { ...amps, label: "Circuit carries" },
    minimumChargeCurrent: { ...amps, label: "Least current" },
    maximumChargeCurrent: { ...amps, label: "Most current" },
    maximumDischargeCurrent: { ...amps, label: "Most current given" },
    userMaximumChargeCurrent: { type: "number", unit: "A", min: 0, max: 80, label: "Charge limit", writable: true },
    randomizationDelayWindow: {
      type: "number",
      unit: "s",
      min: 0,
      max: 86_400,
      label: "Random delay up to",
      writable: true,
    },
    nextChargeStartTime: { ...moment, label: "Charges next from" },
    nextChargeTargetTime: { ...moment, label: "Next target at" },
    nextChargeRequiredEnergy: { type: "number", unit: "kWh", min: 0, max: 10_000, label: "Next target needs" },
    nextChargeTargetSoC: { type: "number", unit: "%", min: 0, max: 100, label: "Next target" },
    sessionDuration: { type: "number", unit: "s", min: 0, max: 4_294_967_295, label: "Plugged in for" },
    sessionEnergyCharged: {
      type: "number",
      unit: "kWh",
      min: 0,
      max: 10000,
      label: "Charged this session",
      kind: "measurement",
    },
    sessionEnergyDischarged: {
      type: "number",
      unit: "kWh",
      min: 0,
      max: 10000,
      label: "Given this session",
      kind: "measurement",
    },
    stateOfCharge: { type: "number", unit: "%", min: 0, max: 100, label: "Charge", kind: "measurement" },
    batteryCapacity: { type: "number", unit: "kWh", min: 0, max: 500, label: "Car's battery" },
  },
  commands: {
    enableCharging: {
      label: "Charge",
      args: {
        chargingEnabledUntil: { ...moment, label: "Until", optional: true },
        minimumChargeCurrent: { ...amps, label: "With at least", optional: true },
        maximumChargeCurrent: { ...amps, label: "With at most", optional: true },
      },
      // A limit that was asked for has to show as well, so that another one is not taken for already so.
      wants: ({ maximumChargeCurrent: most }) => ({
        supplyState: "chargingEnabled",
        ...(most === undefined ? {} : { maximumChargeCurrent: most }),
      }),
    },
    disable: { label: "Stop charging", args: {}, wants: () => ({ supplyState: "disabled" }) },
    enableDischarging: {
      label: "Give power to the house",
      args: {
        dischargingEnabledUntil: { ...moment, label: "Until", optional: true },
        maximumDischargeCurrent: { ...amps, label: "With at most", optional: true },
      },
      wants: () => ({ supplyState: "dischargingEnabled" }),
    },
    setTargets: {
      label: "Set a charging target",
      args: {
        targetTime: { type: "number", unit: "min-of-day", min: 0, max: 1439, label: "Ready by" },
        targetSoC: { type: "number", unit: "%", min: 0, max: 100, label: "Charge", optional: true },
        addedEnergy: { type: "number", unit: "kWh", min: 0, max: 500, label: "Or energy to add", optional: true },
        dayOfWeek: { type: "enum", values: days, label: "On", optional: true },
      },
      wants: () => ({}),
    },
    clearTargets: { label: "Clear charging targets", args: {}, wants: () => ({}) },
  },
});
