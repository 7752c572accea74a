/** A start by the clock or the sun and a condition that is never so then; held against the evaluator over years. */
import { describe, expect, test } from "vitest";
import { emptyHome } from "../../../hub/model/home.ts";
import type { Condition } from "../../../hub/model/rule/condition.ts";
import type { TimeTrigger } from "../../../hub/model/rule/time.ts";
import type { Trigger } from "../../../hub/model/rule/trigger.ts";
import { checkDraft } from "../../../hub/rules/check/index.ts";
import { evaluate } from "../../../hub/rules/evaluate.ts";
import type { Picture } from "../../../hub/rules/picture.ts";
import { sunElevation } from "../../../hub/rules/time/elevation.ts";
import { nextOccurrence } from "../../../hub/rules/time/occurrences.ts";
import { sunOfLocalDay } from "../../../hub/rules/time/sun.ts";
import { diceOf } from "./generate.ts";
import { contextOf, draft, homeOf, node, settings } from "./home.ts";
import * as s from "./say.ts";

const home = homeOf([["lamp", "lamp", "Lamp", "Hall"]]);
const sunIs = (is: "up" | "down"): Condition => ({ kind: "sun", is });
const sunAt = (event: "sunset" | "sunrise" | "dusk" | "noon", more: object = {}): Trigger => ({
  kind: "sun",
  event,
  ...more,
});
const problems = (on: Trigger | Trigger[], condition: Condition) =>
  checkDraft(draft(s.when(on, s.on(s.dev("lamp")), { if: condition })), contextOf(home));

describe("a start and a condition that exclude each other are told with a way out", () => {
  const never: readonly (readonly [Trigger, Condition, string])[] = [
    [
      s.sun("sunset", -20),
      sunIs("down"),
      "When it is 20 minutes before sunset, it can never be so that the sun is down: this rule never does anything.",
    ],
    [
      s.at("02:30"),
      s.between("08:00", "20:00"),
      "When it is at 02:30 each day, it can never be so that it is between 08:00 and 20:00: this rule never does anything.",
    ],
    [
      s.at("10:00", { weekdays: [6] }),
      { kind: "formula", is: { op: "<", of: [{ now: "weekday" }, 6] } },
      "When it is at 10:00 on Sat, it can never be so that the day of the week < 6: this rule never does anything.",
    ],
    [
      s.at("10:00", { dates: ["12-24"] }),
      { kind: "date", from: "01-01", to: "03-31" },
      "When it is at 10:00 on 24 December, it can never be so that it is between 01-01 and 03-31 of the year: this rule never does anything.",
    ],
    [
      s.at("20:00", { months: [7] }),
      sunIs("down"),
      "When it is at 20:00 in July, it can never be so that the sun is down: this rule never does anything.",
    ],
    [
      sunAt("dusk"),
      sunIs("up"),
      "When it is at dusk, it can never be so that the sun is up: this rule never does anything.",
    ],
    [
      sunAt("sunset", { notAfter: "15:00" }),
      { kind: "formula", is: { op: "<", of: [{ now: "sunElevation" }, 0] } },
      "When it is at sunset, not after 15:00, it can never be so that the sun's height < 0: this rule never does anything.",
    ],
    [
      s.at("09:00"),
      { kind: "sunBetween", from: { event: "sunset", offsetMinutes: -30 } },
      "When it is at 09:00 each day, it can never be so that it is between 30 minutes before sunset and midnight: this rule never does anything.",
    ],
    [
      s.sun("sunset", -60),
      { kind: "sunBetween", from: { event: "sunset", offsetMinutes: -30 }, to: { event: "sunrise" } },
      "When it is 1 hour before sunset, it can never be so that it is between 30 minutes before sunset and sunrise: this rule never does anything.",
    ],
  ];
  test.each(never)("%j and %j", (on, condition, text) => {
    const [problem, ...rest] = problems(on, condition);
    expect(rest).toEqual([]);
    expect(problem).toMatchObject({ code: "never", field: "if", text, fix: { text: "leave the condition out" } });
    expect(problem?.fix && checkDraft(problem.fix.draft, contextOf(home))).toEqual([]);
  });

  test("of several parts the one that is never so is left out", () => {
    const [problem] = problems(s.sun("sunset", -20), s.all(s.mode("home"), sunIs("down")));
    expect(problem?.fix?.text).toBe("leave out that the sun is down");
    expect(problem?.fix?.draft).toMatchObject({ if: { kind: "all", of: [{ kind: "mode" }] } });
  });

  test("of several starts the one at which it is never so is left out", () => {
    const [problem] = problems([s.sun("sunset", -20), s.sun("sunset", 20)], sunIs("down"));
    expect(problem).toMatchObject({ field: "on.0", fix: { text: "leave this start out" } });
    expect(problem?.fix?.draft).toMatchObject({ on: [{ offsetMinutes: 20 }] });
  });
});

describe("nothing is said where it may be so", () => {
  const fine: readonly (readonly [Trigger, Condition])[] = [
    [s.sun("sunset", -20), sunIs("up")],
    [s.sun("sunset", 20), sunIs("down")],
    [s.sun("sunset"), sunIs("up")],
    [s.sun("sunset"), sunIs("down")],
    [sunAt("sunset", { offsetMinutes: -20, late: "catchUp" }), sunIs("down")],
    [s.at("17:00"), sunIs("down")],
    [s.at("17:00"), sunIs("up")],
    [s.at("10:00", { weekdays: [6] }), { kind: "date", from: "11-01", to: "03-31" }],
    [{ kind: "every", minutes: 60 }, sunIs("down")],
    [s.sun("sunset"), { kind: "sunBetween", from: { event: "sunset" } }],
    [s.sun("sunset", -60), { kind: "sunBetween", from: { event: "sunset", offsetMinutes: -60 } }],
    [s.at("06:30"), { kind: "sunBetween", from: { event: "sunset" }, to: { event: "sunrise" } }],
    [s.at("06:30"), s.all({ kind: "sunBetween", from: { event: "sunset" }, to: { event: "sunrise" } }, sunIs("down"))],
  ];
  test.each(fine)("%j and %j", (on, condition) => {
    expect(problems(on, condition)).toEqual([]);
  });
});

/** Years that the check does not look at. */
const FROM = Date.UTC(2027, 0, 1);
const TO = Date.UTC(2029, 0, 1);

test("what is called never is never so at any of its moments of other years, however late within its time", () => {
  const dice = diceOf(7);
  let called = 0;
  for (let n = 0; n < 120; n++) {
    const place = { latitude: dice.of([-55, -34, 0, 38, 54, 61]), longitude: dice.of([-120, 0, 13]) };
    const trigger: TimeTrigger & Trigger = dice.chance(0.5)
      ? { kind: "sun", event: dice.of(["sunrise", "sunset", "dawn", "dusk"]), offsetMinutes: dice.below(240) - 120 }
      : { kind: "time", at: `${String(dice.below(24)).padStart(2, "0")}:30`, months: [1 + dice.below(12)] };
    const by = () => ({ offsetMinutes: dice.of([-90, 0, 45]) });
    const condition: Condition = dice.of([
      sunIs(dice.of(["up", "down"])),
      { kind: "sunBetween", from: { event: dice.of(["sunset", "dusk"]), ...by() } },
      { kind: "sunBetween", from: { event: "sunrise", ...by() }, to: { event: "sunset", ...by() } },
      { kind: "sunBetween", from: { event: "sunset", ...by() }, to: { event: "dawn", ...by() } },
    ]);
    const here = { ...emptyHome({ ...settings, ...place }) };
    here.nodes.set("lamp", node("lamp", "Lamp", "Hall", [{ types: ["onOffLight"], has: ["onOff"] }]));
    const given = draft(s.when(trigger, s.on(s.dev("lamp")), { if: condition }));
    if (!checkDraft(given, contextOf(here)).some((p) => p.code === "never")) continue;
    called += 1;
    const spot = { ...here.settings, spans: [] };
    for (
      let at = nextOccurrence(trigger, FROM, spot);
      at !== undefined && at < TO;
      at = nextOccurrence(trigger, at, spot)
    )
      for (const late of [0, 60_000, 119_000]) {
        const picture: Picture = {
          ...{ now: at + late, timeZone: here.settings.timeZone, memory: new Map() },
          ...{ known: () => ({ status: "unknown", reason: "" }), price: () => 0, surplusW: () => undefined },
          sunElevation: (when) => sunElevation(when, place),
          sunDay: (when) => sunOfLocalDay(when, here.settings),
        };
        expect([evaluate(condition, picture).holds, trigger, place]).toEqual([false, trigger, place]);
      }
  }
  expect(called).toBeGreaterThan(15);
});
