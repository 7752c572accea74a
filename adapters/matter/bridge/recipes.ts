import { operationalState, rvcOperationalState, rvcRunMode } from "./clusters/appliances.ts";
import { colorControl } from "./clusters/color-control.ts";
import { doorLock } from "./clusters/door-lock.ts";
import { energyEvse, energyEvseMode, evseEnergyManagement, isCharger } from "./clusters/energy-evse.ts";
import { fanControl } from "./clusters/fan-control.ts";
import { levelControl } from "./clusters/level-control.ts";
import { onOff } from "./clusters/on-off.ts";
import * as power from "./clusters/power.ts";
import { switchCluster } from "./clusters/switch.ts";
import { thermostat } from "./clusters/thermostat.ts";
import { valve } from "./clusters/valve.ts";
import * as water from "./clusters/water.ts";
import { windowCovering } from "./clusters/window-covering.ts";
import { identify, type Recipe, type Use } from "./recipe.ts";
import { sensors } from "./sensor-recipes.ts";
import { type BridgeCluster, bridgeCluster, has, hasCommand, type Source } from "./table.ts";

const groups = bridgeCluster({ cluster: "Groups" });
const scenes = bridgeCluster({ cluster: "ScenesManagement" });

const electrical = (source: Source): BridgeCluster[] => {
  const own = [
    ...(has(source, "electricalPowerMeasurement") ? [power.electricalPowerMeasurement] : []),
    ...(has(source, "electricalEnergyMeasurement") ? [power.electricalEnergyMeasurement] : []),
  ];
  return own.length > 0 ? [power.powerTopology, ...own] : [];
};

const electricalOf = (cluster: string): readonly string[] =>
  cluster === "ElectricalPowerMeasurement"
    ? ["electricalPowerMeasurement"]
    : cluster === "ElectricalEnergyMeasurement"
      ? ["electricalEnergyMeasurement"]
      : [];

/** A device type that does something, with the meter that is built into it. */
const actuator = (
  type: string,
  takes: readonly string[],
  fits: (source: Source) => boolean,
  clusters: (source: Source) => readonly BridgeCluster[],
): Recipe => ({
  type,
  takes,
  main: true,
  fits: (source, left) => fits(source) && takes.every((c) => !has(source, c) || left.has(c)),
  uses: (source) => [...clusters(source), ...electrical(source)].map((cluster) => ({ cluster, source, type })),
  alsoTakes: electricalOf,
});

const switchable = (s: Source): boolean => hasCommand(s, "onOff", "on") && hasCommand(s, "onOff", "off");
const dimmable = (s: Source): boolean => switchable(s) && hasCommand(s, "levelControl", "moveToLevel");
const tunable = (s: Source): boolean => dimmable(s) && hasCommand(s, "colorControl", "moveToColorTemperature");
const coloured = (s: Source): boolean =>
  dimmable(s) &&
  (hasCommand(s, "colorControl", "moveToColor") || hasCommand(s, "colorControl", "moveToHueAndSaturation"));

const isLight = (s: Source): boolean => s.kinds.some((k) => /[lL]ight$/.test(k)) || has(s, "colorControl");
const isMounted = (s: Source): boolean => s.kinds.includes("mountedOnOffControl");

const switched = [identify, groups, scenes, onOff];
const dimmed = [...switched, levelControl];

const lights: readonly Recipe[] = [
  actuator(
    "ExtendedColorLight",
    ["onOff", "levelControl", "colorControl"],
    (s) => isLight(s) && coloured(s),
    () => [...dimmed, colorControl],
  ),
  actuator(
    "ColorTemperatureLight",
    ["onOff", "levelControl", "colorControl"],
    (s) => isLight(s) && tunable(s),
    () => [...dimmed, colorControl],
  ),
  actuator(
    "DimmableLight",
    ["onOff", "levelControl"],
    (s) => isLight(s) && dimmable(s),
    () => dimmed,
  ),
  actuator(
    "OnOffLight",
    ["onOff"],
    (s) => isLight(s) && switchable(s),
    () => switched,
  ),
];

const plugs: readonly Recipe[] = [
  actuator(
    "MountedDimmableLoadControl",
    ["onOff", "levelControl"],
    (s) => isMounted(s) && dimmable(s),
    () => dimmed,
  ),
  actuator(
    "MountedOnOffControl",
    ["onOff"],
    (s) => isMounted(s) && switchable(s),
    () => switched,
  ),
  actuator("DimmablePlugInUnit", ["onOff", "levelControl"], dimmable, () => dimmed),
  actuator("OnOffPlugInUnit", ["onOff"], switchable, () => switched),
];

const is = (s: Source, ...kinds: readonly string[]): boolean => s.kinds.some((kind) => kinds.includes(kind));

const climate: readonly Recipe[] = [
  actuator(
    "RoomAirConditioner",
    ["thermostat", "onOff", "fanControl"],
    (s) => is(s, "roomAirConditioner") && isThermostat(s) && (!has(s, "onOff") || switchable(s)),
    (s) => [identify, onOff, thermostat, ...(has(s, "fanControl") ? [fanControl] : [])],
  ),
  actuator("WaterHeater", ["waterHeaterManagement", "thermostat"], water.isWaterHeater, () => [
    identify,
    thermostat,
    water.waterHeaterManagement,
    water.waterHeaterMode,
  ]),
  actuator("Thermostat", ["thermostat"], isThermostat, () => [identify, thermostat]),
  actuator(
    "AirPurifier",
    ["fanControl"],
    (s) => is(s, "airPurifier"),
    () => [identify, fanControl],
  ),
  actuator(
    "Fan",
    ["fanControl"],
    () => true,
    () => [identify, groups, fanControl],
  ),
];

function isThermostat(s: Source): boolean {
  return has(s, "thermostat", "occupiedHeatingSetpoint") || has(s, "thermostat", "occupiedCoolingSetpoint");
}

const movers: readonly Recipe[] = [
  actuator(
    "WindowCovering",
    ["windowCovering"],
    () => true,
    () => [identify, windowCovering],
  ),
  actuator(
    "DoorLock",
    ["doorLock"],
    (s) => hasCommand(s, "doorLock", "lockDoor"),
    () => [identify, doorLock],
  ),
  actuator(
    "WaterValve",
    ["valveConfigurationAndControl", "onOff"],
    (s) => hasCommand(s, "valveConfigurationAndControl", "open") || (is(s, "waterValve") && switchable(s)),
    () => [identify, valve],
  ),
  actuator(
    "Pump",
    ["onOff", "pumpConfigurationAndControl"],
    (s) => is(s, "pump") && switchable(s),
    () => [identify, onOff, water.pump],
  ),
];

const appliance = (type: string, kind: string): Recipe =>
  actuator(
    type,
    ["operationalState"],
    (s) => is(s, kind),
    () => [identify, operationalState],
  );

const appliances: readonly Recipe[] = [
  actuator(
    "RoboticVacuumCleaner",
    ["operationalState"],
    (s) => is(s, "roboticVacuumCleaner"),
    () => [identify, rvcRunMode, rvcOperationalState],
  ),
  appliance("Dishwasher", "dishwasher"),
  appliance("LaundryWasher", "laundryWasher"),
  appliance("LaundryDryer", "laundryDryer"),
];

const powered = (source: Source, type: string): Use[] => [{ cluster: power.mains, source, type }];

/** A charger in Matter has a meter with power and energy, mains, and says what power it may take (device library 14.3). */
const charger: Recipe = {
  type: "EnergyEvse",
  takes: ["energyEvse"],
  main: true,
  fits: (source) => isCharger(source),
  uses: (source) => [
    ...[
      ...[identify, energyEvse, energyEvseMode, evseEnergyManagement],
      ...[power.powerTopology, power.electricalPowerMeasurement, power.electricalEnergyMeasurement],
    ].map((cluster) => ({ cluster, source, type: "EnergyEvse" })),
    ...powered(source, "EnergyEvse"),
  ],
  alsoTakes: electricalOf,
};

const solar: Recipe = {
  type: "SolarPower",
  takes: ["electricalPowerMeasurement", "electricalEnergyMeasurement"],
  main: true,
  fits: (source) => is(source, "solarPower"),
  uses: (source) => [
    ...[identify, power.powerTopology, power.fullPowerMeasurement, power.exportedEnergyMeasurement].map((cluster) => ({
      cluster,
      source,
      type: "SolarPower",
    })),
    ...powered(source, "SolarPower"),
  ],
};

/** The home's meter. Matter has a type for it since 1.5, which wants both power and energy. */
const electricalMeter: Recipe = {
  type: "ElectricalMeter",
  takes: ["electricalPowerMeasurement", "electricalEnergyMeasurement"],
  main: true,
  fits: (source, left) =>
    is(source, "electricalMeter") && left.has("electricalPowerMeasurement") && left.has("electricalEnergyMeasurement"),
  uses: (source) =>
    [water.commodityMetering, ...electrical(source)].map((cluster) => ({ cluster, source, type: "ElectricalMeter" })),
};

const buttons: Recipe = {
  type: "GenericSwitch",
  takes: ["switch"],
  fits: (source) => has(source, "switch", "event"),
  uses: (source) => [identify, switchCluster].map((cluster) => ({ cluster, source, type: "GenericSwitch" })),
};

/** A meter by itself, or a phase of one. */
const meter: Recipe = {
  type: "ElectricalSensor",
  takes: ["electricalPowerMeasurement", "electricalEnergyMeasurement"],
  fits: () => true,
  uses: (source) => electrical(source).map((cluster) => ({ cluster, source, type: "ElectricalSensor" })),
};

/** Every way out: one line each, the more particular ones first. */
export const recipes: readonly Recipe[] = [
  ...lights,
  ...climate,
  ...movers,
  ...appliances,
  charger,
  solar,
  ...plugs,
  electricalMeter,
  ...sensors,
  buttons,
  meter,
];

/** Why a capability that no recipe took does not go out, in words. */
export function whyNot(capability: string, source: Source): string {
  if (capability === "vendor") return "only its maker has these values: Matter has no device type for them";
  if (capability === "onOff" && !switchable(source))
    return "it can be read but not switched, and Matter has no such device";
  return "Matter has no device type for it";
}
