import type { Meant } from "../../../hub/rules/translate/home-assistant/index.ts";

const device = (entity: string, capabilities: readonly string[], types: readonly string[] = []): Meant => ({
  ...{ kind: "device", node: entity, endpoint: 1, capabilities, types },
});

const MEASURED: readonly (readonly [RegExp, string])[] = [
  [/temp/, "temperatureMeasurement"],
  [/humid/, "relativeHumidityMeasurement"],
  [/lux|illum|light|bright/, "illuminanceMeasurement"],
  [/energy|kwh/, "electricalEnergyMeasurement"],
  [/power|watt|consumption|current|volt|amp/, "electricalPowerMeasurement"],
  [/batter|soc|charge/, "powerSource"],
  [/co2|carbon/, "carbonDioxideConcentrationMeasurement"],
  [/pm_?2_?5/, "pm25ConcentrationMeasurement"],
  [/press/, "pressureMeasurement"],
  [/soil|moist/, "soilMeasurement"],
];

const WEB =
  /time|date|next|alert|event|_ip|status|state|weather|forecast|count|version|update|advice|travel|distance|moon|phone|rain|price|calendar|index|waze|tgtg|prusa|mood|linky|rte_|expiry/;
const BUTTON = /action|click|button|remote|dimmer|cube|knob/;

const fixed: Readonly<Record<string, readonly string[]>> = {
  light: ["onOff", "levelControl", "colorControl"],
  switch: ["onOff"],
  cover: ["windowCovering"],
  lock: ["doorLock"],
  climate: ["thermostat"],
  fan: ["onOff", "fanControl"],
  media_player: ["onOff", "mediaPlayback", "levelControl", "mediaInput"],
  vacuum: ["rvcOperationalState"],
  select: ["modeSelect"],
  water_heater: ["thermostat"],
  valve: ["valveConfigurationAndControl"],
  event: ["switch"],
  humidifier: ["onOff"],
  siren: ["onOff"],
  input_boolean: ["onOff"],
};

/** Of a home that has everything that an entity's name says, and nothing that it does not say. */
export function ideal(entity: string): Meant | undefined {
  const [domain = "", name = ""] = entity.split(/[./]/);
  if (domain === "area") return { kind: "room", room: name };
  if (domain === "person" || domain === "device_tracker" || domain === "zone") return { kind: "person", who: name };
  if (domain === "scene") return { kind: "scene", scene: name };
  if (domain === "group") return group(entity);
  if (domain === "input_select" || domain === "alarm_control_panel") return { kind: "house", modes: ["home", "away"] };
  if (domain === "input_number" || domain === "counter") return device(entity, ["houseNumber"]);
  if (domain === "timer") return { kind: "value", value: 20 };
  if (domain === "input_datetime") return { kind: "value", value: "07:00" };
  if (domain === "binary_sensor") return binary(entity);
  if (domain === "device" || domain === "topic") return device(entity, DEVICE, ["contactSensor"]);
  if (domain === "sensor" || domain === "number") return sensor(entity);
  const capabilities = Object.hasOwn(fixed, domain) ? fixed[domain] : undefined;
  return capabilities && device(entity, capabilities);
}

const DEVICE = [
  "switch",
  "onOff",
  "levelControl",
  "colorControl",
  "occupancySensing",
  "booleanState",
  "temperatureMeasurement",
];

function group(entity: string): Meant {
  if (/light|lamp/.test(entity)) return device(entity, fixed.light ?? []);
  if (/famil|person|people|user|device|household|all_devices|presence|everyone|tracker|adult/.test(entity))
    return { kind: "person", who: "anyone" };
  return /motion|occup|pir/.test(entity) ? device(entity, ["occupancySensing"]) : device(entity, ["onOff"]);
}

function binary(entity: string): Meant {
  if (/motion|occup|pir|presence/.test(entity)) return device(entity, ["occupancySensing"]);
  return device(entity, ["booleanState"], /door|window|contact|garage|gate/.test(entity) ? ["contactSensor"] : []);
}

function sensor(entity: string): Meant | undefined {
  const of = MEASURED.find(([words]) => words.test(entity))?.[1];
  if (of) return device(entity, [of]);
  if (BUTTON.test(entity)) return device(entity, ["switch"]);
  // A person knows what a figure is whose name says nothing; what only a service on the web tells is no device.
  return WEB.test(entity) ? undefined : device(entity, ["temperatureMeasurement"]);
}
