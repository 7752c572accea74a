/** EMS-ESP's forms of values: modes, on and off, and the gaps it leaves where a sensor is missing. */
import type { Codec, MakerType } from "../../codec.ts";
import { entriesOf, isObject, type Json, parseJson } from "../../json.ts";

/** Modes of all generations of thermostats: some say day and night, some manual, some comfort and eco. */
const modes: Readonly<Record<string, string>> = {
  ...{ off: "off", nofrost: "off", auto: "auto" },
  ...{ heat: "heat", manual: "heat", day: "heat", comfort: "heat" },
  ...{ night: "sleep", eco: "sleep", cool: "cool" },
};

/** Off, heat and auto are taken by every thermostat, whatever its own words are; so they are what is written. */
export const modeCodec: Codec = {
  type: { type: "enum", values: ["off", "auto", "heat"] },
  read: (raw) => {
    const word = String(raw).toLowerCase();
    return Object.hasOwn(modes, word) ? modes[word] : undefined;
  },
  write: (value) => value,
};

export const isMode = (sample: Json): boolean =>
  typeof sample === "string" && Object.hasOwn(modes, sample.toLowerCase());

/** On and off in the form that the gateway is set to: words, capitals, JSON's own, digits. Undefined for other values. */
export function switchOf(sample: Json): MakerType | undefined {
  switch (sample) {
    case "on":
    case "off":
      return { kind: "boolean", on: "on", off: "off" };
    case "ON":
    case "OFF":
      return { kind: "boolean", on: "ON", off: "OFF" };
    case true:
    case false:
      return { kind: "boolean", on: true, off: false };
    case "true":
    case "false":
      return { kind: "boolean", on: "true", off: "false" };
    case 1:
    case 0:
      return { kind: "boolean", on: 1, off: 0 };
    case "1":
    case "0":
      return { kind: "boolean", on: "1", off: "0" };
    default:
      return undefined;
  }
}

/** 0x8000, whole or in tenths or hundredths: the bus' word for a sensor that is not there. */
const gaps = new Set<Json>([-32768, -3276.8, -327.68]);

function withoutGaps(json: Json, depth: number): Json {
  if (gaps.has(json)) return null;
  if (!isObject(json) || depth > 6) return json;
  return Object.fromEntries(entriesOf(json, 512).map(([key, value]) => [key, withoutGaps(value, depth + 1)]));
}

/** A device's message, without values that the bus has not; undefined where it is no JSON object. */
export function readBody(payload: string): Json | undefined {
  const json = parseJson(payload);
  return isObject(json) ? withoutGaps(json, 0) : undefined;
}
