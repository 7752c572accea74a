import { type GoalOf, RANGES } from "../../model/goal/index.ts";
import { badTime, type GoalKind, hoursOf, outside, timed } from "./kind.ts";
import type { Part } from "./read/part.ts";

type PeakLimit = GoalOf<"peakLimit">;

const stated = (part: Part) => part.amounts.find((a) => a.unit === "kW" || a.unit === "A");

export const peakLimit: GoalKind<PeakLimit> = {
  kind: "peakLimit",
  choices: [{ word: "limit on the power drawn", hint: "fuse, kW or ampere limit", examples: [] }],
  possible: (part) => stated(part) !== undefined,
  heard: (part) => stated(part) !== undefined && part.things.every((t) => t.kind === "other"),
  fill(part) {
    const amount = stated(part);
    if (!amount) return "it does not say how many kW or A";
    if (part.has("ready") && !part.has("grid")) return "a limit is for what the whole house draws, not for one device";
    const unit = amount.unit === "A" ? "A" : "kW";
    return [{ goal: { kind: "peakLimit", limit: amount.value, unit, ...hoursOf(part), ...timed(part) }, assumed: [] }];
  },
  misfit: (goal) =>
    outside("limit", "the limit", goal.limit, RANGES[goal.unit]) ?? badTime({ from: goal.from, to: goal.to }),
  words: (goal) => `never more than ${goal.limit} ${goal.unit} from the grid`,
  demands: (goal, house) => [
    {
      kind: "importLimit",
      kw: goal.unit === "kW" ? goal.limit : (goal.limit * house.volts * house.phases) / 1000,
    },
  ],
};
