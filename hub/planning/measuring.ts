/** Measures what a running plan saved, from the stored past before and since. */
import { partsOf } from "../energy/parts.ts";
import type { Measured, Plan } from "../model/plan.ts";
import { comfortOf } from "../planner/facts.ts";
import { measuring } from "../planner/measure.ts";
import { fitting } from "../twin/fit.ts";
import { timeOf } from "../twin/history.ts";
import { drive, type Pace } from "./drive.ts";
import { PAST_DAYS, pastFrom, pastOf } from "./past.ts";
import type { WorkParts } from "./work.ts";

const DAY_MS = 86_400_000;
/** A promise counts as broken only after a week with most of its days known. */
const PATIENCE_DAYS = 7;
const LEAST_COVERAGE = 0.8;

/** Measures over at most the last 60 days of the plan's time. */
export async function measurePlan(plan: Plan, parts: WorkParts): Promise<Measured> {
  const began = plan.approvedAt ?? parts.now();
  const home = parts.home();
  const energy = partsOf(home);
  const pace: Pace = { now: parts.now, yieldNow: parts.yieldNow };
  const since = await pastOf(parts, home, energy, Math.max(began, parts.now() - PAST_DAYS * DAY_MS), parts.now());
  const before = await pastOf(parts, home, energy, pastFrom(began), began);
  const twin = await drive(fitting(before, energy), pace);
  // Rules count as part of the past only if they ran on the days that the twin is tested on, not a moment before this plan.
  const tested = timeOf(twin.history, twin.heldOutFrom);
  const elder = new Set(
    [...parts.book.plans.values()].filter((p) => (p.approvedAt ?? Infinity) < tested).map((p) => p.id),
  );
  const others = parts.book.rules().filter((rule) => rule.enabled && rule.plan !== plan.id && rule.until === undefined);
  const input = {
    twin,
    since,
    tariff: parts.tariff(),
    comfort: comfortOf([], energy),
    steered: new Set(plan.proposal.rules.flatMap((r) => [...r.then, ...(r.otherwise ?? [])].map((a) => a.node))),
    otherRules: others,
    rulesBefore: others.filter((rule) => rule.plan === undefined || elder.has(rule.plan)),
  };
  return drive(measuring(input), pace);
}

/** Why a measured plan should stop; undefined when it keeps its promise or it is too early to tell. */
export function brokenPromise(measured: Measured): string | undefined {
  const early = measured.days < PATIENCE_DAYS || measured.coverage < LEAST_COVERAGE;
  if (early || measured.savedCost + measured.band >= 0) return undefined;
  return `it cost ${(-measured.savedCost).toFixed(2)} more over ${measured.days} days instead of saving`;
}
