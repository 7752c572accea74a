import { describe, expect, test } from "vitest";
import { type Goal, goal as schema } from "../../../hub/model/goal/index.ts";
import { demandsOf, goalInWords, goalMisfit } from "../../../hub/planner/goal.ts";
import { prioritiesOf } from "../../../hub/planner/goals/demand.ts";
import { kinds } from "../../../hub/planner/goals/index.ts";
import { percentOf } from "../../../hub/planner/strategies/strategy.ts";
import { allSentences } from "./sentences.ts";
import { smallHome } from "./small-home.ts";

const { names, room } = smallHome("en");
const house = { names, phases: 3, volts: 230 };

describe("a goal of any kind", () => {
  const goals = allSentences()
    .filter((s) => s.code === "en")
    .flatMap((s) => s.expected);

  test("has a schema that refuses what it does not know", () => {
    for (const goal of goals) {
      expect(schema.safeParse(goal).success).toBe(true);
      expect(schema.safeParse({ ...goal, unlock: "front door" }).success).toBe(false);
    }
    expect(schema.safeParse({ kind: "unlock", node: "door" }).success).toBe(false);
  });

  test("is said in words and demands something of the house", () => {
    for (const goal of goals) {
      expect(goalInWords(goal, names).length).toBeGreaterThan(5);
      expect(demandsOf([goal], house).length, goal.kind).toBeGreaterThan(0);
    }
    expect(new Set(goals.map((g) => g.kind))).toEqual(new Set(Object.keys(kinds)));
  });

  test.each<[string, Goal, string]>([
    [
      "a device that is not there",
      { kind: "readyBy", node: "yacht", what: "stateOfCharge", target: 80, by: "07:00" },
      "node: there is no device yacht: choose EV charger",
    ],
    [
      "a device that can't do it",
      { kind: "applianceWindow", node: "fridge", by: "07:00" },
      "node: Fridge is not a dishwasher, washer or dryer: choose Dishwasher",
    ],
    [
      "too much",
      { kind: "readyBy", node: "car", what: "energy", target: 900, by: "07:00" },
      "target: the energy must be between 1 and 200, not 900",
    ],
    [
      "a room that nothing heats",
      { kind: "comfort", room: "Kitchen", minC: 20 },
      "room: no thermostat heats a room called Kitchen: choose Living room",
    ],
    [
      "a band upside down",
      { kind: "comfort", room: room("living"), minC: 22, maxC: 20 },
      "maxC: the highest must be above the lowest",
    ],
    ["no band at all", { kind: "comfort", room: room("living") }, "minC: say how warm"],
    ["no time", { kind: "quietHours", from: "22:00", to: "7" }, "to: write a time of day as HH:MM"],
    [
      "no lights there",
      { kind: "offWhenEmpty", what: "lights", room: room("bedroom") },
      "room: there is no light in Bedroom: choose Kitchen, Office",
    ],
    ["a limit out of reason", { kind: "peakLimit", limit: 2, unit: "A" }, "limit: the limit must be between 6 and 400"],
    ["no limits", { kind: "keepWithin", node: "car", what: "stateOfCharge" }, "min: say the lowest or the highest"],
    [
      "a fridge charged by the sun",
      { kind: "neverFromGrid", node: "fridge" },
      "node: Fridge is not a car's charger or a home battery: choose EV charger, Home battery",
    ],
  ])("with %s names the field and what would fit", (_, goal, reason) => {
    expect(goalMisfit(goal, names)).toContain(reason);
  });

  test("is given up by its firmness first, then by its place", () => {
    const cost: Goal = { kind: "minimise", what: "cost" };
    const car: Goal = { kind: "readyBy", node: "car", what: "stateOfCharge", target: 80, by: "07:00" };
    const quiet: Goal = { kind: "quietHours", from: "22:00", to: "07:00" };
    expect(prioritiesOf([cost, car, quiet, { ...car, strength: "ifPossible" }])).toEqual([4, 1, 2, 5]);
  });

  test("demands what a schedule can keep: deadlines, bands, blocked devices, limits in kW", () => {
    const goals: Goal[] = [
      { kind: "readyBy", node: "car", what: "range", target: 150, by: "07:30", days: [1, 2] },
      { kind: "comfort", room: "Bedroom", minC: 17, from: "22:00", to: "06:00", presence: "home" },
      { kind: "peakLimit", limit: 25, unit: "A" },
      { kind: "never", node: "pump", act: "on", from: "12:00", to: "14:00" },
    ];
    expect(demandsOf(goals, house)).toEqual([
      {
        goal: 0,
        priority: 1,
        when: { days: [1, 2] },
        demand: { kind: "storedBy", node: "car", amount: 150, unit: "km", by: "07:30" },
      },
      {
        ...{ goal: 1, priority: 2, when: { from: "22:00", to: "06:00", presence: "home" } },
        demand: { kind: "roomBand", room: "Bedroom", lowC: 17 },
      },
      { goal: 2, priority: 3, when: {}, demand: { kind: "importLimit", kw: 17.25 } },
      {
        goal: 3,
        priority: 3,
        when: { from: "12:00", to: "14:00" },
        demand: { kind: "blocked", nodes: ["pump"], act: "on" },
      },
    ]);
  });
});

test("a car's wish in km or kWh is planned as the percent that it comes to", () => {
  const wish = { kind: "readyBy", node: "car", by: "07:00" } as const;
  expect(percentOf({ ...wish, what: "stateOfCharge", target: 70 }, 0.6)).toBe(70);
  expect(percentOf({ ...wish, what: "range", target: 200 }, 0.6)).toBe(60);
  expect(percentOf({ ...wish, what: "energy", target: 20 }, 0.5)).toBe(40);
  expect(percentOf({ ...wish, what: "energy", target: 200 }, 0.5)).toBe(100);
});
