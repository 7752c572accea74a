/** Homie 2, 3 and 4: each attribute is a topic of its own, in any order (https://homieiot.github.io/specification/). */
import { usableId } from "./description.ts";
import { type HomieNode, type HomieProperty, type HomieTree, MAX_NODES, MAX_PROPERTIES, STATS } from "./tree.ts";

/** Attributes by topic below the device: `$name`, `lamp/$properties`, `lamp/power/$datatype`. */
export type Attributes = ReadonlyMap<string, string>;

const words = (list: string | undefined): readonly string[] =>
  (list ?? "")
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");

/** `led[0-3]` of an array of nodes or properties (version 2) as its members' names with what is between. */
function members(name: string, range: string | undefined, join: string): readonly string[] {
  const [, base, inside] = /^([^[\]]+)\[(\d+-\d+)?\]$/.exec(name) ?? [];
  if (!base) return [name];
  const [, from, to] = /^(\d{1,4})-(\d{1,4})$/.exec(inside ?? range ?? "") ?? [];
  if (from === undefined || to === undefined) return [];
  const count = Math.min(Math.max(Number(to) - Number(from) + 1, 0), MAX_PROPERTIES);
  return Array.from({ length: count }, (_, i) => `${base}${join}${Number(from) + i}`);
}

function propertyOf(attributes: Attributes, node: string, base: string, listed: string): HomieProperty {
  const [id = "", flag] = listed.split(":");
  const at = (name: string): string | undefined => attributes.get(`${base}/${id}/${name}`);
  return {
    node,
    id,
    name: at("$name"),
    datatype: at("$datatype")?.toLowerCase() ?? "string",
    format: at("$format") ?? "",
    unit: at("$unit"),
    // Version 2 says it in the list itself.
    settable: at("$settable") === "true" || flag === "settable",
    retained: at("$retained") !== "false",
  };
}

function nodesOf(attributes: Attributes, listed: string): readonly HomieNode[] {
  // Version 2 puts the type behind the name.
  const [name = "", type] = listed.split(":");
  const base = name.replace(/\[.*$/, "");
  const ids = members(name, attributes.get(`${base}/$array`), "_").filter(usableId);
  const properties = words(attributes.get(`${base}/$properties`)).flatMap((word) => {
    const [property = "", flag] = word.split(":");
    return members(property, undefined, "_").map((id) => (flag ? `${id}:${flag}` : id));
  });
  const usable = properties.filter((p) => usableId(p.split(":")[0] ?? "")).slice(0, MAX_PROPERTIES);
  return ids.map((id) => ({
    id,
    name: attributes.get(`${id}/$name`) ?? attributes.get(`${base}/$name`),
    type: attributes.get(`${base}/$type`) ?? type ?? "",
    properties: usable.map((property) => propertyOf(attributes, id, base, property)),
  }));
}

/** Of the legacy stats extension; memory, uptime and interval are clockwork. */
const health: readonly (readonly [id: string, name: string, unit: string])[] = [
  ["battery", "Battery", "%"],
  ["signal", "Signal", "%"],
  ["cputemp", "Processor temperature", "°C"],
  ["cpuload", "Processor load", "%"],
  ["supply", "Supply voltage", "V"],
];

function statsOf(attributes: Attributes): readonly HomieNode[] {
  const told = health.filter(([id]) => attributes.has(`${STATS}/${id}`));
  if (told.length === 0) return [];
  const properties = told.map(([id, name, unit]) => ({
    ...{ node: STATS, id, name, unit, datatype: "float", format: "", settable: false, retained: true },
  }));
  return [{ id: STATS, name: "Device", type: "", properties }];
}

/** The device as its attributes describe it so far. */
export function treeOf(attributes: Attributes): HomieTree {
  const listed = attributes.get("$nodes");
  // Version 1 and 2 say nothing of their nodes at the device; they are known by what they say themselves.
  const names =
    listed === undefined
      ? [...attributes.keys()].flatMap((key) => /^([^/$]+)\/\$properties$/.exec(key)?.[1] ?? [])
      : words(listed);
  return {
    version: attributes.get("$homie") ?? "",
    name: attributes.get("$name"),
    type: attributes.get("$type") ?? "",
    firmware: attributes.get("$fw/version"),
    mac: attributes.get("$mac"),
    nodes: [...names.slice(0, MAX_NODES).flatMap((name) => nodesOf(attributes, name)), ...statsOf(attributes)],
  };
}
