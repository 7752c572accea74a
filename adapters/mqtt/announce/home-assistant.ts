/** The hub's devices by Home Assistant's MQTT discovery, in its device form (https://www.home-assistant.io/integrations/mqtt/#device-discovery-payload). */
import { VENDOR } from "../../../hub/model/capabilities/index.ts";
import type { NodeDescription } from "../../../hub/model/node.ts";
import { units } from "../../../hub/model/units.ts";
import { deviceTopic, ROOT, valueTopic } from "./homie.ts";
import type { Announced } from "./settable.ts";

/** By this name the hub knows its own announcements again, and never takes them for devices. */
export const ORIGIN = "Inglenook";

type Component = Readonly<Record<string, unknown>>;

/** Home Assistant's class of what an attribute is; with it come its picture and its unit checks. */
const classes: Readonly<Record<string, string>> = {
  "electricalPowerMeasurement.activePower": "power",
  "electricalPowerMeasurement.voltage": "voltage",
  "electricalPowerMeasurement.activeCurrent": "current",
  "electricalPowerMeasurement.frequency": "frequency",
  "electricalPowerMeasurement.powerFactor": "power_factor",
  "electricalPowerMeasurement.reactivePower": "reactive_power",
  "electricalPowerMeasurement.apparentPower": "apparent_power",
  "electricalEnergyMeasurement.cumulativeEnergyImported": "energy",
  "electricalEnergyMeasurement.cumulativeEnergyExported": "energy",
  "energyEvse.sessionEnergyCharged": "energy",
  "temperatureMeasurement.measuredValue": "temperature",
  "relativeHumidityMeasurement.measuredValue": "humidity",
  "pressureMeasurement.measuredValue": "atmospheric_pressure",
  "illuminanceMeasurement.measuredValue": "illuminance",
  "carbonDioxideConcentrationMeasurement.measuredValue": "carbon_dioxide",
  "carbonMonoxideConcentrationMeasurement.measuredValue": "carbon_monoxide",
  "pm25ConcentrationMeasurement.measuredValue": "pm25",
  "pm10ConcentrationMeasurement.measuredValue": "pm10",
  "pm1ConcentrationMeasurement.measuredValue": "pm1",
  "soilMeasurement.soilMoistureMeasuredValue": "moisture",
  "powerSource.batPercentRemaining": "battery",
  "occupancySensing.occupancy": "occupancy",
};

/** A yes or no of the same name means another thing on another device. */
const contactClasses: Readonly<Record<string, string>> = {
  contactSensor: "opening",
  waterLeakDetector: "moisture",
  rainSensor: "moisture",
};

const pathOf = (a: Announced): string => `${a.capability}.${a.attribute}`;

function plain(node: string, a: Announced): Component {
  const topic = valueTopic(node, a);
  const { type } = a;
  const common = {
    name: a.label,
    state_topic: topic,
    ...(a.set ? { command_topic: `${topic}/set` } : {}),
    ...(a.capability === VENDOR ? { entity_category: a.set ? "config" : "diagnostic", enabled_by_default: false } : {}),
  };
  const of = classes[pathOf(a)];
  const kind = of === undefined ? {} : { device_class: of };
  if (type.type === "boolean") {
    const payloads = { payload_on: "true", payload_off: "false" };
    if (a.set) return { platform: "switch", ...common, ...payloads };
    return { platform: "binary_sensor", ...common, ...contact(a, payloads), ...kind };
  }
  if (type.type === "enum")
    return a.set
      ? { platform: "select", ...common, options: type.values }
      : { platform: "sensor", ...common, device_class: "enum", options: type.values };
  if (type.type === "string") return { platform: a.set ? "text" : "sensor", ...common };
  const unit = units[type.unit];
  const measure = unit ? { unit_of_measurement: unit } : {};
  if (a.set) return { platform: "number", ...common, ...measure, min: type.min, max: type.max, step: type.step ?? 1 };
  const state = a.kind === "counter" ? "total_increasing" : a.kind === "measurement" ? "measurement" : undefined;
  return { platform: "sensor", ...common, ...measure, ...kind, ...(state ? { state_class: state } : {}) };
}

/** Of a contact the house says true when it is closed, Home Assistant "on" when it is open. */
function contact(a: Announced, payloads: object): object {
  if (pathOf(a) !== "booleanState.stateValue") return payloads;
  const type = a.endpoint.deviceTypes.find((t) => Object.hasOwn(contactClasses, t)) ?? "";
  const of = contactClasses[type];
  const turned = type === "contactSensor" ? { payload_on: "false", payload_off: "true" } : payloads;
  return of === undefined ? turned : { ...turned, device_class: of };
}

/** Several attributes that are one thing to Home Assistant; those taken in are no components of their own. */
interface Bundle {
  readonly component: Component;
  readonly takes: readonly string[];
}

type Find = (path: string) => { readonly topic: string; readonly a: Announced } | undefined;

function light(find: Find): Bundle | undefined {
  const on = find("onOff.onOff");
  if (!on?.a.set) return undefined;
  const level = find("levelControl.currentLevel");
  const warmth = find("colorControl.colorTemperatureMireds");
  const range =
    warmth?.a.type.type === "number" ? { min_mireds: warmth.a.type.min, max_mireds: warmth.a.type.max } : {};
  return {
    component: {
      platform: "light",
      name: null,
      ...{ state_topic: on.topic, command_topic: `${on.topic}/set`, payload_on: "true", payload_off: "false" },
      ...(level?.a.set
        ? { brightness_state_topic: level.topic, brightness_command_topic: `${level.topic}/set`, brightness_scale: 100 }
        : {}),
      ...(warmth?.a.set
        ? { color_temp_state_topic: warmth.topic, color_temp_command_topic: `${warmth.topic}/set`, ...range }
        : {}),
    },
    takes: ["onOff.onOff", "levelControl.currentLevel", "colorControl.colorTemperatureMireds"],
  };
}

function cover(find: Find): Bundle | undefined {
  const position = find("windowCovering.currentPositionLiftPercentage");
  if (!position?.a.set) return undefined;
  const { topic } = position;
  return {
    component: {
      platform: "cover",
      name: null,
      position_topic: topic,
      set_position_topic: `${topic}/set`,
      command_topic: `${topic}/set`,
      payload_open: "100",
      payload_close: "0",
      payload_stop: null,
    },
    takes: ["windowCovering.currentPositionLiftPercentage"],
  };
}

function climate(find: Find): Bundle | undefined {
  const target = find("thermostat.occupiedHeatingSetpoint");
  if (!target?.a.set || target.a.type.type !== "number") return undefined;
  const now = find("thermostat.localTemperature");
  const mode = find("thermostat.systemMode");
  const words =
    mode?.a.set && mode.a.type.type === "enum"
      ? mode.a.type.values.filter((v) => ["off", "heat", "cool", "auto"].includes(v))
      : [];
  return {
    component: {
      platform: "climate",
      name: null,
      ...{
        temperature_state_topic: target.topic,
        temperature_command_topic: `${target.topic}/set`,
        temperature_unit: "C",
      },
      ...{
        min_temp: target.a.type.min,
        max_temp: target.a.type.max,
        temp_step: target.a.type.step ?? 0.5,
        modes: words,
      },
      ...(now ? { current_temperature_topic: now.topic } : {}),
      ...(mode && words.length > 0 ? { mode_state_topic: mode.topic, mode_command_topic: `${mode.topic}/set` } : {}),
    },
    takes: [
      "thermostat.occupiedHeatingSetpoint",
      "thermostat.localTemperature",
      ...(words.length > 0 ? ["thermostat.systemMode"] : []),
    ],
  };
}

function lock(find: Find): Bundle | undefined {
  const state = find("doorLock.lockState");
  if (!state?.a.set) return undefined;
  const { topic } = state;
  return {
    component: {
      platform: "lock",
      name: null,
      state_topic: topic,
      command_topic: `${topic}/set`,
      payload_lock: "locked",
      payload_unlock: "unlocked",
      state_locked: "locked",
      state_unlocked: "unlocked",
    },
    takes: ["doorLock.lockState"],
  };
}

const isLight = (types: readonly string[]): boolean => types.some((t) => /light$/i.test(t));

function componentsOf(node: string, all: readonly Announced[]): Record<string, Component> {
  const components: Record<string, Component> = {};
  for (const number of new Set(all.map((a) => a.endpoint.number))) {
    const mine = all.filter((a) => a.endpoint.number === number);
    const find: Find = (path) => {
      const a = mine.find((x) => pathOf(x) === path);
      return a && { a, topic: valueTopic(node, a) };
    };
    const types = mine[0]?.endpoint.deviceTypes ?? [];
    const bundles = [isLight(types) ? light(find) : undefined, cover(find), climate(find), lock(find)].filter(
      (b) => b !== undefined,
    );
    const taken = new Set(bundles.flatMap((b) => b.takes));
    bundles.forEach(({ component }, at) => {
      components[`e${number}_${at}`] = { ...component, unique_id: `inglenook_${node}_e${number}_${at}` };
    });
    for (const a of mine)
      if (!taken.has(pathOf(a))) {
        const id = `e${number}_${a.capability}_${a.attribute}`.replace(/[^A-Za-z0-9_-]/g, "_");
        components[id] = { ...plain(node, a), unique_id: `inglenook_${node}_${id}` };
      }
  }
  return components;
}

/** Where a device's config stands. */
export const configTopic = (node: string): string =>
  `homeassistant/device/inglenook_${node.replace(/[^A-Za-z0-9_-]/g, "_")}/config`;

/** The config of a device; its values and commands stand under the hub's own prefix. */
export function config(
  node: NodeDescription,
  name: string,
  room: string | undefined,
  all: readonly Announced[],
): string {
  const ready = { payload_available: "ready", payload_not_available: "lost" };
  const device = {
    identifiers: [`inglenook_${node.id}`],
    name,
    ...(node.vendor === undefined ? {} : { manufacturer: node.vendor }),
    ...(node.model === undefined ? {} : { model: node.model }),
    ...(node.firmware === undefined ? {} : { sw_version: node.firmware }),
    ...(room === undefined ? {} : { suggested_area: room }),
  };
  return JSON.stringify({
    device,
    origin: { name: ORIGIN },
    availability: [
      { topic: `${ROOT}/$state`, ...ready },
      { topic: `${deviceTopic(node.id)}/$state`, ...ready },
    ],
    availability_mode: "all",
    components: componentsOf(node.id, all),
  });
}
