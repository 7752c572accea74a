import { describe, expect, test } from "vitest";
import { type Goal, goal as schema } from "../../../hub/model/goal/index.ts";
import { comfortOf } from "../../../hub/planner/facts.ts";
import { goalInWords, goalMisfit } from "../../../hub/planner/goal.ts";
import { readWish } from "../../../hub/planner/read-wish.ts";
import { datedSentences, exact, invented, TODAY } from "./sentences.ts";
import { CODES, smallHome } from "./small-home.ts";

const { names, parts } = smallHome("en");
const read = (text: string, today: string | undefined = TODAY) => readWish(text, names, today).goals;
const evening: Goal = { kind: "comfort", room: "Living room", minC: 22 };

describe("goals for some days", () => {
  const rows = datedSentences().map((s) => ({ ...s, goals: readWish(s.text, smallHome(s.code).names, TODAY).goals }));

  test("are read exactly in at least 90 % of what people say with dates, in each language, and invent nothing", () => {
    expect(rows.length).toBeGreaterThanOrEqual(25);
    for (const code of CODES) expect(rows.filter((r) => r.code === code).length).toBeGreaterThanOrEqual(5);
    const wrong = rows.filter((r) => !exact(r.goals, r.expected)).map((r) => `${r.code}: ${r.text}`);
    expect(wrong.length / rows.length, wrong.join("\n")).toBeLessThanOrEqual(0.1);
    for (const row of rows) expect(invented(row.code, row.goals), row.text).toEqual([]);
  });

  test("are said back in words that the reader reads the same", () => {
    for (const { code, expected } of rows)
      for (const goal of code === "en" ? expected : [])
        expect(read(goalInWords(goal, names)), goalInWords(goal, names)).toEqual([goal]);
  });

  test("a date without a year is the next one, over New Year and a leap day too; with one it is that", () => {
    const days = (text: string, today?: string) =>
      read(`living room 22 degrees ${text}`, today).map((g) =>
        "firstDay" in g || "lastDay" in g ? [g.firstDay, g.lastDay] : [],
      );
    expect(days("on 23 November")).toEqual([["2026-11-23", "2026-11-23"]]);
    expect(days("on 22 November")).toEqual([["2027-11-22", "2027-11-22"]]);
    expect(days("from 30 December to 2 January")).toEqual([["2026-12-30", "2027-01-02"]]);
    expect(days("from 30 December to 2 January 2028")).toEqual([["2027-12-30", "2028-01-02"]]);
    expect(days("on 29 February")).toEqual([["2028-02-29", "2028-02-29"]]);
    expect(days("on 2026-12-24")).toEqual([["2026-12-24", "2026-12-24"]]);
  });

  test("a day that no calendar has, or that may be two, is not made one", () => {
    for (const text of ["on 30 February", "on 31/04/2027", "on 5/6/2027"])
      for (const goal of read(`living room 22 degrees ${text}`)) {
        expect(goal, text).not.toHaveProperty("firstDay");
        expect(goal, text).not.toHaveProperty("lastDay");
      }
  });

  test("an hour before a date is no day", () => {
    expect(read("car at 80 % by 7 until 24 December")).toEqual([
      { kind: "readyBy", node: "car", what: "stateOfCharge", target: 80, by: "07:00", lastDay: "2026-12-24" },
    ]);
  });

  test("a room at a bare number is so warm, unless it is warm at an hour", () => {
    const warm: Goal = { kind: "comfort", room: "Living room", minC: 20 };
    expect(read("keep the living room at 20")).toEqual([warm]);
    expect(read("living room at 20 in the evening")).toEqual([{ ...warm, from: "18:00", to: "22:00" }]);
    expect(read("set the temperature of the living room at 20")).toEqual([warm]);
    for (const text of ["living room warm at 20", "living room at 8"])
      for (const goal of read(text)) expect(goal, text).not.toMatchObject({ minC: 20 });
  });

  test("degrees, hours and days of the week stay what they are", () => {
    for (const text of [
      "living room between 20 and 22 degrees from 7 to 22:00",
      "car at 80 % by 7 on weekdays",
      "keep the bathroom at 23 degrees on Sunday mornings",
    ])
      expect(read(text), text).toEqual(readWish(text, names).goals);
  });

  test("one for some days stands beside one for all days", () => {
    expect(read("living room at 20 degrees. On 24 December the living room at 22 degrees")).toEqual([
      { ...evening, minC: 20 },
      { ...evening, firstDay: "2026-12-24", lastDay: "2026-12-24" },
    ]);
    expect(read("car at 80 % by 7, car at 100 % by 5 on 24 December")).toHaveLength(2);
  });

  test("are refused with the field where they end before they begin or are no date", () => {
    const turned = { ...evening, firstDay: "2026-12-26", lastDay: "2026-12-24" };
    expect(goalMisfit(turned, names)).toBe("lastDay: 2026-12-24 is before the first day, 2026-12-26");
    expect(schema.safeParse({ ...evening, firstDay: "24 December" }).success).toBe(false);
    expect(schema.safeParse({ ...evening, firstDay: "2026-02-30" }).success).toBe(false);
  });

  test("a kind that holds always is read, and says that it can't be for some days only", () => {
    const { goals, notUnderstood } = readWish("spend as little as possible until 6 January", names, TODAY);
    expect(goals).toEqual([{ kind: "minimise", what: "cost" }]);
    expect(notUnderstood).toMatchObject([{ reason: expect.stringContaining("holds always") }]);
  });

  test("a past is not judged by what is meant for days to come", () => {
    const node = parts.thermostats.find((t) => t.room === "Living room")?.node ?? "";
    const floor = (goal: Goal) => comfortOf([goal], parts).room.get(node)?.(12 * 60);
    expect(floor(evening)).toBe(22);
    expect(floor({ ...evening, firstDay: "2026-12-24", lastDay: "2026-12-24" })).toBeLessThan(20);
  });
});
