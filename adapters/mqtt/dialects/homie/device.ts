/** What a session remembers of one Homie device. */
import type { NodeDescription } from "../../../../hub/model/node.ts";
import type { NodeId } from "../../../../hub/model/path.ts";
import { type Harvest, readField } from "../../device.ts";
import type { MqttPublish } from "../../dialect.ts";
import type { Built } from "../../draft.ts";
import { identify, macAddress } from "../../identity.ts";
import { buildTree, factOf, type HomieWrite, headOf } from "./build.ts";
import { colourForm, type Hsv, readColour, writeColour } from "./colour.ts";
import { ebusKind } from "./ebus.ts";
import type { HomieTree } from "./tree.ts";

/** Most values of one device that are kept for a description that comes later or changes. */
const MAX_VALUES = 1024;
const MAX_VALUE = 4096;

interface Said {
  readonly payload: string;
  readonly retained: boolean;
}

export interface HomieDevice {
  /** Its topic without a closing slash. */
  readonly base: string;
  readonly address: string;
  id: NodeId;
  tree: HomieTree;
  built: Built<HomieWrite>;
  readonly facts: Map<string, string>;
  readonly values: Map<string, Said>;
  /** How each property was described when its value was last told. */
  readonly told: Map<string, string>;
  /** Last colour by property: a command changes one part of it. */
  readonly colours: Map<string, Hsv>;
  reachable: boolean | undefined;
}

const idOf = (tree: HomieTree, address: string): NodeId => identify(addressesOf(tree, address), "homie", address);

function addressesOf(tree: HomieTree, address: string): readonly string[] {
  const mac = macAddress(tree.mac);
  return mac === undefined ? [address] : [mac, address];
}

export function newHomie(base: string, address: string, tree: HomieTree): HomieDevice {
  const facts = new Map<string, string>();
  return {
    ...{ base, address, tree, facts },
    id: idOf(tree, address),
    built: buildTree(tree, base, facts),
    ...{ values: new Map(), told: new Map(), colours: new Map(), reachable: undefined },
  };
}

export function nodeOf(device: HomieDevice): NodeDescription {
  const { tree, facts, address, id, built, base } = device;
  return {
    id,
    ...headOf(tree, facts, base.slice(base.lastIndexOf("/") + 1)),
    adapter: "mqtt",
    dialect: "homie",
    addresses: addressesOf(tree, address),
    endpoints: built.endpoints,
  };
}

/** Describes the device anew and tells the values whose meaning was not known before. */
export function lay(device: HomieDevice, into: Harvest): void {
  const id = idOf(device.tree, device.address);
  // Under its stronger address it is another node, which has heard nothing yet.
  if (id !== device.id) device.told.clear();
  device.id = id;
  device.built = buildTree(device.tree, device.base, device.facts);
  into.nodes.push(nodeOf(device));
  for (const node of device.tree.nodes)
    for (const property of node.properties) {
      const path = `${node.id}/${property.id}`;
      const form = JSON.stringify([property, node.type, device.tree.type, device.facts.get("direction")]);
      const said = device.values.get(path);
      if (said && device.told.get(path) !== form) tell(device, path, said, into);
      device.told.set(path, form);
    }
}

/** A value that was told: remembered, and read where it is described. True when it says what the device is. */
export function hear(device: HomieDevice, path: string, said: Said, into: Harvest): boolean {
  if ((device.values.size < MAX_VALUES || device.values.has(path)) && said.payload.length <= MAX_VALUE)
    device.values.set(path, said);
  tell(device, path, said, into);
  const fact = Object.hasOwn(factOf, path) && ebusKind(device.tree.type) !== undefined ? factOf[path] : undefined;
  if (!fact || said.payload === "" || device.facts.get(fact) === said.payload) return false;
  device.facts.set(fact, said.payload.slice(0, 120));
  return true;
}

function tell(device: HomieDevice, path: string, { payload, retained }: Said, into: Harvest): void {
  const property = device.tree.nodes
    .find((n) => path.startsWith(`${n.id}/`))
    ?.properties.find((p) => path === `${p.node}/${p.id}`);
  const form = property?.datatype === "color" ? colourForm(property.format) : undefined;
  const colour = form && readColour(payload, form);
  if (colour) device.colours.set(path, colour);
  const place = { node: device.id, topic: `${device.base}/${path}`, retained };
  readField(device.built, { ...place, under: path }, path, payload, into);
  // A relay of which the panel knows nothing is neither on nor off.
  const state = payload === "UNKNOWN" ? null : payload;
  readField(device.built, { ...place, under: `${path}#` }, `${path}#`, state, into);
}

/** Messages to `/set`, never retained; parts of one colour are one message. */
export function publishOf(device: HomieDevice, writes: readonly HomieWrite[]): readonly MqttPublish[] {
  const named = device.tree.version.startsWith("5");
  const payloads = new Map<string, string>();
  for (const { property, payload, colour, form } of writes) {
    if (payload !== undefined) payloads.set(property, payload);
    else if (colour && form) {
      const whole = { ...(device.colours.get(property) ?? { hue: 0, saturation: 0, value: 100 }) };
      for (const other of writes) if (other.property === property) Object.assign(whole, other.colour);
      payloads.set(property, writeColour(whole, form, named));
    }
  }
  return [...payloads].map(([property, payload]) => ({ topic: `${device.base}/${property}/set`, payload, qos: 1 }));
}
