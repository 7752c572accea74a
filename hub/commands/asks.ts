/** From a question and a thing to the attribute that answers it. */
import { capabilities } from "../model/capabilities/index.ts";
import type { Value } from "../model/capability.ts";
import type { EndpointDescription } from "../model/node.ts";
import { pathKey } from "../model/path.ts";
import { units } from "../model/units.ts";
import type { Target } from "./directory.ts";
import type { Ask, Measure, State } from "./meaning.ts";

/** An attribute that answers, of one thing. */
export interface Subject {
  readonly name: string;
  readonly room?: string;
  /** Text path. */
  readonly key: string;
  /** As people read it. */
  readonly unit: string;
  /** For questions of state: what a value means. */
  readonly is?: (value: Value) => boolean;
}

type Source = readonly [capability: string, attribute: string, is?: (value: Value) => boolean];

const above = (limit: number) => (v: Value) => typeof v === "number" && v > limit;
const equals =
  (...wanted: readonly Value[]) =>
  (v: Value) =>
    wanted.includes(v);
const not = (is: (v: Value) => boolean) => (v: Value) => !is(v);

/** Less is a device on standby: an appliance that works draws more. */
const RUNNING_W = 10;

const ON: readonly Source[] = [
  ["onOff", "onOff", equals(true)],
  ["fanControl", "fanMode", not(equals("off"))],
  ["thermostat", "systemMode", not(equals("off"))],
];
/** A contact's yes is closed (see booleanState). */
const OPEN: readonly Source[] = [
  ["windowCovering", "currentPositionLiftPercentage", above(0)],
  ["booleanState", "stateValue", equals(false)],
];
const invert = (sources: readonly Source[]): readonly Source[] =>
  sources.map(([c, a, is]): Source => (is ? [c, a, not(is)] : [c, a]));
const LOCKED: readonly Source[] = [["doorLock", "lockState", equals("locked")]];
const OCCUPIED: readonly Source[] = [["occupancySensing", "occupancy", equals(true)]];

const states: Readonly<Record<State, readonly Source[]>> = {
  on: ON,
  off: invert(ON),
  open: OPEN,
  closed: invert(OPEN),
  locked: LOCKED,
  unlocked: invert(LOCKED),
  occupied: OCCUPIED,
  clear: invert(OCCUPIED),
  charging: [
    ["energyEvse", "state", equals("pluggedInCharging")],
    ["electricalPowerMeasurement", "activePower", above(RUNNING_W)],
  ],
  pluggedIn: [["energyEvse", "state", not(equals("notPluggedIn"))]],
  running: [
    ["operationalState", "operationalState", equals("running")],
    ["thermostat", "thermostatRunningMode", not(equals("off"))],
    ["electricalPowerMeasurement", "activePower", above(RUNNING_W)],
  ],
  alarm: [["booleanState", "stateValue", equals(true)]],
};

const measures: Readonly<Record<Measure, readonly Source[]>> = {
  temperature: [
    ["temperatureMeasurement", "measuredValue"],
    ["thermostat", "localTemperature"],
  ],
  humidity: [["relativeHumidityMeasurement", "measuredValue"]],
  illuminance: [["illuminanceMeasurement", "measuredValue"]],
  brightness: [["levelControl", "currentLevel"]],
  position: [["windowCovering", "currentPositionLiftPercentage"]],
  setpoint: [
    ["thermostat", "occupiedHeatingSetpoint"],
    ["energyEvse", "userMaximumChargeCurrent"],
    ["batteryControl", "mode"],
    ["levelControl", "currentLevel"],
  ],
  charge: [
    ["energyEvse", "stateOfCharge"],
    ["powerSource", "batPercentRemaining"],
  ],
  power: [["electricalPowerMeasurement", "activePower"]],
  carbonDioxide: [["carbonDioxideConcentrationMeasurement", "measuredValue"]],
  pressure: [["pressureMeasurement", "measuredValue"]],
  mode: [
    ["batteryControl", "mode"],
    ["thermostat", "systemMode"],
    ["fanControl", "fanMode"],
  ],
};

/** What is worth telling when somebody asks how a thing is; the first that it has. */
const STATUS: readonly Source[] = [
  ...(["onOff", "windowCovering", "doorLock", "occupancySensing", "energyEvse", "batteryControl"] as const).flatMap(
    (c): Source[] =>
      Object.keys(capabilities[c]?.attributes ?? {})
        .slice(0, 1)
        .map((a): Source => [c, a]),
  ),
  ...measures.temperature,
  ...measures.power,
  ["booleanState", "stateValue"],
  ...measures.charge,
];

function sourcesOf(ask: Ask): readonly Source[] {
  if (ask.ask === "state" || ask.ask === "why") return states[ask.state];
  if (ask.ask === "measure") return measures[ask.measure];
  if (ask.ask === "energyToday")
    return [
      ["electricalEnergyMeasurement", "cumulativeEnergyImported"],
      ["electricalEnergyMeasurement", "cumulativeEnergyExported"],
    ];
  return STATUS;
}

const has = (endpoint: EndpointDescription, [capability, attribute]: Source): boolean =>
  Object.hasOwn(endpoint.capabilities, capability) &&
  Object.hasOwn(endpoint.capabilities[capability]?.attributes ?? {}, attribute);

/** A contact's yes means closed, an alarm's yes means alarm: each question only fits its own kind. */
function fits(ask: Ask, target: Target, [capability]: Source): boolean {
  if ((ask.ask !== "state" && ask.ask !== "why") || capability !== "booleanState") return true;
  return target.types.includes("contactSensor") === (ask.state !== "alarm");
}

/** Most that is told of one thing when somebody asks how it is. */
const MAX_STATUS = 4;

/**
 * What answers the question of this thing: on its own endpoint, else on the only other one of the device that has it.
 * One attribute, but for "how is it", which tells up to four.
 */
export function subjectsOf(ask: Ask, target: Target): Subject[] {
  const sources = sourcesOf(ask).filter((source) => fits(ask, target, source));
  // What the sun gives is what its meter counts as exported.
  const ordered = ask.ask === "energyToday" && target.types.includes("solarPower") ? [...sources].reverse() : sources;
  return ordered.flatMap((source) => subjectAt(target, source) ?? []).slice(0, ask.ask === "status" ? MAX_STATUS : 1);
}

function subjectAt(target: Target, source: Source): Subject | undefined {
  const others = target.node.description.endpoints.filter((e) => has(e, source));
  const endpoint = has(target.endpoint, source) ? target.endpoint : others.length === 1 ? others[0] : undefined;
  if (!endpoint) return undefined;
  const [capability, attribute, is] = source;
  const type =
    endpoint.capabilities[capability]?.attributes[attribute]?.type ?? capabilities[capability]?.attributes[attribute];
  return {
    name: target.name,
    ...(target.room !== undefined && { room: target.room }),
    key: pathKey({ node: target.node.description.id, endpoint: endpoint.number, capability, attribute }),
    unit: type?.type === "number" ? units[type.unit] : "",
    ...(is && { is }),
  };
}

/** For "how warm is it here": what measures the air, before a boiler in the same room. */
export const AIR_TYPES: ReadonlySet<string> = new Set([
  "temperatureSensor",
  "humiditySensor",
  "thermostat",
  "airQualitySensor",
  "roomAirConditioner",
]);
