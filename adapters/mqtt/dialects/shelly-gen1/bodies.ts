/** Bodies of a first-generation Shelly's single topics, as fields; some stand for several. */
import { asNumber } from "../../codec.ts";
import { hueCodec, saturationCodec } from "../../colour.ts";
import { entriesOf, get, type Json, type JsonObject, parseJson, parseObject } from "../../json.ts";
import { celsius, type Fields, flag, flags, listed, opening, present, probes, valveFields } from "./parts.ts";
import { isButton, type Root } from "./roots.ts";

/** One value of a topic, or the fields that it stands for; undefined: not what this topic says. */
export function readPlain(root: Root, tail: string, payload: string): Json | undefined {
  const json = parseJson(payload);
  const value: Json = json === undefined || typeof json === "object" ? payload : json;
  if (/^relay\/\d$/.test(tail)) {
    if (payload !== "on" && payload !== "off" && payload !== "overpower") return { [tail]: value };
    const over = payload === "overpower";
    return { [tail]: over ? "off" : payload, [`${tail}/overpower`]: over };
  }
  // What the maker says stays beside the house's word where that says less, or says it the other way round.
  if (/^roller\/\d$/.test(tail)) return { [tail]: value, [`${tail}/state`]: value };
  if (tail === "sensor/state") return opening(value);
  if (tail === "sensor/smoke") return { [tail]: flag(value), "sensor/alarm": flag(value) };
  if (flags.test(tail)) return flag(value);
  if (tail === "sensor/temperature") return ownTemperature(root, value);
  if (/^ext_|^sensor\/(?:humidity|lux|tilt)$|^roller\/\d\/pos$/.test(tail))
    return asNumber(value) === -1 ? null : present(value);
  if (tail === "sensor/act_reasons") return listed(json) ?? value;
  const [, valve] = /^valve\/(\d)\/state$/.exec(tail) ?? [];
  if (valve) return valveFields(Number(valve), value);
  if (tail === "sensor/operation") return { [tail]: value, "sensor/command": null };
  return value;
}

/**
 * The owner chose °C or °F, which only the whole status tells. Before that the first value waits; a device that sends a
 * second one without its status is an old one, in the unit of its birth.
 */
function ownTemperature(root: Root, value: Json): Json {
  root.unsure += 1;
  return root.unit === undefined && root.unsure < 2 ? null : celsius(value, root.unit);
}

/** `{"event":"S","event_cnt":4}`, repeated every half minute: only a count that moved on is a happening. */
export function readEvent(root: Root, input: number, payload: string): Json | undefined {
  const body = parseObject(payload);
  const count = asNumber(get(body, "event_cnt"));
  const event = get(body, "event");
  if (count === undefined || typeof event !== "string") return undefined;
  const before = root.counts.get(input);
  root.counts.set(input, count);
  // The first count heard may be of yesterday, but for a button, which speaks when it is pressed.
  const happened = before === undefined ? isButton(root) : before !== count;
  return { [`input/${input}.event`]: happened ? event : null };
}

/** The status of one lamp: its level is `gain` in colour and `brightness` in white. */
export function lampFields(root: Root, channel: number, body: JsonObject): Fields {
  const base = `lamp/${channel}`;
  const { ison, brightness, gain, red, green, blue, temp, mode, power, overpower, is_valid, ...rest } = body;
  const kind = root.lamps.get(channel);
  const inColour = (mode ?? (kind === "color" ? kind : root.mode)) === "color" && gain !== undefined;
  const rgb = [red ?? null, green ?? null, blue ?? null];
  const coloured = red !== undefined && green !== undefined && blue !== undefined;
  const found: Fields = {};
  const put = (name: string, value: Json | undefined): void => {
    if (value !== undefined) found[name ? `${base}/${name}` : base] = value;
  };
  put("", typeof ison === "boolean" ? (ison ? "on" : "off") : undefined);
  put("level", inColour ? gain : brightness);
  put("gain", gain);
  put("brightness", gain === undefined ? undefined : brightness);
  put("hue", coloured ? (hueCodec.read(rgb) as number | undefined) : undefined);
  put("saturation", coloured ? (saturationCodec.read(rgb) as number | undefined) : undefined);
  for (const [name, value] of Object.entries({ red, green, blue, temp, mode, power, overpower })) put(name, value);
  for (const [name, value] of entriesOf(rest, 32)) put(name, value);
  return found;
}

export function readLamp(root: Root, channel: number, payload: string): Json | undefined {
  const body = parseObject(payload);
  return body && lampFields(root, channel, body);
}

export function readProbes(tail: string, payload: string): Json | undefined {
  const found: Fields = {};
  const kind = tail === "ext_temperatures" ? "temperature" : tail === "ext_humidities" ? "humidity" : "switch";
  const body = parseObject(payload);
  probes(found, body, kind);
  return body && found;
}

/** What a device is called and the unit it speaks in; the rest is its set-up, with secrets in it, and is left alone. */
export function readSettings(root: Root, payload: string): Json | undefined {
  const settings = parseObject(payload);
  const unit = get(get(settings, "sensors"), "temperature_unit");
  if (unit === "C" || unit === "F") root.unit = unit;
  return settings && { "settings.name": get(settings, "name") ?? null };
}
