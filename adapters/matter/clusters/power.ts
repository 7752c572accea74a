import { energyStruct, scaled, words } from "./codecs.ts";
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
    frequency: scaled(1000),
    powerFactor: scaled(100),
  },
});

export const electricalEnergyMeasurement = clusterTable({
  cluster: "ElectricalEnergyMeasurement",
  id: 0x0091,
  capability: "electricalEnergyMeasurement",
  attributes: { cumulativeEnergyImported: energyStruct, cumulativeEnergyExported: energyStruct },
});
