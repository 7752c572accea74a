/** Measures what running policies save, week by week, from the stored past before and since; one that surely breaks its promise is suspended. */
import { startOfLocalDay } from "../../energy/clock.ts";
import { partsOf } from "../../energy/parts.ts";
import type { Policy, PolicyVerdict } from "../../model/policy.ts";
import type { PolicyWeek } from "../../model/policy-kept.ts";
import { comfortOf } from "../../planner/facts.ts";
import { measuring } from "../../planner/measure.ts";
import { brokenPromiseOf, type WeekSpan, weekOf } from "../../planner/policy/promise.ts";
import type { PolicyAnswer } from "../../ports/policies.ts";
import { fitting, type Twin } from "../../twin/fit.ts";
import { drive } from "../drive.ts";
import { PAST_DAYS, pastFrom, pastOf } from "../past.ts";
import type { PolicyBook } from "./book.ts";
import { type PolicyParts, paceOf } from "./parts.ts";

const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;
/** Weeks kept of a policy; older ones are dropped. */
const MAX_WEEKS = 104;
/** Weeks that are measured at one go, the last ones: after a longer time without the hub the rest stay unmeasured. */
const MAX_CATCH_UP = 8;

export interface PolicyMeasuring {
  /** Measures running policies for which a local day has ended since they were last measured. One at a time; those who call meanwhile wait for it. */
  due(): Promise<void>;
  /** Measures one now. */
  measure(id: string, by: string): Promise<PolicyAnswer>;
}

/** The midnight so many local days after another one. */
const daysAfter = (midnight: number, days: number, zone: string): number =>
  startOfLocalDay(midnight + (days + 0.5) * DAY_MS, zone);

/** Weeks of a policy that runs since then, counted from its first midnight: whole ones, and the days that are over of the one under way. */
export function weeksSince(since: number, now: number, zone: string): WeekSpan[] {
  const today = startOfLocalDay(now, zone);
  const spans: WeekSpan[] = [];
  for (let from = daysAfter(startOfLocalDay(since, zone), 1, zone); from < today; ) {
    const end = daysAfter(from, WEEK_DAYS, zone);
    spans.push({ from, to: Math.min(end, today), whole: end <= today });
    from = end;
  }
  return spans;
}

/**
 * Where the time ends that a policy's devices were left alone: when it began, or when another that steered one of them did. What was steered
 * before is no picture of how the days would have been without.
 */
export function baselineEnd(policy: Policy, all: readonly Policy[]): number {
  const mine = new Set(policy.devices.map((d) => d.node));
  const began = (p: Policy) => Math.min(p.approvedAt ?? Infinity, p.weeks?.[0]?.from ?? Infinity);
  const others = all.filter((p) => p.devices.some((d) => mine.has(d.node))).map(began);
  let end = began(policy);
  for (const at of others.sort((a, b) => b - a)) if (at < end && end - at <= PAST_DAYS * DAY_MS) end = at;
  return end;
}

interface Measurer {
  readonly parts: PolicyParts;
  readonly policy: Policy;
  readonly verdict: PolicyVerdict;
  /** Of the time before anything steered its devices. */
  readonly twin: Twin;
}

async function measureWeek({ parts, policy, verdict, twin }: Measurer, span: WeekSpan): Promise<PolicyWeek> {
  const home = parts.home();
  const energy = partsOf(home);
  const since = await pastOf(parts, home, energy, span.from, span.to);
  // Rules of plans leave a policy's devices alone: they are the same with it and without.
  const rules = parts.planRules().filter((rule) => rule.enabled && rule.until === undefined);
  const input = {
    ...{ twin, since, tariff: parts.tariff(), comfort: comfortOf([], energy), otherRules: rules, rulesBefore: rules },
    steered: new Set(policy.devices.map((d) => d.node)),
  };
  return weekOf(span, verdict, await drive(measuring(input), paceOf(parts)), home.settings.currency);
}

/** Weeks that are not measured yet, or have got a day more since. */
const toMeasure = (policy: Policy, spans: readonly WeekSpan[]): WeekSpan[] =>
  spans
    .filter((span) => !policy.weeks?.some((w) => w.from === span.from && w.to === span.to && w.whole === span.whole))
    .slice(-MAX_CATCH_UP);

/** `suspend` is told of a policy that surely breaks its promise. */
export function createPolicyMeasuring(
  parts: PolicyParts,
  book: PolicyBook,
  suspend: (policy: Policy, reason: string) => void,
): PolicyMeasuring {
  /** The day on which each was last looked at, so that a failure is not tried again each minute. */
  const looked = new Map<string, number>();
  let running: Promise<void> | undefined;

  const measureNow = async (policy: Policy): Promise<void> => {
    const { verdict, runningSince = policy.approvedAt } = policy;
    if (!verdict || runningSince === undefined) return;
    const home = parts.home();
    const spans = toMeasure(policy, weeksSince(runningSince, parts.now(), home.settings.timeZone));
    if (spans.length === 0) return;
    const energy = partsOf(home);
    const end = baselineEnd(policy, [...book.policies.values()]);
    const twin = await drive(fitting(await pastOf(parts, home, energy, pastFrom(end), end), energy), paceOf(parts));
    const found: PolicyWeek[] = [];
    for (const span of spans) found.push(await measureWeek({ parts, policy, verdict, twin }, span));
    const froms = new Set(found.map((w) => w.from));
    const kept = (book.policies.get(policy.id)?.weeks ?? []).filter((w) => !froms.has(w.from));
    const weeks = [...kept, ...found].sort((a, b) => a.from - b.from).slice(-MAX_WEEKS);
    if (!book.measured(policy.id, weeks)) return;
    for (const week of found.filter((w) => w.whole)) book.note("hub", "policy-measured", policy, week.words);
    const broken = brokenPromiseOf(weeks, runningSince, home.settings.currency);
    if (broken) suspend(policy, broken);
  };
  const dueOnce = async (): Promise<void> => {
    const today = startOfLocalDay(parts.now(), parts.home().settings.timeZone);
    for (const policy of [...book.policies.values()]) {
      if (policy.state !== "running" || looked.get(policy.id) === today) continue;
      looked.set(policy.id, today);
      await measureNow(policy).catch((error: unknown) =>
        book.note("hub", "policy-measuring-failed", policy, error instanceof Error ? error.message : String(error)),
      );
    }
    for (const id of looked.keys()) if (!book.policies.has(id)) looked.delete(id);
  };
  const due = (): Promise<void> => {
    running ??= dueOnce().finally(() => {
      running = undefined;
    });
    return running;
  };
  const measure: PolicyMeasuring["measure"] = async (id, by) => {
    const policy = book.policies.get(id);
    if (policy?.state !== "running") return { ok: false, reason: "only a policy that runs can be measured" };
    await running;
    await measureNow(policy);
    book.note(by, "policy-measured-now", policy, "measured anew");
    return { ok: true, policy: book.policies.get(id) ?? policy };
  };
  return { due, measure };
}
