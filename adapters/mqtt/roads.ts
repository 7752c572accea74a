/** Several roads to one device, which are one node: the richer native road leads, the others fill what it lacks. */
import { VENDOR } from "../../hub/model/capabilities/index.ts";
import type { Command } from "../../hub/model/command.ts";
import type { CapabilityInstance, EndpointDescription, NodeDescription } from "../../hub/model/node.ts";
import type { AttributePath, NodeId } from "../../hub/model/path.ts";

interface Road<S> {
  readonly by: S;
  /** Lower leads. */
  readonly rank: number;
  readonly node: NodeDescription;
  reachable: boolean | undefined;
}

interface Traffic<S> {
  roads: readonly Road<S>[];
  fused: NodeDescription;
  /** By `endpoint/capability.attribute`; undefined while there is one road, which owns all. */
  owners: ReadonlyMap<string, S> | undefined;
  told: boolean | undefined;
}

const topicOf = (source: string): string => source.slice(0, source.lastIndexOf("#"));
const pathOf = (endpoint: number, capability: string, attribute: string): string =>
  `${endpoint}/${capability}.${attribute}`;

/** What a description has already: its facts by meaning wherever they stand, and the topics it reads. */
interface Has {
  readonly meanings: Set<string>;
  readonly topics: Set<string>;
  readonly capabilities: Set<string>;
}

function hasOf(endpoints: readonly EndpointDescription[]): Has {
  const has: Has = { meanings: new Set(), topics: new Set(), capabilities: new Set() };
  for (const endpoint of endpoints)
    for (const [capability, instance] of Object.entries(endpoint.capabilities)) {
      has.capabilities.add(capability);
      for (const [attribute, { source }] of Object.entries(instance.attributes)) {
        has.meanings.add(`${capability}.${attribute}`);
        has.topics.add(topicOf(source));
      }
    }
  return has;
}

/** What a second road's capability adds: attributes of topics that the first does not read, of meanings that it lacks. */
function added(name: string, instance: CapabilityInstance, has: Has): CapabilityInstance | undefined {
  const attributes = Object.entries(instance.attributes).filter(
    ([attribute, { source }]) => !has.meanings.has(`${name}.${attribute}`) && !has.topics.has(topicOf(source)),
  );
  const own = !has.capabilities.has(name);
  const commands = own || (name === VENDOR && attributes.some(([, a]) => a.writable)) ? instance.commands : {};
  if (attributes.length === 0 && (!own || Object.keys(commands).length === 0)) return undefined;
  return { attributes: Object.fromEntries(attributes), commands };
}

function withEndpoint(into: EndpointDescription[], from: EndpointDescription, has: Has): void {
  const extra = Object.entries(from.capabilities).flatMap(([name, instance]) => {
    const more = added(name, instance, has);
    return more ? [[name, more] as const] : [];
  });
  if (extra.length === 0) return;
  const at = into.findIndex((e) => e.number === from.number);
  const before = into[at] ?? { ...from, capabilities: {} };
  const capabilities = { ...before.capabilities };
  for (const [name, more] of extra) {
    const held = capabilities[name];
    capabilities[name] = {
      attributes: { ...more.attributes, ...held?.attributes },
      commands: { ...more.commands, ...held?.commands },
    };
  }
  const known = before.deviceTypes.filter((t) => t !== "bridgedNode");
  const types = new Set([...known, ...(extra.some(([name]) => name !== VENDOR) ? from.deviceTypes : [])]);
  const deviceTypes = types.size > 0 ? [...types] : before.deviceTypes;
  const merged = { ...before, deviceTypes, capabilities };
  if (at < 0) into.push(merged);
  else into[at] = merged;
}

/** One description out of several of the same device, the leading one first. */
function fuse(nodes: readonly [NodeDescription, ...NodeDescription[]]): NodeDescription {
  const [lead, ...rest] = nodes;
  if (rest.length === 0) return lead;
  const endpoints = [...lead.endpoints];
  for (const other of rest) {
    const has = hasOf(endpoints);
    for (const endpoint of other.endpoints) withEndpoint(endpoints, endpoint, has);
  }
  const addresses = [...new Set(nodes.flatMap((n) => n.addresses))];
  const also = [...new Set(rest.map((n) => n.dialect))].filter((name) => name !== lead.dialect);
  const second = Object.assign({}, ...[...rest].reverse()) as NodeDescription;
  return {
    ...second,
    ...lead,
    ...(also.length > 0 ? { alsoBy: also } : {}),
    addresses,
    endpoints: endpoints.sort((a, b) => a.number - b.number),
  };
}

/** Who tells an attribute; those that the node as a whole does not have are nobody's. */
function ownersOf<S>(roads: readonly Road<S>[], fused: NodeDescription): ReadonlyMap<string, S> {
  const owners = new Map<string, S>();
  const announced = new Set(
    fused.endpoints.flatMap(({ number, capabilities }) =>
      Object.entries(capabilities).flatMap(([capability, { attributes }]) =>
        Object.keys(attributes).map((attribute) => pathOf(number, capability, attribute)),
      ),
    ),
  );
  for (const { node, by } of roads)
    for (const { number, capabilities } of node.endpoints)
      for (const [capability, instance] of Object.entries(capabilities))
        for (const attribute of Object.keys(instance.attributes)) {
          const path = pathOf(number, capability, attribute);
          if (announced.has(path) && !owners.has(path)) owners.set(path, by);
        }
  return owners;
}

/** S tells roads apart: one dialect's session on one broker. */
export class Roads<S> {
  readonly #traffic = new Map<NodeId, Traffic<S>>();

  /** Whether this road to the node is known. */
  has(node: NodeId, by: S): boolean {
    return this.#traffic.get(node)?.roads.some((r) => r.by === by) ?? false;
  }

  /** Takes what a road says of a node; returns the node as all its roads together describe it. */
  describe(node: NodeDescription, by: S, rank: number): NodeDescription {
    const before = this.#traffic.get(node.id);
    const reachable = before?.roads.find((r) => r.by === by)?.reachable;
    const others = before?.roads.filter((r) => r.by !== by) ?? [];
    return this.#lay(node.id, [...others, { by, rank, node, reachable }], before?.told);
  }

  /** Ends a road: the node as the others describe it, or undefined when none is left. */
  end(node: NodeId, by: S): NodeDescription | undefined {
    const before = this.#traffic.get(node);
    const roads = before?.roads.filter((r) => r.by !== by) ?? [];
    if (roads.length > 0) return this.#lay(node, roads, before?.told);
    this.#traffic.delete(node);
    return undefined;
  }

  #lay(id: NodeId, unsorted: readonly Road<S>[], told: boolean | undefined): NodeDescription {
    const roads = [...unsorted].sort((a, b) => a.rank - b.rank);
    const [first, ...rest] = roads;
    if (!first) throw new RangeError(`no road to ${id}`);
    const fused = fuse([first.node, ...rest.map((r) => r.node)]);
    this.#traffic.set(id, { roads, fused, owners: rest.length > 0 ? ownersOf(roads, fused) : undefined, told });
    return fused;
  }

  /** Whether a reading of this road counts: the road that leads in an attribute tells it. */
  tells(path: AttributePath, by: S): boolean {
    const owners = this.#traffic.get(path.node)?.owners;
    if (!owners) return true;
    return owners.get(pathOf(path.endpoint, path.capability, path.attribute)) === by;
  }

  /** Takes what a road says of reachability; returns what is news: the first road that says anything decides. */
  reachable(node: NodeId, by: S, reachable: boolean): boolean | undefined {
    const traffic = this.#traffic.get(node);
    const road = traffic?.roads.find((r) => r.by === by);
    if (!traffic || !road) return reachable;
    road.reachable = reachable;
    const now = traffic.roads.find((r) => r.reachable !== undefined)?.reachable ?? reachable;
    if (traffic.roads.length > 1 && now === traffic.told) return undefined;
    traffic.told = now;
    return now;
  }

  /** Who carries out a command: the first road that offers it. */
  forCommand({ target, capability, command, args }: Command): S | undefined {
    const traffic = this.#traffic.get(target.node);
    if (!traffic) return undefined;
    const attribute = command === "set" ? Object.keys(args)[0] : undefined;
    const owner = attribute && traffic.owners?.get(pathOf(target.endpoint, capability, attribute));
    if (owner) return owner;
    const offers = traffic.roads.find(({ node }) =>
      node.endpoints.some((e) => {
        // Foreign words: only own keys count, `__proto__` names no capability.
        const instance = Object.hasOwn(e.capabilities, capability) ? e.capabilities[capability] : undefined;
        return e.number === target.endpoint && instance !== undefined && Object.hasOwn(instance.commands, command);
      }),
    );
    return (offers ?? traffic.roads[0])?.by;
  }
}
