import type { Problem } from "../model/finding.ts";
import type { NodeDescription } from "../model/node.ts";
import type { NodeId } from "../model/path.ts";
import type { Adapter, AdapterInput, Sink } from "../ports.ts";

/**
 * Several adapters that speak over MQTT as the one that the core knows: commands go to the one that found the node. A node
 * belongs to the first of the list that names it: a maker's adapter can neither take a device from the hub's own dialects nor
 * speak for one of theirs.
 */
export function oneMqtt(own: Adapter, foreign: readonly Adapter[]): Adapter {
  const all = [own, ...foreign];
  const owners = new Map<NodeId, number>();
  const through = (rank: number, sink: Sink) => (input: AdapterInput) => {
    const mine = (node: NodeId): boolean => (owners.get(node) ?? all.length) >= rank;
    switch (input.kind) {
      case "nodeFound":
        if (!mine(input.node.id)) {
          sink({ kind: "problem", problem: taken(input.node), at: input.at });
          return;
        }
        owners.set(input.node.id, rank);
        break;
      case "nodeGone":
        if (!mine(input.node)) return;
        owners.delete(input.node);
        break;
      case "reachable":
      case "unset":
        if (!mine(input.node)) return;
        break;
      case "readings": {
        const readings = rank === 0 ? input.readings : input.readings.filter((r) => mine(r.path.node));
        if (readings.length > 0) sink({ ...input, readings });
        return;
      }
    }
    sink(input);
  };
  return {
    name: own.name,
    async start(sink) {
      await Promise.all(all.map((adapter, rank) => adapter.start(through(rank, sink))));
    },
    send: (command, node) => (all[owners.get(node.id) ?? 0] ?? own).send(command, node),
    async stop() {
      await Promise.all(all.map((adapter) => adapter.stop()));
    },
  };
}

const taken = (node: NodeDescription): Problem => ({
  code: "adapter-node-taken",
  message: `${node.name} is known from elsewhere already; what the adapter for ${node.dialect} says of it is not used.`,
  fix: "Start the hub without that adapter if the device works as it is.",
  node: node.id,
});
