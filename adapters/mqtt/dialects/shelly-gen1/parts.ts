/** Small forms that several bodies of a first-generation Shelly share. */
import { asNumber } from "../../codec.ts";
import { entriesOf, get, isObject, type Json } from "../../json.ts";
import type { Root } from "./roots.ts";

/** Values by the topic, below the device's root, that carries them one by one. */
export type Fields = Record<string, Json>;

/** What a probe reports that is not there. */
const NO_PROBE = 999;

export const flags =
  /^(?:input\/\d|longpush\/\d|overtemperature|overload|loaderror|ext_switch\/\d)$|^sensor\/(?:flood|smoke|motion|vibration|ext_power|charger|active)$/;

export const flag = (json: Json | undefined): Json => {
  const text = String(json);
  return /^(?:1|true)$/.test(text) ? true : /^(?:0|false)$/.test(text) ? false : text === "-1" ? null : (json ?? null);
};

export const present = (json: Json | undefined): Json => (asNumber(json) === NO_PROBE ? null : (json ?? null));

/** A temperature in the unit that it comes in, as °C. */
export function celsius(value: Json | undefined, unit: string | undefined): Json {
  const number = asNumber(value);
  if (number === undefined || number === NO_PROBE) return null;
  return unit === "F" ? Math.round(((number - 32) * 5 * 100) / 9) / 100 : number;
}

/** `{"value":21.7,"units":"C","tC":21.7}`; what is said to be not valid is no value. */
export function temperatureOf(json: Json | undefined, root?: Root): Json {
  if (!isObject(json) || get(json, "is_valid") === false) return null;
  const units = get(json, "units");
  if (root && (units === "C" || units === "F")) root.unit = units;
  const exact = get(json, "tC");
  return exact === undefined ? celsius(get(json, "value"), units === "F" ? "F" : "C") : present(exact);
}

export const listed = (json: Json | undefined): string | undefined =>
  Array.isArray(json) ? json.slice(0, 16).join(", ").slice(0, 200) : undefined;

/** A door or window: as the house knows contacts, and in the maker's word. */
export const opening = (state: Json): Fields => ({
  "sensor/state": state === "unknown" ? null : state,
  "sensor/opening": state,
});

/** A gas or water valve at the sensor; what is not connected takes no commands. */
export const valveFields = (index: number, state: Json): Fields => ({
  [`valve/${index}/state`]: state,
  ...(state === "not_connected" ? {} : { [`valve/${index}/command`]: null }),
});

/** By number, the items of a list or of an object with numbers for keys. */
export function items(json: Json | undefined): readonly (readonly [index: number, item: Json])[] {
  if (Array.isArray(json)) return json.slice(0, 10).map((item: Json, index) => [index, item] as const);
  return entriesOf(json, 10).flatMap(([key, item]) => (/^\d$/.test(key) ? [[Number(key), item] as const] : []));
}

/** Bare `{"0":{"tC":23.06}}`, `{"0":{"hum":51}}` and `{"0":{"input":1}}` of probes on wires. */
export function probes(found: Fields, status: Json | undefined, kind: "temperature" | "humidity" | "switch"): void {
  for (const [index, probe] of items(status)) {
    const value = kind === "temperature" ? get(probe, "tC") : (get(probe, "hum") ?? get(probe, "input"));
    if (value !== undefined) found[`ext_${kind}/${index}`] = kind === "switch" ? flag(value) : present(value);
  }
}
