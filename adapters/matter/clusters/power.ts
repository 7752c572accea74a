import { energyStruct, flag, scaled, wireNumber, words } from "./codecs.ts";
import { amount, text } from "./structs.ts";
import { clusterTable } from "./table.ts";

/** Half percents and millivolts (11.7.7). */
export const powerSource = clusterTable({
  cluster: "PowerSource",
  id: 0x002f,
  capability: "powerSource",
  attributes: {
    batPercentRemaining: scaled(2),
    batVoltage: scaled(1000),
    batChargeLevel: words({ 0: "ok", 1: "warning", 2: "critical" }),
    batChargeState: words({ 0: "unknown", 1: "isCharging", 2: "isAtFullCharge", 3: "isNotCharging" }),
    batChargingCurrent: scaled(1000),
    batTimeRemaining: scaled(1),
    batTimeToFullCharge: scaled(1),
    batReplacementNeeded: flag,
    batReplacementDescription: text(60),
    batQuantity: scaled(1),
    batPresent: flag,
    status: words({ 0: "unspecified", 1: "active", 2: "standby", 3: "unavailable" }),
    wiredPresent: flag,
  },
  parts: {
    // mAh at the battery's voltage: what a home battery holds, to within the swing of that voltage.
    batCapacity: {
      of: "batCapacity",
      decode: (wire, siblings) => {
        const milliampHours = wireNumber(wire);
        const millivolts = wireNumber(siblings("batVoltage"));
        if (wire === null || (milliampHours !== undefined && millivolts === undefined)) return null;
        return milliampHours === undefined ? undefined : amount(milliampHours * (millivolts ?? 0), 1e9);
      },
    },
    batFault: {
      of: "activeBatFaults",
      decode: (wire) => (wire === null ? null : Array.isArray(wire) ? wire.length > 0 : undefined),
    },
  },
});

/** Milli-units; positive is imported by the endpoint, as in the house (2.13.6.5). */
export const electricalPowerMeasurement = clusterTable({
  cluster: "ElectricalPowerMeasurement",
  id: 0x0090,
  capability: "electricalPowerMeasurement",
  attributes: {
    activePower: scaled(1000),
    voltage: scaled(1000),
    activeCurrent: scaled(1000),
    reactivePower: scaled(1000),
    apparentPower: scaled(1000),
    reactiveCurrent: scaled(1000),
    apparentCurrent: scaled(1000),
    rmsVoltage: scaled(1000),
    rmsCurrent: scaled(1000),
    rmsPower: scaled(1000),
    neutralCurrent: scaled(1000),
    powerMode: words({ 0: "unknown", 1: "dc", 2: "ac" }),
    frequency: scaled(1000),
    powerFactor: scaled(100),
  },
  ignored: ["accuracy", "ranges", "numberOfMeasurementTypes"],
});

export const electricalEnergyMeasurement = clusterTable({
  cluster: "ElectricalEnergyMeasurement",
  id: 0x0091,
  capability: "electricalEnergyMeasurement",
  attributes: { cumulativeEnergyImported: energyStruct, cumulativeEnergyExported: energyStruct },
  ignored: ["accuracy"],
});
