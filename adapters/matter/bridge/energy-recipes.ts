import { energyEvse, energyEvseMode, evseEnergyManagement, isCharger } from "./clusters/energy-evse.ts";
import { heatPumpEnergyManagement } from "./clusters/heat-pump.ts";
import * as power from "./clusters/power.ts";
import * as cells from "./clusters/storage.ts";
import { commodityPrice } from "./clusters/tariff.ts";
import { commodityMetering } from "./clusters/water.ts";
import { electrical, electricalOf } from "./electrical.ts";
import { identify, type Part, type Recipe, type Use } from "./recipe.ts";
import { type BridgeCluster, has, hasCommand, type Source } from "./table.ts";

const EPM = "electricalPowerMeasurement";
const EEM = "electricalEnergyMeasurement";

/** Semantic tags of the standard's namespaces: what a power source is, and which side of a converter is measured. */
const from = {
  grid: { namespaceId: 0x0f, tag: 1 },
  sun: { namespaceId: 0x0f, tag: 2 },
  cells: { namespaceId: 0x0f, tag: 3 },
};
const side = { dc: { namespaceId: 0x0a, tag: 0 }, ac: { namespaceId: 0x0a, tag: 1 } };
/** The tariff that holds now, for electricity, for what is imported. */
const tariffTags = [
  { namespaceId: 0x0b, tag: 0 },
  { namespaceId: 0x0d, tag: 0 },
  { namespaceId: 0x13, tag: 0 },
];

const all = (clusters: readonly BridgeCluster[], source: Source, type: string): Use[] =>
  clusters.map((cluster) => ({ cluster, source, type }));
const is = (source: Source, kind: string): boolean => source.kinds.includes(kind);

/** A charger in Matter has a meter with power and energy, mains, and says what power it may take (device library 14.3). */
export const charger: Recipe = {
  type: "EnergyEvse",
  takes: ["energyEvse"],
  main: true,
  fits: (source) => isCharger(source),
  uses: (source) =>
    all(
      [
        ...[identify, energyEvse, energyEvseMode, evseEnergyManagement],
        ...[power.powerTopology, power.electricalPowerMeasurement, power.electricalEnergyMeasurement, power.mains],
      ],
      source,
      "EnergyEvse",
    ),
  alsoTakes: electricalOf,
};

export const solar: Recipe = {
  type: "SolarPower",
  takes: [EPM, EEM],
  main: true,
  fits: (source, left) => is(source, "solarPower") && (left.has(EPM) || left.has(EEM)),
  uses: (source) =>
    all(
      [identify, power.powerTopology, power.fullPowerMeasurement, power.exportedEnergyMeasurement, power.mains],
      source,
      "SolarPower",
    ),
  tags: [from.sun],
};

const STORAGE = "BatteryStorage";

/**
 * A home battery has two sides (device library 14.4): the house's, where its power is measured, and the cells'. What no maker
 * tells over MQTT of the cells is null.
 */
const sides = (source: Source): readonly Part[] => [
  {
    key: "ac",
    label: "House side",
    types: ["ElectricalSensor", "PowerSource"],
    uses: all(
      [power.powerTopology, power.fullPowerMeasurement, power.exportedEnergyMeasurement, power.mains],
      source,
      STORAGE,
    ),
    tags: [side.ac, from.grid],
  },
  {
    key: "dc",
    label: "Cells",
    types: ["ElectricalSensor", "PowerSource"],
    uses: all([power.powerTopology, cells.cellPower, cells.cellEnergy, cells.cells], source, STORAGE),
    tags: [side.dc, from.cells],
  },
];

export const storage: Recipe = {
  type: STORAGE,
  takes: [EPM, EEM, "powerSource"],
  main: true,
  fits: (source, left) => is(source, "batteryStorage") && (left.has("powerSource") || left.has(EPM)),
  uses: (source) => all([identify, cells.storageEnergyManagement], source, STORAGE),
  parts: sides,
};

/**
 * A heat pump's own meter. What it heats (thermostat, hot water) is a device type of its own: there is one endpoint for it,
 * which keeps its number, and this one is below it. A plug that feeds a heat pump stays a plug.
 */
export const heatPump: Recipe = {
  type: "HeatPump",
  takes: [EPM, EEM],
  under: true,
  fits: (source, left) =>
    is(source, "heatPump") && (left.has(EPM) || left.has(EEM)) && !hasCommand(source, "onOff", "on"),
  uses: (source) =>
    all(
      [
        ...[identify, heatPumpEnergyManagement, power.mains],
        ...[power.powerTopology, power.electricalPowerMeasurement, power.electricalEnergyMeasurement],
      ],
      source,
      "HeatPump",
    ),
};

/** The home's meter. Matter has a type for it since 1.5, which wants both power and energy. */
export const electricalMeter: Recipe = {
  type: "ElectricalMeter",
  takes: [EPM, EEM],
  main: true,
  fits: (source, left) => is(source, "electricalMeter") && left.has(EPM) && left.has(EEM),
  uses: (source, left) => all([commodityMetering, ...electrical(source, left)], source, "ElectricalMeter"),
};

/** What electricity costs now and next (device library 14.9): the hub's own tariff, or a device that tells prices. */
export const tariff: Recipe = {
  type: "ElectricalEnergyTariff",
  takes: ["commodityPrice"],
  main: true,
  fits: (source) => has(source, "commodityPrice", "price"),
  uses: (source) => all([commodityPrice], source, "ElectricalEnergyTariff"),
  tags: tariffTags,
};

/** A meter by itself, or a phase of one. */
export const meter: Recipe = {
  type: "ElectricalSensor",
  takes: [EPM, EEM],
  fits: () => true,
  uses: (source, left) => all(electrical(source, left), source, "ElectricalSensor"),
};
