import { gridMeter } from "../../energy/flow.ts";
import { capabilities, VENDOR } from "../../model/capabilities/index.ts";
import type { ValueType } from "../../model/capability.ts";
import { deviceTypesOf, type Home, type NodeState, nameOf } from "../../model/home.ts";
import type { CapabilityInstance, EndpointDescription } from "../../model/node.ts";
import type { NodeId } from "../../model/path.ts";
import type { Target } from "../../model/rule/target.ts";
import type { Place } from "../../model/rule/time.ts";
import type { Spot } from "../picture.ts";
import { selectFrom } from "../select.ts";
import type { CheckContext } from "./context.ts";

/** What one check works with: the home as it is, and what was looked up once. Lives as long as the check. */
export interface Desk {
  readonly context: CheckContext;
  readonly place: Place;
  /** What people call a device. */
  readonly name: (node: NodeId) => string;
  /** The endpoints that a target means and that have the capability. */
  readonly spots: (target: Target, capability: string) => readonly Spot[];
  /** The power by which the surplus is known, where one meter tells it. */
  readonly gridMeter: () => ReturnType<typeof gridMeter>;
}

export function deskFor(context: CheckContext): Desk {
  const { settings, nodes } = context.home;
  const having = byCapability(context.home);
  let grid: { readonly meter: ReturnType<typeof gridMeter> } | undefined;
  const byTarget = new WeakMap<Target, Map<string, readonly Spot[]>>();
  return {
    context,
    place: { ...settings, spans: context.house.spans },
    gridMeter() {
      grid ??= { meter: gridMeter(context.home) };
      return grid.meter;
    },
    name: (id) => {
      const node = context.find(id);
      return node ? nameOf(node) : id;
    },
    spots: (target, capability) => {
      const seen = byTarget.get(target) ?? new Map<string, readonly Spot[]>();
      byTarget.set(target, seen);
      const known = seen.get(capability);
      if (known) return known;
      // A named device is found at once; all others are looked for among those that have the capability at all.
      const home = target.nodes ? { settings, nodes } : { settings, nodes: having.get(capability) ?? new Map() };
      const found = selectFrom(home, target, capability, context.find);
      seen.set(capability, found);
      return found;
    },
  };
}

function byCapability(home: Home): ReadonlyMap<string, Map<NodeId, NodeState>> {
  const found = new Map<string, Map<NodeId, NodeState>>();
  for (const [id, node] of home.nodes)
    for (const endpoint of node.description.endpoints)
      for (const capability of Object.keys(endpoint.capabilities)) {
        const nodes = found.get(capability) ?? new Map<NodeId, NodeState>();
        found.set(capability, nodes.set(id, node));
      }
  return found;
}

/** The endpoint of a spot and its device. */
export function endpointOf(
  { context }: Desk,
  spot: Spot,
): { node: NodeState; endpoint: EndpointDescription } | undefined {
  const node = context.home.nodes.get(spot.node);
  const endpoint = node?.description.endpoints.find((e) => e.number === spot.endpoint);
  return node && endpoint && { node, endpoint };
}

/** The capability as the device of a spot has it. */
export function instanceOf(desk: Desk, spot: Spot, capability: string): CapabilityInstance | undefined {
  const has = endpointOf(desk, spot)?.endpoint.capabilities;
  return has && Object.hasOwn(has, capability) ? has[capability] : undefined;
}

/** What kinds of device a spot is, a person's role first. */
export function kindsOf(desk: Desk, spot: Spot): readonly string[] {
  const found = endpointOf(desk, spot);
  return found ? deviceTypesOf(found.node, found.endpoint) : [];
}

/** `capability.attribute` in its two parts. */
export function splitName(of: string): readonly [capability: string, attribute: string] {
  const dot = of.indexOf(".");
  return dot < 0 ? [of, ""] : [of.slice(0, dot), of.slice(dot + 1)];
}

export const capabilityOf = (name: string) => (Object.hasOwn(capabilities, name) ? capabilities[name] : undefined);

/** An attribute of the vocabulary; undefined for the maker's own and for what is none. */
export function attributeOf(capability: string, attribute: string) {
  const spec = capabilityOf(capability);
  return spec && Object.hasOwn(spec.attributes, attribute) ? spec.attributes[attribute] : undefined;
}

/** What an attribute of one device may hold, within its maker's range; undefined where the device does not have it. */
export function typeAt(desk: Desk, spot: Spot, capability: string, attribute: string): ValueType | undefined {
  const has = instanceOf(desk, spot, capability)?.attributes;
  const instance = has && Object.hasOwn(has, attribute) ? has[attribute] : undefined;
  if (!instance) return undefined;
  return instance.type ?? attributeOf(capability, attribute);
}

/** Whether `set` may write an attribute of one device: as the hub itself decides when it is asked to. */
export function isWritable(desk: Desk, spot: Spot, capability: string, attribute: string): boolean {
  const has = instanceOf(desk, spot, capability)?.attributes;
  const own = has && Object.hasOwn(has, attribute) ? has[attribute] : undefined;
  const spec = attributeOf(capability, attribute);
  return own !== undefined && (spec ? spec.writable === true && own.writable !== false : own.writable === true);
}

/** Whether a device can be asked for a command at all. */
export function canDo(desk: Desk, spot: Spot, capability: string, command: string): boolean {
  const instance = instanceOf(desk, spot, capability);
  if (!instance) return false;
  if (command !== "set") return Object.hasOwn(instance.commands, command);
  return Object.keys(instance.attributes).some((name) => isWritable(desk, spot, capability, name));
}

/** Whether the hub knows of such a capability at all. */
export const isCapability = (name: string): boolean => name === VENDOR || capabilityOf(name) !== undefined;
