/** The desk of policies: proposes, tries on the past, lets a person decide, and plans anew within what was approved. */
import { partsOf } from "../../energy/parts.ts";
import type { Rule } from "../../model/plan.ts";
import { assumptionsOf } from "../../planner/policy/assumptions.ts";
import { type Devices, devicesOf, withoutTaken } from "../../planner/policy/devices.ts";
import { policyFor } from "../../planner/policy/propose.ts";
import type { Policies, PolicyAnswer } from "../../ports/policies.ts";
import { createPolicyBook } from "./book.ts";
import { demandsIn } from "./demands.ts";
import type { PolicyParts } from "./parts.ts";
import { createSight } from "./sight.ts";
import { createStanding } from "./standing.ts";
import { createTrials } from "./trials.ts";

export interface PolicyDesk extends Policies {
  /** What running policies ask for now. */
  rules(): readonly Rule[];
  /** Plans anew what is due: once an hour, on new prices, and when the home has left what was foreseen. Call it each minute. */
  look(): Promise<void>;
  /** Resolves when no trial is under way. */
  idle(): Promise<void>;
}

const MAX_TITLE = 200;

/** Opens the desk on what is stored. */
export function createPolicies(parts: PolicyParts): PolicyDesk {
  const book = createPolicyBook(parts);
  const twinNow = createSight(parts);
  const standing = createStanding(parts, book, twinNow);
  const trials = createTrials(parts, book, twinNow);

  const free = (found: Devices): Devices =>
    withoutTaken(found, new Set(parts.planRules().flatMap((r) => (r.enabled ? r.then.map((a) => a.node) : []))));

  const propose: Policies["propose"] = async (goals, title, by) => {
    const twin = await twinNow();
    const draft = {
      ...{ id: parts.newId(), title: title.slice(0, MAX_TITLE), goals, by, at: parts.now() },
      demands: demandsIn(parts.home(), goals),
      assumptions: assumptionsOf(parts.tariff(), twin, parts.sha256),
    };
    const policy = policyFor(draft, free(devicesOf(partsOf(parts.home()), twin)), parts.sha256);
    if ("none" in policy) return { ok: false, reason: policy.none };
    book.keep(policy);
    book.note(by, "policy-proposed", policy, `steers ${policy.devices.map((d) => d.name).join(", ")}`);
    return trials.tryOut(policy.id, by);
  };

  /** What was just let run is planned at once; the next look tells of a failure. */
  const planned = (answer: PolicyAnswer): PolicyAnswer => {
    if (answer.ok) standing.look().catch(() => undefined);
    return answer;
  };
  const watch: Policies["watch"] = (id, by) => {
    const before = book.policies.get(id);
    const answer = book.move(id, { kind: "watched", by }, by);
    if (answer.ok && before?.state === "running") standing.leave(before, true);
    return planned(answer);
  };
  const end: Policies["end"] = (id, by) => {
    const before = book.policies.get(id);
    const tried = trials.stop(id);
    if (before?.state === "proposed" && tried) return { ok: true, policy: before };
    const answer = book.move(id, { kind: "ended", by }, by);
    if (answer.ok && before) standing.leave(before, before.state === "running");
    return answer;
  };
  return {
    list: () => [...book.policies.values()].sort((a, b) => b.createdAt - a.createdAt),
    propose,
    tryOut: trials.tryOut,
    watch,
    approve: (id, hash, by) => planned(book.move(id, { kind: "approved", hash, by, at: parts.now() }, by)),
    reject: (id, reason, by) => book.move(id, { kind: "rejected", reason: reason.slice(0, 300), by }, by),
    resume: (id, by) => planned(book.move(id, { kind: "resumed", by }, by)),
    end,
    schedule: standing.view,
    rules: standing.rules,
    look: standing.look,
    idle: trials.idle,
  };
}
