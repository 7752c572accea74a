/** What the fields of a first-generation Shelly mean, and how they are set (https://shelly-api-docs.shelly.cloud/gen1/#mqtt-support). */
import type { MakerType } from "../../codec.ts";
import { kelvinCodec } from "../../colour.ts";
import type { MqttPublish } from "../../dialect.ts";
import type { Json } from "../../json.ts";
import type { Line } from "../../sheet/claim.ts";
import { lampTopic } from "./lamps.ts";
import { isThreePhase, type Root } from "./roots.ts";

const amount = (unit: string): MakerType => ({ kind: "number", unit });
const flag: MakerType = { kind: "boolean", on: true, off: false };
const switched: MakerType = { kind: "boolean", on: "on", off: "off" };
const percent: MakerType = { kind: "number", unit: "%", min: 0, max: 100, step: 1 };
const byte: MakerType = { kind: "number", min: 0, max: 255, step: 1 };
const text: MakerType = { kind: "text" };
const words = (...values: string[]): MakerType => ({ kind: "enum", values });

/** Fields of one component, without its name and number. */
type Table = Readonly<Record<string, Line>>;

const metered: Table = {
  power: { word: "power", maker: amount("W") },
  // The counter of an output is in watt-minutes and starts again when its power comes back.
  energy: { word: "energy", maker: amount("Wmin") },
  overpower: { maker: flag },
  overpower_value: { maker: amount("W") },
  timer_started: { hidden: true },
  is_valid: { hidden: true },
  timer_remaining: { maker: amount("s") },
  timer_duration: { maker: amount("s") },
};

const tables: Readonly<Record<string, Table>> = {
  relay: { ...metered, "": { word: "on", maker: switched } },
  roller: {
    ...metered,
    "": { word: "moving", maker: words("open", "close", "stop") },
    pos: { word: "position", maker: percent },
    state: { maker: words("open", "close", "stop") },
    stop_reason: { maker: text },
    command: { name: "calibrate", label: "Calibrate", maker: words("rc") },
  },
  lamp: {
    ...metered,
    "": { word: "on", maker: switched },
    level: { word: "level", maker: percent },
    hue: { word: "hue", maker: { kind: "number", unit: "deg", min: 0, max: 360 } },
    saturation: { word: "saturation", maker: percent },
    gain: { maker: percent },
    brightness: { maker: percent },
    ...{ red: { maker: byte }, green: { maker: byte }, blue: { maker: byte } },
    effect: { maker: { kind: "number", min: 0, max: 6, step: 1 } },
    transition: { maker: amount("ms") },
    mode: { maker: words("white", "color") },
  },
  emeter: {
    power: { word: "power", maker: amount("W") },
    voltage: { word: "voltage", maker: amount("V") },
    current: { word: "current", maker: amount("A") },
    pf: { word: "power_factor", maker: amount("ratio") },
    reactive_power: { word: "power_reactive", maker: amount("var") },
    total: { word: "energy", maker: amount("Wh") },
    total_returned: { word: "produced_energy", maker: amount("Wh") },
    // Of the last minutes alone; the two totals above are the counters.
    energy: { maker: amount("Wmin") },
    returned_energy: { maker: amount("Wmin") },
  },
  input: { "": { label: "Input", maker: flag }, event: { label: "Event", maker: text, event: true } },
  longpush: { "": { label: "Long push", maker: flag } },
  ext_temperature: { "": { word: "temperature", maker: amount("C") } },
  ext_temperature_f: { "": { hidden: true } },
  ext_humidity: { "": { word: "humidity", maker: amount("%") } },
  ext_switch: { "": { label: "Switch at the probe", maker: flag } },
  adc: { "": { word: "voltage", maker: amount("V") } },
  valve: {
    state: {
      maker: words("closed", "opened", "closing", "opening", "checking", "failure", "not_connected", "unknown"),
    },
    command: { maker: words("open", "close") },
  },
  thermostat: {
    target_t: { word: "occupied_heating_setpoint", maker: { kind: "number", unit: "C", min: 4, max: 31, step: 0.5 } },
    tmp: { word: "local_temperature", maker: amount("C") },
    pos: { word: "pi_heating_demand", maker: percent },
    valve_pos: { label: "Valve", maker: percent },
    enabled: { label: "Keeps the temperature", maker: flag },
    schedule: { maker: flag },
    schedule_profile: { maker: { kind: "number", min: 1, max: 5, step: 1 } },
    boost_minutes: { maker: { kind: "number", unit: "min", min: 0, max: 1440, step: 1 } },
    temperature_offset: { maker: amount("K") },
  },
};

/** First endpoint of each component. */
const bases: Readonly<Record<string, number>> = {
  ...{ relay: 1, roller: 1, lamp: 1, emeter: 31, thermostat: 1, input: 51, longpush: 51, ext_temperature: 61 },
  ...{ ext_humidity: 61, ext_switch: 61, adc: 81, valve: 91 },
};

const single: Table = {
  "relay/power": { word: "power", maker: amount("W"), endpoint: 31 },
  "relay/energy": { word: "energy", maker: amount("Wmin"), endpoint: 31 },
  voltage: { word: "voltage", maker: amount("V") },
  // Of the device's own inside, not of the room.
  temperature: { maker: amount("C") },
  temperature_f: { hidden: true },
  has_update: { hidden: true },
  overtemperature: { maker: flag },
  overload: { maker: flag },
  loaderror: { maker: flag },
  total_power: { maker: amount("W") },
  total_work_time: { maker: amount("s") },
  wifi_rssi: { label: "Wi-Fi signal", maker: amount("dBm") },
  "sensor/temperature": { word: "temperature", maker: amount("C") },
  "sensor/humidity": { word: "humidity", maker: amount("%") },
  "sensor/battery": { word: "battery", maker: amount("%") },
  "sensor/battery_voltage": { word: "battery_voltage", maker: amount("V") },
  "sensor/lux": { word: "illuminance", maker: amount("lx") },
  "sensor/state": { word: "contact", maker: { kind: "boolean", on: "open", off: "close" } },
  "sensor/opening": { name: "state", maker: words("open", "close", "unknown") },
  "sensor/alarm": { name: "smoke", maker: flag },
  "sensor/tilt": { maker: amount("deg") },
  "sensor/vibration": { maker: flag },
  "sensor/active": { maker: flag },
  "sensor/motion": { word: "occupancy", maker: flag },
  "sensor/flood": { word: "water_leak", maker: flag },
  "sensor/smoke": { word: "smoke", maker: flag },
  "sensor/charger": { maker: flag },
  "sensor/ext_power": { maker: flag },
  "sensor/concentration": { maker: amount("ppm") },
  "sensor/command": { name: "alarm", label: "Alarm", maker: words("start_self_test", "mute", "unmute") },
  "sensor/operation": { maker: words("unknown", "warmup", "normal", "fault") },
  "sensor/gas": { maker: words("unknown", "none", "mild", "heavy", "test") },
  "sensor/self_test": { maker: words("not_completed", "completed", "running", "pending") },
  "sensor/error": { maker: text },
  "settings.name": { fact: "name", hidden: true },
  "announce.model": { hidden: true },
  "announce.id": { fact: "id", hidden: true },
  "announce.mac": { hidden: true },
  "announce.fw_ver": { fact: "firmware", hidden: true },
  "announce.mode": { name: "device_mode", maker: text },
  "announce.new_fw": { name: "update_available", maker: flag },
  "announce.ip": { name: "ip", maker: text },
};

/** The message that sets a field, below the device's root. */
function setter(
  now: () => Root,
  component: string,
  number: number,
  leaf: string,
): ((raw: unknown) => MqttPublish) | undefined {
  const to =
    (tail: string, form: (raw: unknown) => string = String) =>
    (raw: unknown): MqttPublish => ({
      topic: `${now().topic}/${tail}`,
      payload: form(raw),
      qos: 1,
    });
  switch (`${component}/${leaf}`) {
    case "relay/":
      return to(`relay/${number}/command`);
    case "roller/pos":
      return to(`roller/${number}/command/pos`);
    case "roller/command":
    case "valve/command":
      return to(`${component}/${number}/command`);
    case "thermostat/target_t":
    case "thermostat/valve_pos":
    case "thermostat/schedule_profile":
    case "thermostat/boost_minutes":
      return to(`thermostat/${number}/command/${leaf}`);
    case "thermostat/schedule":
      return to(`thermostat/${number}/command/schedule`, (raw) => (raw === true ? "1" : "0"));
    default:
      return component === "lamp" ? lampTopic(now, number, leaf) : undefined;
  }
}

/** Lamps that have both colour and shades of white say so with their temperature: 3000 K at the warm end, those of white alone 2700 K. */
function temperatureLine(root: Root): Line {
  const coloured = root.model === undefined ? root.lamps.get(0) !== "light" : !/^SHBDUO/.test(root.model);
  return { word: "color_temp", maker: { kind: "number" }, codec: kelvinCodec([coloured ? 3000 : 2700, 6500]) };
}

/** `now` gives the root that the device listens to when it is told something. */
export function lineOf(now: () => Root, field: string, sample: Json): Line | undefined {
  const plain = Object.hasOwn(single, field) ? single[field] : undefined;
  if (field === "sensor/command") {
    const write = (raw: unknown): MqttPublish => {
      const verb = String(raw);
      return { topic: `${now().topic}/sensor/${verb}`, payload: verb === "start_self_test" ? "start" : verb, qos: 1 };
    };
    return { ...plain, write };
  }
  if (plain) return { name: field.slice(field.indexOf("/") + 1), ...plain };
  if (field.startsWith("sensor/"))
    return { name: field.slice(7), ...(typeof sample === "string" ? { maker: text } : {}) };
  const [, component = "", digit = "", tail = ""] = /^([a-z_]+)\/(\d)(?:[/.](.+))?$/.exec(field) ?? [];
  if (!component) return undefined;
  const number = Number(digit);
  const table = Object.hasOwn(tables, component) ? tables[component] : undefined;
  const base =
    component === "emeter" && isThreePhase(now()) ? 91 : Object.hasOwn(bases, component) ? bases[component] : 1;
  const endpoint = (base ?? 1) + number;
  const line =
    component === "lamp" && tail === "temp"
      ? temperatureLine(now())
      : table && Object.hasOwn(table, tail)
        ? table[tail]
        : undefined;
  // White beside colours is a strip's fourth channel, and a share where there are shades of white alone.
  const own: Line | undefined = component === "lamp" && tail === "white" ? { maker: byte } : line;
  const write = setter(now, component, number, tail);
  const sampled: Line = typeof sample === "string" ? { maker: text } : {};
  return { endpoint, name: tail || component, ...(own ?? sampled), ...(write ? { write } : {}) };
}
