import { deviceTypesOf, type NodeState } from "../../../hub/model/home.ts";
import type { BridgeFilter } from "../../../hub/ports.ts";
import { isAnyMark } from "../own-mark.ts";

/** Why a device never goes out, whatever the filter says; undefined when it may. */
export function whyNever({ description: d }: NodeState): string | undefined {
  const own = [d.serial, ...d.addresses].some((text) => text !== undefined && isAnyMark(text));
  if (own) return "it comes from a bridge of an Inglenook hub already";
  if (d.adapter === "matter") return "it is a Matter device itself: share it with the other app instead";
  return undefined;
}

/** Whether the filter takes the device. */
export function isChosen(node: NodeState, filter: BridgeFilter): boolean {
  const { id, endpoints } = node.description;
  if (filter.exclude.includes(id)) return false;
  if (filter.include.includes(id)) return true;
  switch (filter.show) {
    case "all":
      return true;
    case "chosen":
      return false;
    case "rooms":
      return node.settings.room !== undefined && filter.rooms.includes(node.settings.room);
    case "kinds":
      return endpoints.some((e) => deviceTypesOf(node, e).some((kind) => filter.kinds.includes(kind)));
  }
}
