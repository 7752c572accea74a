/** `$description` of Homie 5: the whole device as one JSON document (https://homieiot.github.io/specification/). */
import { entriesOf, get, isObject, type Json, parseObject, textOf } from "../../json.ts";
import { type HomieNode, type HomieProperty, type HomieTree, MAX_NODES, MAX_PROPERTIES } from "./tree.ts";

/** Topic levels of Homie: small letters, digits and hyphens; makers also use capitals and underscores. */
export const usableId = (id: string): boolean => /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/.test(id);

function propertyOf(node: string, id: string, json: Json): HomieProperty {
  return {
    node,
    id,
    name: textOf(json, "name"),
    datatype: textOf(json, "datatype") ?? "string",
    format: longText(json, "format"),
    unit: textOf(json, "unit"),
    settable: get(json, "settable") === true,
    retained: get(json, "retained") !== false,
  };
}

/** Formats of enums are longer than other texts. */
function longText(json: Json, key: string): string {
  const value = get(json, key);
  return typeof value === "string" && value.length <= 8192 ? value : "";
}

function nodeOf(id: string, json: Json): HomieNode {
  const properties = entriesOf(get(json, "properties"), MAX_PROPERTIES).filter(([p, v]) => usableId(p) && isObject(v));
  return {
    id,
    name: textOf(json, "name"),
    type: textOf(json, "type") ?? "",
    properties: properties.map(([p, v]) => propertyOf(id, p, v)),
  };
}

/** The device of a description; undefined where it is none. */
export function readDescription(payload: string): HomieTree | undefined {
  const json = parseObject(payload);
  const version = textOf(json, "homie");
  if (!json || !version?.startsWith("5")) return undefined;
  const nodes = entriesOf(get(json, "nodes"), MAX_NODES).filter(([id, v]) => usableId(id) && isObject(v));
  return {
    version,
    name: textOf(json, "name"),
    type: textOf(json, "type") ?? "",
    parent: textOf(json, "parent"),
    root: textOf(json, "root"),
    nodes: nodes.map(([id, v]) => nodeOf(id, v)),
  };
}
