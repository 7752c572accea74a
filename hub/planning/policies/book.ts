/** Policies as they are kept: in the store at once, in memory for reading, every step in the audit. */
import type { AuditEntry } from "../../model/audit.ts";
import type { NewNotice } from "../../model/house.ts";
import type { Policy } from "../../model/policy.ts";
import type { PolicyWeek } from "../../model/policy-kept.ts";
import { advancePolicy, type PolicyHappening } from "../../planner/policy/states.ts";
import type { PolicyAnswer } from "../../ports/policies.ts";
import type { HubEvent, Store } from "../../ports.ts";

/** Policies kept; the oldest that are over go first. */
const MAX_KEPT = 50;
const OVER: readonly Policy["state"][] = ["ended", "rejected"];
const MAX_DETAIL = 1000;

export interface PolicyBookParts {
  readonly store: Store;
  readonly now: () => number;
  readonly tell: (event: HubEvent) => void;
  readonly audit: (entry: Omit<AuditEntry, "id">) => void;
  readonly notify?: (notice: NewNotice) => void;
}

export type PolicyBook = ReturnType<typeof createPolicyBook>;

const stopped = ({ title, reason }: Policy): NewNotice => ({
  title: `The policy "${title}" was stopped`,
  text: `${reason}. The house does as without it. Under Plans it can be tried on the past again, or ended.`,
  level: "warn",
});

/** Opens the book on what is stored; a trial that was under way when the hub stopped is over. */
export function createPolicyBook({ store, now, tell, audit, notify }: PolicyBookParts) {
  const policies = new Map<string, Policy>();
  for (const { trying: _, ...policy } of [...store.list<Policy>("policy")].sort((a, b) => a.createdAt - b.createdAt))
    policies.set(policy.id, policy);

  const prune = (): void => {
    for (const { id, state } of [...policies.values()]) {
      if (policies.size <= MAX_KEPT) return;
      if (!OVER.includes(state)) continue;
      policies.delete(id);
      store.remove("policy", id);
      store.remove("storing", id);
    }
  };
  /** Keeps a policy; progress of a trial is shown and not written. */
  const keep = (policy: Policy): Policy => {
    policies.set(policy.id, policy);
    if (policy.trying === undefined) store.put("policy", policy.id, policy);
    prune();
    tell({ type: "policy", id: policy.id });
    return policy;
  };
  const note = (by: string, what: string, { id, title }: Policy, detail: string): void =>
    audit({ at: now(), by, what, subject: id, detail: `${title}: ${detail}`.slice(0, MAX_DETAIL) });

  /** Takes a policy one step further; the reason when that is not possible. */
  const move = (id: string, happening: PolicyHappening, by: string): PolicyAnswer => {
    const policy = policies.get(id);
    if (!policy) return { ok: false, reason: `there is no policy ${id}` };
    const step = advancePolicy(policy, happening);
    if (!step.ok) return step;
    keep(step.policy);
    note(by, `policy-${happening.kind}`, step.policy, step.policy.reason);
    // What stops by itself would else be found out by the bill.
    if (happening.kind === "suspended" && by === "hub") notify?.(stopped(step.policy));
    return step;
  };
  /** Keeps the weeks that were measured; false where it does not run any more. Nothing for the audit: it comes each night. */
  const measured = (id: string, weeks: readonly PolicyWeek[]): boolean => {
    const policy = policies.get(id);
    const step = policy && advancePolicy(policy, { kind: "measured", weeks });
    if (step?.ok) keep(step.policy);
    return step?.ok === true;
  };
  return { policies, keep, move, measured, note };
}
