/** Proposals that are at odds with the home's rules, or run in circles with them. Bad by how they are made. */
import type { Proposal, Rule, RuleAction } from "../../../hub/model/plan.ts";
import type { HomeRule } from "../../../hub/model/rule/rule.ts";
import { idOf } from "../demo-home.ts";
import { type Around, type Case, pick, policyOf, policyStopped, type Random, stoppedAtOnce } from "./case.ts";
import { ask, between, clock, honest, isOn, proposing, rule, whole } from "./changes.ts";
import { type House, homeRule } from "./house.ts";

const step = (a: RuleAction) => ({
  ...{ kind: "command", target: { nodes: [a.node] }, capability: a.capability, command: a.command, args: a.args },
});

/** What a person could ask of a device that is planned. */
const WISHES: readonly (readonly [string, RuleAction])[] = [
  ["charge now", ask("EV charger", "energyEvse", "enableCharging")],
  ["no charging now", ask("EV charger", "energyEvse", "disable")],
  ["battery waits", ask("Home battery", "batteryControl", "set", { mode: "hold" })],
  ["battery fills", ask("Home battery", "batteryControl", "set", { mode: "chargeFromGrid" })],
  ["water off", ask("Water heater", "onOff", "off")],
  ["water on", ask("Water heater", "onOff", "on")],
  ["warm", ask("Living room thermostat", "thermostat", "set", { occupiedHeatingSetpoint: 23 })],
];

/** A rule of a person that asks for it: at a time, when somebody comes, or as long as something is so. */
function personRule(random: Random, title: string, action: RuleAction): HomeRule {
  const way = whole(random, 0, 2);
  if (way === 0)
    return homeRule({
      ...{ form: "when", title, do: [step(action)] },
      on: [{ kind: "time", at: clock(whole(random, 0, 23), whole(random, 0, 59)) }],
    });
  if (way === 1)
    return homeRule({
      ...{ form: "when", title, do: [step(action)] },
      on: [
        { kind: "becomes", target: { nodes: [idOf("Hallway motion")] }, of: "occupancySensing.occupancy", to: true },
      ],
    });
  return homeRule({
    form: "while",
    title,
    while: isOn("Hallway motion", "occupancySensing.occupancy"),
    keep: [step(action)],
  });
}

const contrary = (house: House, random: Random): readonly [Proposal, RuleAction] => {
  // A plan that keeps one thing at all hours of the day, and a person who wants another.
  const [, wanted] = pick(random, WISHES);
  const device = [...house.home.nodes.values()].find((n) => n.description.id === wanted.node)?.description.name ?? "";
  const [, kept] = pick(
    random,
    WISHES.filter(([, a]) => a.node === wanted.node && JSON.stringify(a) !== JSON.stringify(wanted)).concat(
      device === "Living room thermostat"
        ? [["cool", ask(device, "thermostat", "set", { occupiedHeatingSetpoint: 20 })] as const]
        : [],
    ),
  );
  const ends = kept.capability === "onOff" ? [{ ...kept, command: kept.command === "on" ? "off" : "on" }] : undefined;
  return [proposing(house, device, [rule(between(0, 23), [kept], ends)]), wanted];
};

const running = (house: House, random: Random): readonly Rule[] =>
  honest(house, random).rules.map((r) => ({ ...r, plan: "another", title: "Another plan" }));

export function conflicts(house: House, random: Random, k: number): Case {
  const name = "conflict";
  const policy = policyOf(house);
  if (k % 5 === 0) {
    const [proposal, wanted] = contrary(house, random);
    const rules = [personRule(random, "As I want it", wanted)];
    return {
      class: name,
      what: `plan: a person's ${wanted.command}`,
      stopped: () => stoppedAtOnce(house, proposal, { rules }),
    };
  }
  if (k % 5 === 1) {
    const proposal = honest(house, random);
    const plans = proposal.rules.map((r) => ({ ...r, plan: "another", title: "Another plan" }));
    return {
      class: name,
      what: `plan: ${proposal.title} twice`,
      stopped: () => stoppedAtOnce(house, proposal, { plans }),
    };
  }
  if (k % 5 === 2) {
    const [one, two] = pick(random, [
      [ask("EV charger", "energyEvse", "disable"), ask("EV charger", "energyEvse", "enableCharging")],
      [
        ask("Home battery", "batteryControl", "set", { mode: "hold" }),
        ask("Home battery", "batteryControl", "set", { mode: "followLoad" }),
      ],
      [ask("Water heater", "onOff", "off"), ask("Water heater", "onOff", "on")],
    ] as const);
    const device =
      one.node === idOf("EV charger")
        ? "EV charger"
        : one.node === idOf("Water heater")
          ? "Water heater"
          : "Home battery";
    const from = whole(random, 0, 20);
    const rules = [
      rule(between(from, from + 3), [one], undefined, "a"),
      rule(between(from + 1, from + 5), [two], undefined, "b"),
    ];
    const proposal = proposing(house, device, rules);
    return {
      class: name,
      what: `plan: wants two things of ${device} at once`,
      stopped: () => stoppedAtOnce(house, proposal, {}),
    };
  }
  if (k % 5 === 3) {
    const [title, wanted] = pick(random, WISHES);
    const around = { rules: [personRule(random, title, wanted)] };
    return {
      class: name,
      what: `policy: a person's rule "${title}"`,
      stopped: () => policyStopped(house, policy, around),
    };
  }
  const around: Around =
    random() < 0.5
      ? {
          policies: [
            { ...policy, id: "q", title: "Another policy", state: "running", devices: [pick(random, policy.devices)] },
          ],
        }
      : {
          plans: running(house, random).filter((r) =>
            policy.devices.some((d) => r.then.some((a) => a.node === d.node)),
          ),
        };
  const whole_: Around = around.plans?.length === 0 ? { policies: [{ ...policy, id: "q", state: "running" }] } : around;
  return {
    class: name,
    what: "policy: a device that is steered already",
    stopped: () => policyStopped(house, policy, whole_),
  };
}

const onOff = (device: string) => ({ of: "onOff.onOff", target: { nodes: [idOf(device)] } });

/** Rules of a person that answer each change of one plug with a change of another. */
const answering = (from: string, to: string): readonly HomeRule[] =>
  [true, false].map((is) =>
    homeRule({
      ...{ form: "when", title: `${to} when ${from}` },
      on: [{ kind: "becomes", ...onOff(from), to: is }],
      do: [step(ask(to, "onOff", is ? "off" : "on"))],
    }),
  );

const PLUGS = ["Dishwasher", "TV corner", "Water heater"] as const;

export function loops(house: House, random: Random, k: number): Case {
  const name = "loop";
  const one = pick(random, PLUGS);
  const two = pick(
    random,
    PLUGS.filter((p) => p !== one),
  );
  const on = (device: string) => ask(device, "onOff", "on");
  const off = (device: string) => ask(device, "onOff", "off");
  if (k % 4 === 0) {
    const proposal = proposing(house, one, [rule(isOn(one, "onOff.onOff"), [off(one)], [on(one)])]);
    return { class: name, what: `plan: ${one} against itself`, stopped: () => stoppedAtOnce(house, proposal) };
  }
  if (k % 4 === 1) {
    const proposal = proposing(house, one, [rule(isOn(two, "onOff.onOff"), [on(one)], [off(one)])]);
    const plans = [{ ...rule(isOn(one, "onOff.onOff"), [off(two)], [on(two)], "other"), plan: "another" }];
    return {
      class: name,
      what: `plan: ${one} and a plan for ${two}`,
      stopped: () => stoppedAtOnce(house, proposal, { plans }),
    };
  }
  if (k % 4 === 2) {
    const proposal = proposing(house, one, [rule(isOn(two, "onOff.onOff"), [on(one)], [off(one)])]);
    const rules = answering(one, two);
    return {
      class: name,
      what: `plan: ${one} and a person's rules for ${two}`,
      stopped: () => stoppedAtOnce(house, proposal, { rules }),
    };
  }
  const [device, of, values] = pick(random, [
    ["EV charger", "energyEvse.supplyState", { disabled: ask("EV charger", "energyEvse", "enableCharging") }],
    [
      "Home battery",
      "batteryControl.mode",
      { hold: ask("Home battery", "batteryControl", "set", { mode: "followLoad" }) },
    ],
    ["Water heater", "onOff.onOff", { false: on("Water heater") }],
  ] as const);
  const [[seen, answer]] = Object.entries(values) as [[string, RuleAction]];
  const rules = [
    homeRule({
      ...{ form: "when", title: `Never ${seen}` },
      on: [{ kind: "becomes", target: { nodes: [idOf(device)] }, of, to: seen === "false" ? false : seen }],
      do: [step(answer)],
    }),
  ];
  return {
    class: name,
    what: `policy: a rule undoes what it does with ${device}`,
    stopped: () => policyStopped(house, policyOf(house), { rules }),
  };
}
