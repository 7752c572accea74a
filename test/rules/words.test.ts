import { expect, test } from "vitest";
import { checkDraft } from "../../hub/rules/check/index.ts";
import { valueInWords } from "../../hub/rules/words/value.ts";
import { contextOf, draft, homeOf, kept } from "./check/home.ts";
import * as s from "./check/say.ts";

test("a battery's mode reads as what it does", () => {
  expect(`Home battery is ${valueInWords("battery/1/batteryControl.mode", "followLoad")}`).toBe(
    "Home battery is following the house",
  );
});

test("an example of a fight says that a switch is on, not that its on is on", () => {
  const home = homeOf([
    ["lamp", "x", "Lamp x", "Hall"],
    ["lamp", "g", "Guest mode", "Hall"],
  ]);
  const guests = s.during(s.isOn("g"), s.on(s.dev("x")));
  const other = s.during(s.mode("night"), s.off(s.dev("x")));
  const [problem] = checkDraft(draft(guests), contextOf(home, { rules: [kept({ title: "Dark", ...other })] }));
  expect(problem?.text).toContain("Guest mode is on");
});
