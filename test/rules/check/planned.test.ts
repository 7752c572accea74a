/** Rules of a plan held against the home's own rules, before anybody is asked. */
import { describe, expect, test } from "vitest";
import type { Condition, Rule, RuleAction } from "../../../hub/model/plan.ts";
import type { HomeRule } from "../../../hub/model/rule/rule.ts";
import { plannedFaults } from "../../../hub/rules/check/index.ts";
import { demoHome, idOf, pathOf } from "../../planner/demo-home.ts";
import { noRules } from "../../planner/no-rules.ts";
import { homeRule } from "../../planner/proposals/house.ts";

const NIGHT: Condition = { kind: "between", from: "22:00", to: "06:00" };
const plug = (device: string, command: string): RuleAction => ({
  ...{ node: idOf(device), endpoint: 1, capability: "onOff", command, args: {} },
});
const plan = (when: Condition, then: RuleAction[], otherwise?: RuleAction[], id = "r"): Rule => ({
  ...{ id, title: "Cheap water", when, then, origin: "plan", enabled: true, plan: "p" },
  ...(otherwise ? { otherwise } : {}),
});
const step = (device: string, command: string) => ({
  ...{ kind: "command", target: { nodes: [idOf(device)] }, capability: "onOff", command },
});
const at = (time: string, device: string, command: string) =>
  homeRule({ form: "when", title: "Mine", on: [{ kind: "time", at: time }], do: [step(device, command)] });
const faults = (rules: readonly Rule[], people: readonly HomeRule[] = []) =>
  plannedFaults(rules, { ...noRules(demoHome()), rules: people });

const water = plan(NIGHT, [plug("Water heater", "on")], [plug("Water heater", "off")]);

describe("a plan's rules beside those of people", () => {
  test("are fine where people want the same, or something of other devices", () => {
    expect(faults([water], [at("23:00", "Water heater", "on"), at("12:00", "TV corner", "off")])).toEqual({});
  });

  test("are at odds with a rule that wants the contrary at an hour at which both may", () => {
    expect(faults([water], [at("23:00", "Water heater", "off")]).conflict).toBe(
      'your rule "Mine" may want to turn off Water heater while the plan wants to turn on Water heater, for example on Mon at 23:00: your rule would lose',
    );
    expect(faults([water], [at("12:00", "Water heater", "off")])).toEqual({});
  });

  test("are not held against a rule that is switched off", () => {
    expect(faults([water], [{ ...at("23:00", "Water heater", "off"), enabled: false }])).toEqual({});
  });

  test("must not want two things of one device at once", () => {
    const other = plan({ kind: "between", from: "05:00", to: "08:00" }, [plug("Water heater", "off")], undefined, "b");
    const on = plan(NIGHT, [plug("Water heater", "on")]);
    expect(faults([on, other]).conflict).toMatch(
      /^it wants to turn on Water heater, and "Cheap water" wants to turn off/,
    );
  });

  test("must not set rules of people off, and be set off by them, for ever", () => {
    const isOn: Condition = { kind: "compare", path: pathOf("TV corner", "onOff.onOff"), op: "=", value: true };
    const own = plan(isOn, [plug("Dishwasher", "on")], [plug("Dishwasher", "off")]);
    const answers = [true, false].map((is) =>
      homeRule({
        ...{ form: "when", title: "TV follows", do: [step("TV corner", is ? "off" : "on")] },
        on: [{ kind: "becomes", target: { nodes: [idOf("Dishwasher")] }, of: "onOff.onOff", to: is }],
      }),
    );
    expect(faults([own], answers).loop).toMatch(/^it and "TV follows".*again and again/);
    expect(faults([own]).loop).toBeUndefined();
  });

  test("must not leave on what gets hot, nor switch off what keeps food cold", () => {
    expect(faults([plan(NIGHT, [plug("Water heater", "on")])]).danger).toMatch(/stays hot/);
    expect(faults([plan(NIGHT, [plug("Fridge", "off")])]).danger).toMatch(/spoils/);
  });

  test("that are only what may be asked for are no contrary of one another", () => {
    const mays = [
      plan(NIGHT, [plug("Water heater", "on")], undefined, "a"),
      plan(NIGHT, [plug("Water heater", "off")], undefined, "b"),
    ];
    expect(faults(mays).conflict).toBeDefined();
    expect(plannedFaults(mays, noRules(demoHome()), { alternatives: true })).toEqual({});
  });
});
