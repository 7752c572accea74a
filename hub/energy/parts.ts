/** Which endpoint plays which part in the home's energy, with the text paths of what it reports. */
import type { MeterRef } from "../model/energy.ts";
import type { EndpointRef, Home } from "../model/home.ts";
import { deviceTypesOf, endpointNameOf, keptFromPlans, nameOf } from "../model/home.ts";
import type { NodeId } from "../model/path.ts";
import { pathKey } from "../model/path.ts";
import type { ToldFacts } from "../model/told.ts";
import { limitWOf } from "./limits.ts";
import { meterOf } from "./meter.ts";

export interface Part {
  readonly node: NodeId;
  readonly endpoint: number;
  readonly name: string;
  readonly room: string | undefined;
  /** Device types, a person's role first. */
  readonly types: readonly string[];
  /** Text path of the power as the device tells it, if measured. */
  readonly power: string | undefined;
  /** What its energy is reckoned from; empty where nothing is known of it. */
  readonly meter: MeterRef;
  /** Text path of onOff where it can be switched. */
  readonly relay: string | undefined;
  /** Why no plan may steer it: a person keeps it out of plans. */
  readonly keptOut?: string;
  /** What a person says of it in place of what is learned. */
  readonly told?: ToldFacts;
}

export interface StoragePart extends Part {
  readonly stateOfCharge: string | undefined;
  /** Text path of the mode (batteryControl) or supply (energyEvse), if it can be steered. */
  readonly control: string | undefined;
  /** Text path of the moment of a charger's own next target, if it has such. */
  readonly target: string | undefined;
  /** Text paths of whether a car is plugged in, and of the current that a charger is told to give at most, if it tells them. */
  readonly state?: string;
  readonly current?: string;
}

export interface SolarPart extends Part {
  /** Text path of the share of its power that an inverter may give, if that can be set. */
  readonly limit?: string;
}

export interface TankPart extends Part {
  readonly temperature: string | undefined;
  /** Text paths of a boost that can be asked for, and of the heat that the tank lacks, kWh. */
  readonly boost: string | undefined;
  readonly lacks: string | undefined;
}

/** An appliance that takes requests of energy management; `commands` are those it takes. It plays its other part as well. */
export interface FlexiblePart extends Part {
  readonly commands: readonly string[];
}

export interface ThermostatPart extends Part {
  readonly temperature: string;
  readonly setpoint: string;
}

export interface Parts {
  readonly grid: Part | undefined;
  readonly solar: readonly SolarPart[];
  readonly batteries: readonly StoragePart[];
  readonly evses: readonly StoragePart[];
  readonly tanks: readonly TankPart[];
  readonly thermostats: readonly ThermostatPart[];
  readonly heatPumps: readonly Part[];
  readonly appliances: readonly Part[];
  readonly flexibles: readonly FlexiblePart[];
  /** Entertainment corners: the only plugs whose standby may be cut without asking what hangs on them. */
  readonly corners: readonly Part[];
  readonly lights: readonly Part[];
  /** Text paths of occupancy by room. */
  readonly occupancy: readonly { readonly room: string; readonly path: string }[];
  /** Text path of the outdoor temperature. */
  readonly outdoor: string | undefined;
  /** Text path of the light outdoors. */
  readonly light?: string;
  /** Everything else with a power meter. */
  readonly others: readonly Part[];
}

/** Devices that a person keeps out of plans. */
export const keptOutIn = (p: Parts): readonly NodeId[] =>
  [p.batteries, p.evses, p.tanks, p.thermostats, p.heatPumps, p.appliances, p.flexibles, p.corners, p.lights, p.others]
    .flat()
    .flatMap(({ node, keptOut }) => (keptOut === undefined ? [] : [node]));

const APPLIANCES = ["dishwasher", "laundryWasher", "laundryDryer"];
const LIGHTS = ["onOffLight", "dimmableLight", "colorTemperatureLight", "extendedColorLight"];
const OUTDOORS = /\b(outside|outdoors?|garden|balcony|terrace|yard|patio)\b/i;

/** Text path of an attribute: on this endpoint, else on the only other endpoint of the device that has it. */
function find(ref: EndpointRef, capability: string, attribute: string): string | undefined {
  const has = (e: EndpointRef["endpoint"]) => e.capabilities[capability]?.attributes[attribute] !== undefined;
  const key = (endpoint: number) => pathKey({ node: ref.node.description.id, endpoint, capability, attribute });
  if (has(ref.endpoint)) return key(ref.endpoint.number);
  const others = ref.node.description.endpoints.filter(has);
  return others.length === 1 && others[0] ? key(others[0].number) : undefined;
}

function own(ref: EndpointRef, capability: string, attribute: string): string | undefined {
  const has = ref.endpoint.capabilities[capability]?.attributes[attribute] !== undefined;
  return has
    ? pathKey({ node: ref.node.description.id, endpoint: ref.endpoint.number, capability, attribute })
    : undefined;
}

function part(ref: EndpointRef, wide: boolean): Part {
  const { node, endpoint } = ref;
  const types = deviceTypesOf(node, endpoint);
  const at = wide ? find : own;
  const power = at(ref, "electricalPowerMeasurement", "activePower");
  const declared = node.settings.meters?.[String(endpoint.number)];
  const kept = keptFromPlans(node);
  const switched = endpoint.capabilities.onOff?.commands.off !== undefined;
  return {
    node: node.description.id,
    endpoint: endpoint.number,
    name: wide ? nameOf(node) : endpointNameOf(node, ref.endpoint),
    room: node.settings.room,
    types,
    power: declared?.kind === "elsewhere" ? undefined : power,
    meter: meterOf(declared, limitWOf(types), {
      power,
      imported: at(ref, "electricalEnergyMeasurement", "cumulativeEnergyImported"),
      exported: at(ref, "electricalEnergyMeasurement", "cumulativeEnergyExported"),
      on: own(ref, "onOff", "onOff"),
      level: own(ref, "levelControl", "currentLevel"),
    }),
    relay: switched ? own(ref, "onOff", "onOff") : undefined,
    ...(kept === undefined ? {} : { keptOut: kept }),
    ...(node.settings.told ? { told: node.settings.told } : {}),
  };
}

function storage(ref: EndpointRef): StoragePart {
  const evse = ref.endpoint.capabilities.energyEvse;
  const control = evse
    ? evse.commands.disable && own(ref, "energyEvse", "supplyState")
    : ref.endpoint.capabilities.batteryControl?.commands.set && own(ref, "batteryControl", "mode");
  const stateOfCharge = evse
    ? own(ref, "energyEvse", "stateOfCharge")
    : find(ref, "powerSource", "batPercentRemaining");
  const state = own(ref, "energyEvse", "state");
  const current = evse?.commands.enableCharging && own(ref, "energyEvse", "maximumChargeCurrent");
  return {
    ...{ ...part(ref, true), stateOfCharge, control, target: own(ref, "energyEvse", "nextChargeTargetTime") },
    ...(state ? { state } : {}),
    ...(current ? { current } : {}),
  };
}

function tank(ref: EndpointRef): TankPart {
  const boosts = ref.endpoint.capabilities.waterHeaterManagement?.commands.boost !== undefined;
  return {
    ...part(ref, true),
    temperature: find(ref, "temperatureMeasurement", "measuredValue") ?? find(ref, "thermostat", "localTemperature"),
    boost: boosts ? own(ref, "waterHeaterManagement", "boostState") : undefined,
    lacks: own(ref, "waterHeaterManagement", "estimatedHeatRequired"),
  };
}

function solar(ref: EndpointRef): SolarPart {
  const limit = ref.endpoint.capabilities.solarControl?.commands.set && own(ref, "solarControl", "limit");
  return { ...part(ref, true), ...(limit ? { limit } : {}) };
}

function addFlexible(found: Found, ref: EndpointRef): void {
  const esa = ref.endpoint.capabilities.deviceEnergyManagement;
  const commands = Object.keys(esa?.commands ?? {});
  if (commands.length > 0) found.flexibles.push({ ...part(ref, true), commands });
}

interface Found extends Parts {
  grid: Part | undefined;
  solar: SolarPart[];
  batteries: StoragePart[];
  evses: StoragePart[];
  tanks: TankPart[];
  thermostats: ThermostatPart[];
  heatPumps: Part[];
  appliances: Part[];
  flexibles: FlexiblePart[];
  corners: Part[];
  lights: Part[];
  occupancy: { room: string; path: string }[];
  outdoor: string | undefined;
  light?: string;
  others: Part[];
}

function addThermostat(found: Found, ref: EndpointRef): void {
  const temperature = own(ref, "thermostat", "localTemperature");
  const setpoint = own(ref, "thermostat", "occupiedHeatingSetpoint");
  if (temperature && setpoint) found.thermostats.push({ ...part(ref, false), temperature, setpoint });
}

function addMetered(found: Found, ref: EndpointRef, types: readonly string[]): void {
  const is = (type: string) => types.includes(type);
  if (is("electricalMeter")) found.grid ??= part(ref, true);
  else if (is("solarPower")) found.solar.push(solar(ref));
  else if (ref.endpoint.capabilities.batteryControl || is("batteryStorage")) found.batteries.push(storage(ref));
  else if (ref.endpoint.capabilities.energyEvse || is("energyEvse")) found.evses.push(storage(ref));
  else if (is("waterHeater")) found.tanks.push(tank(ref));
  else if (is("heatPump")) found.heatPumps.push(part(ref, true));
  else if (types.some((t) => APPLIANCES.includes(t))) found.appliances.push(part(ref, true));
  else if (is("basicVideoPlayer")) found.corners.push(part(ref, true));
  else if (types.some((t) => LIGHTS.includes(t))) found.lights.push(part(ref, false));
  else if (isReckoned(ref)) found.others.push(part(ref, false));
}

const isReckoned = (ref: EndpointRef): boolean =>
  own(ref, "electricalPowerMeasurement", "activePower") !== undefined ||
  own(ref, "electricalEnergyMeasurement", "cumulativeEnergyImported") !== undefined ||
  part(ref, false).meter.estimate !== undefined;

/** The home's parts, in the order in which its nodes were found. Nothing is counted twice. */
export function partsOf(home: Home): Parts {
  const found: Found = {
    grid: undefined,
    solar: [],
    batteries: [],
    evses: [],
    tanks: [],
    thermostats: [],
    heatPumps: [],
    appliances: [],
    flexibles: [],
    corners: [],
    lights: [],
    occupancy: [],
    outdoor: undefined,
    others: [],
  };
  for (const node of home.nodes.values())
    for (const endpoint of node.description.endpoints) {
      const ref = { node, endpoint };
      // A phase or a string of panels is in its whole already, unless a person gave it a role of its own.
      const isPart = endpoint.partOf !== undefined && !node.settings.roles?.[String(endpoint.number)];
      if (!isPart) addMetered(found, ref, deviceTypesOf(node, endpoint));
      addThermostat(found, ref);
      addFlexible(found, ref);
      const seen = own(ref, "occupancySensing", "occupancy");
      if (seen && node.settings.room) found.occupancy.push({ room: node.settings.room, path: seen });
      if (OUTDOORS.test(`${node.settings.room ?? ""} ${nameOf(node)}`)) {
        found.outdoor ??= own(ref, "temperatureMeasurement", "measuredValue");
        const light = own(ref, "illuminanceMeasurement", "measuredValue");
        if (light) found.light ??= light;
      }
    }
  return withoutDoubles(found);
}

/** A power path that already belongs to a part is no load of its own, nor are the phases of the house meter. */
function withoutDoubles(found: Found): Parts {
  const named = [
    found.grid,
    ...[
      found.solar,
      found.batteries,
      found.evses,
      found.tanks,
      found.heatPumps,
      found.appliances,
      found.corners,
    ].flat(),
  ];
  const taken = new Set(named.flatMap((p) => [p?.power, p?.meter.imported]).filter((path) => path !== undefined));
  const has = (path: string | undefined) => path !== undefined && taken.has(path);
  const free = (p: Part) => !has(p.power) && !has(p.meter.imported) && p.node !== found.grid?.node;
  return { ...found, others: found.others.filter(free), lights: found.lights.filter((p) => !p.power || free(p)) };
}

/** Every part whose power is measured or estimated; generation, storage and the house meter left out. */
export const loadsOf = (parts: Parts): readonly Part[] =>
  [parts.evses, parts.tanks, parts.heatPumps, parts.appliances, parts.corners, parts.lights, parts.others]
    .flat()
    .filter((p) => p.power !== undefined || p.meter.estimate !== undefined);

/** Text paths of powers that count the other way round. */
export const reversedPowers = (parts: Parts): ReadonlySet<string> =>
  new Set(
    [parts.grid, ...parts.solar, ...parts.batteries, ...meteredOf(parts)].flatMap((p) =>
      p?.meter.reversed && p.power !== undefined ? [p.power] : [],
    ),
  );

/** Every load of which energy is known, be it by counter, power or estimate. */
export const meteredOf = (parts: Parts): readonly Part[] =>
  [parts.evses, parts.tanks, parts.heatPumps, parts.appliances, parts.corners, parts.lights, parts.others]
    .flat()
    .filter((p) => Object.keys(p.meter).length > 0);
