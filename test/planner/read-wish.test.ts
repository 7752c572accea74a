import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { partsOf } from "../../hub/energy/parts.ts";
import type { Goal } from "../../hub/model/plan.ts";
import { goalInWords } from "../../hub/planner/goal.ts";
import { numbersIn, plain, timesIn } from "../../hub/planner/mentions.ts";
import { namesOf } from "../../hub/planner/names.ts";
import { readWish } from "../../hub/planner/read-wish.ts";
import { demoHome, idOf } from "./demo-home.ts";

const names = namesOf(partsOf(demoHome()));
const car = (target: number, by: string): Goal => ({
  kind: "readyBy",
  node: idOf("EV charger"),
  what: "stateOfCharge",
  target,
  by,
});
const water = (target: number, by: string): Goal => ({
  kind: "readyBy",
  node: idOf("Water heater"),
  what: "waterTemperature",
  target,
  by,
});
const warm = (minC: number, more: Partial<Goal> = {}): Goal =>
  ({ kind: "comfort", room: "Living room", minC, ...more }) as Goal;
const dishes = (by: string, more: Partial<Goal> = {}): Goal =>
  ({ kind: "applianceWindow", node: idOf("Dishwasher"), by, ...more }) as Goal;
const least = (what: "cost" | "co2" | "import"): Goal => ({ kind: "minimise", what });

const wishes: readonly (readonly [string, readonly Goal[]])[] = [
  [
    "car at 80 % by 7, spend least, never colder than 19 in the living room",
    [car(80, "07:00"), least("cost"), warm(19)],
  ],
  ["Please charge the car to eighty percent by half past six", [car(80, "06:30")]],
  ["EV full by 6 am and keep it cheap", [car(100, "06:00"), least("cost")]],
  ["I want the car charged to 70% before 8 o'clock in the morning", [car(70, "08:00")]],
  ["hot water at 50 degrees by 6:15", [water(50, "06:15")]],
  ["The dishwasher must be done by 6 am", [dishes("06:00")]],
  ["run the dishwasher between 10 pm and 6 am", [dishes("06:00", { from: "22:00" } as Partial<Goal>)]],
  ["living room between 19 and 22 degrees", [warm(19, { maxC: 22 } as Partial<Goal>)]],
  ["living room at least 68 °F", [warm(20)]],
  ["never below 20 in the living room from 6 am to 10 pm", [warm(20, { from: "06:00", to: "22:00" } as Partial<Goal>)]],
  ["use our own solar", [least("import")]],
  ["cause as little CO2 as possible", [least("co2")]],
  ["lower my bill", [least("cost")]],
  ["cut the standby of the TV", [{ kind: "reduceStandby", node: idOf("TV corner") }]],
  ["no more standby", [{ kind: "reduceStandby" }]],
  ["keep at least 30 % in the battery", [{ kind: "batteryReserve", percent: 30 }]],
  ["don't touch the dishwasher", [{ kind: "never", node: idOf("Dishwasher") }]],
  ["save money but leave the TV alone", [least("cost"), { kind: "never", node: idOf("TV corner") }]],
  ["car at 60 percent by 22:30", [car(60, "22:30")]],
  ["charge the car to 90% by 9 pm; dishwasher finished by 7", [car(90, "21:00"), dishes("07:00")]],
  ["the car and the dishwasher ready by 6", [car(80, "06:00"), dishes("06:00")]],
];

describe("a wish in English", () => {
  test.each(wishes)("%s", (wish, goals) => {
    const read = readWish(wish, names);
    expect(read.goals.map((g) => goalInWords(g, names))).toEqual(goals.map((g) => goalInWords(g, names)));
    expect(read.goals).toEqual(goals);
    expect(read.notUnderstood).toEqual([]);
  });

  test("what fits no goal is said, not guessed", () => {
    expect(readWish("make me a sandwich, car at 80 % by 7", names)).toMatchObject({
      goals: [car(80, "07:00")],
      notUnderstood: ["make me a sandwich"],
    });
    expect(readWish("charge the yacht", names).goals).toEqual([]);
  });

  test("what is taken for granted is said", () => {
    expect(readWish("charge the car", names).assumed).toEqual(["EV charger: percent 80", "EV charger: by 07:00"]);
  });

  test("a number out of reason is not a goal", () => {
    const read = readWish("car at 300 % by 7", names);
    expect(read.goals).toEqual([]);
    expect(read.notUnderstood[0]).toContain("between 10 and 100");
  });

  test("no text breaks it, and no goal is about a thing that is not there", () => {
    const nodes = new Set(names.things.map((t) => t.node));
    const word = fc.constantFrom(
      "car",
      "80",
      "%",
      "by",
      "7",
      "and",
      "never",
      "between",
      "°",
      ",",
      "19",
      "dishwasher",
      "battery",
      "__proto__",
    );
    const text = fc.oneof(
      fc.string({ maxLength: 200 }),
      fc.array(word, { maxLength: 25 }).map((w) => w.join(" ")),
    );
    fc.assert(
      fc.property(text, (wish) => {
        for (const goal of readWish(wish, names).goals)
          if ("node" in goal && goal.node) expect(nodes.has(goal.node)).toBe(true);
      }),
      { numRuns: 3000, seed: 5 },
    );
  });
});

describe("numbers and times", () => {
  test("are read with their units", () => {
    expect(
      numbersIn(plain("nineteen degrees, 66 °F, 3,5 kW and twenty five percent")).map((n) => [n.value, n.unit]),
    ).toEqual([
      [19, "degC"],
      [19, "degC"],
      [3500, "W"],
      [25, "%"],
    ]);
  });

  test("a bare number is a time only after a word that says so", () => {
    expect(timesIn("by 7").map((t) => t.time)).toEqual(["07:00"]);
    expect(timesIn("7 chairs")).toEqual([]);
    expect(timesIn(plain("from noon until quarter past ten")).map((t) => [t.role, t.time])).toEqual([
      ["from", "12:00"],
      ["to", "10:15"],
    ]);
  });
});
