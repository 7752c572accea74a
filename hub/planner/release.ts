/** What a plan leaves behind when it ends: every device back in the state in which it runs by itself. */
import type { Proposal, Rule, RuleAction } from "../model/plan.ts";
import { act, num, rule } from "./strategies/strategy.ts";

function ownWay(action: RuleAction, proposal: Proposal): RuleAction | undefined {
  switch (action.capability) {
    case "onOff":
      return proposal.strategy === "lightsOffUnoccupied" ? undefined : act(action, "onOff", "on");
    case "energyEvse":
      return act(action, "energyEvse", "enableCharging");
    case "batteryControl":
      return act(action, "batteryControl", "set", { mode: "followLoad" });
    case "thermostat":
      return act(action, "thermostat", "set", { occupiedHeatingSetpoint: num(proposal.params, "dayC") });
    default:
      return undefined;
  }
}

/** A rule that sets the plan's devices free and runs out at `until` (epoch ms); undefined when there is nothing to set free. */
export function releaseRule(id: string, proposal: Proposal, until: number): Rule | undefined {
  const actions = proposal.rules.flatMap((r) => [...r.then, ...(r.otherwise ?? [])]);
  const first = actions[0];
  const own = first && ownWay(first, proposal);
  if (!own) return undefined;
  const always = { kind: "between", from: "00:00", to: "00:00" } as const;
  return { ...rule(id, `After "${proposal.title}": back to its own way`, always, [own]), until };
}
