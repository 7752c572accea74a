/** The doors that a policy passes before it is tried, and once more before it runs: all that needs no replay. */
import { partsOf } from "../../energy/parts.ts";
import { keptFromPlans } from "../../model/home.ts";
import type { Policy } from "../../model/policy.ts";
import type { Demanded } from "../../planner/goals/demand.ts";
import { namesOf } from "../../planner/names.ts";
import { checkingPolicy, leavingOutRuled } from "../../planner/policy/checks/index.ts";
import { type Devices, devicesOf, withoutTaken } from "../../planner/policy/devices.ts";
import type { Twin } from "../../twin/fit.ts";
import { drive } from "../drive.ts";
import type { PolicyBook } from "./book.ts";
import { demandsIn } from "./demands.ts";
import { type PolicyParts, paceOf } from "./parts.ts";

export interface Doors {
  /** What is free to be planned: nothing that a plan, a policy or a rule of people steers. */
  free(twin: Twin, demands: readonly Demanded[]): Promise<Devices>;
  /** Looks, keeps what was found, and tells the first that speaks against it; undefined when nothing does. */
  passed(policy: Policy, twin: Twin): Promise<string | undefined>;
}

export function createDoors(parts: PolicyParts, book: PolicyBook): Doors {
  const found = (twin: Twin): Devices => devicesOf(partsOf(parts.home()), twin);
  return {
    async free(twin, demands) {
      const running = [...book.policies.values()].filter((p) => p.state === "running");
      const planned = parts.planRules().flatMap((r) => (r.enabled ? r.then.map((a) => a.node) : []));
      const taken = new Set([...planned, ...running.flatMap((p) => p.devices.map((d) => d.node))]);
      return drive(leavingOutRuled(withoutTaken(found(twin), taken), demands, parts.house()), paceOf(parts));
    },
    async passed(policy, twin) {
      const home = parts.home();
      const looking = checkingPolicy(policy, {
        ...{ home, names: namesOf(partsOf(home)), found: found(twin), demands: demandsIn(home, policy.goals) },
        ...{ house: parts.house(), policies: [...book.policies.values()], sha256: parts.sha256 },
      });
      const checks = await drive(looking, paceOf(parts));
      const now = book.policies.get(policy.id);
      if (now) book.keep({ ...now, checks });
      return checks.find((c) => !c.ok)?.detail;
    },
  };
}

/** Why a policy may not go on with a device that it names: it is gone, or a person keeps it out of plans by now. */
export function lostDevice(policy: Policy, { home }: Pick<PolicyParts, "home">): string | undefined {
  const { nodes } = home();
  for (const { node, name } of policy.devices) {
    const state = nodes.get(node);
    const why = state ? keptFromPlans(state) : "it is no longer there";
    if (why) return `${name}: ${why}`;
  }
  return undefined;
}
