/** Tries the policy that the hub would propose for some goals, with the real solver in its thread: all that stands before an approval. */
import { join } from "node:path";
import type { Goal } from "../../../hub/model/goal/index.ts";
import type { Policy, PolicyVerdict } from "../../../hub/model/policy.ts";
import type { PricedTariff } from "../../../hub/model/tariff.ts";
import { comfortOf } from "../../../hub/planner/facts.ts";
import { demandsOf } from "../../../hub/planner/goal.ts";
import type { Names } from "../../../hub/planner/names.ts";
import { devicesOf, steeredBy } from "../../../hub/planner/policy/devices.ts";
import { policyFor } from "../../../hub/planner/policy/propose.ts";
import { tryPolicy } from "../../../hub/planning/policies/trial.ts";
import { SolverThread } from "../../../hub/solver/thread.ts";
import type { Twin } from "../../../hub/twin/fit.ts";
import { root } from "../../support/sources.ts";

export const solverThread = (): SolverThread => new SolverThread({ entry: join(root, "dist", "solver-worker.mjs") });

interface Tried {
  readonly policy: Policy;
  readonly verdict: PolicyVerdict;
}

/** Throws where nothing in the home fits the goals. */
export async function tried(
  { twin, names, tariff }: { readonly twin: Twin; readonly names: Names; readonly tariff: PricedTariff },
  goals: readonly Goal[],
  solver: SolverThread,
): Promise<Tried> {
  const found = devicesOf(twin.parts, twin);
  const demands = demandsOf(goals, { names, phases: 3, volts: 230 });
  const draft = { id: "p", title: "Spend least", goals, demands, by: "anna", at: 0 };
  const policy = policyFor({ ...draft, assumptions: { tariff: "", loadError: 0 } }, found, (text) => text);
  if ("none" in policy) throw new Error(policy.none);
  const devices = steeredBy(policy, found);
  if (typeof devices === "string") throw new Error(devices);
  const verdict = await tryPolicy(
    {
      ...{ policy, demands, devices, twin, tariff, others: [], currency: "EUR" },
      comfort: comfortOf(goals, twin.parts),
      schedule: (problem, haste) => solver.schedule(problem, haste),
      solve: (model, limits) => solver.solve(model, { gap: 0, nodes: 1, shadowPrices: false }, limits),
    },
    { now: () => performance.now(), yieldNow: () => new Promise((resolve) => setImmediate(resolve)) },
    () => undefined,
  );
  return { policy, verdict };
}
