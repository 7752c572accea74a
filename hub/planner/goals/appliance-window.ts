import type { GoalOf } from "../../model/goal/index.ts";
import { badTime, drafting, type GoalKind, thingsFor, timed, wrongKind } from "./kind.ts";

type ApplianceWindow = GoalOf<"applianceWindow">;

const BY = "07:00";

export const applianceWindow: GoalKind<ApplianceWindow> = {
  kind: "applianceWindow",
  beside: true,
  choices: [
    {
      word: "dishes done by a time",
      hint: "plates, cups, clean dishes",
      what: "dishwasher",
      examples: ["clean plates in the morning"],
    },
    {
      word: "laundry done by a time",
      hint: "clothes, shirts, clean laundry",
      what: "laundryWasher",
      examples: ["je veux des chemises propres à 7 heures"],
    },
  ],
  heard: (part) =>
    part.things.some((t) => t.kind === "appliance") &&
    (part.by !== undefined || part.window !== undefined || part.has("ready")),
  fill(part, names, chosen) {
    const { what } = chosen;
    const things =
      what === undefined || part.things.length > 0
        ? thingsFor("appliance", part, names)
        : names.things.filter((t) => t.kind === "appliance" && t.types.includes(what));
    if (things.length === 0) return "it does not say which machine";
    const { from, to } = part.window ?? {};
    // Who says "not before 9" may mean the same day: the next morning is taken for granted of an evening alone.
    if (from && !to && !part.by && from >= "06:00" && from < "18:00") return "say by when it is to be done";
    return things.map((thing) => {
      const { take, assumed } = drafting();
      const by = take("by", to ?? part.by, BY, `done by ${BY}, since no time was understood`);
      return {
        goal: { kind: "applianceWindow", node: thing.node, ...(from ? { from } : {}), by, ...timed(part) },
        assumed,
      };
    });
  },
  misfit: (goal, names) => wrongKind(names, goal.node, ["appliance"]) ?? badTime({ from: goal.from, by: goal.by }),
  words: (goal, names) =>
    `${names.nameOf(goal.node)} done by ${goal.by}${goal.from ? `, not before ${goal.from}` : ""}`,
  demands: (goal) => [
    { kind: "runOnce", node: goal.node, by: goal.by, ...(goal.from ? { notBefore: goal.from } : {}) },
  ],
};
