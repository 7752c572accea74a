/** Tries a policy on the home's own past: left to itself, plain self-consumption, the policy, and the least that was possible. */

import type { Rule } from "../../model/plan.ts";
import type { Policy, PolicyVerdict } from "../../model/policy.ts";
import type { PricedTariff } from "../../model/tariff.ts";
import type { Demanded } from "../../planner/goals/demand.ts";
import type { Steered } from "../../planner/policy/devices.ts";
import { wayBack } from "../../planner/policy/enact.ts";
import { judge } from "../../planner/policy/judge.ts";
import { foresightOf } from "../../planner/policy/outlook.ts";
import { looksAtMonths } from "../../twin/as-billed.ts";
import { checkBill } from "../../twin/compare.ts";
import type { Comfort } from "../../twin/device.ts";
import type { Twin } from "../../twin/fit.ts";
import { daysOf, timeOf } from "../../twin/history.ts";
import { replaying } from "../../twin/replay.ts";
import { drive, type Pace } from "../drive.ts";
import type { Scheduler } from "./parts.ts";
import { leastCost, type SolveOne } from "./possible.ts";
import { type Rehearsal, rehearse } from "./rehearse.ts";

/** The last so many whole days are lived through: the least that a verdict needs. */
const TRIAL_DAYS = 14;
/** Share of the work that the hours of the policy are. */
const REHEARSED = 0.95;

export interface TrialParts {
  readonly policy: Policy;
  readonly demands: readonly Demanded[];
  readonly devices: readonly Steered[];
  readonly twin: Twin;
  readonly tariff: PricedTariff;
  readonly comfort: Comfort;
  readonly others: readonly Rule[];
  readonly schedule: Scheduler;
  /** Absent: nothing is said of what was possible. */
  readonly solve?: SolveOne | undefined;
  readonly currency: string;
  /** What the main fuse carries, kW; absent: not known. */
  readonly fuseKw?: number | undefined;
}

/** The verdict. Throws Cancelled. `progress` is told the share done. */
export async function tryPolicy(
  parts: TrialParts,
  pace: Pace,
  progress: (done: number) => void,
): Promise<PolicyVerdict> {
  const { policy, devices, twin, tariff, comfort, others } = parts;
  const days = daysOf(twin.history).slice(-TRIAL_DAYS);
  const over = { from: days[0]?.from ?? 0, to: days.at(-1)?.to ?? 0 };
  const replayed = (rules: readonly Rule[]) => drive(replaying(twin, { rules, tariff, comfort, over }), pace);
  const nothing = await replayed(others);
  const batteries = devices.filter((d) => d.kind === "battery");
  const plain = await replayed([...others, ...batteries.map((d) => wayBack(policy.id, policy.title, d))]);
  const rehearsal: Rehearsal = {
    ...{
      policy,
      demands: parts.demands,
      devices,
      twin,
      tariff,
      comfort,
      others,
      over,
      schedule: parts.schedule,
      fuseKw: parts.fuseKw,
    },
    sight: foresightOf(twin, new Set(devices.map((d) => d.part.node)), timeOf(twin.history, over.from)),
  };
  const lived = await rehearse(rehearsal, pace, (done) => progress(REHEARSED * done));
  const tried = { twin, devices, tariff, comfort, over, nothing, lived };
  // What is charged for a whole month is in no kWh's price: there the programme would call more possible than is.
  const least = parts.solve && !looksAtMonths(tariff) ? await leastCost(tried, parts.solve, pace.signal) : undefined;
  const heldOut = days.find((d) => d.from >= twin.heldOutFrom)?.day ?? "";
  return judge({
    at: pace.now(),
    ...{ nothing, plain, policy: lived.replayed, least },
    bill: checkBill(nothing, heldOut),
    cycles: {
      batteries: batteries.flatMap(({ model }) =>
        model ? { index: twin.models.indexOf(model), kwh: model.facts.capacityKwh ?? 0 } : [],
      ),
    },
    ...{ solves: lived.solves, limits: policy.limits },
    currency: parts.currency,
    nameOf: (node) => policy.devices.find((d) => d.node === node)?.name ?? node,
  });
}
