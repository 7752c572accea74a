import { capabilities } from "../model/capabilities/index.ts";
import type { NodeId } from "../model/path.ts";
import type { Hub } from "../ports.ts";
import type { FacadeParts } from "./facade.ts";

/** The hands of people on devices, and the way to take them off. */
export function createHolds({
  state,
  clock,
  put,
}: Pick<FacadeParts, "state" | "clock" | "put">): Pick<Hub, "holds" | "endHolds"> {
  const holds = (node: NodeId) =>
    [...state.holds].flatMap(([target, { by, until }]) => {
      if (!target.startsWith(`${node}/`) || until <= clock.now()) return [];
      const capability = target.slice(node.length + 1).split(/[/.]/)[1] ?? "";
      return [{ by, until, what: capabilities[capability]?.label ?? capability }];
    });
  return {
    holds,
    endHolds: (node, by) => holds(node).length > 0 && put({ kind: "holdsEnded", node, by, at: clock.now() }),
  };
}
