import { capabilities, VENDOR } from "../../hub/model/capabilities/index.ts";
import type { ValueType } from "../../hub/model/capability.ts";
import type {
  AttributeInstance,
  CapabilityInstance,
  CommandInstance,
  EndpointDescription,
  NodeDescription,
} from "../../hub/model/node.ts";
import { type NodeId, nodeIdOf } from "../../hub/model/path.ts";
import { carriedBy } from "./clusters/decode.ts";
import { tableOf } from "./clusters/index.ts";
import type { ClusterTable, Siblings } from "./clusters/table.ts";
import { deviceTypeOf } from "./device-types.ts";
import { identityFrom, type MatterEndpointFacts, type MatterIdentity, type MatterNodeFacts } from "./facts.ts";
import { hardwareAddresses } from "./hardware-addresses.ts";
import { hotEndpoints, onlyStops } from "./heat.ts";
import { partsOfMeters } from "./power-topology.ts";
import { labelFrom } from "./tags.ts";
import { below } from "./tree.ts";
import { readable, VENDOR_LIMIT, vendorLabel, vendorName, vendorType } from "./vendor.ts";

/** A bridge may carry so many endpoints; what is beyond is not shown. */
const ENDPOINT_LIMIT = 512;

const BRIDGED = "BridgedDeviceBasicInformation";

/** One node of the home within one Matter node: itself, or a device behind it when it is a bridge. */
export interface DescribedNode {
  readonly description: NodeDescription;
  /** The numbers of all endpoints that belong to it, shown or not. */
  readonly endpoints: ReadonlySet<number>;
}

const hex = (id: number | undefined): string => (id ?? 0).toString(16).padStart(4, "0");

/**
 * The stable id of a Matter node: `matter-<vendor>-<product>-<serial>`, ids in hex. Without a serial the unique id
 * stands in, and without that the node id in our fabric, which a new pairing changes.
 */
export function nodeIdFrom(identity: MatterIdentity, fabricNodeId?: string): NodeId {
  const own = identity.serialNumber ?? identity.uniqueId ?? `n${fabricNodeId ?? "0"}`;
  return nodeIdOf("matter", `${hex(identity.vendorId)}-${hex(identity.productId)}-${own}`);
}

/** The nodes within one Matter node: the node itself first, then each bridged device. Pure; never throws. */
export function describeNodes(facts: MatterNodeFacts): readonly DescribedNode[] {
  const shown = facts.endpoints.slice(0, ENDPOINT_LIMIT);
  const bridged = shown.filter((endpoint) => endpoint.clusters[BRIDGED]);
  const whole = (root: MatterEndpointFacts) => [root.number, ...below(root, shown)];
  const behind = new Set(bridged.flatMap(whole));
  const id = nodeIdFrom(facts.identity, facts.fabricNodeId);
  const own = shown.filter((endpoint) => !behind.has(endpoint.number));
  const nodes = [withAddresses(describe(id, facts.identity, own), hardwareAddresses(facts))];
  for (const root of bridged) {
    const identity = identityFrom(root.clusters[BRIDGED] ?? {});
    const key = identity.uniqueId ?? identity.serialNumber ?? `ep${root.number}`;
    const parts = new Set(whole(root));
    // A socket strip may name each of its sockets as a bridged device too: each is one of its own then, and in no other.
    const inner = bridged.filter(
      (other) => other !== root && parts.has(other.number) && !whole(other).includes(root.number),
    );
    for (const other of inner) for (const number of whole(other)) parts.delete(number);
    const endpoints = shown.filter((endpoint) => parts.has(endpoint.number));
    nodes.push(describe(nodeIdOf(id, key), identity, endpoints));
  }
  return nodes;
}

/** The interfaces are the node's own; devices behind a bridge have others. */
function withAddresses(node: DescribedNode, more: readonly string[]): DescribedNode {
  const { description } = node;
  return { ...node, description: { ...description, addresses: [...description.addresses, ...more] } };
}

function describe(id: NodeId, identity: MatterIdentity, endpoints: readonly MatterEndpointFacts[]): DescribedNode {
  const { vendorName: vendor, productName: model, serialNumber: serial, softwareVersionString: firmware } = identity;
  const description: NodeDescription = {
    id,
    name: identity.nodeLabel ?? model ?? "Matter device",
    ...(vendor ? { vendor } : {}),
    ...(model ? { model } : {}),
    ...(serial ? { serial } : {}),
    ...(firmware ? { firmware } : {}),
    adapter: "matter",
    dialect: "matter",
    addresses: [...(serial ? [`serial:${serial}`] : []), ...(identity.uniqueId ? [`matter:${identity.uniqueId}`] : [])],
    endpoints: describeEndpoints(endpoints),
  };
  return { description, endpoints: new Set(endpoints.map((endpoint) => endpoint.number)) };
}

/** The endpoints with what only their neighbours tell: whose part each is, what cooks, and which of several it is. */
function describeEndpoints(all: readonly MatterEndpointFacts[]): EndpointDescription[] {
  const hot = hotEndpoints(all);
  const parts = partsOfMeters(all);
  const found = all
    .map((facts) => describeEndpoint(facts, hot.has(facts.number)))
    .filter((endpoint) => endpoint !== undefined);
  const shown = new Set(found.map(({ number }) => number));
  return found.map((endpoint) => {
    const partOf = parts.get(endpoint.number);
    return partOf !== undefined && shown.has(partOf) ? { ...endpoint, partOf } : endpoint;
  });
}

/** Undefined for an endpoint without anything of the home: the root, an aggregator. `hot`: it cooks. */
function describeEndpoint(facts: MatterEndpointFacts, hot: boolean): EndpointDescription | undefined {
  const found: Record<string, CapabilityInstance> = {};
  for (const [cluster, attributes] of Object.entries(facts.clusters)) {
    const table = tableOf(cluster);
    const instance = table && describeCapability(table, attributes, facts.accepted?.[cluster]);
    if (table && instance) found[table.capability] = hot ? onlyStops(table.capability, instance) : instance;
  }
  if (facts.number !== 0) {
    const vendor = describeVendor(facts);
    if (Object.keys(vendor).length > 0) found[VENDOR] = { attributes: vendor, commands: {} };
  }
  const types = new Set(facts.deviceTypes.map(deviceTypeOf).filter((type) => type !== undefined));
  // A bridged lamp is a lamp, and what only holds others together is nothing to show.
  if (types.size > 1 || Object.keys(found).length === 0) types.delete("bridgedNode");
  if (Object.keys(found).length === 0 && types.size === 0) return undefined;
  const label = labelFrom(facts.clusters.Descriptor?.tagList);
  return { number: facts.number, deviceTypes: [...types], ...(label ? { label } : {}), capabilities: found };
}

function describeCapability(
  table: ClusterTable,
  values: Readonly<Record<string, unknown>>,
  accepted: readonly number[] | undefined,
): CapabilityInstance | undefined {
  const attributes: Record<string, AttributeInstance> = {};
  const siblings: Siblings = (name) => values[name];
  for (const matter of Object.keys(values)) {
    if (values[matter] === undefined) continue;
    for (const ours of carriedBy(table, matter)) {
      if (attributes[ours]) continue;
      const type = narrower(table, ours, siblings);
      const written = Object.entries(table.attributes).some(
        ([name, codec]) => (codec.as ?? name) === ours && codec.encode !== undefined,
      );
      const writable = written && capabilities[table.capability]?.attributes[ours]?.writable;
      const source = `${table.cluster}.${matter}`;
      attributes[ours] = { source, ...(type ? { type } : {}), ...(writable ? { writable } : {}) };
    }
  }
  if (Object.keys(attributes).length === 0) return undefined;
  for (const [event, codecs] of Object.entries(table.events ?? {}))
    for (const { attribute } of codecs) attributes[attribute] ??= { source: `${table.cluster}.${event}` };
  const commands: Record<string, CommandInstance> = {};
  for (const [name, codec] of Object.entries(table.commands ?? {})) {
    if (accepted && !accepted.includes(codec.id)) continue;
    const args = codec.args?.(siblings);
    commands[name] = { source: `${table.cluster}.${codec.command}`, ...(args ? { args } : {}) };
  }
  const written = Object.values(attributes).some((attribute) => attribute.writable);
  if (written) commands.set = { source: `${table.cluster} write` };
  return { attributes, commands };
}

/** The device's own type, or its own range where it states one inside the capability's. */
function narrower(table: ClusterTable, attribute: string, siblings: Siblings): ValueType | undefined {
  const own = table.types?.[attribute]?.(siblings);
  if (own) return own;
  const range = table.ranges?.[attribute]?.(siblings);
  const spec = capabilities[table.capability]?.attributes[attribute];
  if (!range || spec?.type !== "number") return undefined;
  const { unit, step } = spec;
  const [min, max] = [Math.max(range[0], spec.min), Math.min(range[1], spec.max)];
  return min > max ? undefined : { type: "number", unit, min, max, ...(step === undefined ? {} : { step }) };
}

function describeVendor(facts: MatterEndpointFacts): Record<string, AttributeInstance> {
  const attributes: Record<string, AttributeInstance> = {};
  let count = 0;
  for (const [cluster, values] of Object.entries(facts.clusters))
    for (const [attribute, wire] of Object.entries(values)) {
      const name = vendorName(cluster, attribute);
      const value = readable(wire);
      if (!name || value === undefined) continue;
      if (count++ >= VENDOR_LIMIT) return attributes;
      attributes[name] = { source: name, type: vendorType(value), label: vendorLabel(cluster, attribute) };
    }
  return attributes;
}
