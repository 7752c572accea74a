/** The states of a plan: one switch, and nothing else changes a plan. */
import type { Measured, Plan, Verdict } from "../model/plan.ts";

export type Happening =
  | { readonly kind: "judged"; readonly verdict: Verdict }
  | { readonly kind: "approved"; readonly hash: string; readonly by: string; readonly at: number }
  | { readonly kind: "started" }
  | { readonly kind: "rejected"; readonly reason: string; readonly by: string }
  | { readonly kind: "suspended"; readonly reason: string }
  | { readonly kind: "resumed"; readonly by: string }
  | { readonly kind: "ended"; readonly by: string }
  | { readonly kind: "measured"; readonly measured: Measured };

export type Step = { readonly ok: true; readonly plan: Plan } | { readonly ok: false; readonly reason: string };

const FROM: Readonly<Record<Happening["kind"], readonly Plan["state"][]>> = {
  judged: ["proposed"],
  approved: ["verified"],
  started: ["approved"],
  rejected: ["proposed", "verified", "refused"],
  suspended: ["approved", "running"],
  resumed: ["suspended"],
  ended: ["approved", "running", "suspended"],
  measured: ["running", "suspended", "ended"],
};

/** What becomes of a plan. A happening that does not fit its state, or an approval of another hash, is refused. */
export function advance(plan: Plan, happening: Happening): Step {
  if (!FROM[happening.kind].includes(plan.state))
    return { ok: false, reason: `a plan that is ${plan.state} can not be ${happening.kind}` };
  const to = (state: Plan["state"], reason: string, more: Partial<Plan> = {}): Step => ({
    ok: true,
    plan: { ...plan, ...more, state, reason },
  });
  switch (happening.kind) {
    case "judged": {
      const { verdict } = happening;
      return verdict.ok
        ? to("verified", "passed every check; waits for a person", { verdict })
        : to("refused", verdict.reasons.join("; "), { verdict });
    }
    case "approved":
      if (happening.hash !== plan.hash)
        return { ok: false, reason: "this is not the plan that was shown: it has another hash" };
      return to("approved", `approved by ${happening.by}`, { approvedAt: happening.at, approvedBy: happening.by });
    case "started":
      return to("running", `running since ${plan.approvedBy ?? "a person"} approved it`);
    case "rejected":
      return to("rejected", `refused by ${happening.by}${happening.reason ? `: ${happening.reason}` : ""}`);
    case "suspended":
      return to("suspended", happening.reason);
    case "resumed":
      return to("running", `resumed by ${happening.by}`);
    case "ended":
      return to("ended", `ended by ${happening.by}`);
    case "measured":
      return to(plan.state, plan.reason, { measured: happening.measured });
  }
}
