import type { GoalOf } from "../../model/goal/index.ts";
import { thingOf } from "../names.ts";
import { badTime, type GoalKind, hoursOf, timed } from "./kind.ts";
import type { Part } from "./read/part.ts";

type Never = GoalOf<"never">;

const ACT = { on: "never switch on", off: "never switch off" } as const;

const atHours = (part: Part): boolean => part.window !== undefined && !part.has("ready");
const runs = (part: Part): boolean => part.things.every((t) => t.kind === "appliance" || t.kind === "other");
/** "Dryer off from 18 to 21". */
const offBetween = (part: Part): boolean => !part.has("not") && part.has("switchOff") && atHours(part) && runs(part);
/** "No dryer from 22 to 6". */
const noneBetween = (part: Part): boolean =>
  part.denies && atHours(part) && part.things.every((t) => t.kind === "appliance");

function actOf(part: Part): "on" | "off" | undefined {
  if (part.has("handsOff")) return undefined;
  if (offBetween(part)) return "on";
  if (part.has("switchOff")) return "off";
  return part.has("switchOn") || noneBetween(part) ? "on" : undefined;
}

export const never: GoalKind<Never> = {
  kind: "never",
  choices: [{ word: "device left alone", hint: "do not touch, hands off", examples: ["laat dat ding met rust"] }],
  possible: (part) => part.things.length > 0,
  heard: (part) =>
    part.things.length > 0 &&
    !part.numbered &&
    (part.has("handsOff") ||
      offBetween(part) ||
      (part.has("not") && (part.has("switchOn") || part.has("switchOff") || part.has("steer") || noneBetween(part)))),
  fill(part) {
    const { things } = part;
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
