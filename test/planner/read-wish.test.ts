import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { partsOf } from "../../hub/energy/parts.ts";
import type { Goal } from "../../hub/model/plan.ts";
import { goalInWords } from "../../hub/planner/goal.ts";
import { numbersIn } from "../../hub/planner/goals/read/amounts.ts";
import { languageOf } from "../../hub/planner/goals/read/compiled.ts";
import { canonical, fold } from "../../hub/planner/goals/read/fold.ts";
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
      notUnderstood: [{ said: "make me a sandwich", reason: "" }],
    });
    expect(readWish("charge the yacht", names).goals).toEqual([]);
  });

  test("what is taken for granted is said", () => {
    expect(readWish("charge the car", names).assumed).toMatchObject([
      { goal: 0, field: "target", words: "80 %, since nothing else was understood" },
      { goal: 0, field: "by", words: "by 07:00, since no time was understood" },
    ]);
  });

  test("a number out of reason is not a goal", () => {
    const read = readWish("car at 300 % by 7", names);
    expect(read.goals).toEqual([]);
    expect(read.notUnderstood[0]?.reason).toContain("target: the charge must be between 10 and 100");
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
      { numRuns: 1000, seed: 5 },
    );
  });
});

describe("numbers and times", () => {
  const read = (text: string) => canonical(fold(text), languageOf(fold(text)));

  test("are read with their units", () => {
    const { amounts } = numbersIn(read("nineteen degrees, 66 °F, 3,5 kW, 60 miles and twenty five percent"));
    expect(amounts.map((n) => [n.value, n.unit])).toEqual([
      [19, "degC"],
      [19, "degC"],
      [3.5, "kW"],
      [97, "km"],
      [25, "%"],
    ]);
  });

  test.each([
    ["the car by half past six", "6:30"],
    ["the car by quarter to seven", "6:45"],
    ["the car by 7 in the evening", "19:00"],
    ["das Auto bis halb sieben", "6:30"],
    ["das Auto bis dreiviertel acht", "7:45"],
    ["das Auto bis 7 Uhr abends", "19:00"],
    ["la voiture pour sept heures moins le quart", "6:45"],
    ["la voiture pour 18h30", "18:30"],
    ["el coche a las ocho menos cuarto", "7:45"],
    ["el coche a las siete de la tarde", "19:00"],
    ["de auto om half acht", "7:30"],
    ["de auto om kwart voor zeven", "6:45"],
    ["de auto om vijf over half acht", "7:35"],
  ])("%s", (text, time) => {
    expect(read(text)).toContain(time);
  });

  test("a bare number is a time only after a word that says so", () => {
    expect(readWish("car by 7", names).goals).toMatchObject([{ by: "07:00" }]);
    expect(readWish("7 chairs for the car", names).goals).toEqual([]);
  });
});

describe("parts of a wish", () => {
  test("that speak of the house stand by themselves, others go with what they say more of", () => {
    const read = readWish(
      "Auto werktags bis halb sieben, nachts nie mehr als 7 kW, und das Bad 22 Grad, abends 20",
      names,
    );
    expect(read.goals).toMatchObject([
      { kind: "readyBy", by: "06:30", days: [1, 2, 3, 4, 5] },
      { kind: "peakLimit", limit: 7, unit: "kW", from: "22:00", to: "06:00" },
    ]);
    expect(readWish("living room 21 degrees, on weekends, if possible", names).goals).toEqual([
      { kind: "comfort", room: "Living room", minC: 21, days: [6, 7], strength: "ifPossible" },
    ]);
    expect(readWish("on weekdays, the car by 7 and the dishwasher by 6", names).goals).toMatchObject([
      { kind: "readyBy", days: [1, 2, 3, 4, 5] },
      { kind: "applianceWindow", by: "06:00" },
    ]);
    expect(readWish("living room 21 degrees, at night 18", names).goals).toEqual([
      { kind: "comfort", room: "Living room", minC: 21 },
      { kind: "comfort", room: "Living room", minC: 18, from: "22:00", to: "06:00" },
    ]);
  });
});
