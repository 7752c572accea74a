/** A policy's promise beside what the meter says of it, week by week, and when it has broken it. */
import type { Measured } from "../../model/plan.ts";
import type { PolicyVerdict } from "../../model/policy.ts";
import type { PerDay, PolicyWeek, WeekOutcome } from "../../model/policy-kept.ts";
import { deviation } from "../../twin/numbers.ts";

/** Two-sided 90 % of the normal distribution. */
const Z90 = 1.645;
/** Share of a week's days that must be known well enough. */
const LEAST_COVERAGE = 0.6;
/** Whole weeks in a row that must surely miss the promise before the policy is suspended. */
const PATIENCE = 2;

/**
 * What a trial promises of so many days: its mean saving, and the band in which the mean of those few days lies. It is wider than the
 * trial's own band by the days' ups and downs, for a week is seldom like the mean of many.
 */
export function promiseOf({ perDay, daily }: Pick<PolicyVerdict, "perDay" | "daily">, days: number): PerDay {
  const spread = deviation(daily.map((d) => d.savedCost)) || 0;
  return { mean: perDay.mean, band: Math.hypot(perDay.band, (Z90 * spread) / Math.sqrt(Math.max(1, days))) };
}

function outcomeOf(promised: PerDay, measured: PerDay): WeekOutcome {
  const [low, high] = [measured.mean - measured.band, measured.mean + measured.band];
  // A figure that could as well be nothing as all that was promised says neither.
  if (low <= 0 && high >= promised.mean && measured.band > promised.band) return "cantTell";
  if (high < promised.mean - promised.band) return "missed";
  if (low > promised.mean + promised.band) return "beaten";
  return measured.mean < promised.mean - promised.band ? "short" : "kept";
}

const ENDS: Readonly<Record<WeekOutcome, string>> = {
  beaten: "more than promised",
  kept: "kept",
  short: "less than promised, but not for certain",
  missed: "missed, for certain",
  cantTell: "can't be told, the meters say too little",
};

export interface WeekSpan {
  /** Local midnights, epoch ms. */
  readonly from: number;
  readonly to: number;
  readonly whole: boolean;
}

/** A week as it is kept and shown. `measured`: of the days of the span, against the days as they would have been without. */
export function weekOf(
  span: WeekSpan,
  verdict: Pick<PolicyVerdict, "perDay" | "daily">,
  measured: Measured,
  currency: string,
): PolicyWeek {
  const { days, coverage, refused, note } = measured;
  const promised = promiseOf(verdict, days || 7);
  const said = `promised ${promised.mean.toFixed(2)} ${currency} a day`;
  const unknown =
    refused ?? (days < 1 || coverage < LEAST_COVERAGE ? `only ${days} of its days are known well enough` : undefined);
  if (unknown !== undefined) {
    const words = `${said}; what came of it can't be told: ${unknown}`;
    return { ...span, promised, days, outcome: "cantTell", words, note: unknown };
  }
  const found = { mean: measured.savedCost / days, band: measured.band / days };
  const outcome = outcomeOf(promised, found);
  const words = `${said}, measured ${found.mean.toFixed(2)}, give or take ${found.band.toFixed(2)}: ${ENDS[outcome]}`;
  return { ...span, promised, measured: found, days, outcome, words, note };
}

/** Why a policy that promised more than it brings is to be suspended; undefined when it keeps its promise, or nobody can tell. */
export function brokenPromiseOf(weeks: readonly PolicyWeek[], since: number, currency: string): string | undefined {
  const last = weeks.filter((w) => w.whole && w.from >= since).slice(-PATIENCE);
  if (last.length < PATIENCE || last.some((w) => w.outcome !== "missed")) return undefined;
  const found = last.map((w) => (w.measured?.mean ?? 0).toFixed(2)).join(" and ");
  const promised = (last.at(-1)?.promised.mean ?? 0).toFixed(2);
  return (
    `for two weeks it surely brought less than it promised: ${promised} ${currency} a day promised, ${found} measured. ` +
    "Try it on the past again: what was so when it was tried may no longer be"
  );
}
