/** Homes to check rules in: devices in a line each. */

import { capabilities } from "../../../hub/model/capabilities/index.ts";
import type { ValueType } from "../../../hub/model/capability.ts";
import { emptyHome, type Home, type HomeSettings, type NodeState } from "../../../hub/model/home.ts";
import { type HouseState, newHouse, type Person, type Scene } from "../../../hub/model/house.ts";
import type { CapabilityInstance, EndpointDescription } from "../../../hub/model/node.ts";
import type { Rule } from "../../../hub/model/plan.ts";
import { type HomeRule, type RuleDraft, ruleDraft } from "../../../hub/model/rule/rule.ts";
import type { CheckContext } from "../../../hub/rules/check/index.ts";

export const settings: HomeSettings = {
  ...{ name: "Home", timeZone: "Europe/Berlin", latitude: 52.5, longitude: 13.4, currency: "EUR" },
  floors: {
    Ground: ["Kitchen", "Living room", "Hall", "Garage", "Cellar"],
    Upper: ["Bedroom", "Bathroom", "Office", "Nursery"],
  },
};

export const NOW = Date.UTC(2026, 10, 22, 12);

/** An endpoint that has whole capabilities, or some of their attributes by a narrower type. */
export interface Made {
  readonly types: readonly string[];
  readonly has: readonly string[];
  readonly narrow?: Readonly<Record<string, ValueType>>;
}

function instance(name: string, narrow: Made["narrow"] = {}): CapabilityInstance {
  const spec = capabilities[name];
  const attributes = Object.keys(spec?.attributes ?? {}).map((key) => {
    const type = narrow[`${name}.${key}`];
    return [key, { source: `x#${key}`, ...(type ? { type } : {}) }] as const;
  });
  const writable = Object.values(spec?.attributes ?? {}).some((a) => a.writable);
  const commands = [...Object.keys(spec?.commands ?? {}), ...(writable ? ["set"] : [])].map(
    (key) => [key, { source: `x#${key}` }] as const,
  );
  return { attributes: Object.fromEntries(attributes), commands: Object.fromEntries(commands) };
}

export function node(
  id: string,
  name: string,
  room: string | undefined,
  endpoints: readonly Made[],
  labels: readonly string[] = [],
): NodeState {
  const described: EndpointDescription[] = endpoints.map((e, i) => ({
    number: i + 1,
    deviceTypes: e.types,
    capabilities: Object.fromEntries(e.has.map((c) => [c, instance(c, e.narrow)])),
  }));
  return {
    description: { id, name, adapter: "mqtt", dialect: "test", addresses: [], endpoints: described },
    settings: { ...(room === undefined ? {} : { room }), labels },
    ...{ reachable: true, heardAt: NOW, values: new Map() },
  };
}

/** What a device is in one word. */
export const kinds = {
  light: { types: ["dimmableLight"], has: ["onOff", "levelControl"] },
  lamp: { types: ["onOffLight"], has: ["onOff"] },
  plug: { types: ["onOffPlugInUnit"], has: ["onOff", "electricalPowerMeasurement"] },
  motion: { types: ["occupancySensor"], has: ["occupancySensing", "illuminanceMeasurement"] },
  contact: { types: ["contactSensor"], has: ["booleanState"] },
  leak: { types: ["waterLeakDetector"], has: ["booleanState"] },
  climate: { types: ["temperatureSensor"], has: ["temperatureMeasurement", "relativeHumidityMeasurement"] },
  air: { types: ["airQualitySensor"], has: ["carbonDioxideConcentrationMeasurement"] },
  button: { types: ["genericSwitch"], has: ["switch"] },
  thermostat: {
    types: ["thermostat"],
    has: ["thermostat"],
    narrow: { "thermostat.occupiedHeatingSetpoint": { type: "number", unit: "degC", min: 4, max: 30, step: 0.5 } },
  },
  lock: { types: ["doorLock"], has: ["doorLock"] },
  gate: { types: ["closure"], has: ["closureControl"] },
  blind: { types: ["windowCovering"], has: ["windowCovering"] },
  valve: { types: ["waterValve"], has: ["valveConfigurationAndControl"] },
  tap: { types: ["waterValve"], has: ["onOff"] },
  smoke: { types: ["smokeCoAlarm"], has: ["smokeCoAlarm", "onOff"] },
  fridge: { types: ["refrigerator"], has: ["onOff", "temperatureControl"] },
  boiler: { types: ["waterHeater"], has: ["onOff", "waterHeaterManagement", "electricalPowerMeasurement"] },
  charger: { types: ["energyEvse"], has: ["energyEvse"] },
  fan: { types: ["fan"], has: ["fanControl", "onOff"] },
  battery: { types: ["batteryStorage"], has: ["batteryControl", "powerSource"] },
  meter: { types: ["electricalMeter"], has: ["electricalPowerMeasurement"] },
  washer: { types: ["laundryWasher"], has: ["operationalState", "onOff"] },
} as const satisfies Record<string, Made>;

export type KindName = keyof typeof kinds;

/** `[kind, id, name, room, labels]` for each device. */
export type Listed = readonly [kind: KindName, id: string, name: string, room?: string, labels?: readonly string[]];

export function homeOf(devices: readonly Listed[]): Home {
  const home = emptyHome(settings);
  for (const [kind, id, name, room, labels] of devices) home.nodes.set(id, node(id, name, room, [kinds[kind]], labels));
  return home;
}

export const person = (id: string, name: string): Person => ({
  id,
  name,
  home: true,
  since: 0,
  by: "by hand",
  told: {},
});

export const house: HouseState = {
  ...newHouse,
  ownModes: ["guests"],
  people: [person("anna", "Anna"), person("ben", "Ben")],
  spans: [{ entry: "bins", from: NOW, to: NOW + 86_400_000, title: "Bins" }],
};

/** Reads a draft as a person's would be read: it must be well formed. */
export const draft = (given: object): RuleDraft => ruleDraft.parse({ title: "A rule", ...given });

let count = 0;
/** A rule as it is kept. */
export function kept(given: object, id = `rule-${++count}`): HomeRule {
  return { ...draft(given), ...{ id, origin: "person", by: "Anna", madeAt: 0, changedAt: 0 } };
}

export interface More {
  readonly rules?: readonly HomeRule[];
  readonly planRules?: readonly Rule[];
  readonly scenes?: readonly Scene[];
  readonly house?: HouseState;
}

export const contextOf = (home: Home, more: More = {}): CheckContext => ({
  ...{ home, house, now: NOW, rules: [], planRules: [], scenes: [] },
  ...more,
  find: (id) => home.nodes.get(id),
});
