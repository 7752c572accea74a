import type { GoalOf } from "../../model/goal/index.ts";
import { thingOf } from "../names.ts";
import { badTime, type GoalKind, hoursOf, outside, timed, wrongKind, wrongOrder } from "./kind.ts";
import type { Part } from "./read/part.ts";

type KeepWithin = GoalOf<"keepWithin">;

const PERCENT = { min: 0, max: 100 };
const WATER = { min: 20, max: 80 };

const KINDS = ["car", "battery", "tank"];

/** The bounds that can be meant for water (a unit may be left out) or for a charge. */
function bounds(part: Part, water: boolean): { readonly min?: number; readonly max?: number } {
  const ok = (unit: string | undefined) => unit === undefined || unit === (water ? "degC" : "%");
  return {
    ...(part.low && ok(part.low.unit) ? { min: part.low.value } : {}),
    ...(part.high && ok(part.high.unit) ? { max: part.high.value } : {}),
  };
}

const some = (bound: { readonly min?: number; readonly max?: number }): boolean =>
  bound.min !== undefined || bound.max !== undefined;

export const keepWithin: GoalKind<KeepWithin> = {
  kind: "keepWithin",
  choices: [],
  heard: (part) =>
    part.by === undefined && part.things.some((t) => KINDS.includes(t.kind) && some(bounds(part, t.kind === "tank"))),
  fill(part) {
    const drafts = part.things.flatMap((thing) => {
      const water = thing.kind === "tank";
      const bound = bounds(part, water);
      if (!KINDS.includes(thing.kind) || !some(bound)) return [];
      const what = water ? ("waterTemperature" as const) : ("stateOfCharge" as const);
      const goal = { kind: "keepWithin" as const, node: thing.node, what, ...bound, ...hoursOf(part), ...timed(part) };
      return [{ goal, assumed: [] }];
    });
    return drafts.length > 0 ? drafts : "it does not say within which limits";
  },
  misfit(goal, names) {
    const water = goal.what === "waterTemperature";
    if (goal.min === undefined && goal.max === undefined) return "min: say the lowest or the highest";
    const range = water ? WATER : PERCENT;
    const what = water ? "the water" : "the charge";
    return (
      wrongKind(names, goal.node, water ? ["tank"] : ["car", "battery"]) ??
      wrongOrder(goal.min, goal.max, "max") ??
      outside("min", what, goal.min, range) ??
      outside("max", what, goal.max, range) ??
      badTime({ from: goal.from, to: goal.to })
    );
  },
  words(goal, names) {
    const unit = goal.what === "waterTemperature" ? "°C" : "%";
    const least = goal.min === undefined ? "" : ` never below ${goal.min} ${unit}`;
    const most = goal.max === undefined ? "" : `${least ? " and" : ""} never above ${goal.max} ${unit}`;
    return `${thingOf(names, goal.node)?.name ?? goal.node}${least}${most}`;
  },
  demands: (goal) => [
    {
      kind: "levelBand",
      node: goal.node,
      unit: goal.what === "waterTemperature" ? "degC" : "%",
      ...(goal.min === undefined ? {} : { low: goal.min }),
      ...(goal.max === undefined ? {} : { high: goal.max }),
    },
  ],
};
