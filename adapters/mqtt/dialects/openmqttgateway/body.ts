/** Bodies of OpenMQTTGateway before a table reads them: its own twins dropped, units that stand in another field applied. */
import { entriesOf, isObject, type Json, parseObject } from "../../json.ts";

/** Most values of one body. */
const MAX_ENTRIES = 64;
/** What a scale's `unit` makes of its `weight`, in kg. */
const kilos = new Map<Json, number>([
  ["kg", 1],
  ["lb", 0.45359237],
  ["st", 6.35029318],
  ["jin", 0.5],
  ["g", 0.001],
]);

const scaled = (value: Json | undefined, factor: number): Json | undefined =>
  typeof value === "number" ? Number((value * factor).toPrecision(10)) : undefined;

/** What the meaning of the rest hangs on. */
const FIRST = ["id", "brand", "model", "model_id", "type", "session"];

/** The same value in Fahrenheit beside Celsius says nothing more. */
function dropFahrenheit(body: Map<string, Json>): void {
  for (const key of [...body.keys()]) {
    const [, rest] = /^tempf(.*)$/.exec(key) ?? [];
    if (rest !== undefined && body.has(`tempc${rest}`)) body.delete(key);
  }
}

/** `weight` in the scale's own unit of the moment, which a person may switch: always kg where the unit is told. */
function weigh(body: Map<string, Json>): void {
  const factor = kilos.get(body.get("unit") ?? null);
  const kg = factor === undefined ? undefined : scaled(body.get("weight"), factor);
  if (kg === undefined) return;
  body.delete("weight");
  body.set("weight_kg", kg);
}

/** Meters that count light pulses name the unit of their mean and sum in `avgu` and `sumu`. */
function meter(body: Map<string, Json>): void {
  for (const key of ["avg", "sum"]) {
    const unit = body.get(`${key}u`);
    const value = body.get(key);
    if (typeof unit !== "string" || !/^k?Wh?$/.test(unit) || value === undefined) continue;
    body.delete(key);
    body.delete(`${key}u`);
    body.set(`${key}_${unit}`, value);
  }
}

/**
 * A decoded advertisement. `rssi` becomes one value a gateway, since each hears the device in its own way; a press that
 * the device repeats under the same packet number is heard once.
 */
export function advertisement(gateway: string, packets: Map<string, Json>): (payload: string) => Json | undefined {
  return (payload) => {
    const object = parseObject(payload);
    if (!object) return undefined;
    const body = new Map(entriesOf(object, MAX_ENTRIES));
    dropFahrenheit(body);
    weigh(body);
    meter(body);
    const contact = body.get("contact");
    if (typeof contact === "string" && !body.has("open")) body.set("open", contact !== "closed");
    once(body, packets);
    perGateway(body, gateway);
    const first = FIRST.flatMap((key) => (body.has(key) ? [[key, body.get(key) ?? null] as const] : []));
    return Object.fromEntries([...first, ...body]);
  };
}

function once(body: Map<string, Json>, packets: Map<string, Json>): void {
  const packet = body.get("packet");
  const id = body.get("id");
  if (packet === undefined || typeof id !== "string") return;
  if (packets.get(id) === packet)
    for (const key of [...body.keys()]) if (/^(button\d*|shake)$/.test(key)) body.delete(key);
  if (packets.size < 1000 || packets.has(id)) packets.set(id, packet);
}

function perGateway(body: Map<string, Json>, gateway: string): void {
  for (const key of ["rssi", "snr", "noise", "distance"]) {
    const value = body.get(key);
    body.delete(key);
    if (typeof value === "number") body.set(`${key}.${gateway}`, value);
  }
}

/** A decoded frame of a radio sensor, as rtl_433 writes it. */
export const frame =
  (gateway: string) =>
  (payload: string): Json | undefined => {
    const object = parseObject(payload);
    if (!object) return undefined;
    const body = new Map(entriesOf(object, MAX_ENTRIES));
    if (body.has("temperature_C")) body.delete("temperature_F");
    perGateway(body, gateway);
    return Object.fromEntries(body);
  };

/** A list says nothing that a person sets or plots: it becomes one text. */
export function joined(payload: string): Json | undefined {
  const object = parseObject(payload);
  if (!object) return undefined;
  return Object.fromEntries(
    entriesOf(object, MAX_ENTRIES).map(([key, value]) => [
      key,
      Array.isArray(value)
        ? value
            .filter((v) => !isObject(v) && !Array.isArray(v))
            .join(", ")
            .slice(0, 500)
        : value,
    ]),
  );
}
