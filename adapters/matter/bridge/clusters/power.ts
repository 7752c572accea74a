import { bridgeCluster, has, type Source } from "../table.ts";
import { milli, numberOf, wire } from "./codecs.ts";

/** Attribute, its MeasurementTypeEnum (2.13.5.1), and its milli-units' factor. */
const electrical: readonly (readonly [string, number, number])[] = [
  ["activePower", 5, 1000],
  ["voltage", 1, 1000],
  ["activeCurrent", 2, 1000],
  ["reactivePower", 6, 1000],
  ["apparentPower", 7, 1000],
  ["frequency", 11, 1000],
  ["powerFactor", 12, 100],
];

const EPM = "electricalPowerMeasurement";

/** Solar power and storage must tell voltage and current too; where the device does not, they are null. */
const owes = (type: string, name: string): boolean =>
  name === "activePower" ||
  ((type === "SolarPower" || type === "BatteryStorage") && (name === "voltage" || name === "activeCurrent"));

const told = (source: Source, type: string) =>
  electrical.filter(([name]) => owes(type, name) || has(source, EPM, name));

/** How exact a device is no maker tells over MQTT: anything up to the whole is promised. */
export const accuracy = (measurementType: number, most: number) => ({
  measurementType,
  measured: true,
  minMeasuredValue: -most,
  maxMeasuredValue: most,
  accuracyRanges: [{ rangeMin: -most, rangeMax: most, percentMax: 10_000 }],
});

/** A billion of milli-units: a megawatt. */
export const MOST = 1_000_000_000;

export const electricalPowerMeasurement = bridgeCluster({
  cluster: "ElectricalPowerMeasurement",
  // Everything that is not told of a direct current's circuit is one of alternating current.
  features: () => ["AlternatingCurrent"],
  fixed: (source, type) => {
    const types = told(source, type);
    return {
      powerMode: 2,
      numberOfMeasurementTypes: types.length,
      accuracy: types.map(([, measurementType]) => accuracy(measurementType, MOST)),
    };
  },
  state: (held, source) => {
    const types = electrical.filter(([name]) => name === "activePower" || has(source, EPM, name));
    return Object.fromEntries(types.map(([name, , per]) => [name, milli(held(`${EPM}.${name}`), per)]));
  },
});

/** As {@link electricalPowerMeasurement} for types that owe voltage and current. */
export const fullPowerMeasurement = bridgeCluster({
  ...electricalPowerMeasurement,
  state: (held, source) => ({ voltage: null, activeCurrent: null, ...electricalPowerMeasurement.state(held, source) }),
});

const EEM = "electricalEnergyMeasurement";
/** A hundred million kWh in mWh. */
export const MOST_MWH = 100_000_000 * 1_000_000;

/** Solar power and storage must tell what they exported (device library 14.2 and 14.3). */
const exports_ = (source: Source, type: string): boolean =>
  type === "SolarPower" || type === "BatteryStorage" || has(source, EEM, "cumulativeEnergyExported");

const imports_ = (source: Source, type: string): boolean =>
  has(source, EEM, "cumulativeEnergyImported") || !exports_(source, type);

const energy = (kwh: unknown) => {
  const value = typeof kwh === "number" ? wire(kwh, 1e6, 0, MOST_MWH) : null;
  return value === null ? null : { energy: value };
};

const energyOf = (full: boolean) =>
  bridgeCluster({
    cluster: "ElectricalEnergyMeasurement",
    features: (source, type) => [
      "CumulativeEnergy",
      ...(imports_(source, type) ? ["ImportedEnergy"] : []),
      ...(exports_(source, type) ? ["ExportedEnergy"] : []),
    ],
    fixed: () => ({ accuracy: { ...accuracy(14, MOST_MWH), minMeasuredValue: 0 } }),
    state: (held, source) => {
      const type = full ? "SolarPower" : "";
      return {
        ...(imports_(source, type)
          ? { cumulativeEnergyImported: energy(held(`${EEM}.cumulativeEnergyImported`)) }
          : {}),
        ...(exports_(source, type)
          ? { cumulativeEnergyExported: energy(held(`${EEM}.cumulativeEnergyExported`)) }
          : {}),
      };
    },
  });

export const electricalEnergyMeasurement = energyOf(false);
export const exportedEnergyMeasurement = energyOf(true);

/** What is measured here is what flows through this endpoint and those below it (11.8.4). */
export const powerTopology = bridgeCluster({ cluster: "PowerTopology", features: () => ["TreeTopology"] });

const levels = { ok: 0, warning: 1, critical: 2 };

/** Where the maker tells no level, a fifth is the warning and a twentieth critical. */
const levelOf = (percent: unknown): number =>
  typeof percent === "number" ? (percent <= 5 ? 2 : percent <= 20 ? 1 : 0) : 0;

/** The battery of a battery device: half percents and millivolts (11.7.7). */
export const battery = bridgeCluster({
  cluster: "PowerSource",
  features: () => ["Battery"],
  fixed: () => ({ status: 1, order: 0, description: "Battery", batReplaceability: 0, endpointList: [] }),
  state: (held, source) => {
    const percent = held("powerSource.batPercentRemaining");
    return {
      batPercentRemaining: wire(percent, 2, 0, 200),
      ...(has(source, "powerSource", "batVoltage")
        ? { batVoltage: wire(held("powerSource.batVoltage"), 1000, 0, 0xffff_fffe) }
        : {}),
      batChargeLevel: numberOf(levels, held("powerSource.batChargeLevel")) ?? levelOf(percent),
      batReplacementNeeded: false,
    };
  },
});

/** What is wired to the mains. */
export const mains = bridgeCluster({
  cluster: "PowerSource",
  features: () => ["Wired"],
  fixed: () => ({ status: 1, order: 0, description: "Mains", wiredCurrentType: 0, endpointList: [] }),
});
