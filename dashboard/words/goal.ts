import type { Goal, NodeView } from "../../hub/http/schemas.ts";
import { number } from "./format.ts";

const MINIMISE = {
  cost: "spend as little as possible",
  co2: "cause as little CO₂ as possible",
  import: "take as little from the grid as possible",
};

export const nameOf = (nodes: readonly NodeView[], id: string): string => nodes.find((n) => n.id === id)?.name ?? id;

/** How a goal was read, in words. */
export function goalWords(goal: Goal, nodes: readonly NodeView[]): string {
  switch (goal.kind) {
    case "readyBy": {
      const target = goal.what === "stateOfCharge" ? `${number(goal.target, 0)} %` : `${number(goal.target)} °C`;
      return `${nameOf(nodes, goal.node)} at ${target} by ${goal.by}`;
    }
    case "comfort": {
      const when = goal.from && goal.to ? ` from ${goal.from} to ${goal.to}` : "";
      const most = goal.maxC === undefined ? "" : ` and never above ${number(goal.maxC)} °C`;
      return `${goal.room} never below ${number(goal.minC)} °C${most}${when}`;
    }
    case "applianceWindow":
      return `${nameOf(nodes, goal.node)} finished by ${goal.by}${goal.from ? `, not before ${goal.from}` : ""}`;
    case "minimise":
      return MINIMISE[goal.what];
    case "reduceStandby":
      return goal.node ? `no standby power for ${nameOf(nodes, goal.node)}` : "no standby power";
    case "batteryReserve":
      return `keep ${number(goal.percent, 0)} % in the home battery`;
    case "never":
      return `never touch ${nameOf(nodes, goal.node)}`;
  }
}
