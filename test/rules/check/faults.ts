/** One fault of each kind, put into a home that has none; in several forms each. */
import type { Condition } from "../../../hub/model/rule/condition.ts";
import type { Expression } from "../../../hub/model/rule/expression.ts";
import type { CommandStep, Step } from "../../../hub/model/rule/step.ts";
import { clock, make, type Site, someCondition, someLoad, someTrigger } from "./generate.ts";
import * as s from "./say.ts";

type Draft = object;
type Form = (site: Site) => Draft;
type Forms = readonly [Form, ...Form[]];
export interface Fault {
  readonly code: string;
  readonly forms: Forms;
}

const TEMPERATURE = "temperatureMeasurement.measuredValue";
const { dev } = s;

/** A rule that is sound but for one part. */
const doing = (site: Site, step: Step | Step[]): Draft => s.when(someTrigger(site), step, { if: someCondition(site) });
const iff = (site: Site, c: Condition): Draft =>
  s.when(someTrigger(site), s.on(dev(someLoad(site))), {
    if: site.dice.chance(0.5) ? c : s.all(someCondition(site, 1), c),
  });
const formula = (site: Site, is: Expression): Draft => iff(site, { kind: "formula", is });
const starting = (site: Site, trigger: object): Draft => ({
  form: "when",
  on: [someTrigger(site), trigger],
  do: [s.on(dev(someLoad(site)))],
});
const temp = (site: Site) => dev(make(site, "climate"));
const deep = (n: number, c: Condition): Condition => (n === 0 ? c : s.not(deep(n - 1, c)));

const errors: readonly Fault[] = [
  {
    code: "unknown-device",
    forms: [
      (t) => doing(t, s.on(dev("gone"))),
      (t) => iff(t, s.isOn("gone")),
      (t) => starting(t, s.pressed("gone")),
      (t) => iff(t, { kind: "compare", path: "gone/1/onOff.onOff", op: "=", value: true }),
    ],
  },
  {
    code: "unknown-room",
    forms: [
      (t) => doing(t, s.on(s.inRoom("Stable", "light"))),
      (t) => iff(t, s.state({ rooms: ["Stable"] }, "onOff.onOff", "=", true)),
    ],
  },
  {
    code: "unknown-floor",
    forms: [
      (t) => doing(t, s.off({ floors: ["Third"] })),
      (t) => starting(t, s.becomes({ floors: ["Third"] }, "onOff.onOff", true)),
    ],
  },
  {
    code: "unknown-kind",
    forms: [
      (t) => doing(t, s.off({ kinds: ["spaceship"] })),
      (t) => iff(t, s.state({ kinds: ["lightt"] }, "onOff.onOff", "=", true)),
    ],
  },
  {
    code: "unknown-label",
    forms: [
      (t) => doing(t, s.off({ labels: ["yours"] })),
      (t) => iff(t, s.state({ labels: ["yours"] }, "onOff.onOff", "=", true)),
    ],
  },
  {
    code: "missing",
    forms: [
      (t) => doing(t, s.heatTo(dev(make(t, "lamp")), 20)),
      (t) => iff(t, s.state(dev(make(t, "lamp")), TEMPERATURE, ">", 20)),
      (t) => starting(t, s.becomes(temp(t), "onOff.onOff", true)),
      (t) => doing(t, s.cmd(dev(make(t, "light")), "onOff.explode")),
      (t) => iff(t, s.state(temp(t), "temperatureMeasurement.measured", ">", 20)),
      (t) => doing(t, s.cmd(dev(make(t, "contact")), "onOff.on")),
    ],
  },
  {
    code: "value",
    forms: [
      (t) => doing(t, s.cmd(dev(make(t, "light")), "levelControl.moveToLevel", { level: 101 + t.dice.below(155) })),
      (t) => doing(t, s.heatTo(dev(make(t, "thermostat")), 31 + t.dice.below(30))),
      (t) => iff(t, s.state(dev(make(t, "lamp")), "onOff.onOff", "=", "on")),
      (t) => iff(t, s.state(dev(make(t, "charger")), "energyEvse.state", "=", "plugged")),
      (t) => iff(t, s.state(dev(make(t, "lamp")), "onOff.onOff", ">", true)),
      (t) => starting(t, s.becomes(temp(t), TEMPERATURE, "warm")),
      (t) => starting(t, s.crosses(dev(make(t, "contact")), "booleanState.stateValue", { above: 1 })),
      (t) => doing(t, s.cmd(dev(make(t, "light")), "levelControl.moveToLevel")),
      (t) => doing(t, s.wait(2000)),
      (t) => doing(t, s.cmd(dev(make(t, "gate")), "closureControl.moveTo", { position: "open" })),
    ],
  },
  {
    code: "formula",
    forms: [
      (t) => formula(t, { op: "+", of: [1, { now: "price" }] }),
      (t) => formula(t, { op: "<", of: [{ read: "energyEvse.state", target: dev(make(t, "charger")) }, "fault"] }),
      (t) => formula(t, { op: "and", of: [{ now: "hour" }, true] }),
      (t) => doing(t, { kind: "wait", minutes: { op: "=", of: [{ now: "hour" }, 1] } }),
      (t) => doing(t, s.cmd(dev(make(t, "light")), "levelControl.moveToLevel", { level: { op: "not", of: [true] } })),
      (t) => formula(t, { op: "=", of: [{ read: TEMPERATURE, target: temp(t) }, "warm"] }),
    ],
  },
  {
    code: "unknown-variable",
    forms: [
      (t) => doing(t, { kind: "wait", minutes: { variable: "lost" } }),
      (t) => ({
        ...s.when(someTrigger(t), s.notify("x"), {
          if: { kind: "formula", is: { op: ">", of: [{ variable: "later" }, 1] } },
        }),
        variables: { later: 5 },
      }),
    ],
  },
  {
    code: "no-trigger-value",
    forms: [
      (_t) => s.when({ kind: "mode", to: ["away"] }, { kind: "wait", minutes: { trigger: "value" } }),
      (t) => s.during({ kind: "formula", is: { op: ">", of: [{ trigger: "value" }, 3] } }, s.on(dev(someLoad(t)))),
      () => s.when(s.at("07:00"), { kind: "wait", minutes: { trigger: "before" } }),
    ],
  },
  { code: "unknown-scene", forms: [(t) => doing(t, { kind: "scene", scene: "no-scene" })] },
  { code: "unknown-rule", forms: [(t) => doing(t, { kind: "rule", rule: "no-rule" })] },
  {
    code: "unknown-mode",
    forms: [
      (t) => doing(t, { kind: "mode", to: "party" }),
      (t) => iff(t, s.mode("home", "party")),
      (t) => starting(t, { kind: "mode", to: ["party"] }),
    ],
  },
  {
    code: "unknown-person",
    forms: [(t) => iff(t, s.home("Zoe")), (t) => starting(t, { kind: "presence", who: "Zoe", does: "comes" })],
  },
  {
    code: "unknown-entry",
    forms: [
      (t) => iff(t, { kind: "calendar", entry: "birthday" }),
      (t) => starting(t, { kind: "calendar", entry: "birthday", edge: "begins" }),
    ],
  },
  {
    code: "unknown-trigger",
    forms: [
      (t) => iff(t, { kind: "trigger", id: "nobody" }),
      (t) => s.during({ kind: "trigger", id: "nobody" }, s.on(dev(someLoad(t)))),
    ],
  },
  {
    code: "time",
    forms: [
      (t) => starting(t, { kind: "cron", expression: "0 7 31 2 *" }),
      (t) => starting(t, { kind: "cron", expression: "61 7 * * *" }),
      (t) => starting(t, s.at("07:00", { dates: ["12-24"], months: [6] })),
      (t) => starting(t, { kind: "sun", event: "sunset", notBefore: "21:00", notAfter: "18:00" }),
    ],
  },
  {
    code: "too-long",
    forms: [
      (t) =>
        doing(
          t,
          Array.from(
            { length: 50 },
            (): Step => ({ kind: "repeat", times: 2, do: Array.from({ length: 9 }, () => s.notify("x")) }),
          ),
        ),
    ],
  },
  { code: "too-deep", forms: [(t) => iff(t, deep(10 + t.dice.below(20), s.mode("home")))] },
];

/** Two that are never so together. */
const contradictions: readonly ((t: Site) => [Condition, Condition])[] = [
  (t) =>
    ((target, n) =>
      [s.state(target, TEMPERATURE, ">", n), s.state(target, TEMPERATURE, "<", n - t.dice.below(9))] as [
        Condition,
        Condition,
      ])(temp(t), 20 + t.dice.below(9)),
  () => [s.between("08:00", "12:00"), s.between("13:00", "07:30")],
  () => [s.between("08:00", "22:00", [1, 2, 3]), s.between("08:00", "22:00", [5, 6])],
  () => [s.mode("home", "night"), s.mode("away")],
  () => [s.home("anna", true), s.home("anyone", false)],
  () => [
    { kind: "date", from: "06-01", to: "08-31" },
    { kind: "date", from: "11-01", to: "02-28" },
  ],
  (t) => ((id) => [s.isOn(id), s.not(s.isOn(id))] as [Condition, Condition])(make(t, "lamp")),
  (t) =>
    ((target) =>
      [
        s.state(target, TEMPERATURE, ">", 25),
        { kind: "formula", is: { op: "<=", of: [{ read: TEMPERATURE, target }, 24] } },
      ] as [Condition, Condition])(temp(t)),
  () => [
    { kind: "priceBelow", perKwh: 0.1 },
    { kind: "formula", is: { op: ">", of: [{ now: "price" }, 0.2] } },
  ],
  () => [{ kind: "sun", is: "up" }, s.between("23:30", "01:30")],
];

function contradiction(site: Site): Condition {
  const pair = contradictions[site.dice.below(contradictions.length)]?.(site) ?? [s.mode("home"), s.mode("away")];
  return site.dice.chance(0.5) ? s.all(...pair) : s.all(someFact(site), s.all(...pair));
}

/** A fact that goes with every contradiction. */
const someFact = (site: Site): Condition => s.isMoving(make(site, "motion"));

const always: Forms = [
  (t) => s.during(s.state(temp(t), TEMPERATURE, ">", -280), s.on(dev(someLoad(t)))),
  (t) => s.during(s.mode("home", "away", "night", "holiday", "guests"), s.on(dev(someLoad(t)))),
  (t) => ((id) => s.during(s.any(s.isOn(id), s.isOn(id, false)), s.on(dev(someLoad(t)))))(make(t, "lamp")),
  (t) =>
    s.when(someTrigger(t), s.on(dev(someLoad(t))), {
      if: s.any(s.between("06:00", "18:00"), s.between("18:00", "06:00")),
    }),
  (t) =>
    s.when(someTrigger(t), s.on(dev(someLoad(t))), {
      if: s.all(someFact(t), s.state(dev(make(t, "light")), "levelControl.currentLevel", ">=", 0)),
    }),
];

const never: Forms = [
  (t) => s.during(contradiction(t), s.on(dev(someLoad(t)))),
  (t) => s.when(someTrigger(t), s.on(dev(someLoad(t))), { if: contradiction(t) }),
  (t) =>
    s.during(
      s.state(dev(make(t, "light")), "levelControl.currentLevel", ">", 100 + t.dice.below(100)),
      s.on(dev(someLoad(t))),
    ),
  (t) =>
    s.when(s.at("07:00", { weekdays: [6, 7] }), s.on(dev(someLoad(t))), {
      if: s.between("06:00", "09:00", [1, 2, 3, 4, 5]),
    }),
  (t) => s.when(s.at("22:15"), s.on(dev(someLoad(t))), { if: s.between("06:00", "22:00") }),
  (t) => s.when({ kind: "mode", to: ["night"] }, s.on(dev(someLoad(t))), { if: s.mode("home") }),
  (t) =>
    s.when({ kind: "presence", who: "everyone", does: "leaves" }, s.on(dev(someLoad(t))), { if: s.home("everyone") }),
  (t) => ((m) => s.when(s.moves(m), s.on(dev(someLoad(t))), { if: s.isMoving(m, false) }))(make(t, "motion")),
  (t) => s.when(s.crosses(temp(t), TEMPERATURE, { above: 20, below: 25 }), s.on(dev(someLoad(t)))),
  (t) => doing(t, { kind: "choose", options: [{ if: contradiction(t), do: [s.notify("x")] }] }),
];

/** The other rule is the last that was saved. */
const against = (site: Site, other: object, own: object): Draft => {
  site.rules.push(other);
  return own;
};

const fights: Forms = [
  (t) => ((x) => against(t, s.during(someCondition(t), s.off(x)), s.during(someFact(t), s.on(x))))(dev(someLoad(t))),
  (t) =>
    ((x) =>
      against(t, s.during(s.between("22:00", "06:00"), s.off(x)), s.during(s.between("05:00", "09:00"), s.on(x))))(
      dev(someLoad(t)),
    ),
  (t) =>
    ((x) => against(t, s.during(someFact(t), s.on(x), s.off(x)), s.when(someTrigger(t), s.on(x))))(dev(someLoad(t))),
  (t) =>
    ((x, m) => against(t, s.when(s.at(m), s.on(x)), s.when({ kind: "every", minutes: 60 }, s.off(x))))(
      dev(someLoad(t)),
      clock(60 * t.dice.below(24)),
    ),
  (t) =>
    ((x, m) => against(t, s.when(s.moves(m), s.on(x)), s.when([someTrigger(t), s.moves(m)], s.off(x))))(
      dev(someLoad(t)),
      make(t, "motion"),
    ),
  (t) =>
    ((x) =>
      against(
        t,
        s.during(s.mode("night", "home"), s.heatTo(dev(x), 17)),
        s.during(s.all(s.mode("home", "guests"), someFact(t)), s.heatTo(dev(x), 21)),
      ))(make(t, "thermostat")),
  (t) =>
    ((x, m) => {
      t.scenes.push({
        id: "movie",
        title: "Movie",
        actions: [{ node: x, endpoint: 1, capability: "onOff", command: "off", args: {} }],
      });
      return against(t, s.when(s.pressed(m), { kind: "scene", scene: "movie" }), s.when(s.pressed(m), s.on(dev(x))));
    })(someLoad(t), make(t, "button")),
  (t) => {
    t.devices.push(["lamp", "shed-lamp", "Shed lamp", "Shed"]);
    return against(
      t,
      s.during(s.between("20:00", "23:00"), s.on(s.inRoom("Shed", "light"))),
      s.during(s.mode("away"), s.off(dev("shed-lamp"))),
    );
  },
];

const flip = (id: string): CommandStep => s.cmd(dev(id), "onOff.toggle");
const turns = (id: string, to?: boolean) => s.becomes(dev(id), "onOff.onOff", to);

const loops: Forms = [
  (t) => ((a, b) => against(t, s.when(turns(a), flip(b)), s.when(turns(b), flip(a))))(make(t, "lamp"), make(t, "lamp")),
  (t) => ((a) => s.when(turns(a), flip(a)))(make(t, "lamp")),
  (t) =>
    ((a, b) =>
      against(t, s.during(s.isOn(a), s.on(dev(b)), s.off(dev(b))), s.during(s.isOn(b), s.off(dev(a)), s.on(dev(a)))))(
      make(t, "lamp"),
      make(t, "lamp"),
    ),
  (t) =>
    ((a) =>
      against(
        t,
        s.when(turns(a, true), [s.wait(1), s.off(dev(a))]),
        s.when(turns(a, false), [s.wait(1), s.on(dev(a))]),
      ))(make(t, "lamp")),
  (t) =>
    ((a, b, c) => {
      t.rules.push(s.when(turns(a), flip(b)));
      return against(t, s.when(turns(b), flip(c)), s.when(turns(c), flip(a)));
    })(make(t, "lamp"), make(t, "lamp"), make(t, "lamp")),
  (t) =>
    against(
      t,
      s.when({ kind: "mode", to: ["guests"] }, { kind: "mode", to: "night" }),
      s.when({ kind: "mode", to: ["night"] }, { kind: "mode", to: "guests" }),
    ),
  (t) =>
    ((x) =>
      s.when(
        s.becomes(dev(x), "levelControl.currentLevel"),
        s.cmd(dev(x), "levelControl.moveToLevel", { level: { op: "+", of: [{ trigger: "value" }, 1] } }),
      ))(make(t, "light")),
  (t) =>
    ((a) => {
      t.scenes.push({
        id: "dark",
        title: "Dark",
        actions: [{ node: a, endpoint: 1, capability: "onOff", command: "off", args: {} }],
      });
      return against(
        t,
        s.when(turns(a, false), [s.wait(2), s.on(dev(a))]),
        s.when(turns(a, true), [s.wait(2), { kind: "scene", scene: "dark" }]),
      );
    })(make(t, "lamp")),
];

const plans: Forms = [
  (t) => ((node) => planned(t, node, "on", s.when(s.at("02:00"), [s.off(dev(node))])))(someLoad(t)),
  (t) => ((node) => planned(t, node, "off", s.during(someFact(t), s.on(dev(node)))))(someLoad(t)),
  (t) => ((node) => planned(t, node, "on", s.when(someTrigger(t), s.off(dev(node)))))(someLoad(t)),
];

function planned(site: Site, node: string, command: string, own: Draft): Draft {
  const head = { id: "steering", plan: "plan-x", title: "A running plan", origin: "plan", enabled: true } as const;
  site.plans.push({
    ...head,
    when: s.between("01:00", "05:00"),
    then: [{ node, endpoint: 1, capability: "onOff", command, args: {} }],
  });
  return own;
}

const hotNames = ["Iron", "Bath heater", "Kettle", "Toaster", "Electric blanket", "Sauna", "Heizlüfter"] as const;
const hot = (t: Site): string => (t.dice.chance(0.3) ? make(t, "boiler") : make(t, "plug", t.dice.of(hotNames)));
const open = (id: string): CommandStep => s.cmd(dev(id), "valveConfigurationAndControl.open");
const unlock = (t: Site): CommandStep =>
  t.dice.chance(0.5)
    ? s.cmd(dev(make(t, "lock")), "doorLock.unlockDoor")
    : s.cmd(dev(make(t, "gate")), "closureControl.moveTo", { position: "moveToFullyOpen" });

const warnings: readonly Fault[] = [
  {
    code: "empty-room",
    forms: [
      (t) => doing(t, s.on(s.inRoom("Nursery", "light"))),
      (t) => iff(t, s.state({ rooms: ["Nursery"] }, "onOff.onOff", "=", true)),
    ],
  },
  { code: "never", forms: never },
  { code: "always", forms: always },
  { code: "fight", forms: fights },
  { code: "loop", forms: loops },
  { code: "plan", forms: plans },
  {
    code: "heat-without-end",
    forms: [
      (t) => s.when(someTrigger(t), s.on(dev(hot(t))), { if: someCondition(t) }),
      (t) => s.during(someCondition(t), s.on(dev(hot(t)))),
      (t) => ((x) => s.when(someTrigger(t), [s.off(dev(x)), s.wait(10), s.on(dev(x))]))(hot(t)),
      (t) =>
        s.when(someTrigger(t), s.cmd(dev(make(t, "boiler")), "waterHeaterManagement.boost", { duration: 1_000_000 })),
      (t) => doing(t, { kind: "choose", options: [{ if: someCondition(t), do: [s.wait(5), s.on(dev(hot(t)))] }] }),
    ],
  },
  {
    code: "opened-for-anyone",
    forms: [
      (t) => s.when(s.moves(make(t, "motion")), unlock(t)),
      (t) => s.when(s.pressed(make(t, "button")), unlock(t), { if: s.between("08:00", "18:00") }),
      (t) => s.when(s.at(clock(t.dice.below(1440))), unlock(t)),
      (t) => s.during(s.isMoving(make(t, "motion")), unlock(t)),
      (t) => s.when(s.sun("sunrise"), [s.wait(5), unlock(t)]),
    ],
  },
  {
    code: "water-without-end",
    forms: [
      (t) => s.when(someTrigger(t), open(make(t, "valve")), { if: someCondition(t) }),
      (t) => s.when(someTrigger(t), s.on(dev(make(t, "tap")))),
      (t) => s.during(someCondition(t), open(make(t, "valve"))),
    ],
  },
  {
    code: "alarm-silenced",
    forms: [
      (t) => s.when(someTrigger(t), s.off(dev(make(t, "smoke")))),
      (t) => ((x) => s.during(someCondition(t), s.off(dev(x)), s.on(dev(x))))(make(t, "smoke")),
    ],
  },
  {
    code: "cold-chain",
    forms: [
      (t) => s.when(someTrigger(t), s.off(dev(make(t, "fridge")))),
      (t) => s.when(someTrigger(t), s.off(dev(make(t, "plug", "Freezer")))),
      (t) => ((x) => s.during(someCondition(t), s.off(dev(x)), s.on(dev(x))))(make(t, "fridge")),
    ],
  },
  {
    code: "frost",
    forms: [
      (t) => s.when(someTrigger(t), s.heatTo(dev(make(t, "thermostat")), 4)),
      (t) => s.during(someCondition(t), s.heatTo(dev(make(t, "thermostat")), 4.5)),
    ],
  },
];

export const faults: readonly Fault[] = [...errors, ...warnings];
