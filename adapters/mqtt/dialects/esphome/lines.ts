/** What an ESPHome entity says when nobody describes it: by its component, and by its name only where the unit is always the same. */
import type { Value } from "../../../../hub/model/capability.ts";
import type { Codec, MakerType } from "../../codec.ts";
import type { MqttPublish } from "../../dialect.ts";
import { namedEndpoint } from "../../draft.ts";
import type { Json } from "../../json.ts";
import type { Line } from "../../sheet/claim.ts";

const switched: MakerType = { kind: "boolean", on: "ON", off: "OFF" };
const percent: MakerType = { kind: "number", unit: "%", min: 0, max: 100, step: 1 };
const celsius: MakerType = { kind: "number", unit: "C" };
const byte: MakerType = { kind: "number", min: 0, max: 255, step: 1 };
const text: MakerType = { kind: "text" };
const amount = (unit: string): MakerType => ({ kind: "number", unit });

/** A field is `<component>/<object>` and, of components with several values, `/<part>`. */
export interface Field {
  readonly component: string;
  readonly object: string;
  readonly part: string;
}

export function fieldOf(name: string): Field {
  const [component = "", object = "", ...rest] = name.split("/");
  return { component, object, part: rest.join("/") };
}

/** Endings of sensors' names whose platforms all speak in one unit. Temperature, power and energy are not among them: owners convert them. */
const sensors: readonly (readonly [ending: RegExp, word: string, maker: MakerType])[] = [
  [/(?:^|_)humidity$/, "humidity", amount("%")],
  [/(?:^|_)battery_level$/, "battery", amount("%")],
  [/(?:^|_)(?:illuminance|ambient_light)$/, "illuminance", amount("lx")],
  [/(?:^|_)(?:e?co2|carbon_dioxide)$/, "co2", amount("ppm")],
  [/(?:^|_)pm_?2_?5$/, "pm25", amount("µg/m3")],
  [/(?:^|_)pm_?10(?:_0)?$/, "pm10", amount("µg/m3")],
  [/(?:^|_)pm_?1_0$/, "pm1", amount("µg/m3")],
  [/(?:^|_)wifi_signal(?:_db)?$/, "", amount("dBm")],
];

const binaries: readonly (readonly [ending: RegExp, word: string])[] = [
  [/(?:^|_)(?:motion|presence|occupancy)$/, "occupancy"],
  [/(?:^|_)(?:water_)?leak$/, "water_leak"],
  [/(?:^|_)smoke$/, "smoke"],
];

/** Only these words are the lock's; the way between two states is neither. */
const lock: Codec = {
  type: { type: "enum", values: ["notFullyLocked", "locked", "unlocked"] },
  read: (raw): Value | undefined => {
    const word = String(raw).toUpperCase();
    if (word === "LOCKED" || word === "UNLOCKED") return word.toLowerCase();
    return /^(?:LOCKING|UNLOCKING|JAMMED|OPEN|OPENING)$/.test(word) ? "notFullyLocked" : undefined;
  },
  write: (value) => (value === "locked" ? "LOCK" : value === "unlocked" ? "UNLOCK" : undefined),
};

const modes: MakerType = { kind: "enum", values: ["off", "auto", "cool", "heat", "heat_cool", "fan_only", "dry"] };
const actions: MakerType = {
  kind: "enum",
  values: ["off", "cooling", "heating", "drying", "idle", "fan", "defrosting"],
};
const setpoint: MakerType = { kind: "number", unit: "C", step: 0.5 };

const climate: Readonly<Record<string, Line>> = {
  mode: { word: "system_mode", maker: modes },
  action: { word: "running_state", maker: actions },
  current_temperature: { word: "local_temperature", maker: celsius },
  target_temperature: { word: "occupied_heating_setpoint", maker: setpoint },
  target_temperature_low: { word: "occupied_heating_setpoint", maker: setpoint },
  target_temperature_high: { word: "occupied_cooling_setpoint", maker: setpoint },
  current_humidity: { word: "humidity", maker: amount("%") },
  target_humidity: { maker: percent },
  away: { maker: switched },
};

const light: Readonly<Record<string, Line>> = {
  state: { word: "on", maker: switched },
  brightness: { word: "level", maker: byte },
  color_temp: { word: "color_temp", maker: { kind: "number", unit: "mired", min: 153, max: 500, step: 1 } },
  hue: { word: "hue", maker: { kind: "number", unit: "deg", min: 0, max: 360 } },
  saturation: { word: "saturation", maker: percent },
  effect: { maker: text },
  w: { label: "White", maker: byte },
  c: { label: "Cold white", maker: byte },
  white_value: { maker: byte },
  color_mode: { maker: text },
  effect_index: { hidden: true },
  effect_count: { hidden: true },
};

const cover: Readonly<Record<string, Line>> = {
  "": { word: "cover_state", maker: { kind: "enum", values: ["open", "closed", "opening", "closing", "stopped"] } },
  position: { word: "position", maker: percent },
  tilt: { word: "tilt", maker: percent },
};

const fan: Readonly<Record<string, Line>> = {
  "": { word: "on", maker: switched },
  // Counted up to a number of steps that only the description tells.
  speed_level: { maker: { kind: "number", min: 0, max: 100, step: 1 } },
  oscillation: { maker: { kind: "boolean", on: "oscillate_on", off: "oscillate_off" } },
  direction: { maker: { kind: "enum", values: ["forward", "reverse"] } },
};

const own = (table: Readonly<Record<string, Line>>, key: string): Line | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

function sensor(object: string, sample: Json): Line {
  const [, word = "", maker] =
    (typeof sample === "number" ? sensors : []).find(([ending]) => ending.test(object)) ?? [];
  if (maker) return { word, maker };
  return typeof sample === "number" ? {} : { maker: text };
}

/** Entities that are things of their own; what only measures or is set up stands together on the first endpoint. */
const things = new Set([
  "switch",
  "light",
  "cover",
  "climate",
  "fan",
  "lock",
  "valve",
  "event",
  "siren",
  "alarm_control_panel",
  "water_heater",
  "humidifier",
]);

export const endpointOf = ({ component, object }: Field): number =>
  things.has(component) ? namedEndpoint(`${component}/${object}`) : 1;

/** Entities that only tell. */
const tells = new Set(["sensor", "binary_sensor", "text_sensor", "event", "update"]);
const saysOnly = new Set(["action", "current_temperature", "current_humidity", "color_mode"]);

function meaning({ component, object, part }: Field, sample: Json): Line | undefined {
  switch (component) {
    case "sensor":
    case "text_sensor":
      return sensor(object, sample);
    case "binary_sensor":
      return { word: binaries.find(([ending]) => ending.test(object))?.[1] ?? "", maker: switched };
    case "switch":
      return { word: "on", maker: switched };
    case "light":
      return own(light, part);
    case "cover":
      return own(cover, part);
    case "climate":
      return own(climate, part) ?? { maker: text };
    case "fan":
      return own(fan, part) ?? { maker: text };
    case "lock":
      return { word: "lock_state", maker: text, codec: lock };
    case "event":
      return part === "event_type" ? { name: "event", label: "Event", maker: text, event: true } : undefined;
    case "number":
      return { maker: { kind: "number" } };
    case "valve":
      return part === "position" ? { maker: percent } : { maker: text };
    case "siren":
      return { maker: switched };
    case "select":
    case "text":
    case "date":
    case "time":
    case "datetime":
      return { maker: text };
    default:
      return undefined;
  }
}

/** Lights are set by parts of one JSON body, the others by a text on a topic of their own. */
function setter(prefix: string, { component, object, part }: Field): (raw: unknown) => MqttPublish {
  const base = `${prefix}/${component}/${object}`;
  if (component === "light")
    return (raw) => ({ topic: `${base}/command`, payload: JSON.stringify({ [part]: raw as Json }), qos: 1 });
  return (raw) => ({ topic: `${base}/${part ? `${part}/` : ""}command`, payload: String(raw), qos: 1 });
}

export function lineOf(prefix: string, name: string, sample: Json): Line | undefined {
  const field = fieldOf(name);
  const { component, object, part } = field;
  const line = meaning(field, sample) ?? {};
  const silent =
    tells.has(component) ||
    saysOnly.has(part) ||
    (component === "valve" && part === "") ||
    component === "alarm_control_panel";
  const single = things.has(component);
  return {
    name: single ? part || component : part ? `${object}.${part}` : object,
    label: `${object.replaceAll("_", " ")}${part && single ? ` ${part.replaceAll("_", " ")}` : ""}`,
    endpoint: endpointOf(field),
    ...line,
    ...(silent || line.hidden ? {} : { write: setter(prefix, field) }),
  };
}
