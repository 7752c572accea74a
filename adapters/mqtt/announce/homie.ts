/** The hub's devices as Homie 5 devices (homieiot/convention, version 5.0: topology, properties, device state). */
import type { NodeDescription } from "../../../hub/model/node.ts";
import { units } from "../../../hub/model/units.ts";
import type { Announced } from "./settable.ts";

/** The domain of the hub's own devices: others are "homie" or what their maker chose. */
export const DOMAIN = "inglenook";
/** The root device, whose last will takes all others with it. */
export const ROOT = `${DOMAIN}/5/hub`;

/** Homie ids are `a-z 0-9 -`. */
const idOf = (text: string): string =>
  text
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");

export const deviceTopic = (node: string): string => `${DOMAIN}/5/${idOf(node)}`;

/** Where an attribute's value stands; `/set` after it takes a new one. */
export const valueTopic = (node: string, { endpoint, capability, attribute }: Announced): string =>
  `${deviceTopic(node)}/e${endpoint.number}/${idOf(`${capability}-${attribute}`)}`;

function datatype({ type }: Announced): Record<string, unknown> {
  switch (type.type) {
    case "boolean":
      return { datatype: "boolean", format: type.words ? type.words.join(",") : "false,true" };
    case "enum":
      return { datatype: "enum", format: type.values.join(",") };
    case "string":
      return { datatype: "string" };
    case "number": {
      const unit = units[type.unit];
      const format = [type.min, type.max, ...(type.step === undefined ? [] : [type.step])].join(":");
      return { datatype: "float", format, ...(unit ? { unit } : {}) };
    }
  }
}

/** The `$description` of a device; `version` changes when anything in it does. */
export function description(node: NodeDescription, name: string, all: readonly Announced[]): string {
  const nodes = node.endpoints.map((endpoint) => {
    const mine = all.filter((a) => a.endpoint.number === endpoint.number);
    const properties = mine.map((a) => [
      idOf(`${a.capability}-${a.attribute}`),
      { name: a.label, ...datatype(a), settable: a.set !== undefined, retained: true },
    ]);
    return [
      `e${endpoint.number}`,
      { name: endpoint.label ?? name, type: endpoint.deviceTypes[0] ?? "", properties: Object.fromEntries(properties) },
    ];
  });
  const body = {
    homie: "5.0",
    name,
    type: node.model ?? "",
    nodes: Object.fromEntries(nodes),
    root: "hub",
    parent: "hub",
  };
  return JSON.stringify({ ...body, version: hash(JSON.stringify(body)) });
}

export function rootDescription(children: readonly string[]): string {
  const body = { homie: "5.0", name: "Inglenook", nodes: {}, children: children.map(idOf) };
  return JSON.stringify({ ...body, version: hash(JSON.stringify(body)) });
}

/** A number that differs when the text does (FNV-1a). */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return value;
}
