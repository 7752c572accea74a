/** Where amsreader puts what, by its payload formats (its wiki, "MQTT"): all are brought to the names of its one-body form. */
import { get, isObject, type Json, type JsonObject, parseObject } from "../../json.ts";

/** Topics of the format with a topic a value, to the names of the body. */
const single: Readonly<Record<string, string>> = {
  "meter/id": "data.meterId",
  "meter/type": "data.type",
  "meter/list": "data.lv",
  "meter/clock": "data.rtc",
  "meter/dlms/timestamp": "t",
  "meter/powerfactor": "data.PF",
  uptime: "up",
  vcc: "vcc",
  rssi: "rssi",
  id: "id",
  name: "name",
};

/** The field of a topic's tail in that format; undefined for what is none. */
export function singleField(tail: string): string | undefined {
  if (Object.hasOwn(single, tail)) return single[tail];
  const [, way = "", of, counted] =
    /^meter\/(import|export)\/(active|reactive|l[123])(\/accumulated)?$/.exec(tail) ?? [];
  if (of) {
    const given = way === "export" ? "O" : "";
    const letter = of === "reactive" ? "Q" : "P";
    const phase = of.startsWith("l") ? of.slice(1) : "";
    return counted ? `data.t${letter}${given || "I"}${phase}` : `data.${letter}${given}${phase}`;
  }
  const [, phase, what = ""] = /^meter\/l([123])\/(voltage|current|powerfactor)$/.exec(tail) ?? [];
  if (phase) return `data.${{ voltage: "U", current: "I", powerfactor: "PF" }[what]}${phase}`;
  const [, side, span = ""] =
    /^realtime\/(import|export)\/(hour|day|month|threshold|monthmax|peak\/\d)$/.exec(tail) ?? [];
  if (side) {
    if (span.startsWith("peak")) return `realtime.peaks.${Number(span.slice(5)) - 1}`;
    const letter = { hour: "h", day: "d", month: "m", threshold: "t", monthmax: "x" }[span] ?? "";
    return `realtime.${letter}${side === "export" ? "e" : ""}`;
  }
  const [, hour] = /^price\/(\d{1,2})$/.exec(tail) ?? [];
  return hour ? `prices.${hour}` : undefined;
}

/** Tails by which a base shows itself in that format. */
export const OWN_SINGLE = /^meter\/(import|export)\/(active|reactive)(\/accumulated)?$/;
/** Tails of the formats with several bodies. */
export const PARTS = /^(.+)\/(list[1-4]|prices|system|temperatures|realtime|power|energy|sensor|state)$/;
export const SINGLE = /^(.+?)\/((?:meter|realtime|price)\/.+|uptime|vcc|rssi|id|name)$/;

const about = new Set(["id", "name", "up", "t", "vcc", "rssi", "temp", "version", "seq"]);

/** A body without `data` has its values beside the reader's own, sums with `rt_` and prices with `pr_`. */
function nested(body: JsonObject): JsonObject {
  const parts: Record<string, Record<string, Json>> = { data: {}, realtime: {}, prices: {} };
  const own: Record<string, Json> = {};
  for (const [key, value] of Object.entries(body)) {
    const [, kind, rest] = /^(rt|pr)_(\w+)$/.exec(key) ?? [];
    if (about.has(key) || isObject(value)) own[key] = value;
    else if (kind && rest) (parts[kind === "rt" ? "realtime" : "prices"] ?? {})[rest] = value;
    else if (key === "peaks") (parts.realtime ?? {})[key] = value;
    else (parts.data ?? {})[key] = value;
  }
  return { ...parts, ...own };
}

/** Any of the bodies, as the one-body form; −127 is a sensor that is not there. */
export function readBody(payload: string): Json | undefined {
  const body = parseObject(payload);
  if (!body) return undefined;
  const whole = isObject(get(body, "data")) ? body : nested(body);
  return typeof whole.temp === "number" && whole.temp < -100 ? { ...whole, temp: null } : whole;
}

/** Sums of a part, whose body is bare. */
export const readRealtime = (payload: string): Json | undefined => {
  const body = parseObject(payload);
  return body && { realtime: body };
};

/** A meter's values in this body: at least its power, and something of the reader beside it. */
export function ofMeter(body: JsonObject | undefined): boolean {
  const data = get(body, "data");
  const values = isObject(data) ? data : body;
  if (!isObject(values)) return false;
  const has = (word: string): boolean => Object.hasOwn(values, word);
  if (get(body, "id") === undefined) return false;
  if (["tPI", "PO", "U1", "lv"].some(has)) return isObject(data) || get(body, "rssi") !== undefined;
  return has("P") && (get(body, "up") !== undefined || get(body, "realtime") !== undefined);
}
