import type { GoalOf } from "../../model/goal/index.ts";
import { thingOf } from "../names.ts";
import { badTime, type Chosen, type GoalKind, hoursOf, timed } from "./kind.ts";
import type { Part } from "./read/part.ts";

type Never = GoalOf<"never">;

const ACT = { on: "never switch on", off: "never switch off" } as const;

const actOf = (part: Part): "on" | "off" | undefined =>
  part.has("handsOff") ? undefined : part.has("switchOff") ? "off" : part.has("switchOn") ? "on" : undefined;

const thingsOf = (part: Part, chosen: Chosen) =>
  part.things.length > 0 ? part.things : chosen.thing ? [chosen.thing] : [];

export const never: GoalKind<Never> = {
  kind: "never",
  choices: [{ word: "device left alone", examples: ["hands off that thing"] }],
  possible: (part) => part.things.length > 0 || part.has("not") || part.has("handsOff"),
  heard: (part) =>
    part.things.length > 0 &&
    !part.numbered &&
    (part.has("handsOff") || (part.has("not") && (part.has("switchOn") || part.has("switchOff") || part.has("steer")))),
  fill(part, _, chosen) {
    const things = thingsOf(part, chosen);
    if (things.length === 0) return "it does not say what to leave alone";
    const act = actOf(part);
    return things.map(({ node }) => ({
      goal: { kind: "never", node, ...(act ? { act } : {}), ...hoursOf(part), ...timed(part) },
      assumed: [],
    }));
  },
  misfit: (goal, names) =>
    thingOf(names, goal.node)
      ? badTime({ from: goal.from, to: goal.to })
      : `node: there is no device ${goal.node}: choose one of this home`,
  words: (goal, names) =>
    goal.act ? `${ACT[goal.act]} ${names.nameOf(goal.node)}` : `leave ${names.nameOf(goal.node)} alone`,
  demands: (goal) => [{ kind: "blocked", nodes: [goal.node], ...(goal.act ? { act: goal.act } : {}) }],
};
