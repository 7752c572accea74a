import type { GoalOf } from "../../model/goal/index.ts";
import { firm, type GoalKind, wrongKind } from "./kind.ts";

type ReduceStandby = GoalOf<"reduceStandby">;

export const reduceStandby: GoalKind<ReduceStandby> = {
  kind: "reduceStandby",
  choices: [
    {
      word: "no standby waste",
      hint: "devices that draw power for nothing, idle",
      examples: ["nothing should draw power for nobody"],
    },
  ],
  heard: (part) => part.has("standby"),
  fill(part) {
    const corners = part.things.filter((t) => t.kind === "corner");
    const meant = corners.length > 0 ? corners : [undefined];
    return meant.map((thing) => ({
      goal: { kind: "reduceStandby", ...(thing ? { node: thing.node } : {}), ...firm(part) },
      assumed: thing ? [] : [{ field: "node", words: "of all devices, since none was named" }],
    }));
  },
  misfit: (goal, names) => (goal.node === undefined ? undefined : wrongKind(names, goal.node, ["corner"])),
  words: (goal, names) => `less standby${goal.node ? ` of ${names.nameOf(goal.node)}` : ""}`,
  demands: (goal) => [{ kind: "nothingIdle", what: "standby", ...(goal.node ? { node: goal.node } : {}) }],
};
