import type { GoalOf } from "../../model/goal/index.ts";
import { badTime, type GoalKind, hoursOf, timed, wrongKind } from "./kind.ts";

type NeverFromGrid = GoalOf<"neverFromGrid">;

export const neverFromGrid: GoalKind<NeverFromGrid> = {
  kind: "neverFromGrid",
  choices: [
    {
      word: "charged by the sun only",
      hint: "filled by the sun, never by the grid",
      examples: ["fill the battery with nothing but sunshine"],
    },
  ],
  possible: (part) => part.things.some((t) => t.kind === "car" || t.kind === "battery"),
  heard: (part) =>
    part.things.some((t) => t.kind === "car" || t.kind === "battery") &&
    ((part.has("not") && part.has("grid")) || (part.has("only") && part.has("sun"))),
  fill(part) {
    const things = part.things.filter((t) => t.kind === "car" || t.kind === "battery");
    if (things.length === 0) return "it does not say whether the car or the battery";
    return things.map(({ node }) => ({
      goal: { kind: "neverFromGrid", node, ...hoursOf(part), ...timed(part) },
      assumed: [],
    }));
  },
  misfit: (goal, names) => wrongKind(names, goal.node, ["car", "battery"]) ?? badTime({ from: goal.from, to: goal.to }),
  words: (goal, names) => `never charge ${names.nameOf(goal.node)} from the grid`,
  demands: (goal) => [{ kind: "ownPowerOnly", node: goal.node }],
};
