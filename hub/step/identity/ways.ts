/** Which road a command goes along: the better reachable one, and another where that fails. */
import { capabilities } from "../../model/capabilities/index.ts";
import type { Value } from "../../model/capability.ts";
import type { Command } from "../../model/command.ts";
import type { NodeDescription } from "../../model/node.ts";
import type { NodeId } from "../../model/path.ts";
import { openRoads, slotsOn } from "./fuse.ts";
import { inOrder, isLive } from "./live.ts";
import type { Group, Road } from "./state.ts";
import { slotOf } from "./state.ts";

export interface Way {
  readonly device: NodeId;
  readonly command: Command;
  readonly node: NodeDescription;
}

/** The command as the next road takes it that has not been tried; undefined when there is none. `command` names the merged device's endpoints. */
export function wayTo(group: Group, command: Command, now: number, tried: ReadonlySet<NodeId>): Way | undefined {
  const { target, capability } = command;
  const order = inOrder(group, slotOf(target.endpoint, capability), openRoads(group), now);
  // Where no road is live the leading one says why.
  const open = order.filter((r) => isLive(r, now));
  for (const road of open.length > 0 ? open : order) {
    const endpoint = tried.has(road.device) ? undefined : endpointOn(road, command);
    if (endpoint === undefined) continue;
    const { device, description: node } = road;
    return { device, node, command: { ...command, target: { node: device, endpoint } } };
  }
  return undefined;
}

/** The endpoint by which a road carries a command out; undefined where it can't. */
function endpointOn(road: Road, { target, capability, command, args }: Command): number | undefined {
  for (const { number, own, capability: name, instance } of slotsOn(road)) {
    if (number !== target.endpoint || name !== capability || !Object.hasOwn(instance.commands, command)) continue;
    const isWhole = command !== "set" || Object.keys(args).every((a) => Object.hasOwn(instance.attributes, a));
    if (isWhole) return own.number;
  }
  return undefined;
}

/** Whether a command does no more when it is carried out twice: one that says what shall be, and not what shall change. */
export function isRepeatable({ capability, command, args }: Command): boolean {
  if (command === "set") return true;
  const spec = capabilities[capability]?.commands[command];
  if (!spec) return false;
  const [one, ...others] = [undefined, true, false, 0].map((now: Value | undefined) =>
    JSON.stringify(spec.wants(args, () => now)),
  );
  return one !== "{}" && others.every((o) => o === one);
}
