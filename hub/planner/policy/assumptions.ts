/** What must stay as it was for a policy to go on. */
import type { Assumptions, Policy } from "../../model/policy.ts";
import type { PricedTariff } from "../../model/tariff.ts";
import type { Twin } from "../../twin/fit.ts";
import { seriesOf, valueAt } from "../../twin/history.ts";
import { mean } from "../../twin/numbers.ts";
import { canonical } from "../hash.ts";

const DAY_STEPS = 96;
const RECENT_DAYS = 14;
/** The house may become so much harder to foresee before what was tried says nothing of it any more. */
const MOST_WORSE = 2;
const SLACK_KWH = 0.1;

/** Mean kWh an hour by which the house differs from the day before at the same time: how hard it is to foresee. */
function restlessness(twin: Twin): number {
  const grid = seriesOf(twin.history, twin.parts.grid?.power);
  const first = Math.max(DAY_STEPS, grid.length - RECENT_DAYS * DAY_STEPS);
  const off: number[] = [];
  for (let i = first; i < grid.length; i++) {
    const difference = Math.abs(valueAt(twin.rest, i) - valueAt(twin.rest, i - DAY_STEPS)) / 1000;
    if (Number.isFinite(difference)) off.push(difference);
  }
  return mean(off) || 0;
}

/** As they are now. Prices that are published anew each day are no change of the contract. */
export const assumptionsOf = (tariff: PricedTariff, twin: Twin, sha256: (text: string) => string): Assumptions => {
  const { priced, ...plain } = tariff;
  return { tariff: sha256(canonical(priced ? priced.book : plain)), loadError: restlessness(twin) };
};

/** Why a policy that was approved under other circumstances may not go on; undefined when it may. */
export function brokenAssumption(policy: Policy, now: Assumptions): string | undefined {
  if (policy.assumptions.tariff !== now.tariff)
    return "the tariff has changed since it was tried: try it again under the new one";
  if (now.loadError > MOST_WORSE * policy.assumptions.loadError + SLACK_KWH)
    return "the house has become much harder to foresee than when it was tried";
  return undefined;
}
