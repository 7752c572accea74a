/** Devices that stand in for others: adapters know a device by its own id, the home by the node it is. */
import type { NodeDescription } from "../model/node.ts";
import type { NodeId } from "../model/path.ts";
import type { AdapterInput } from "../ports.ts";
import { wayTo } from "./identity/ways.ts";
import type { CoreState, Effect, Pending, Places } from "./state.ts";

/** The device behind each of the two nodes becomes that of the other: places stay one to one, however often. */
export function swap({ places }: CoreState, a: NodeId, b: NodeId): void {
  const { nodeOf, deviceOf } = places;
  const [deviceA, deviceB] = [deviceOf.get(a) ?? a, deviceOf.get(b) ?? b];
  for (const [device, node] of [
    [deviceA, b],
    [deviceB, a],
  ] as const) {
    if (device === node) {
      nodeOf.delete(device);
      deviceOf.delete(node);
    } else {
      nodeOf.set(device, node);
      deviceOf.set(node, device);
    }
  }
}

/** Who stands in for whom, as it is kept. */
export const placesOf = ({ places }: CoreState): Places =>
  [...places.nodeOf].map(([device, node]) => ({ device, node }));

/** The device that a node of this home is on the wire: what adapters know it by. Of several roads the leading one. */
export const deviceBehind = ({ places }: CoreState, node: NodeId): NodeId => places.deviceOf.get(node) ?? node;

/** All roads to a node: each device as its adapter knows it. */
export function devicesBehind(
  state: CoreState,
  node: NodeId,
): readonly { device: NodeId; description: NodeDescription }[] {
  const device = deviceBehind(state, node);
  const description = state.home.nodes.get(node)?.description;
  return state.identity.groups.get(device)?.roads ?? (description ? [{ device, description }] : []);
}

/** What an adapter told, by the nodes of this home. */
export function atHome(state: CoreState, input: AdapterInput): AdapterInput {
  const { nodeOf } = state.places;
  if (nodeOf.size === 0) return input;
  const here = (id: NodeId): NodeId => nodeOf.get(id) ?? id;
  switch (input.kind) {
    case "nodeFound":
      return { ...input, node: { ...input.node, id: here(input.node.id) } };
    case "nodeGone":
    case "reachable":
    case "unset":
      return { ...input, node: here(input.node) };
    case "readings":
      return {
        ...input,
        readings: input.readings.map((r) => ({ ...r, path: { ...r.path, node: here(r.path.node) } })),
      };
    case "problem": {
      const { node, remedy, ...rest } = input.problem;
      const target = remedy && { ...remedy.command.target, node: here(remedy.command.target.node) };
      return {
        ...input,
        problem: {
          ...rest,
          ...(node === undefined ? {} : { node: here(node) }),
          ...(remedy && target ? { remedy: { ...remedy, command: { ...remedy.command, target } } } : {}),
        },
      };
    }
  }
}

/**
 * A command as the adapter takes it: to the device itself, along the next of its roads that has not been tried. Undefined when
 * there is none.
 */
export function sendTo(
  state: CoreState,
  { id, command, tried }: Pick<Pending, "id" | "command" | "tried">,
  node: NodeDescription,
  now: number,
): Effect | undefined {
  const device = deviceBehind(state, node.id);
  const group = state.identity.groups.get(device);
  if (group) {
    const way = wayTo(group, command, now, tried);
    if (way) tried.add(way.device);
    return way && { kind: "send", id, command: way.command, node: way.node };
  }
  if (tried.has(device)) return undefined;
  tried.add(device);
  if (device === node.id) return { kind: "send", id, command, node };
  return {
    kind: "send",
    id,
    command: { ...command, target: { ...command.target, node: device } },
    node: { ...node, id: device },
  };
}
