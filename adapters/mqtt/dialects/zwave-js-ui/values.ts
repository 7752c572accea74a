/** One value of a Z-Wave node: where it stands, what the gateway says of it, and what it is now. */
import { asNumber } from "../../codec.ts";
import { get, isObject, type Json, type JsonObject, listOf, numberOf, parseJson, textOf } from "../../json.ts";
import { classOf } from "./classes.ts";

/** Where a value stands: class, endpoint, property and key, as its topic writes them. */
export interface ValueName {
  readonly cc: number | string;
  readonly endpoint: number;
  readonly property: string;
  readonly key: string | undefined;
}

/** What a full value id says beyond the value. */
export interface Meta {
  readonly label: string | undefined;
  readonly unit: string | undefined;
  readonly type: string | undefined;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly step: number | undefined;
  /** Number to word. */
  readonly states: ReadonlyMap<number, string>;
  readonly writeable: boolean;
  readonly stateless: boolean;
}

/** Blanks become `_`, slashes `-`, and what a topic should not hold goes, as the gateway does it. */
export const sanitized = (text: string): string =>
  text
    .replace(/\s/g, "_")
    .replaceAll("/", "-")
    .replace(/[+*#\\.'`!?^=(),"%[\]:;{}]+/g, "");

export const nameKey = ({ cc, endpoint, property, key }: ValueName): string =>
  `${cc}/${endpoint}/${property}${key === undefined ? "" : `/${key}`}`;

/** `Meter/endpoint_0/value/65537` or `50/0/value/65537`; anything else below a node was named by a person. */
export function nameOf(tail: string): ValueName {
  const [, cls = "", endpoint = "", property = "", key] =
    /^([^/]+)\/(?:endpoint_)?(\d{1,3})\/([^/]+)(?:\/(.+))?$/.exec(tail) ?? [];
  if (property === "") return { cc: "manual", endpoint: 0, property: tail, key: undefined };
  return { cc: classOf(cls), endpoint: Number(endpoint), property, key };
}

const wordOf = (json: Json | undefined): string | undefined =>
  typeof json === "string" || typeof json === "number" ? sanitized(String(json)) : undefined;

/** Names of a full value id: by its property, and by the property's name where topics carry that. */
export function namesOf(id: JsonObject): readonly ValueName[] {
  const cc = numberOf(id, "commandClass");
  const property = wordOf(get(id, "property"));
  if (cc === undefined || property === undefined) return [];
  const place = { cc, endpoint: numberOf(id, "endpoint") ?? 0, key: wordOf(get(id, "propertyKey")) };
  const spoken = wordOf(get(id, "propertyName"));
  return [
    { ...place, property },
    ...(spoken === undefined || spoken === property ? [] : [{ ...place, property: spoken }]),
  ];
}

function statesOf(id: JsonObject): ReadonlyMap<number, string> {
  const states = get(id, "states");
  const list: readonly (readonly [unknown, Json | undefined])[] = Array.isArray(states)
    ? listOf(id, "states").map((state) => [get(state, "value"), get(state, "text")] as const)
    : isObject(states)
      ? Object.entries(states)
      : [];
  return new Map(
    list.slice(0, 256).flatMap(([value, text]) => {
      const number = asNumber(value);
      return number === undefined || typeof text !== "string" || text === ""
        ? []
        : [[number, text.slice(0, 120)] as const];
    }),
  );
}

export const metaOf = (id: JsonObject): Meta => ({
  label: textOf(id, "label"),
  unit: textOf(id, "unit"),
  type: textOf(id, "type"),
  ...{ min: numberOf(id, "min"), max: numberOf(id, "max"), step: numberOf(id, "step") },
  states: statesOf(id),
  writeable: get(id, "writeable") === true,
  stateless: get(id, "stateless") === true,
});

export interface Said {
  readonly value: Json;
  /** The whole value id, where the gateway sends that form. */
  readonly id: JsonObject | undefined;
}

/** A body in any of the gateway's forms: `{"time":…,"value":…}`, the whole value id, or the value alone. */
export function bodyOf(payload: string): Said {
  const json = parseJson(payload);
  if (isObject(json) && Object.hasOwn(json, "value") && !Object.hasOwn(json, "unit"))
    return { value: plain(get(json, "value") ?? null), id: get(json, "commandClass") === undefined ? undefined : json };
  if (isObject(json) && get(json, "commandClass") !== undefined)
    return { value: plain(get(json, "value") ?? null), id: json };
  return { value: plain(json === undefined ? payload : json), id: undefined };
}

/** A duration is `{"value":5,"unit":"seconds"}`. */
export function plain(value: Json): Json {
  if (!isObject(value)) return value;
  const [amount, unit] = [numberOf(value, "value"), get(value, "unit")];
  if (amount === undefined || Object.keys(value).length !== 2) return value;
  return unit === "minutes" ? amount * 60 : unit === "seconds" ? amount : value;
}
