/**
 * Homes and sets of harmless rules from a seed: every device that a rule steers is its own, or is shared in a way that is known
 * to be no fight. What is wrong with a set is then only what faults.ts puts in.
 */

import type { Home } from "../../../hub/model/home.ts";
import type { Scene } from "../../../hub/model/house.ts";
import type { Rule } from "../../../hub/model/plan.ts";
import type { Condition } from "../../../hub/model/rule/condition.ts";
import type { CommandStep } from "../../../hub/model/rule/step.ts";
import type { Trigger } from "../../../hub/model/rule/trigger.ts";
import { homeOf, type KindName, type Listed } from "./home.ts";
import * as s from "./say.ts";

export interface Dice {
  /** 0 to below n. */
  readonly below: (n: number) => number;
  readonly of: <T>(list: readonly [T, ...T[]]) => T;
  readonly chance: (share: number) => boolean;
}

/** Mulberry32: the same seed gives the same home. */
export function diceOf(seed: number): Dice {
  let a = seed >>> 0;
  const next = () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (n: number) => Math.floor(next() * n);
  return { below, chance: (share) => next() < share, of: (list) => list[below(list.length)] ?? list[0] };
}

/** A home in the making. */
export interface Site {
  readonly dice: Dice;
  readonly devices: Listed[];
  readonly rules: object[];
  readonly plans: Rule[];
  readonly scenes: Scene[];
}

const rooms = ["Kitchen", "Living room", "Hall", "Garage", "Cellar", "Bedroom", "Bathroom", "Office"] as const;

/** A new device; its id. Names of sockets are harmless ones unless given. */
export function make({ dice, devices }: Site, kind: KindName, name?: string): string {
  const id = `${kind}-${devices.length}`;
  const room = dice.of(rooms);
  devices.push([kind, id, name ?? `${kind} ${devices.length}`, room, dice.chance(0.2) ? ["mine"] : []]);
  return id;
}

export const clock = (minutes: number): string => {
  const m = ((minutes % 1440) + 1440) % 1440;
  return `${String(Math.floor(m / 60)).padStart(2, "0")}:${String(m % 60).padStart(2, "0")}`;
};

const TEMPERATURE = "temperatureMeasurement.measuredValue";

/** Conditions that may be so or not, each about another thing, so that they go together. */
const facts: readonly ((site: Site) => Condition)[] = [
  ({ dice }) => s.between(clock(dice.below(1440)), clock(dice.below(1440) + 1)),
  (site) =>
    s.state(s.dev(make(site, "climate")), TEMPERATURE, site.dice.of(["<", ">", ">=", "<="]), 10 + site.dice.below(20)),
  (site) => s.isMoving(make(site, "motion"), site.dice.chance(0.7)),
  (site) =>
    s.state(s.dev(make(site, "contact"), make(site, "contact")), "booleanState.stateValue", "=", false, {
      every: site.dice.chance(0.5),
      forMinutes: 1 + site.dice.below(20),
    }),
  ({ dice }) => s.mode(dice.of(["home", "away", "night"]), dice.of(["holiday", "guests"])),
  ({ dice }) => s.home(dice.of(["anyone", "everyone", "anna", "Ben"]), dice.chance(0.6)),
  ({ dice }) => ({ kind: "date", from: dice.of(["03-01", "10-15"]), to: dice.of(["05-31", "09-30", "01-15"]) }),
  ({ dice }) => ({ kind: "priceBelow", perKwh: dice.below(30) / 100 }),
  ({ dice }) => ({ kind: "surplusAbove", watts: 100 * dice.below(40) }),
  ({ dice }) => ({ kind: "calendar", entry: dice.of(["holiday", "absence", "bins"]) }),
  (site) => ({
    kind: "formula",
    is: {
      op: ">",
      of: [
        { read: TEMPERATURE, target: s.dev(make(site, "climate")) },
        { op: "+", of: [{ read: TEMPERATURE, target: s.dev(make(site, "climate")) }, 2] },
      ],
    },
  }),
  (site) =>
    s.any(
      s.state(s.dev(make(site, "air")), "carbonDioxideConcentrationMeasurement.measuredValue", ">", 800),
      s.isMoving(make(site, "motion")),
    ),
];

/** One to three facts that can be so together. A band of the day from a time to the same time never comes. */
export function someCondition(site: Site, most = 3): Condition {
  const { dice } = site;
  const start = dice.below(facts.length);
  const count = 1 + dice.below(most);
  const parts = Array.from(
    { length: count },
    (_, i) => facts[(start + i * 5) % facts.length]?.(site) ?? s.mode("home"),
  ).filter((c) => c.kind !== "between" || c.from !== c.to);
  const [first = s.mode("home")] = parts;
  const whole = parts.length > 1 ? s.all(...parts) : first;
  return dice.chance(0.1) && first.kind !== "formula" && parts.length === 1 ? s.not(first) : whole;
}

/** What starts a rule and says nothing that a condition could contradict. */
export function someTrigger(site: Site): Trigger {
  const { dice } = site;
  const made: readonly [() => Trigger, ...(() => Trigger)[]] = [
    () => s.pressed(make(site, "button"), dice.of(["singlePress", "doublePress", "longPress"])),
    () => s.moves(make(site, "motion")),
    () =>
      s.becomes(
        s.dev(make(site, "contact")),
        "booleanState.stateValue",
        false,
        dice.chance(0.5) ? 1 + dice.below(30) : undefined,
      ),
    () => s.crosses(s.dev(make(site, "climate")), TEMPERATURE, { above: 15 + dice.below(15) }),
    () => ({ kind: "holds", condition: someCondition(site, 1) }),
    () => ({ kind: "started" }),
  ];
  return dice.of(made)();
}

/** A light, a plug or a fan of its own. */
export const someLoad = (site: Site): string => make(site, site.dice.of(["light", "lamp", "plug", "fan"]));

type Template = (site: Site) => void;

const twoRules: readonly Template[] = [
  (site) => {
    const [light, pir] = [someLoad(site), make(site, "motion")];
    site.rules.push(
      s.when(s.moves(pir), s.on(s.dev(light)), { if: someCondition(site, 2) }),
      s.when(s.rests(pir, 1 + site.dice.below(20)), s.off(s.dev(light))),
    );
  },
  (site) => {
    const [load, a, b] = [someLoad(site), site.dice.below(1440), 1 + site.dice.below(1438)];
    site.rules.push(
      s.during(s.between(clock(a), clock(a + b)), s.on(s.dev(load))),
      s.during(s.between(clock(a + b), clock(a)), s.off(s.dev(load))),
    );
  },
  (site) => {
    const heat = make(site, "thermostat");
    site.rules.push(
      s.during(s.all(s.mode("home", "guests"), s.home("ben", site.dice.chance(0.5))), s.heatTo(s.dev(heat), 21)),
      s.during(s.mode("away", "holiday", "night"), s.heatTo(s.dev(heat), 16)),
    );
  },
  (site) => {
    const [fan, temp, limit] = [make(site, "fan"), make(site, "climate"), 15 + site.dice.below(10)];
    site.rules.push(
      s.during(s.state(s.dev(temp), TEMPERATURE, ">", limit), s.on(s.dev(fan))),
      s.during(s.state(s.dev(temp), TEMPERATURE, "<=", limit - site.dice.below(2)), s.off(s.dev(fan))),
    );
  },
  (site) => {
    const [lamp, button] = [make(site, "lamp"), make(site, "button")];
    site.rules.push(
      s.when(s.pressed(button), s.on(s.dev(lamp)), { if: s.isOn(lamp, false) }),
      s.when(s.pressed(button), s.off(s.dev(lamp)), { if: s.isOn(lamp) }),
    );
  },
  (site) => {
    const load = someLoad(site);
    site.rules.push(
      s.during(someCondition(site), s.on(s.dev(load))),
      s.during(someCondition(site), s.off(s.dev(load)), undefined, { rank: 10 }),
    );
  },
  (site) => {
    const [a, b] = [make(site, "lamp"), make(site, "lamp")];
    for (const is of [true, false])
      site.rules.push(
        s.when(s.becomes(s.dev(a), "onOff.onOff", is), is ? s.on(s.dev(b)) : s.off(s.dev(b))),
        s.when(s.becomes(s.dev(b), "onOff.onOff", is), is ? s.on(s.dev(a)) : s.off(s.dev(a))),
      );
  },
  (site) => {
    const [load, m] = [someLoad(site), site.dice.below(1440)];
    site.rules.push(
      s.when(s.at(clock(m)), s.on(s.dev(load)), { if: s.mode("home") }),
      s.when(s.at(clock(m + 1 + site.dice.below(1400))), s.off(s.dev(load))),
    );
  },
  (site) => {
    const [a, b] = [make(site, "lamp"), make(site, "lamp")];
    site.rules.push(
      s.when(s.becomes(s.dev(a), "onOff.onOff", true), s.off(s.dev(b))),
      s.when(s.becomes(s.dev(a), "onOff.onOff", false), s.on(s.dev(b))),
    );
  },
  (site) => {
    const [load, m] = [someLoad(site), site.dice.below(1440)];
    site.rules.push(
      s.when(s.at(clock(m), { weekdays: [1, 2, 3] }), s.on(s.dev(load))),
      s.when(s.at(clock(m), { weekdays: [4, 6] }), s.off(s.dev(load))),
    );
  },
  (site) => {
    const load = make(site, "lamp");
    site.rules.push(
      s.during({ kind: "sun", is: "down" }, s.on(s.dev(load))),
      s.during(s.between("11:00", "14:00"), s.off(s.dev(load))),
    );
  },
];

const oneRule: readonly Template[] = [
  (site) => {
    const load = someLoad(site);
    site.rules.push(s.during(someCondition(site), s.on(s.dev(load)), s.off(s.dev(load))));
  },
  (site) => {
    const hot = site.dice.chance(0.5)
      ? make(site, "boiler")
      : make(site, "plug", site.dice.of(["Iron", "Bath heater", "Kettle", "Heizlüfter"]));
    const ends: readonly [() => object, ...(() => object)[]] = [
      () => s.when(someTrigger(site), [s.on(s.dev(hot)), s.wait(5 + site.dice.below(120)), s.off(s.dev(hot))]),
      () => s.during(someCondition(site), s.on(s.dev(hot)), s.off(s.dev(hot))),
    ];
    site.rules.push(site.dice.of(ends)());
  },
  (site) => {
    const lock = make(site, "lock");
    const made: readonly [object, ...object[]] = [
      s.when(s.at(clock(site.dice.below(1440))), s.cmd(s.dev(lock), "doorLock.lockDoor")),
      s.when({ kind: "presence", who: "anna", does: "comes" }, s.cmd(s.dev(lock), "doorLock.unlockDoor")),
      s.when(s.moves(make(site, "motion")), s.cmd(s.dev(lock), "doorLock.unlockDoor"), { if: s.home() }),
      s.when(
        s.becomes(s.dev(make(site, "smoke")), "smokeCoAlarm.smokeState", "critical"),
        s.cmd(s.dev(lock), "doorLock.unlockDoor"),
      ),
    ];
    site.rules.push(site.dice.of(made));
  },
  (site) => {
    const [valve, tap] = [make(site, "valve"), make(site, "tap")];
    site.rules.push(
      s.when(someTrigger(site), [
        s.cmd(s.dev(valve), "valveConfigurationAndControl.open", { openDuration: 60 * (1 + site.dice.below(60)) }),
        s.on(s.dev(tap)),
        s.wait(15),
        s.off(s.dev(tap)),
      ]),
    );
  },
  (site) => {
    const fridge = make(site, "fridge");
    site.rules.push(
      s.when(someTrigger(site), [s.off(s.dev(fridge)), s.wait(10 + site.dice.below(60)), s.on(s.dev(fridge))]),
    );
  },
  (site) => {
    const heat = make(site, "thermostat");
    site.rules.push(
      s.when(someTrigger(site), s.heatTo(s.dev(heat), 5 + site.dice.below(20)), { if: someCondition(site) }),
    );
  },
  (site) => {
    const id = `scene-${site.scenes.length}`;
    site.scenes.push({
      id,
      title: `Scene ${site.scenes.length}`,
      actions: [{ node: someLoad(site), endpoint: 1, capability: "onOff", command: "on", args: {} }],
    });
    site.rules.push(s.when(someTrigger(site), [{ kind: "scene", scene: id }, s.notify("A scene")]));
  },
  (site) => {
    const blind = make(site, "blind");
    site.rules.push(
      s.when(
        [s.sun("sunrise", site.dice.below(60)), s.pressed(make(site, "button"))],
        s.cmd(s.dev(blind), "windowCovering.goToLiftPercentage", { liftPercent: site.dice.below(101) }),
      ),
    );
  },
  (site) => {
    const node = someLoad(site);
    const given = site.dice.chance(0.5);
    site.plans.push({
      ...{
        id: `plan-rule-${site.plans.length}`,
        plan: `plan-${site.plans.length}`,
        title: `Plan ${site.plans.length}`,
        origin: "plan",
        enabled: true,
      },
      when: s.between("01:00", "05:00"),
      then: [{ node, endpoint: 1, capability: "onOff", command: given ? "on" : "off", args: {} }],
    });
    const same: CommandStep = given ? s.on(s.dev(node)) : s.off(s.dev(node));
    site.rules.push(
      site.dice.chance(0.5)
        ? s.during(s.between("09:00", "20:00"), given ? s.off(s.dev(node)) : s.on(s.dev(node)))
        : s.during(someCondition(site), same),
    );
  },
  (site) => {
    const [load, button] = [someLoad(site), make(site, "button")];
    const pick = (id: string, step: CommandStep) => ({ if: { kind: "trigger" as const, id }, do: [step] });
    site.rules.push(
      s.when([s.pressed(button, "singlePress", "yes"), s.pressed(button, "doublePress", "no")], {
        kind: "choose",
        options: [pick("yes", s.on(s.dev(load))), pick("no", s.off(s.dev(load)))],
      }),
    );
  },
  (site) => {
    const lamp = make(site, "lamp");
    site.rules.push(
      s.when(someTrigger(site), {
        kind: "repeat",
        times: 3,
        do: [s.on(s.dev(lamp)), s.wait(1), s.off(s.dev(lamp)), s.wait(1)],
      }),
    );
  },
  (site) => {
    const [light, lux] = [make(site, "light"), make(site, "motion")];
    const level = { op: "min" as const, of: [100, { op: "/" as const, of: [{ trigger: "value" as const }, 10] }] };
    site.rules.push(
      s.when(
        s.crosses(s.dev(lux), "illuminanceMeasurement.measuredValue", { above: 50 }),
        s.cmd(s.dev(light), "levelControl.moveToLevel", { level }),
      ),
    );
  },
  (site) => {
    const lamp = make(site, "lamp");
    site.rules.push(s.when(s.becomes(s.dev(lamp), "onOff.onOff", true, 30), s.off(s.dev(lamp))));
  },
  (site) => {
    site.rules.push(s.when(someTrigger(site), s.notify("Look here"), { if: someCondition(site) }));
  },
];

export interface Generated {
  readonly site: Site;
  readonly home: () => Home;
}

/** A home with 8 to 20 rules that nothing speaks against. */
export function generate(seed: number): Generated {
  const site: Site = { dice: diceOf(seed), devices: [], rules: [], plans: [], scenes: [] };
  const { dice } = site;
  site.rules.push(
    s.when({ kind: "presence", who: "everyone", does: "leaves" }, { kind: "mode", to: "away" }),
    s.when({ kind: "presence", who: "anyone", does: "comes" }, { kind: "mode", to: "home" }),
  );
  const size = 8 + dice.below(10);
  while (site.rules.length < size) {
    const templates = dice.chance(0.5) ? twoRules : oneRule;
    templates[dice.below(templates.length)]?.(site);
  }
  for (let i = dice.below(15); i > 0; i--) make(site, dice.of(["light", "climate", "contact", "washer", "leak"]));
  return { site, home: () => homeOf(site.devices) };
}
