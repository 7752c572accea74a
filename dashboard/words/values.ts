import type { AttributeView, EndpointView, Known, NodeView, Value } from "../../hub/http/schemas.ts";
import { amount, power, unCamel } from "./format.ts";

/** A value of an attribute in words, with its unit. */
export function valueWords(a: AttributeView, value: Value): string {
  if (typeof value === "boolean") return switchWords(a.words)[value ? 1 : 0];
  if (typeof value === "number") return amount(value, a.unit, a.unitText);
  if (a.type !== "enum") return value;
  return enumWords(a.capability, value);
}

/** What a boolean's two states are called; words meant for machines (0 and 1, true and false) are none. */
export function switchWords(words: readonly string[] | undefined): readonly [string, string] {
  const [off, on] = words ?? [];
  return off && on && !/^(\d+|true|false)$/i.test(off) ? [off, on] : ["no", "yes"];
}

/** The capability of what only the maker has. */
export const MAKERS = "vendor";

/** An enum's value in words. */
export const enumWords = (capability: string, value: string): string =>
  ENUM_WORDS[`${capability}.${value}`] ?? (isLabel(value) ? value : unCamel(value));

/** What is written as people write is the device's own label and stays as it is. */
const isLabel = (value: string): boolean => /\s/.test(value) || /^\p{Lu}\p{Ll}/u.test(value);

/** Where the vocabulary's own words would bewilder. */
const ENUM_WORDS: Readonly<Record<string, string>> = {
  "energyEvse.pluggedInNoDemand": "plugged in, wants nothing",
  "energyEvse.pluggedInDemand": "plugged in, waiting",
  "energyEvse.pluggedInCharging": "charging",
  "energyEvse.pluggedInDischarging": "giving",
  "energyEvse.disabled": "not allowed",
  "energyEvse.chargingEnabled": "charging allowed",
  "energyEvse.dischargingEnabled": "giving allowed",
  "energyEvse.sessionEnding": "session ends",
  "deviceEnergyManagement.powerAdjustActive": "power adjusted",
  "deviceEnergyManagement.evse": "EV charger",
  "deviceEnergyManagement.solarPv": "solar power",
  "deviceEnergyManagement.noOptOut": "may be managed",
  "deviceEnergyManagement.localOptOut": "not by the house",
  "deviceEnergyManagement.gridOptOut": "not by the grid",
  "deviceEnergyManagement.optOut": "not by anybody",
  "deviceEnergyManagement.localOptimization": "the house",
  "deviceEnergyManagement.gridOptimization": "the grid",
  "deviceEnergyManagement.internalOptimization": "the device itself",
  "deviceEnergyManagement.noAdjustment": "nobody",
  "deviceEnergyManagement.localOptimizationAdjustment": "the house",
  "deviceEnergyManagement.gridOptimizationAdjustment": "the grid",
  "doorLock.doorOpen": "open",
  "doorLock.doorClosed": "closed",
  "doorLock.doorJammed": "jammed",
  "doorLock.doorForcedOpen": "forced open",
  "doorLock.doorUnspecifiedError": "faulty",
  "doorLock.doorAjar": "ajar",
  "powerSource.isCharging": "charges",
  "powerSource.isNotCharging": "does not charge",
  "powerSource.isAtFullCharge": "full",
  "mediaPlayback.notPlaying": "silent",
  "colorControl.currentHueAndCurrentSaturation": "hue and saturation",
  "colorControl.currentXAndCurrentY": "x and y",
  "colorControl.colorTemperatureMireds": "colour temperature",
  "thermostat.setpointHoldOff": "off",
  "thermostat.setpointHoldOn": "on",
  "smokeCoAlarm.coAlarm": "CO alarm",
  "smokeCoAlarm.interconnectCo": "CO elsewhere",
  "smokeCoAlarm.interconnectSmoke": "smoke elsewhere",
  "closureControl.moveToFullyClosed": "closed",
  "closureControl.moveToFullyOpen": "open",
  "closureControl.moveToPedestrianPosition": "for one person",
  "closureControl.moveToVentilationPosition": "for fresh air",
  "closureControl.moveToSignaturePosition": "its own position",
  "commodityPrice.kWh": "kWh",
  "commodityPrice.kVAh": "kVAh",
  "commodityTariff.kWh": "kWh",
  "commodityTariff.kVAh": "kVAh",
  "commodityMetering.kWh": "kWh",
  "commodityMetering.kVAh": "kVAh",
  "batteryControl.followLoad": "follows the house",
  "batteryControl.hold": "holds",
  "batteryControl.chargeFromGrid": "charges from the grid",
};

/** What is known of an attribute, in words; a stale value is still its last one. */
export const knownWords = (a: AttributeView, known: Known): string =>
  known.status === "unknown" ? "unknown" : valueWords(a, known.value);

export const typesOf = (endpoint: EndpointView): readonly string[] => endpoint.deviceTypes.map((t) => t.name);

/** Whether the home has such a thing. */
export const hasType = (all: readonly NodeView[], type: string): boolean =>
  all.some((n) => n.endpoints.some((e) => typesOf(e).includes(type)));

/** What says how a device is fed or reached, not what it is. */
const ASIDE: readonly string[] = ["powerSource", "bridgedNode", "electricalSensor", "deviceEnergyManagement"];

/** The picture of what a device is: of its first kind that says so, on whichever endpoint that is. */
export function iconOf(node: NodeView): string {
  const types = node.endpoints.flatMap((e) => e.deviceTypes);
  return (types.find((t) => !ASIDE.includes(t.name)) ?? types[0])?.icon ?? "device";
}

/** What matters most of a device, first match wins: `capability.attribute`. */
const MAIN: readonly string[] = [
  "doorLock.lockState",
  "smokeCoAlarm.smokeState",
  "smokeCoAlarm.coState",
  "thermostat.localTemperature",
  "energyEvse.stateOfCharge",
  "energyEvse.state",
  "windowCovering.currentPositionLiftPercentage",
  "windowCovering.currentPositionTiltPercentage",
  "closureControl.position",
  "closureControl.mainState",
  "valveConfigurationAndControl.currentState",
  "rvcOperationalState.operationalState",
  "operationalState.operationalState",
  "ovenCavityOperationalState.operationalState",
  "mediaPlayback.currentState",
  "waterHeaterManagement.tankPercentage",
  "temperatureControl.temperatureSetpoint",
  "switch.event",
  "booleanState.stateValue",
  "occupancySensing.occupancy",
  "temperatureMeasurement.measuredValue",
  "electricalPowerMeasurement.activePower",
  "onOff.onOff",
  "houseNumber.value",
  "relativeHumidityMeasurement.measuredValue",
  "illuminanceMeasurement.measuredValue",
  "windowCovering.operationalStatus",
  "fanControl.fanMode",
  "airQuality.airQuality",
  "electricalEnergyMeasurement.cumulativeEnergyImported",
];

/** What is worth a second line. */
const SECOND: readonly string[] = [
  "energyEvse.state",
  "operationalState.countdownTime",
  "ovenCavityOperationalState.countdownTime",
  "rvcRunMode.currentMode",
  "electricalPowerMeasurement.activePower",
  "relativeHumidityMeasurement.measuredValue",
  "illuminanceMeasurement.measuredValue",
  "thermostat.piHeatingDemand",
  "batteryControl.mode",
];

export interface Told {
  readonly attribute: AttributeView;
  readonly endpoint: EndpointView;
  /** Shown with its label: by itself the value would be a riddle. */
  readonly named?: boolean;
}

const find = (node: NodeView, name: string): Told | undefined => {
  for (const endpoint of node.endpoints)
    for (const attribute of endpoint.attributes)
      if (`${attribute.capability}.${attribute.attribute}` === name) return { attribute, endpoint };
  return undefined;
};

const isLight = (node: NodeView): boolean => node.endpoints.some((e) => typesOf(e).some((t) => t.endsWith("Light")));

type KnownOf = (key: string) => Known;
const asRead = (node: NodeView): KnownOf => {
  const read = new Map(node.endpoints.flatMap((e) => e.attributes.map((a) => [a.key, a.known] as const)));
  return (key) => read.get(key) ?? { status: "unknown", reason: "not read yet" };
};

/** Everything that a tile may show large, what matters most first. */
function candidates(node: NodeView): Told[] {
  const names = [...MAIN];
  // A light's own state matters more than what it draws; a home battery's charge more than its power.
  if (isLight(node)) names.unshift("onOff.onOff", "levelControl.currentLevel");
  if (node.endpoints.some((e) => typesOf(e).includes("batteryStorage")))
    names.unshift("powerSource.batPercentRemaining");
  const rest = node.endpoints.flatMap((endpoint) =>
    endpoint.attributes
      .filter((attribute) => attribute.capability !== MAKERS)
      .map((attribute): Told => ({ attribute, endpoint, named: true })),
  );
  return [
    ...names.flatMap((name) => find(node, name) ?? []),
    ...presses(node),
    ...rest.filter((t) => t.attribute.capability !== "powerSource"),
    ...rest,
  ];
}

/** The last press of a button: makers tell it as an event of their own. */
const presses = (node: NodeView): Told[] =>
  node.endpoints
    .filter((e) => typesOf(e).includes("genericSwitch"))
    .flatMap((endpoint) =>
      endpoint.attributes
        .filter((a) => a.capability === MAKERS && a.type !== "number" && /(^|[._])(action|event)$/i.test(a.attribute))
        .map((attribute) => ({ attribute, endpoint, named: true })),
    );

/**
 * The attribute a tile shows large: the most telling one that is known, else the most telling one. Undefined for a device
 * that has nothing but its maker's own values, of which none can be said to matter most.
 */
export function mainOf(node: NodeView, known: KnownOf = asRead(node)): Told | undefined {
  const all = candidates(node);
  return all.find((t) => known(t.attribute.key).status !== "unknown") ?? all[0];
}

/** Up to two further attributes for a tile's second line. */
export function secondOf(node: NodeView, main: Told | undefined, known: KnownOf = asRead(node)): Told[] {
  const found = SECOND.flatMap((name) => find(node, name) ?? []);
  return found
    .filter(({ attribute: { key } }) => key !== main?.attribute.key && known(key).status !== "unknown")
    .slice(0, 2);
}

/** A value as a tile says it: contacts, alarms and power in the words of their kind. */
export function toldWords(told: Told, known: Known): string {
  if (known.status === "unknown") return "unknown";
  const words = bareWords(told, known);
  return told.named ? `${told.attribute.label}: ${words}` : words;
}

function bareWords({ attribute, endpoint }: Told, known: Exclude<Known, { status: "unknown" }>): string {
  const { value } = known;
  const types = typesOf(endpoint);
  if (attribute.capability === "booleanState" && typeof value === "boolean") {
    if (types.includes("contactSensor")) return value ? "closed" : "open";
    if (types.includes("waterLeakDetector")) return value ? "leak" : "dry";
    if (types.includes("rainSensor")) return value ? "rain" : "dry";
    if (types.includes("waterFreezeDetector")) return value ? "frost" : "no frost";
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
