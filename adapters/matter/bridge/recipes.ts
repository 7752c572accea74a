import { operationalState, rvcOperationalState, rvcRunMode } from "./clusters/appliances.ts";
import { colorControl } from "./clusters/color-control.ts";
import { doorLock } from "./clusters/door-lock.ts";
import { fanControl } from "./clusters/fan-control.ts";
import { levelControl } from "./clusters/level-control.ts";
import { onOff } from "./clusters/on-off.ts";
import { switchCluster } from "./clusters/switch.ts";
import { thermostat } from "./clusters/thermostat.ts";
import { valve } from "./clusters/valve.ts";
import * as water from "./clusters/water.ts";
import { windowCovering } from "./clusters/window-covering.ts";
import { electrical, electricalOf } from "./electrical.ts";
import * as energy from "./energy-recipes.ts";
import { identify, type Recipe } from "./recipe.ts";
import { sensors } from "./sensor-recipes.ts";
import { type BridgeCluster, bridgeCluster, has, hasCommand, type Source } from "./table.ts";

const groups = bridgeCluster({ cluster: "Groups" });
const scenes = bridgeCluster({ cluster: "ScenesManagement" });

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
  uses: (source, left) =>
    [...clusters(source), ...electrical(source, left)].map((cluster) => ({ cluster, source, type })),
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

const buttons: Recipe = {
  type: "GenericSwitch",
  takes: ["switch"],
  fits: (source) => has(source, "switch", "event"),
  uses: (source) => [identify, switchCluster].map((cluster) => ({ cluster, source, type: "GenericSwitch" })),
};

/** Every way out: one line each, the more particular ones first. */
export const recipes: readonly Recipe[] = [
  ...lights,
  energy.heatPump,
  ...climate,
  ...movers,
  ...appliances,
  energy.charger,
  energy.solar,
  energy.storage,
  ...plugs,
  energy.electricalMeter,
  energy.tariff,
  ...sensors,
  buttons,
  energy.meter,
];

/** Why a capability that no recipe took does not go out, in words. */
export function whyNot(capability: string, source: Source): string {
  if (capability === "vendor") return "only its maker has these values: Matter has no device type for them";
  if (capability === "onOff" && !switchable(source))
    return "it can be read but not switched, and Matter has no such device";
  if (capability === "batteryControl")
    return "Matter asks a battery for watts, and this one is planned in modes: its charge and power go out";
  return "Matter has no device type for it";
}
