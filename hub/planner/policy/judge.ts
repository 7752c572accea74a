/** The verdict on a policy, from how the home's own past days would have gone with it and without. */
import type { NodeId } from "../../model/path.ts";
import type { PolicyLimits, PolicyVerdict, Rehearsed } from "../../model/policy.ts";
import { type BillCheck, type Compared, compare } from "../../twin/compare.ts";
import { deviation, mean } from "../../twin/numbers.ts";
import type { Replayed } from "../../twin/replay.ts";
import { oddWeek } from "../odd-week.ts";
import { USUAL_COMMANDS } from "./limits.ts";

type Check = PolicyVerdict["checks"][number];

/** Whole days that a trial needs at least. */
export const LEAST_DAYS = 14;
/** Two-sided 90 % of the normal distribution. */
const Z90 = 1.645;
/** Minutes of comfort a day that may be lost beyond those of the past: a bath that nobody foresaw, once a week. A person is told them all. */
const COMFORT_SLACK = 5;
/** Currency a day: less is within what rounding and a single hour bring. */
const NOTHING = 0.005;

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
  /** The least that the days could have cost, currency; undefined where nobody knows. */
  readonly least: number | undefined;
  readonly bill: BillCheck;
  readonly cycles: Cycles;
  readonly limits: PolicyLimits;
  readonly solves: PolicyVerdict["solves"];
  readonly currency: string;
  /** A device's name, for people. */
  readonly nameOf: (node: NodeId) => string;
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

const amount = (value: number, currency: string): string => `${value.toFixed(2)} ${currency}`;

function savingChecks(nothing: Saved, plain: Saved, currency: string): Check[] {
  const sure = nothing.mean - nothing.band > 0 && nothing.mean > NOTHING;
  const beats = plain.mean > -NOTHING;
  const odd = oddWeek(nothing.daily);
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
    { name: "not by odd days", ok: !odd, detail: odd ?? "it saves in other weeks as well" },
  ];
}

/** Full cycles a day of the battery that does most. */
function mostCycles({ days }: Replayed, { batteries }: Cycles): number {
  const each = batteries.map(({ index, kwh }) =>
    kwh > 0 ? days.reduce((n, day) => n + (day.devices[index]?.replayedKwh ?? 0), 0) / (2 * kwh) : 0,
  );
  return Math.max(0, ...each) / Math.max(1, days.length);
}

/** With which devices comfort is lost, and how many minutes a day: what a person would leave out or wish otherwise. */
function lostWith({ nothing, policy, nameOf }: Trial, days: number): string {
  const before = new Map(nothing.lost.map(({ node, minutes }) => [node, minutes]));
  const more = policy.lost
    .map(({ node, minutes }) => ({ node, perDay: Math.round((minutes - (before.get(node) ?? 0)) / days) }))
    .filter(({ perDay }) => perDay > 0)
    .toSorted((a, b) => b.perDay - a.perDay);
  return more.length > 0 ? `: ${more.map(({ node, perDay }) => `${nameOf(node)} ${perDay}`).join(", ")}` : "";
}

function harmChecks(compared: Compared, trial: Trial): Check[] {
  const { policy, cycles, limits } = trial;
  const days = Math.max(1, compared.daily.length);
  const lost = (compared.withPlan.comfortMinutesLost - compared.baseline.comfortMinutesLost) / days;
  const switchings = compared.withPlan.switchings / days;
  return [
    {
      name: "comfort",
      ok: lost <= COMFORT_SLACK,
      detail:
        lost < 0.5 ? "no comfort lost" : `${Math.round(lost)} minutes of comfort lost a day${lostWith(trial, days)}`,
    },
    {
      name: "switching",
      ok: switchings <= (limits.commandsPerDay ?? USUAL_COMMANDS),
      detail: `${switchings.toFixed(0)} commands a day`,
    },
    ...(cycles.batteries.length > 0 && limits.cyclesPerDay !== undefined
      ? [wearCheck(mostCycles(policy, cycles), limits.cyclesPerDay)]
      : []),
  ];
}

const wearCheck = (perDay: number, most: number): Check => ({
  name: "battery wear",
  ok: perDay <= most,
  detail: `${perDay.toFixed(1)} full cycles of the battery a day${perDay <= most ? "" : `, more than the ${most} that it may do`}`,
});

/** Why the past can't judge it; undefined when it can. */
function blind(compared: Compared, bill: BillCheck): string | undefined {
  if (compared.daily.length < LEAST_DAYS)
    return `can't judge: only ${compared.daily.length} whole days are known well enough, ${LEAST_DAYS} are needed`;
  return bill.ok ? undefined : `can't judge: ${bill.note}`;
}

/** Where nothing could be saved, all of it was. */
function possibleOf({ baseline, daily }: Compared, least: number): PolicyVerdict["possible"] {
  const [saved, most] = [daily.reduce((sum, d) => sum + d.savedCost, 0), baseline.cost - least];
  return { cost: least, share: most > NOTHING ? Math.min(1, Math.max(0, saved / most)) : 1 };
}

/** Puts the trial into a verdict. One that can't judge is no good one: watching only is what is left. */
export function judge(trial: Trial): PolicyVerdict {
  const { nothing, plain, policy, least, cycles } = trial;
  const [overNothing, overPlain] = [compare(nothing, policy), compare(plain, policy)];
  const [saved, more] = [savedOf(overNothing, trial), savedOf(overPlain, trial)];
  const cant = blind(overNothing, trial.bill);
  const checks: Check[] = [
    { name: "can be judged", ok: !cant, detail: cant ?? trial.bill.note },
    ...savingChecks(saved, more, trial.currency),
    ...harmChecks(overNothing, trial),
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
    possible: least === undefined ? undefined : possibleOf(overNothing, least),
    daily: overNothing.daily.map(({ day, savedCost }) => ({ day, savedCost })),
    perDay: { mean: saved.mean, band: saved.band, overPlain: more.mean, overPlainBand: more.band },
    solves: trial.solves,
  };
}
