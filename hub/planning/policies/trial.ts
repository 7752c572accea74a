/** Tries a policy on the home's own past: left to itself, plain self-consumption, the policy, and the policy with all known beforehand. */

import type { Rule } from "../../model/plan.ts";
import type { Policy, PolicyVerdict } from "../../model/policy.ts";
import type { PricedTariff } from "../../model/tariff.ts";
import type { Demanded } from "../../planner/goals/demand.ts";
import type { Steered } from "../../planner/policy/devices.ts";
import { wayBack } from "../../planner/policy/enact.ts";
import { judge } from "../../planner/policy/judge.ts";
import { foresightOf } from "../../planner/policy/outlook.ts";
import { checkBill } from "../../twin/compare.ts";
import type { Comfort } from "../../twin/device.ts";
import type { Twin } from "../../twin/fit.ts";
import { daysOf } from "../../twin/history.ts";
import { replaying } from "../../twin/replay.ts";
import { drive, type Pace } from "../drive.ts";
import type { Scheduler } from "./parts.ts";
import { type Rehearsal, rehearse } from "./rehearse.ts";

/** The last so many whole days are lived through: the least that a verdict needs. */
const TRIAL_DAYS = 14;

export interface TrialParts {
  readonly policy: Policy;
  readonly demands: readonly Demanded[];
  readonly devices: readonly Steered[];
  readonly twin: Twin;
  readonly tariff: PricedTariff;
  readonly comfort: Comfort;
  readonly others: readonly Rule[];
  readonly schedule: Scheduler;
  readonly currency: string;
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
    ...{ policy, demands: parts.demands, devices, twin, tariff, comfort, others, over, schedule: parts.schedule },
    sight: foresightOf(twin, new Set(devices.map((d) => d.part.node))),
    perfect: false,
  };
  const lived = await rehearse(rehearsal, pace, (done) => progress(done / 2));
  const perfect = await rehearse({ ...rehearsal, perfect: true }, pace, (done) => progress(0.5 + done / 2));
  const heldOut = days.find((d) => d.from >= twin.heldOutFrom)?.day ?? "";
  return judge({
    at: pace.now(),
    ...{ nothing, plain, policy: lived.replayed, perfect: perfect.replayed },
    bill: checkBill(nothing, heldOut),
    cycles: {
      batteries: batteries.map((d) => ({ index: twin.models.indexOf(d.model), kwh: d.model.facts.capacityKwh ?? 0 })),
    },
    solves: lived.solves,
    currency: parts.currency,
  });
}
