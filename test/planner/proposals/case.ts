/** A proposal of which it is known beforehand what it is worth, and the doors that it is put before. */
import type { Proposal, Rule } from "../../../hub/model/plan.ts";
import type { Policy } from "../../../hub/model/policy.ts";
import type { HomeRule } from "../../../hub/model/rule/rule.ts";
import { demandsOf } from "../../../hub/planner/goal.ts";
import { policyChecks } from "../../../hub/planner/policy/checks/index.ts";
import { devicesOf } from "../../../hub/planner/policy/devices.ts";
import { judge } from "../../../hub/planner/policy/judge.ts";
import { policyFor, policyHash } from "../../../hub/planner/policy/propose.ts";
import { staticChecks } from "../../../hub/planner/static-checks.ts";
import { rule as strategyRule } from "../../../hub/planner/strategies/strategy.ts";
import { verifying } from "../../../hub/planner/verify.ts";
import { checkBill } from "../../../hub/twin/compare.ts";
import { daysOf } from "../../../hub/twin/history.ts";
import { replaying } from "../../../hub/twin/replay.ts";
import { run } from "../bench.ts";
import type { House } from "./house.ts";

export const CLASSES = [
  ...["wrong device", "conflict", "danger", "injection", "loop"],
  ...["comfort harm", "cost harm", "overfit to one odd week"],
] as const;

export interface Case {
  readonly class: string;
  readonly what: string;
  /** Why it was stopped; undefined: it was let through. */
  readonly stopped: () => string | undefined;
}

export type Random = () => number;
export const pick = <T>(random: Random, list: readonly T[]): T => {
  const found = list[Math.floor(random() * list.length)];
  if (found === undefined) throw new RangeError("nothing to choose from");
  return found;
};

/** What else there is in the home. */
export interface Around {
  readonly rules?: readonly HomeRule[];
  readonly plans?: readonly Rule[];
  readonly policies?: readonly Policy[];
}

const contextOf = (house: House, { rules = [], plans = [] }: Around) => ({
  ...{ home: house.home, goals: house.goals, names: house.names, others: plans },
  house: { ...house.house, rules: [...house.house.rules, ...rules], planRules: plans },
});

/** By the checks that need no past alone. */
export function stoppedAtOnce(house: House, proposal: Proposal, around: Around = {}): string | undefined {
  return staticChecks(proposal, contextOf(house, around)).find((c) => !c.ok)?.detail;
}

/** By all doors of a plan. */
export function stoppedAtLast(house: House, proposal: Proposal, around: Around = {}): string | undefined {
  const verdict = run(verifying(proposal, contextOf(house, around), house.bench));
  return verdict.ok ? undefined : verdict.reasons.join("; ");
}

export const same = (text: string): string => text;

/** The policy that the hub itself would propose for a home's goals. */
export function policyOf(house: House, goals = house.goals, id = "p"): Policy {
  const demands = demandsOf(goals, { names: house.names, phases: 3, volts: 230 });
  const draft = { id, title: "Spend least", goals, demands, by: "Anna", at: 0 };
  const made = policyFor(
    { ...draft, assumptions: { tariff: "", loadError: 0.1 } },
    devicesOf(house.parts, house.twin),
    same,
  );
  if ("none" in made) throw new RangeError(made.none);
  return made;
}

/** A policy that says something else, and has the hash of what it says. */
export const altered = (policy: Policy, change: Partial<Policy>): Policy => {
  const whole = { ...policy, ...change };
  return { ...whole, hash: policyHash(whole, same) };
};

/** By what is looked at before a policy's trial. */
export function policyStopped(house: House, policy: Policy, around: Around = {}): string | undefined {
  const { rules = [], plans = [], policies = [] } = around;
  const demands = demandsOf(policy.goals, { names: house.names, phases: 3, volts: 230 });
  const checks = policyChecks(policy, {
    ...{ home: house.home, names: house.names, found: devicesOf(house.parts, house.twin), demands },
    house: { ...house.house, rules: [...house.house.rules, ...rules], planRules: plans },
    ...{ policies: [...policies, policy], sha256: same },
  });
  return checks.find((c) => !c.ok)?.detail;
}

/** By a policy's verdict, where the hours of its trial came out as these rules. */
export function trialStopped(house: House, rules: readonly Rule[]): string | undefined {
  const { twin, tariff, bench } = house;
  const days = daysOf(twin.history).slice(-14);
  const over = { from: days[0]?.from ?? 0, to: days.at(-1)?.to ?? 0 };
  const lived = (list: readonly Rule[]) => run(replaying(twin, { rules: list, tariff, comfort: bench.comfort, over }));
  const nothing = lived([]);
  const battery = house.parts.batteries[0];
  const plain = battery
    ? [
        strategyRule("plain", "By itself", { kind: "between", from: "00:00", to: "00:00" }, [
          {
            ...{ node: battery.node, endpoint: battery.endpoint, capability: "batteryControl", command: "set" },
            args: { mode: "followLoad" },
          },
        ]),
      ]
    : [];
  const verdict = judge({
    at: 0,
    ...{ nothing, plain: lived(plain), policy: lived(rules), least: undefined },
    bill: checkBill(nothing, days.find((d) => d.from >= twin.heldOutFrom)?.day ?? ""),
    cycles: { batteries: [] },
    ...{ limits: { noGridCharging: false, commandsPerDay: 80 }, solves: { count: 336, fallbacks: 0, meanMs: 1 } },
    currency: "EUR",
    nameOf: (node) => node,
  });
  return verdict.ok ? undefined : verdict.reasons.join("; ");
}
