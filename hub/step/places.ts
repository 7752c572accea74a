/** Devices that stand in for others: adapters know a device by its own id, the home by the node it is. */
import type { Command } from "../model/command.ts";
import type { NodeDescription } from "../model/node.ts";
import type { NodeId } from "../model/path.ts";
import type { AdapterInput } from "../ports.ts";
import type { CoreState, Effect, Places } from "./state.ts";

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

/** The device that a node of this home is on the wire: what adapters know it by. */
export const deviceBehind = ({ places }: CoreState, node: NodeId): NodeId => places.deviceOf.get(node) ?? node;

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

/** A command as the adapter takes it: to the device itself. */
export function sendTo(state: CoreState, id: string, command: Command, node: NodeDescription): Effect {
  const device = deviceBehind(state, node.id);
  if (device === node.id) return { kind: "send", id, command, node };
  return {
    kind: "send",
    id,
    command: { ...command, target: { ...command.target, node: device } },
    node: { ...node, id: device },
  };
}
