import { describe, expect, test } from "vitest";
import type { Rule } from "../../../hub/model/plan.ts";
import { checkDraft } from "../../../hub/rules/check/index.ts";
import { contextOf, draft, homeOf, kept } from "./home.ts";
import * as s from "./say.ts";

const { dev } = s;
const home = homeOf([
  ["lamp", "x", "Lamp x", "Hall"],
  ["lamp", "y", "Lamp y", "Hall"],
  ["motion", "pir", "Motion", "Hall"],
  ["button", "btn", "Button", "Hall"],
]);
const codes = (own: object, other?: object, planRules: readonly Rule[] = []) =>
  checkDraft(draft(own), contextOf(home, { rules: other ? [kept({ title: "Other", ...other })] : [], planRules })).map(
    (p) => p.code,
  );

describe("two rules about one lamp", () => {
  const dark = s.during(s.between("22:00", "06:00"), s.off(dev("x")));

  test("a rank says who is to win; an event against what is kept has no chance with a rank below", () => {
    const moving = (more: object) => s.during(s.isMoving("pir"), s.on(dev("x")), undefined, more);
    expect(codes(moving({}), dark)).toEqual(["fight"]);
    expect(codes(moving({ rank: 1 }), dark)).toEqual([]);
    expect(codes(s.when(s.moves("pir"), s.on(dev("x"))), dark)).toEqual(["fight"]);
    expect(codes(s.when(s.moves("pir"), s.on(dev("x")), { rank: -1 }), dark)).toEqual([]);
  });

  test("what comes after a wait, or in another branch of a choice, is no fight", () => {
    const pressed = s.pressed("btn");
    expect(codes(s.when(pressed, [s.wait(5), s.on(dev("x"))]), s.when(pressed, s.off(dev("x"))))).toEqual([]);
    const choice = (first: object[], otherwise: object[]) =>
      s.when(pressed, { kind: "choose", options: [{ if: s.mode("home"), do: first }], otherwise } as never);
    expect(
      codes(choice([s.on(dev("y"))], [s.on(dev("x"))]), s.when(pressed, s.off(dev("x")), { if: s.mode("home") })),
    ).toEqual([]);
    expect(
      codes(choice([s.on(dev("x"))], [s.on(dev("y"))]), s.when(pressed, s.off(dev("x")), { if: s.mode("home") })),
    ).toEqual(["fight"]);
  });

  test("a command after a wait gives way to what is kept, and nothing is said of it", () => {
    expect(codes(s.when(s.pressed("btn"), [s.wait(5), s.on(dev("x"))]), dark)).toEqual([]);
  });

  test("a rule that is switched off or over fights nobody", () => {
    const own = s.during(s.isMoving("pir"), s.on(dev("x")));
    expect(codes(own, { ...dark, enabled: false })).toEqual([]);
    expect(codes(own, { ...dark, until: 1000 })).toEqual([]);
  });

  test("still for ten minutes and not yet so long exclude each other", () => {
    const still = s.state(dev("pir"), "occupancySensing.occupancy", "=", false, { forMinutes: 10 });
    expect(codes(s.during(s.not(still), s.on(dev("x"))), s.during(still, s.off(dev("x"))))).toEqual([]);
  });

  test("still, but not yet for ten minutes, is both still and not still for so long", () => {
    const still = (more: object) => s.state(dev("pir"), "occupancySensing.occupancy", "=", false, more);
    const own = s.during(s.not(still({ forMinutes: 10 })), s.on(dev("x")));
    expect(codes(own, s.during(still({}), s.off(dev("x"))))).toEqual(["fight"]);
  });

  test("a rule may keep only one thing of a lamp", () => {
    expect(codes(s.during(s.isMoving("pir"), [s.on(dev("x")), s.off(dev("x"))]))).toEqual(["fight"]);
  });
});

test("at all times is a way to write a rule, and a moment that may be made up for late can be at any time", () => {
  expect(codes(s.during(s.between("00:00", "00:00"), s.on(dev("x"))))).toEqual([]);
  const late = { if: s.between("07:30", "09:00") };
  expect(codes(s.when(s.at("07:00", { late: "catchUp", withinMinutes: 60 }), s.on(dev("x")), late))).toEqual([]);
  expect(codes(s.when(s.at("07:00"), s.on(dev("x")), late))).toEqual(["never"]);
});

test("a plan that asks for the same is no overlap; one whose figure is worked out may be", () => {
  const plan = (more: object): Rule => ({
    ...{ id: "p", title: "Plan", origin: "plan", enabled: true, when: s.between("01:00", "05:00") },
    then: [{ node: "x", endpoint: 1, capability: "onOff", command: "on", args: {}, ...more }],
  });
  const on = s.during(s.isMoving("pir"), s.on(dev("x")));
  expect(codes(on, undefined, [plan({})])).toEqual([]);
  expect(codes(on, undefined, [plan({ command: "off" })])).toEqual(["plan"]);
  expect(codes(on, undefined, [plan({ computed: { kind: "release" } })])).toEqual(["plan"]);
  expect(codes(on, undefined, [{ ...plan({ command: "off" }), enabled: false }])).toEqual([]);
});

test("a rule that overlaps with a plan can do without the plan's device, in all of its steps", () => {
  const plan: Rule = {
    ...{ id: "p", title: "Plan", origin: "plan", enabled: true, when: s.between("01:00", "05:00") },
    then: [{ node: "x", endpoint: 1, capability: "onOff", command: "on", args: {} }],
  };
  const fixOf = (rule: object) => checkDraft(draft(rule), contextOf(home, { planRules: [plan] }))[0]?.fix;
  const both = fixOf(s.when(s.pressed("btn"), [s.off(dev("x")), s.off(dev("y")), s.off(dev("x", "y"))]));
  expect(both?.text).toBe("leave Lamp x out of this rule");
  expect(both?.draft).toMatchObject({ do: [{ target: { nodes: ["y"] } }, { target: { nodes: ["y"] } }] });
  expect(fixOf(s.when(s.pressed("btn"), s.off(dev("x")))), "nothing would be left of it").toBeUndefined();
});

test("where one rule keeps what another sets at a moment, a rank says which one wins", () => {
  const keeps = s.during(s.mode("away"), s.off(dev("x")));
  const sets = s.when(s.pressed("btn"), s.on(dev("x")));
  for (const [own, other] of [
    [keeps, sets],
    [sets, keeps],
  ] as const) {
    const context = contextOf(home, { rules: [kept(other)] });
    const [problem] = checkDraft(draft(own), context);
    expect(problem).toMatchObject({ code: "fight", fix: { text: expect.stringContaining("win over") } });
    expect(problem?.fix && checkDraft(problem.fix.draft, context)).toEqual([]);
  }
});

test("after a wait the condition of the start no longer holds a rule back from a plan's hours", () => {
  const plan: Rule = {
    ...{ id: "p", title: "Plan", origin: "plan", enabled: true, when: s.between("01:00", "05:00") },
    then: [{ node: "x", endpoint: 1, capability: "onOff", command: "on", args: {} }],
  };
  const early = { if: s.between("00:00", "01:00") };
  expect(codes(s.when(s.pressed("btn"), s.off(dev("x")), early), undefined, [plan])).toEqual([]);
  expect(codes(s.when(s.pressed("btn"), [s.wait(120), s.off(dev("x"))], early), undefined, [plan])).toEqual(["plan"]);
});

describe("loops", () => {
  const turned = (id: string, to?: boolean) => s.becomes(dev(id), "onOff.onOff", to);

  test("conditions that exclude each other stop one", () => {
    const one = (mode: string) => s.when(turned("x"), s.cmd(dev("y"), "onOff.toggle"), { if: s.mode(mode) });
    const two = (mode: string) => s.when(turned("y"), s.cmd(dev("x"), "onOff.toggle"), { if: s.mode(mode) });
    expect(codes(one("home"), two("home"))).toEqual(["loop"]);
    expect(codes(one("home"), two("away"))).toEqual([]);
  });

  test("a value that is handed on calms down", () => {
    const lights = homeOf([
      ["light", "a", "A"],
      ["light", "b", "B"],
    ]);
    const follow = (from: string, to: string) =>
      s.when(
        s.becomes(dev(from), "levelControl.currentLevel"),
        s.cmd(dev(to), "levelControl.moveToLevel", { level: { trigger: "value" } }),
      );
    expect(checkDraft(draft(follow("a", "b")), contextOf(lights, { rules: [kept(follow("b", "a"))] }))).toEqual([]);
  });

  test("a limit that is never gone back over is crossed once", () => {
    const lights = homeOf([["light", "a", "A"]]);
    const level = (n: number) =>
      s.when(
        s.crosses(dev("a"), "levelControl.currentLevel", { above: 50 }),
        s.cmd(dev("a"), "levelControl.moveToLevel", { level: n }),
      );
    const told = checkDraft(draft(level(60)), contextOf(lights, { rules: [kept(level(80))] }));
    expect(told.map((p) => p.code)).toEqual(["fight"]);
  });
});

describe("a surplus and the house meter that tells it", () => {
  const watts = "electricalPowerMeasurement.activePower";
  const metered = (reversed: boolean) => {
    const made = homeOf([
      ["boiler", "tank", "Tank", "Cellar"],
      ["meter", "grid", "House meter", "Cellar"],
    ]);
    const grid = made.nodes.get("grid");
    if (grid && reversed)
      made.nodes.set("grid", { ...grid, settings: { ...grid.settings, meters: { 1: { kind: "meter", reversed } } } });
    return made;
  };
  const over = (w: number) => s.during({ kind: "surplusAbove", watts: w }, s.on(dev("tank")));
  const formula = (w: number) =>
    s.during({ kind: "formula", is: { op: ">", of: [{ now: "surplus" }, w] } }, s.on(dev("tank")));
  const peak = (limits: object) => s.when(s.crosses(dev("grid"), watts, limits), s.off(dev("tank")));
  const told = (own: object, other: object, reversed = false) =>
    checkDraft(draft(own), contextOf(metered(reversed), { rules: [kept({ title: "Peak", ...other })] })).map(
      (p) => p.code,
    );

  test.each([
    ["as a condition", over],
    ["as a formula", formula],
  ])("are one figure, %s: what guards the peak does not fight what uses the sun", (_, surplus) => {
    expect(told(surplus(1500), peak({ above: 9000 }))).toEqual([]);
    expect(told(surplus(-500), peak({ above: 400 }))).toEqual(["fight"]);
    expect(told(surplus(-500), peak({ above: 600 }))).toEqual([]);
  });

  test("also where the meter counts what goes out", () => {
    expect(told(over(1500), peak({ above: 1400 }), true)).toEqual(["fight"]);
    expect(told(over(1500), peak({ below: 1400 }), true)).toEqual([]);
  });
});

type Named = Readonly<Record<string, unknown>> & { readonly id?: string };

describe("a rule that switches another one", () => {
  const still = s.during(s.between("22:00", "06:00"), s.off(dev("x")), undefined, { title: "Dark", enabled: false });
  const moving = s.during(s.isMoving("pir"), s.on(dev("x")));
  const switching = (does: string, rule = "dark") => s.when(s.pressed("btn"), { kind: "rule", rule, does } as never);
  const told = ({ id: _, ...own }: Named, rules: readonly Named[]) =>
    checkDraft(draft(own), contextOf(home, { rules: rules.map(({ id, ...r }) => kept(r, id)) }));
  const dark = { ...still, id: "dark" };

  test("what it may switch on is looked at as if it were on, also by others", () => {
    expect(told(moving, [dark])).toEqual([]);
    const on = { ...switching("switchOn"), title: "Night", id: "night" };
    expect(told(moving, [dark, on]).map((p) => p.code)).toEqual(["fight"]);
    expect(told(moving, [dark, { ...on, enabled: false }])).toEqual([]);
    expect(told(moving, [dark, { ...switching("switchOff"), title: "Day", id: "day" }])).toEqual([]);
    expect(told(moving, [dark, { ...switching("toggle"), title: "Flip", id: "flip" }]).map((p) => p.code)).toEqual([
      "fight",
    ]);
  });

  test("before it is saved, what speaks against the one that it switches on is told", () => {
    const lit = { ...moving, title: "Lit", id: "lit" };
    const [first, ...more] = told(switching("switchOn"), [dark, lit]);
    expect(first).toMatchObject({ level: "warn", code: "fight" });
    expect(first?.text).toMatch(/^It switches on "Dark", which is off now\. /);
    expect(more).toEqual([]);
    expect(told(switching("switchOff"), [dark, lit])).toEqual([]);
    expect(told(switching("switchOn"), [dark])).toEqual([]);
  });

  test("it may be of either form, and switch itself off, but must be there", () => {
    expect(told(switching("switchOn", "nobody"), [dark]).map((p) => [p.code, p.field])).toEqual([
      ["unknown-rule", "do.0.rule"],
    ]);
    expect(told(switching("start"), [dark]).map((p) => p.code)).toEqual(["unknown-rule"]);
    const once = draft(switching("switchOff", "once"));
    expect(checkDraft(once, contextOf(home, { rules: [] }), "once")).toEqual([]);
  });
});
