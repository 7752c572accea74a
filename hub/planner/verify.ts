/** The judgement on a proposal: static checks, then a replay of this home's own past against doing nothing. */
import { emptyTotals } from "../energy/totals.ts";
import type { Goal, Proposal, Rule, Verdict } from "../model/plan.ts";
import type { Tariff } from "../model/tariff.ts";
import { balanceOf } from "../twin/balance.ts";
import { type BillCheck, type Compared, checkBill, compare } from "../twin/compare.ts";
import type { Comfort } from "../twin/device.ts";
import type { Twin } from "../twin/fit.ts";
import { daysOf, type Stretch } from "../twin/history.ts";
import { deviation, mean } from "../twin/numbers.ts";
import { type Replayed, replaying } from "../twin/replay.ts";
import { judgedByDevice } from "./device-judge.ts";
import { oddWeek } from "./odd-week.ts";
import { type StaticContext, staticChecks } from "./static-checks.ts";
import { strategies } from "./strategies/index.ts";

type Check = Verdict["checks"][number];

/** Days that a replay needs at least, and takes at most. */
const LEAST_DAYS = 14;
const MOST_DAYS = 28;
/** Two-sided 90 % of the normal distribution. */
const Z90 = 1.645;
/** Minutes of comfort a day that a plan may lose more than the past did: the replay's own step is longer. */
const COMFORT_SLACK = 2;
const MOST_SWITCHINGS = 60;
/** Saving below this a day, in currency, is no reason to steer a home. */
const WORTH = 0.005;

/** The twin with its replay without the new rules, made once for all proposals of a wish. */
export interface Bench {
  readonly twin: Twin;
  readonly tariff: Tariff;
  readonly comfort: Comfort;
  readonly running: readonly Rule[];
  readonly over: Stretch;
  readonly days: number;
  readonly baseline: Replayed;
  readonly bill: BillCheck;
}

/** Replays the last 14 to 28 whole days as they would be without anything new. Yields the share done. */
export function* preparing(
  twin: Twin,
  tariff: Tariff,
  comfort: Comfort,
  running: readonly Rule[],
): Generator<number, Bench> {
  const days = daysOf(twin.history).slice(-MOST_DAYS);
  const over = { from: days[0]?.from ?? 0, to: days.at(-1)?.to ?? 0 };
  const baseline = yield* replaying(twin, { rules: running, tariff, comfort, over });
  const heldOut = days.find((d) => d.from >= twin.heldOutFrom)?.day ?? "";
  const balance = balanceOf(twin);
  const bill = checkBill(baseline, heldOut);
  return {
    twin,
    tariff,
    comfort,
    running,
    over,
    days: days.length,
    baseline,
    bill: balance.ok ? bill : { ...bill, ...balance },
  };
}

/** What a proposal would have changed on the bench's days. */
export function* trying(bench: Bench, rules: readonly Rule[]): Generator<number, Compared> {
  const { twin, tariff, comfort, over } = bench;
  const withPlan = yield* replaying(twin, { rules: [...bench.running, ...rules], tariff, comfort, over });
  return compare(bench.baseline, withPlan);
}

const money = (value: number): string => value.toFixed(2);

function fitCheck(bench: Bench, proposal: Proposal): Check {
  const { twin, bill } = bench;
  const nodes = new Set(proposal.rules.flatMap((r) => r.then.map((a) => a.node)));
  const unfit = twin.unfit.find((u) => nodes.has(u.node));
  const known = [...nodes].every((node) => twin.models.some((m) => m.node === node));
  const name = "can be judged";
  if (unfit) return { name, ok: false, detail: `can't judge: ${unfit.note}` };
  if (!known) return { name, ok: false, detail: "can't judge: the twin has no model of this device" };
  if (bench.days < LEAST_DAYS)
    return {
      name,
      ok: false,
      detail: `can't judge: only ${bench.days} whole days are recorded, ${LEAST_DAYS} are needed`,
    };
  return bill.ok ? { name, ok: true, detail: bill.note } : { name, ok: false, detail: `can't judge: ${bill.note}` };
}

interface Judged {
  readonly mean: number;
  readonly band: number;
  readonly daily: readonly number[];
}

/**
 * Mean saving a day in the sense of the goals, and the half width of its 90 % band: the spread between days, and the
 * share by which the twin's bill is off.
 */
function judged(bench: Bench, daily: readonly number[]): Judged {
  const n = Math.max(1, daily.length);
  const usual = Math.max(0.01, mean(bench.baseline.days.map((d) => Math.abs(d.recorded.cost))) || 0.01);
  const off = Math.min(1, Math.abs(bench.bill.bias) / usual);
  const m = mean(daily) || 0;
  return { mean: m, band: Z90 * Math.hypot(deviation(daily) / Math.sqrt(n), off * m), daily };
}

function aims(goals: readonly Goal[]): "cost" | "co2" | "import" {
  const aim = goals.find((g) => g.kind === "minimise");
  return goals.some((g) => g.kind === "minimise" && g.what === "cost") ? "cost" : (aim?.what ?? "cost");
}

function steady(daily: readonly number[]): Check {
  const odd = oddWeek(daily);
  return { name: "not by odd days", ok: !odd, detail: odd ?? "it saves in other weeks as well" };
}

function savingChecks(bench: Bench, compared: Compared, goals: readonly Goal[]): Check[] {
  const cost = judged(
    bench,
    compared.daily.map((d) => d.savedCost),
  );
  const aim = aims(goals);
  const band = `${money(cost.mean)} a day, give or take ${money(cost.band)}`;
  if (aim === "cost") {
    const sure = cost.mean > WORTH && cost.mean - cost.band > 0;
    const verb = cost.mean < -WORTH ? `it would cost ${money(-cost.mean)} more a day` : `no sure saving: ${band}`;
    return [{ name: "saves", ok: sure, detail: sure ? band : verb }, steady(cost.daily)];
  }
  const daily = compared.daily.map((d) => (aim === "co2" ? d.savedCo2Kg : d.savedKwh));
  const other = judged(bench, daily);
  const unit = aim === "co2" ? "kg CO2" : "kWh";
  const bill = mean(bench.baseline.days.map((d) => Math.abs(d.totals.cost))) || 0;
  return [
    {
      name: "saves",
      ok: other.mean - other.band > 0,
      detail: `${other.mean.toFixed(2)} ${unit} a day, give or take ${other.band.toFixed(2)}`,
    },
    steady(daily),
    {
      name: "price",
      ok: cost.mean > -0.05 * bill,
      detail: cost.mean < 0 ? `it costs ${money(-cost.mean)} more a day` : band,
    },
  ];
}

function comfortCheck(compared: Compared): Check {
  const days = Math.max(1, compared.daily.length);
  const more = (compared.withPlan.comfortMinutesLost - compared.baseline.comfortMinutesLost) / days;
  const ok = more <= COMFORT_SLACK;
  return { name: "comfort", ok, detail: ok ? "no comfort lost" : `${Math.round(more)} minutes of comfort lost a day` };
}

function switchingCheck(compared: Compared): Check {
  const perDay = compared.withPlan.switchings / Math.max(1, compared.daily.length);
  const ok = perDay <= MOST_SWITCHINGS;
  return { name: "switching", ok, detail: `${perDay.toFixed(1)} times a day` };
}

function verdictOf(bench: Bench, checks: readonly Check[], compared: Compared | undefined): Verdict {
  const daily = compared?.daily ?? [];
  const cost = judged(
    bench,
    daily.map((d) => d.savedCost),
  );
  const worst = [...daily].sort((a, b) => a.savedCost - b.savedCost)[0];
  const reasons = checks.filter((c) => !c.ok).map((c) => c.detail);
  return {
    ok: reasons.length === 0,
    reasons,
    checks,
    days: daily.length,
    baseline: compared?.baseline ?? emptyTotals,
    withPlan: compared?.withPlan ?? emptyTotals,
    daily: daily.map(({ day, savedCost, savedKwh }) => ({ day, savedCost, savedKwh })),
    ...(worst ? { worstDay: { day: worst.day, savedCost: worst.savedCost } } : {}),
    fit: { ok: bench.bill.ok, note: bench.bill.note },
    perDay: { mean: cost.mean, band: cost.band },
  };
}

/**
 * Judges a proposal. The replay is run only when the static checks pass and the twin can judge; a verdict that
 * says "can't judge" is a refusal. Rules that act only on the device's own forecast need no past: their verdict has no days.
 * Yields the share done.
 */
export function* verifying(proposal: Proposal, context: StaticContext, bench: Bench): Generator<number, Verdict> {
  const checks = staticChecks(proposal, context);
  if (strategies.get(proposal.strategy)?.judgedBy === "device") {
    if (checks.every((c) => c.ok)) checks.push(...judgedByDevice(proposal, context, bench.tariff));
    return verdictOf(bench, checks, undefined);
  }
  if (checks.every((c) => c.ok)) checks.push(fitCheck(bench, proposal));
  if (checks.some((c) => !c.ok)) return verdictOf(bench, checks, undefined);
  const compared = yield* trying(bench, proposal.rules);
  checks.push(...savingChecks(bench, compared, context.goals), comfortCheck(compared), switchingCheck(compared));
  return verdictOf(bench, checks, compared);
}
