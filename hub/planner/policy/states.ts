/** The states of a policy: one switch, and nothing else changes a policy. */
import type { Policy, PolicyState, PolicyVerdict } from "../../model/policy.ts";
import type { PolicyWeek } from "../../model/policy-kept.ts";

export type PolicyHappening =
  | { readonly kind: "watched"; readonly by: string }
  | { readonly kind: "approved"; readonly hash: string; readonly by: string; readonly at: number }
  | { readonly kind: "rejected"; readonly reason: string; readonly by: string }
  | { readonly kind: "suspended"; readonly reason: string }
  | { readonly kind: "resumed"; readonly by: string; readonly at: number }
  /** A week was measured, of which the list tells; what is too old is out of it already. */
  | { readonly kind: "measured"; readonly weeks: readonly PolicyWeek[] }
  | { readonly kind: "ended"; readonly by: string }
  /** No goal of it counts any more. */
  | { readonly kind: "over"; readonly lastDay: string };

export type PolicyStep =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly reason: string };

const FROM: Readonly<Record<PolicyHappening["kind"], readonly PolicyState[]>> = {
  watched: ["proposed", "suspended", "running"],
  approved: ["proposed", "shadow"],
  rejected: ["proposed", "shadow"],
  suspended: ["running"],
  resumed: ["suspended"],
  measured: ["running"],
  ended: ["shadow", "running", "suspended"],
  over: ["proposed", "shadow", "running", "suspended"],
};

const WORDS: Readonly<Record<PolicyState, string>> = {
  proposed: "proposed",
  shadow: "only watching",
  running: "running",
  suspended: "suspended",
  ended: "ended",
  rejected: "refused",
};

const notStood = ({ reasons }: PolicyVerdict): string => `it did not stand the trial: ${reasons.join("; ")}`;

/** What becomes of a policy. A happening that does not fit its state, and an approval of another hash or without a good verdict, is refused. */
export function advancePolicy(policy: Policy, happening: PolicyHappening): PolicyStep {
  if (!FROM[happening.kind].includes(policy.state))
    return { ok: false, reason: `a policy that is ${WORDS[policy.state]} can not be ${happening.kind}` };
  const to = (state: PolicyState, reason: string, more: Partial<Policy> = {}): PolicyStep => ({
    ok: true,
    policy: { ...policy, ...more, state, reason },
  });
  switch (happening.kind) {
    case "watched":
      return to("shadow", `since ${happening.by} asked for it, it only shows what it would do`);
    case "approved":
      if (happening.hash !== policy.hash)
        return { ok: false, reason: "this is not the policy that was shown: it has another hash" };
      if (!policy.verdict) return { ok: false, reason: "it has not been tried on this home's past yet" };
      if (!policy.verdict.ok) return { ok: false, reason: notStood(policy.verdict) };
      return to("running", `approved by ${happening.by}`, {
        approvedAt: happening.at,
        approvedBy: happening.by,
        runningSince: happening.at,
      });
    case "rejected":
      return to("rejected", `refused by ${happening.by}${happening.reason ? `: ${happening.reason}` : ""}`);
    case "suspended":
      return to("suspended", happening.reason);
    case "resumed":
      if (policy.verdict?.ok === false) return { ok: false, reason: notStood(policy.verdict) };
      return to("running", `resumed by ${happening.by}`, { runningSince: happening.at });
    case "measured":
      return to(policy.state, policy.reason, { weeks: happening.weeks });
    case "ended":
      return to("ended", `ended by ${happening.by}`);
    case "over":
      return to("ended", `its last day, ${happening.lastDay}, is over`);
  }
}
