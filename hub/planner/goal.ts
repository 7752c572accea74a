/** Goals: checked against this home, and in words. */
import { parseClock } from "../energy/clock.ts";
import type { Goal } from "../model/plan.ts";
import type { Names, Thing } from "./names.ts";

/** Limits within which a wish makes sense. */
export const RANGES = {
  percent: { min: 10, max: 100 },
  waterC: { min: 35, max: 75 },
  roomC: { min: 12, max: 28 },
  reserve: { min: 0, max: 95 },
} as const;

const outside = (what: string, value: number, range: { min: number; max: number }): string | undefined =>
  Number.isFinite(value) && value >= range.min && value <= range.max
    ? undefined
    : `${what} must be between ${range.min} and ${range.max}, not ${value}`;

function badTime(...times: (string | undefined)[]): string | undefined {
  for (const time of times) {
    if (time === undefined) continue;
    try {
      parseClock(time);
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }
  return undefined;
}

const wrongKind = (names: Names, node: string, kinds: readonly Thing["kind"][]): string | undefined => {
  const thing = names.things.find((t) => t.node === node);
  if (!thing) return `there is no device ${node} in this home`;
  return kinds.includes(thing.kind) ? undefined : `${thing.name} can not do that`;
};

function misfitReadyBy(goal: Extract<Goal, { kind: "readyBy" }>, names: Names): string | undefined {
  const car = goal.what === "stateOfCharge";
  return (
    wrongKind(names, goal.node, car ? ["car"] : ["tank"]) ??
    outside(car ? "the charge" : "the water", goal.target, car ? RANGES.percent : RANGES.waterC) ??
    badTime(goal.by)
  );
}

function misfitComfort(goal: Extract<Goal, { kind: "comfort" }>, names: Names): string | undefined {
  if (![...names.rooms.values()].includes(goal.room)) return `no thermostat heats a room called ${goal.room}`;
  if (goal.maxC !== undefined && goal.maxC <= goal.minC) return "the warmest must be above the coldest";
  return outside("the temperature", goal.minC, RANGES.roomC) ?? badTime(goal.from, goal.to);
}

/** Why a goal does not fit this home; undefined when it does. */
export function goalMisfit(goal: Goal, names: Names): string | undefined {
  switch (goal.kind) {
    case "readyBy":
      return misfitReadyBy(goal, names);
    case "comfort":
      return misfitComfort(goal, names);
    case "applianceWindow":
      return wrongKind(names, goal.node, ["appliance"]) ?? badTime(goal.from, goal.by);
    case "batteryReserve":
      if (!names.things.some((t) => t.kind === "battery")) return "there is no home battery";
      return outside("the reserve", goal.percent, RANGES.reserve);
    case "reduceStandby":
      return goal.node === undefined ? undefined : wrongKind(names, goal.node, ["corner"]);
    case "never":
      return names.things.some((t) => t.node === goal.node) ? undefined : `there is no device ${goal.node}`;
    case "minimise":
      return undefined;
  }
}

const LEAST = { cost: "spend least", co2: "cause least CO2", import: "import least from the grid" } as const;

/** A goal as a person would say it. */
export function goalInWords(goal: Goal, names: Names): string {
  switch (goal.kind) {
    case "readyBy":
      return `${names.nameOf(goal.node)}: ${goal.target} ${goal.what === "stateOfCharge" ? "%" : "°C"} by ${goal.by}`;
    case "comfort": {
      const most = goal.maxC === undefined ? "" : ` and never above ${goal.maxC} °C`;
      const when = goal.from && goal.to ? ` from ${goal.from} to ${goal.to}` : "";
      return `${goal.room} never below ${goal.minC} °C${most}${when}`;
    }
    case "applianceWindow":
      return `${names.nameOf(goal.node)} done by ${goal.by}${goal.from ? `, not before ${goal.from}` : ""}`;
    case "minimise":
      return LEAST[goal.what];
    case "reduceStandby":
      return `less standby${goal.node ? ` of ${names.nameOf(goal.node)}` : ""}`;
    case "batteryReserve":
      return `keep ${goal.percent} % in the home battery`;
    case "never":
      return `leave ${names.nameOf(goal.node)} alone`;
  }
}

/** Two goals that say the same of the same thing. */
export function sameGoal(a: Goal, b: Goal): boolean {
  const about = (g: Goal) => ("node" in g ? g.node : "room" in g ? g.room : "");
  return a.kind === b.kind && about(a) === about(b);
}
