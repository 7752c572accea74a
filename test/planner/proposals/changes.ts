/** Ways to make a proposal of one's own, with the words that all generators of bad ones share. */
import type { Condition, Proposal, Rule, RuleAction } from "../../../hub/model/plan.ts";
import { rule as strategyRule } from "../../../hub/planner/strategies/strategy.ts";
import { idOf, pathOf } from "../demo-home.ts";
import { pick, type Random } from "./case.ts";
import type { House } from "./house.ts";

export const ALWAYS: Condition = { kind: "between", from: "00:00", to: "00:00" };

export const ask = (
  device: string,
  capability: string,
  command: string,
  args: RuleAction["args"] = {},
): RuleAction => ({
  ...{ node: idOf(device), endpoint: 1, capability, command, args },
});
export const rule = (when: Condition, then: readonly RuleAction[], otherwise?: readonly RuleAction[], id = "r"): Rule =>
  strategyRule(id, "Because it saves", when, then, otherwise);

export const clock = (hour: number, minute = 0): string =>
  `${String(((hour % 24) + 24) % 24).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
export const between = (from: number, to: number): Condition => ({ kind: "between", from: clock(from), to: clock(to) });
export const isOn = (device: string, attribute: string, value: boolean | string = true): Condition => ({
  ...{ kind: "compare", path: pathOf(device, attribute), op: "=", value },
});

/** A whole number of [from, to]. */
export const whole = (random: Random, from: number, to: number): number =>
  from + Math.floor(random() * (to - from + 1));

const STRATEGY: Readonly<Record<string, string>> = {
  "EV charger": "evCheapHours",
  "Water heater": "waterHeaterCheapHours",
  "Home battery": "batteryModes",
  "Living room thermostat": "setback",
  "TV corner": "standbyCutoff",
  Dishwasher: "applianceShift",
};

/** A proposal with rules of somebody's own, dressed as one of the home's. */
export function proposing(house: House, device: string, rules: readonly Rule[]): Proposal {
  const dress = house.proposals.find((p) => p.strategy === STRATEGY[device]) ?? house.proposals[0];
  if (!dress) throw new RangeError("this home has nothing to propose");
  return { ...dress, node: idOf(device), rules };
}

/** One that the hub would make itself. */
export const honest = (house: House, random: Random): Proposal => pick(random, house.proposals);

/** The same with every action changed. */
export const retold = (p: Proposal, change: (action: RuleAction) => RuleAction): Proposal => ({
  ...p,
  rules: p.rules.map((r) => ({
    ...r,
    then: r.then.map(change),
    ...(r.otherwise ? { otherwise: r.otherwise.map(change) } : {}),
  })),
});
