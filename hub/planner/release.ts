/** What a plan leaves behind when it ends: every device back in the state in which it runs by itself. */
import type { Proposal, Rule, RuleAction } from "../model/plan.ts";
import { ALWAYS, act, num, release, rule } from "./strategies/strategy.ts";

/** What takes back a request that would else stand on. */
const undoing: Readonly<Record<string, string>> = {
  pauseRequest: "resumeRequest",
  startTimeAdjustRequest: "cancelRequest",
  powerAdjustRequest: "cancelPowerAdjustRequest",
  boost: "cancelBoost",
};

/** What takes back an action that would else stand on; undefined where nothing does. */
function takenBack(action: RuleAction): RuleAction | undefined {
  const charges = action.computed?.kind === "charge" ? "enableCharging" : undefined;
  const undo = Object.hasOwn(undoing, action.command) ? undoing[action.command] : charges;
  return undo === undefined ? undefined : release(action, action.capability, undo);
}

const actionsOf = (rule: Rule): RuleAction[] => [...rule.then, ...(rule.otherwise ?? [])];

/** One action for each that is left behind: doing it twice is once too often. */
function once(actions: readonly (RuleAction | undefined)[]): RuleAction[] {
  const found = new Map<string, RuleAction>();
  for (const action of actions)
    if (action) found.set(`${action.node}/${action.endpoint}/${action.capability}.${action.command}`, action);
  return [...found.values()];
}

function ownWay(action: RuleAction, proposal: Proposal): RuleAction | undefined {
  switch (action.capability) {
    case "onOff":
      return proposal.strategy === "lightsOffUnoccupied" ? undefined : act(action, "onOff", "on");
    case "energyEvse":
      return takenBack(action) ?? act(action, "energyEvse", "enableCharging");
    case "batteryControl":
      return act(action, "batteryControl", "set", { mode: "followLoad" });
    case "solarControl":
      return act(action, "solarControl", "set", { limit: 100 });
    case "thermostat":
      return act(action, "thermostat", "set", { occupiedHeatingSetpoint: num(proposal.params, "dayC") });
    default:
      return takenBack(action);
  }
}

/** A rule that sets the plan's devices free and runs out at `until` (epoch ms); undefined when there is nothing to set free. */
export function releaseRule(id: string, proposal: Proposal, until: number): Rule | undefined {
  const actions = once(proposal.rules.flatMap(actionsOf).map((action) => ownWay(action, proposal)));
  if (actions.length === 0) return undefined;
  return { ...rule(id, `After "${proposal.title}": back to its own way`, ALWAYS, actions), until };
}

/** As {@link releaseRule}, for one rule that a person switched off: only what would else stand on is taken back. */
export function ruleRelease(id: string, off: Rule, until: number): Rule | undefined {
  const actions = once(actionsOf(off).map(takenBack));
  if (actions.length === 0) return undefined;
  return { ...rule(id, `After "${off.title}": back to its own way`, ALWAYS, actions), until };
}
