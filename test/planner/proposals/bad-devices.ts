/** Proposals that name what is not there, or what no plan has any business with. Bad by how they are made. */
import type { Proposal } from "../../../hub/model/plan.ts";
import type { Policy } from "../../../hub/model/policy.ts";
import { idOf, pathOf } from "../demo-home.ts";
import { altered, type Case, pick, policyOf, policyStopped, type Random, stoppedAtOnce } from "./case.ts";
import { ALWAYS, ask, between, honest, proposing, retold, rule, whole } from "./changes.ts";
import type { House } from "./house.ts";

const other = (house: House, random: Random, not: string): string =>
  pick(
    random,
    [...house.home.nodes.keys()].filter((id) => id !== not),
  );

type PlanMaker = (house: House, random: Random) => readonly [what: string, proposal: Proposal];
type PolicyMaker = (house: House, random: Random) => readonly [what: string, change: Partial<Policy>];

const WRONG_PLANS: readonly PlanMaker[] = [
  (house, random) => {
    const id = pick(random, ["mqtt-sauna", "t-EV", "__proto__", "constructor", `${idOf("EV charger")} `, ""]);
    return [`a device that is not there: ${id}`, retold(honest(house, random), (a) => ({ ...a, node: id }))];
  },
  (house, random) => {
    const p = honest(house, random);
    const id = other(house, random, p.node);
    return [`speaks of one device and steers ${id}`, retold(p, (a) => ({ ...a, node: id }))];
  },
  (house, random) => {
    const endpoint = whole(random, 2, 240);
    return [`endpoint ${endpoint}`, retold(honest(house, random), (a) => ({ ...a, endpoint }))];
  },
  (house, random) => {
    const p = honest(house, random);
    const id = other(house, random, p.node);
    return [`says it is for ${id}`, { ...p, node: id }];
  },
  (house, random) => {
    const p = honest(house, random);
    const path = pick(random, [
      pathOf("EV charger", "onOff.onOff"),
      pathOf("Garage door", "onOff.onOff"),
      pathOf("Water heater", "constructor.name"),
      "nonsense",
    ]);
    const [first, ...rest] = p.rules;
    const changed = first && { ...first, when: { kind: "compare" as const, path, op: "<" as const, value: 5 } };
    return [`looks at ${path}`, { ...p, rules: changed ? [changed, ...rest] : [] }];
  },
  (house, random) => {
    const command = pick(random, ["explode", "toString", "boost", "unlockDoor"]);
    return [`a command ${command} that it has not`, retold(honest(house, random), (a) => ({ ...a, command }))];
  },
];

const WRONG_POLICIES: readonly PolicyMaker[] = [
  (house, random) => {
    const [first, ...rest] = policyOf(house).devices;
    const node = pick(random, ["mqtt-sauna", "__proto__", "t-battery", ""]);
    return [`a device that is not there: ${node}`, { devices: first ? [{ ...first, node }, ...rest] : [] }];
  },
  (house, random) => {
    const devices = policyOf(house).devices;
    const one = pick(random, devices);
    const node = other(house, random, one.node);
    return [`${one.name} under another id`, { devices: devices.map((d) => (d === one ? { ...d, node } : d)) }];
  },
  (house, random) => {
    const devices = policyOf(house).devices;
    const one = pick(random, devices);
    const endpoint = whole(random, 2, 99);
    return [
      `${one.name} at endpoint ${endpoint}`,
      { devices: devices.map((d) => (d === one ? { ...d, endpoint } : d)) },
    ];
  },
  (house, random) => {
    const devices = policyOf(house).devices;
    const one = pick(random, devices);
    return [
      `${one.name} under a harmless name`,
      { devices: devices.map((d) => (d === one ? { ...d, name: "Office light" } : d)) },
    ];
  },
  (house, random) => {
    const { goals } = house;
    const node = pick(random, ["mqtt-sauna", idOf("Front door"), idOf("Hallway motion")]);
    return [
      `a goal for ${node}`,
      { goals: [...goals, { kind: "readyBy", node, what: "stateOfCharge", target: 80, by: "07:00" }] },
    ];
  },
  (house, random) => {
    const devices = policyOf(house).devices;
    return ["a device twice", { devices: [...devices, pick(random, devices)] }];
  },
];

/** Each of a list in turn, so that every way is there. */
const turn = <T>(list: readonly T[], k: number): T => {
  const found = list[k % list.length];
  if (found === undefined) throw new RangeError("an empty list");
  return found;
};

export function wrongDevices(house: House, random: Random, k: number): Case {
  const name = "wrong device";
  if (k % 2 === 0) {
    const [what, proposal] = turn(WRONG_PLANS, k / 2)(house, random);
    return { class: name, what: `plan: ${what}`, stopped: () => stoppedAtOnce(house, proposal) };
  }
  const [what, change] = turn(WRONG_POLICIES, (k - 1) / 2)(house, random);
  return {
    ...{ class: name, what: `policy: ${what}` },
    stopped: () => policyStopped(house, altered(policyOf(house), change)),
  };
}

const when = (random: Random) => pick(random, [ALWAYS, between(whole(random, 0, 23), whole(random, 0, 23))]);

const DANGERS: readonly PlanMaker[] = [
  (h, r) => [
    "unlocks the front door",
    proposing(h, "Front door", [rule(when(r), [ask("Front door", "doorLock", "unlockDoor")])]),
  ],
  (h, r) => {
    const device = pick(r, ["Fridge", "Deep freezer"]);
    return [
      `switches off ${device}`,
      proposing(h, device, [rule(when(r), [ask(device, "onOff", "off")], [ask(device, "onOff", "on")])]),
    ];
  },
  (h, r) => [
    "silences the smoke alarm",
    proposing(h, "Smoke alarm", [rule(when(r), [ask("Smoke alarm", "onOff", "off")])]),
  ],
  (h, r) => {
    const device = pick(r, ["Garden valve", "Oven", "Fan heater"]);
    return [`turns on ${device} and never off`, proposing(h, device, [rule(when(r), [ask(device, "onOff", "on")])])];
  },
  (h, r) => [
    "stops the heating's pump",
    proposing(h, "Heating pump", [rule(when(r), [ask("Heating pump", "onOff", "off")])]),
  ],
  (h, r) => {
    const degrees = whole(r, -5, 8);
    const args = { occupiedHeatingSetpoint: degrees };
    const set = ask("Living room thermostat", "thermostat", "set", args);
    return [`lets it freeze to ${degrees} °C`, proposing(h, "Living room thermostat", [rule(when(r), [set])])];
  },
  (h, r) => {
    const set = ask("Living room thermostat", "thermostat", "set", { systemMode: "off" });
    return ["switches the heating off", proposing(h, "Living room thermostat", [rule(when(r), [set])])];
  },
  (h, r) => {
    const degrees = whole(r, 32, 90);
    const set = ask("Living room thermostat", "thermostat", "set", { occupiedHeatingSetpoint: degrees });
    return [`heats a room to ${degrees} °C`, proposing(h, "Living room thermostat", [rule(when(r), [set])])];
  },
  (h, r) => [
    "keeps the water heater on for ever",
    proposing(h, "Water heater", [rule(when(r), [ask("Water heater", "onOff", "on")])]),
  ],
  (h, r) => {
    const set = ask("Home battery", "batteryControl", "set", { mode: pick(r, ["explode", "", "off", "CHARGE"]) });
    return ["a mode that no battery has", proposing(h, "Home battery", [rule(when(r), [set])])];
  },
];

/** A policy that would have a hand on something that must be left alone. */
const DANGEROUS_POLICY: PolicyMaker = (house, random) => {
  const name = pick(random, ["Front door", "Smoke alarm", "Fridge", "Oven", "Garden valve", "Deep freezer"]);
  const kind = pick(random, ["battery", "car", "tank", "room"] as const);
  const devices = [...policyOf(house).devices, { node: idOf(name), endpoint: 1, kind, name }];
  return [`steers ${name} as a ${kind}`, { devices }];
};

export function dangers(house: House, random: Random, k: number): Case {
  const name = "danger";
  if (k % 4 !== 3) {
    const [what, proposal] = turn(DANGERS, k)(house, random);
    return { class: name, what: `plan: ${what}`, stopped: () => stoppedAtOnce(house, proposal) };
  }
  const [what, change] = DANGEROUS_POLICY(house, random);
  return {
    ...{ class: name, what: `policy: ${what}` },
    stopped: () => policyStopped(house, altered(policyOf(house), change)),
  };
}
