/** Limits of a policy that are kept at every moment, not only in its trial. */
import type { Rule, RuleBudget } from "../../model/plan.ts";
import type { PolicyLimits } from "../../model/policy.ts";
import type { Steered } from "./devices.ts";
import { isWayBack } from "./enact.ts";

/** Commands a day where nobody said otherwise: as many as a trial may need. */
export const USUAL_COMMANDS = 80;
/** Full cycles a day where nobody said otherwise: sun by day and a cheap night. */
export const USUAL_CYCLES = 2;
/** What people may allow at most. */
const MOST_COMMANDS = 300;
const MOST_CYCLES = 4;

/** Why limits make no sense, beginning with the field; undefined when they do. */
export function limitMisfit({ cyclesPerDay, commandsPerDay }: PolicyLimits): string | undefined {
  if (cyclesPerDay !== undefined && !(cyclesPerDay > 0 && cyclesPerDay <= MOST_CYCLES))
    return `cyclesPerDay: a battery may do more than 0 and at most ${MOST_CYCLES} full cycles a day, not ${cyclesPerDay}`;
  if (
    commandsPerDay !== undefined &&
    !(Number.isInteger(commandsPerDay) && commandsPerDay >= 1 && commandsPerDay <= MOST_COMMANDS)
  )
    return `commandsPerDay: it may be 1 to ${MOST_COMMANDS}, not ${commandsPerDay}`;
  return undefined;
}

function budgetOf(rule: Rule, { commandsPerDay, cyclesPerDay }: PolicyLimits, devices: readonly Steered[]): RuleBudget {
  const device = devices.find((d) => rule.then.some((a) => a.node === d.part.node));
  const charge = device?.kind === "battery" ? device.part.stateOfCharge : undefined;
  return {
    ...(commandsPerDay === undefined ? {} : { commands: commandsPerDay }),
    ...(charge && cyclesPerDay !== undefined ? { battery: { charge, percent: cyclesPerDay * 100 } } : {}),
  };
}

/** A policy's rules with what the core is to hold them to; those that lead a device back to its own way are free. */
export const withLimits = (rules: readonly Rule[], limits: PolicyLimits, devices: readonly Steered[]): Rule[] =>
  rules.map((rule) => (isWayBack(rule) ? rule : { ...rule, budget: budgetOf(rule, limits, devices) }));
