import type { AttributeView, EndpointView, Known, NodeView, Value } from "../../hub/http/schemas.ts";
import { amount, power, unCamel } from "./format.ts";

/** A value of an attribute in words, with its unit. */
export function valueWords(a: AttributeView, value: Value): string {
  if (typeof value === "boolean") return a.words?.[value ? 1 : 0] ?? (value ? "yes" : "no");
  if (typeof value === "number") return amount(value, a.unit, a.unitText);
  if (a.type !== "enum") return value;
  return enumWords(a.capability, value);
}

/** An enum's value in words. */
export const enumWords = (capability: string, value: string): string =>
  ENUM_WORDS[`${capability}.${value}`] ?? unCamel(value);

/** Where the vocabulary's own words would bewilder. */
const ENUM_WORDS: Readonly<Record<string, string>> = {
  "energyEvse.pluggedInNoDemand": "plugged in, wants nothing",
  "energyEvse.pluggedInDemand": "plugged in, waiting",
  "energyEvse.pluggedInCharging": "charging",
  "energyEvse.pluggedInDischarging": "giving",
  "energyEvse.disabled": "not allowed",
  "energyEvse.chargingEnabled": "charging allowed",
  "batteryControl.followLoad": "follows the house",
  "batteryControl.hold": "holds",
  "batteryControl.chargeFromGrid": "charges from the grid",
};

/** What is known of an attribute, in words; a stale value is still its last one. */
export const knownWords = (a: AttributeView, known: Known): string =>
  known.status === "unknown" ? "unknown" : valueWords(a, known.value);

export const typesOf = (endpoint: EndpointView): readonly string[] => endpoint.deviceTypes.map((t) => t.name);

export const iconOf = (node: NodeView): string => node.endpoints[0]?.deviceTypes[0]?.icon ?? "plug";

/** What matters most of a device, first match wins: `capability.attribute`. */
const MAIN: readonly string[] = [
  "doorLock.lockState",
  "smokeCoAlarm.smokeState",
  "thermostat.localTemperature",
  "energyEvse.stateOfCharge",
  "energyEvse.state",
  "windowCovering.currentPositionLiftPercentage",
  "waterHeaterManagement.tankPercentage",
  "booleanState.stateValue",
  "occupancySensing.occupancy",
  "temperatureMeasurement.measuredValue",
  "electricalPowerMeasurement.activePower",
  "onOff.onOff",
  "relativeHumidityMeasurement.measuredValue",
  "illuminanceMeasurement.measuredValue",
];

/** What is worth a second line. */
const SECOND: readonly string[] = [
  "energyEvse.state",
  "electricalPowerMeasurement.activePower",
  "relativeHumidityMeasurement.measuredValue",
  "illuminanceMeasurement.measuredValue",
  "thermostat.piHeatingDemand",
  "batteryControl.mode",
];

export interface Told {
  readonly attribute: AttributeView;
  readonly endpoint: EndpointView;
}

const find = (node: NodeView, name: string): Told | undefined => {
  for (const endpoint of node.endpoints)
    for (const attribute of endpoint.attributes)
      if (`${attribute.capability}.${attribute.attribute}` === name) return { attribute, endpoint };
  return undefined;
};

const isLight = (node: NodeView): boolean => node.endpoints.some((e) => typesOf(e).some((t) => t.endsWith("Light")));

/** The attribute a tile shows large; undefined for a device that tells nothing. */
export function mainOf(node: NodeView): Told | undefined {
  // A light's own state matters more than what it draws; a home battery's charge more than its power.
  if (isLight(node)) return find(node, "onOff.onOff") ?? find(node, "levelControl.currentLevel");
  if (node.endpoints.some((e) => typesOf(e).includes("batteryStorage"))) {
    const charge = find(node, "powerSource.batPercentRemaining");
    if (charge) return charge;
  }
  for (const name of MAIN) {
    const told = find(node, name);
    if (told) return told;
  }
  const [endpoint] = node.endpoints;
  const [attribute] = endpoint?.attributes ?? [];
  return endpoint && attribute ? { attribute, endpoint } : undefined;
}

/** Up to two further attributes for a tile's second line. */
export function secondOf(node: NodeView, main: Told | undefined): Told[] {
  const found = SECOND.map((name) => find(node, name)).filter((t) => t !== undefined);
  return found.filter((t) => t.attribute.key !== main?.attribute.key).slice(0, 2);
}

/** A value as a tile says it: contacts, alarms and power in the words of their kind. */
export function toldWords({ attribute, endpoint }: Told, known: Known): string {
  if (known.status === "unknown") return "unknown";
  const { value } = known;
  const types = typesOf(endpoint);
  if (attribute.capability === "booleanState" && typeof value === "boolean") {
    if (types.includes("contactSensor")) return value ? "closed" : "open";
    if (types.includes("waterLeakDetector")) return value ? "leak" : "dry";
    if (types.includes("rainSensor")) return value ? "rain" : "dry";
  }
  if (attribute.attribute === "currentPositionLiftPercentage" && typeof value === "number")
    return value >= 99 ? "open" : value <= 1 ? "closed" : `${valueWords(attribute, value)} open`;
  if (attribute.attribute === "activePower" && typeof value === "number") return powerWords(types, value);
  return valueWords(attribute, value);
}

/** Positive is imported by the endpoint: for a battery that means charging, for the sun it would be standby. */
function powerWords(types: readonly string[], watts: number): string {
  const size = power(Math.abs(watts));
  const still = Math.abs(watts) < 5;
  if (types.includes("solarPower")) return still || watts > 0 ? "resting" : `${size} made`;
  if (types.includes("batteryStorage")) return still ? "resting" : watts > 0 ? `charging ${size}` : `giving ${size}`;
  if (types.includes("electricalMeter")) return watts < 0 ? `${size} to the grid` : `${size} from the grid`;
  return power(watts);
}

/** Looks an attribute up by its key over all nodes. */
export function attributeByKey(nodes: readonly NodeView[], key: string): AttributeView | undefined {
  for (const node of nodes)
    for (const endpoint of node.endpoints) for (const a of endpoint.attributes) if (a.key === key) return a;
  return undefined;
}
