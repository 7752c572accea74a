import { describe, expect, test } from "vitest";
import type { Rule } from "../../../hub/model/plan.ts";
import { checkDraft } from "../../../hub/rules/check/index.ts";
import { contextOf, draft, homeOf, kept, type Listed } from "./home.ts";
import * as s from "./say.ts";

const button: Listed = ["button", "btn", "Button", "Hall"];
const codesOf = (
  devices: readonly Listed[],
  given: object,
  rules: readonly object[] = [],
  planRules: readonly Rule[] = [],
) =>
  checkDraft(
    draft(given),
    contextOf(homeOf([button, ...devices]), { rules: rules.map((r) => kept(r)), planRules }),
  ).map((p) => p.code);
const { dev } = s;

describe("what gets hot must have an end", () => {
  const switchedOn = (name: string) => codesOf([["plug", "x", name]], s.when(s.pressed("btn"), s.on(dev("x"))));

  test.each([
    "Iron",
    "Steam iron plug",
    "Heater",
    "Bathroom heater",
    "Fan heater",
    "Kettle",
    "Bügeleisen",
    "Heizlüfter Bad",
    "SAUNA",
    "Pizza oven",
  ])("a socket called %s is one that gets hot", (name) => expect(switchedOn(name)).toEqual(["heat-without-end"]));

  test.each([
    "Environment monitor",
    "Oven light",
    "Radiator fan",
    "Heating pump",
    "Ironing room lamp",
    "Coffee machine",
    "Television",
    "Boiler sensor",
    "Cooker hood",
    "Herder lamp",
  ])("a socket called %s is none", (name) => expect(switchedOn(name)).toEqual([]));

  test("a rule of its own, another rule or a running plan that ends it is an end", () => {
    const devices: readonly Listed[] = [["boiler", "x", "Boiler"]];
    const start = s.when(s.at("13:00"), s.on(dev("x")));
    expect(codesOf(devices, start)).toEqual(["heat-without-end"]);
    expect(codesOf(devices, start, [s.when(s.at("15:00"), s.off({ kinds: ["waterHeater"] }))])).toEqual([]);
    const plan: Rule = {
      ...{ id: "p", title: "Plan", origin: "plan", enabled: true },
      when: { kind: "between", from: "01:00", to: "02:00" },
      then: [{ node: "x", endpoint: 1, capability: "onOff", command: "off", args: {} }],
    };
    expect(codesOf(devices, start, [], [plan])).toEqual([]);
  });

  test("off before on is no end, and neither is a rule that is switched off", () => {
    const devices: readonly Listed[] = [["plug", "x", "Heater"]];
    expect(codesOf(devices, s.when(s.pressed("btn"), [s.off(dev("x")), s.wait(5), s.on(dev("x"))]))).toEqual([
      "heat-without-end",
    ]);
    expect(
      codesOf(devices, s.when(s.pressed("btn"), s.on(dev("x"))), [
        { ...s.when(s.at("15:00"), s.off(dev("x"))), enabled: false },
      ]),
    ).toEqual(["heat-without-end"]);
  });

  test("the proposed end turns off just what gets hot", () => {
    const home = homeOf([button, ["plug", "hot", "Iron", "Hall"], ["lamp", "lamp", "Lamp", "Hall"]]);
    const [problem] = checkDraft(draft(s.when(s.pressed("btn"), s.on({ rooms: ["Hall"] }))), contextOf(home));
    expect(problem?.fix?.text).toBe("and turn it off after 2 hours");
    expect(problem?.fix?.draft).toMatchObject({
      do: [{ command: "on" }, { kind: "wait", minutes: 120 }, { command: "off", target: { nodes: ["hot"] } }],
    });
    const [steady] = checkDraft(draft(s.during(s.home(), s.on(dev("hot")))), contextOf(home));
    expect(steady?.fix?.draft).toMatchObject({ otherwise: [{ command: "off", target: { nodes: ["hot"] } }] });
  });
});

describe("doors open for people", () => {
  const devices: readonly Listed[] = [
    ["lock", "door", "Door"],
    ["motion", "pir", "Motion"],
    ["gate", "gate", "Garage door"],
    ["smoke", "smoke", "Smoke"],
  ];
  const unlock = s.cmd(dev("door"), "doorLock.unlockDoor");

  test("movement, a button and the clock are nobody", () => {
    for (const t of [s.moves("pir"), s.pressed("btn"), s.at("07:00"), s.sun("sunrise")])
      expect(codesOf(devices, s.when(t, unlock))).toEqual(["opened-for-anyone"]);
    expect(
      codesOf(
        devices,
        s.when(s.pressed("btn"), unlock, { if: s.state(dev("door"), "doorLock.lockState", "=", "locked") }),
      ),
    ).toEqual(["opened-for-anyone"]);
  });

  test("somebody who comes home, fire, and a house where somebody is are reasons", () => {
    expect(codesOf(devices, s.when({ kind: "presence", who: "anna", does: "comes" }, unlock))).toEqual([]);
    expect(codesOf(devices, s.when(s.becomes(dev("smoke"), "smokeCoAlarm.smokeState", "critical"), unlock))).toEqual(
      [],
    );
    expect(codesOf(devices, s.when(s.moves("pir"), unlock, { if: s.home() }))).toEqual([]);
    expect(
      codesOf(
        devices,
        s.when(s.pressed("btn"), s.cmd(dev("gate"), "closureControl.moveTo", { position: "moveToFullyClosed" })),
      ),
    ).toEqual([]);
  });
});

describe("what must stay on", () => {
  test("a freezer may pause, and is spared in a step that means others as well", () => {
    const devices: readonly Listed[] = [
      ["fridge", "cold", "Freezer", "Cellar"],
      ["lamp", "lamp", "Lamp", "Cellar"],
    ];
    expect(codesOf(devices, s.when(s.pressed("btn"), [s.off(dev("cold")), s.wait(60), s.on(dev("cold"))]))).toEqual([]);
    expect(codesOf(devices, s.when(s.pressed("btn"), [s.off(dev("cold")), s.wait(600), s.on(dev("cold"))]))).toEqual([
      "cold-chain",
    ]);
    const [problem] = checkDraft(
      draft(s.when(s.pressed("btn"), s.off({ rooms: ["Cellar"] }))),
      contextOf(homeOf([button, ...devices])),
    );
    expect(problem?.fix?.draft).toMatchObject({ do: [{ target: { rooms: ["Cellar"], except: ["cold"] } }] });
  });

  test("frost is kept out of rooms, at the lowest of what people call frost protection nothing is said", () => {
    const devices: readonly Listed[] = [["thermostat", "h", "Heating"]];
    expect(codesOf(devices, s.during(s.mode("away"), s.heatTo(dev("h"), 5)))).toEqual([]);
    expect(codesOf(devices, s.during(s.mode("away"), s.heatTo(dev("h"), 4.5)))).toEqual(["frost"]);
  });
});

test("a rule that is over is told, and so are two rules of which one starts the other and back", () => {
  const devices: readonly Listed[] = [["lamp", "lamp", "Lamp"]];
  expect(codesOf(devices, { ...s.when(s.pressed("btn"), s.on(dev("lamp"))), until: 1000 })).toEqual(["never"]);
  const other = kept({ title: "Back", ...s.when([], { kind: "rule", rule: "me" }) }, "back");
  const problems = checkDraft(
    draft(s.when(s.pressed("btn"), { kind: "rule", rule: "back" })),
    contextOf(homeOf([button]), { rules: [other] }),
    "me",
  );
  expect(problems.map((p) => [p.code, p.about])).toEqual([["loop", ["back"]]]);
});

describe("a rule that switches off what ends a danger", () => {
  const heats = { ...s.when(s.pressed("btn"), s.on(dev("x"))), title: "Heat" };
  const ends = { ...s.when({ kind: "time", at: "22:00" } as never, s.off(dev("x"))), title: "Heater off" };
  const context = (more: object = {}) =>
    contextOf(homeOf([button, ["plug", "x", "Heater"]]), {
      rules: [kept(heats, "heat"), kept({ ...ends, ...more }, "ends")],
    });
  const switching = (does: string) => draft(s.when(s.pressed("btn"), { kind: "rule", rule: "ends", does } as never));

  test("is told with the rule that would be left without an end", () => {
    const [found, ...more] = checkDraft(switching("switchOff"), context());
    expect(found).toMatchObject({ level: "warn", code: "heat-without-end", about: ["ends", "heat"] });
    expect(found?.text).toMatch(/^It switches off "Heater off", without which "Heat" is a danger\. /);
    expect(more).toEqual([]);
    expect(checkDraft(switching("switchOn"), context())).toEqual([]);
  });

  test("what is off, and may be switched on some day, ends nothing", () => {
    const rules = [kept({ ...ends, enabled: false }, "ends"), kept(switching("switchOn"), "night")];
    const alone = contextOf(homeOf([button, ["plug", "x", "Heater"]]), { rules });
    expect(checkDraft(draft(heats), alone).map((p) => p.code)).toEqual(["heat-without-end"]);
  });
});
