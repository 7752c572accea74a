/** The verdict on a policy, from how the home's own past days would have gone with it and without. */
import type { PolicyVerdict, Rehearsed } from "../../model/policy.ts";
import { type BillCheck, type Compared, compare } from "../../twin/compare.ts";
import { deviation, mean } from "../../twin/numbers.ts";
import type { Replayed } from "../../twin/replay.ts";

type Check = PolicyVerdict["checks"][number];

/** Whole days that a trial needs at least. */
export const LEAST_DAYS = 14;
/** Two-sided 90 % of the normal distribution. */
const Z90 = 1.645;
/** Minutes of comfort a day that may be lost beyond those of the past: a bath that nobody foresaw, once a week. A person is told them all. */
const COMFORT_SLACK = 5;
const MOST_SWITCHINGS = 80;
/** Currency a day: less is within what rounding and a single hour bring. */
const NOTHING = 0.005;
/** A saving that hangs on a few odd days is none: it must be there without its best tenth. */
const ODD_SHARE = 0.1;

/** What the batteries of a home took, in full cycles. */
export interface Cycles {
  /** Place of each battery among the twin's models, with what it holds, kWh. */
  readonly batteries: readonly { readonly index: number; readonly kwh: number }[];
}

export const rehearsedOf = (replayed: Replayed, totals: Rehearsed["totals"], { batteries }: Cycles): Rehearsed => ({
  totals,
  cycles: batteries.reduce((sum, { index, kwh }) => {
    const through = replayed.days.reduce((n, day) => n + (day.devices[index]?.replayedKwh ?? 0), 0);
    return sum + (kwh > 0 ? through / (2 * kwh) : 0);
  }, 0),
});

export interface Trial {
  readonly at: number;
  readonly nothing: Replayed;
  readonly plain: Replayed;
  readonly policy: Replayed;
  readonly perfect: Replayed | undefined;
  readonly bill: BillCheck;
  readonly cycles: Cycles;
  readonly solves: PolicyVerdict["solves"];
  readonly currency: string;
}

interface Saved {
  readonly mean: number;
  readonly band: number;
  readonly daily: readonly number[];
}

/** Mean saving a day with its 90 % band: the spread between days, and the share by which the twin's bill is off. */
function savedOf(compared: Compared, trial: Trial): Saved {
  const daily = compared.daily.map((d) => d.savedCost);
  const usual = Math.max(0.01, mean(trial.nothing.days.map((d) => Math.abs(d.recorded.cost))) || 0.01);
  const off = Math.min(1, Math.abs(trial.bill.bias) / usual);
  const m = mean(daily) || 0;
  return {
    mean: m,
    band: Z90 * Math.hypot((deviation(daily) || 0) / Math.sqrt(Math.max(1, daily.length)), off * m),
    daily,
  };
}

function withoutOdd(daily: readonly number[]): number {
  const sorted = [...daily].sort((a, b) => a - b);
  return mean(sorted.slice(0, Math.max(1, Math.floor(sorted.length * (1 - ODD_SHARE))))) || 0;
}

const amount = (value: number, currency: string): string => `${value.toFixed(2)} ${currency}`;

function savingChecks(nothing: Saved, plain: Saved, currency: string): Check[] {
  const sure = nothing.mean - nothing.band > 0 && nothing.mean > NOTHING;
  const beats = plain.mean > -NOTHING;
  const steady = withoutOdd(nothing.daily) > 0;
  return [
    {
      name: "saves",
      ok: sure,
      detail: sure
        ? `${amount(nothing.mean, currency)} a day, give or take ${amount(nothing.band, currency)}`
        : `no sure saving: ${amount(nothing.mean, currency)} a day, give or take ${amount(nothing.band, currency)}`,
    },
    {
      name: "not worse than plain self-consumption",
      ok: beats,
      detail: beats
        ? `${amount(plain.mean, currency)} a day better than batteries and sun by themselves`
        : `batteries and sun by themselves would have been ${amount(-plain.mean, currency)} a day cheaper`,
    },
    {
      name: "not by odd days",
      ok: steady,
      detail: steady ? "most days save" : "without a few odd days nothing would have been saved",
    },
  ];
}

function harmChecks(compared: Compared): Check[] {
  const days = Math.max(1, compared.daily.length);
  const lost = (compared.withPlan.comfortMinutesLost - compared.baseline.comfortMinutesLost) / days;
  const switchings = compared.withPlan.switchings / days;
  return [
    {
      name: "comfort",
      ok: lost <= COMFORT_SLACK,
      detail: lost < 0.5 ? "no comfort lost" : `${Math.round(lost)} minutes of comfort lost a day`,
    },
    { name: "switching", ok: switchings <= MOST_SWITCHINGS, detail: `${switchings.toFixed(0)} commands a day` },
  ];
}

/** Why the past can't judge it; undefined when it can. */
function blind(compared: Compared, bill: BillCheck): string | undefined {
  if (compared.daily.length < LEAST_DAYS)
    return `can't judge: only ${compared.daily.length} whole days are known well enough, ${LEAST_DAYS} are needed`;
  return bill.ok ? undefined : `can't judge: ${bill.note}`;
}

/** Puts the trial into a verdict. One that can't judge is no good one: watching only is what is left. */
export function judge(trial: Trial): PolicyVerdict {
  const { nothing, plain, policy, perfect, cycles } = trial;
  const [overNothing, overPlain] = [compare(nothing, policy), compare(plain, policy)];
  const [saved, more] = [savedOf(overNothing, trial), savedOf(overPlain, trial)];
  const cant = blind(overNothing, trial.bill);
  const checks: Check[] = [
    { name: "can be judged", ok: !cant, detail: cant ?? trial.bill.note },
    ...savingChecks(saved, more, trial.currency),
    ...harmChecks(overNothing),
  ];
  const reasons = cant ? [cant] : checks.filter((c) => !c.ok).map((c) => c.detail);
  return {
    at: trial.at,
    ok: reasons.length === 0,
    reasons,
    cantJudge: cant !== undefined,
    checks,
    days: overNothing.daily.length,
    nothing: rehearsedOf(nothing, overNothing.baseline, cycles),
    plain: rehearsedOf(plain, overPlain.baseline, cycles),
    policy: rehearsedOf(policy, overNothing.withPlan, cycles),
    perfect: perfect && rehearsedOf(perfect, compare(nothing, perfect).withPlan, cycles),
    daily: overNothing.daily.map(({ day, savedCost }) => ({ day, savedCost })),
    perDay: { mean: saved.mean, band: saved.band, overPlain: more.mean, overPlainBand: more.band },
    solves: trial.solves,
  };
}
