import { randomUUID } from "node:crypto";
import type { Goal } from "../../model/goal/index.ts";
import type { HomeRule, RuleDraft } from "../../model/rule/rule.ts";
import { type RuleTrial, triedOf } from "../../model/rule-trial.ts";
import { drive } from "../../planning/drive.ts";
import type { Policies } from "../../ports/policies.ts";
import type { Planning, Trials } from "../../ports.ts";
import { yieldNow } from "../calmly.ts";
import type { FacadeParts } from "../facade.ts";
import { asking } from "./question.ts";

/** Answers that are kept for whoever asked; the oldest go. */
const MAX_KEPT = 12;
/** At work at once. */
const MAX_RUNNING = 2;

export type TrialParts = Pick<FacadeParts, "state" | "store" | "clock" | "jobs" | "tries"> & {
  readonly planning: Pick<Planning, "plans" | "wishes">;
  readonly policies: Pick<Policies, "list">;
};

interface Held {
  readonly isOfAll: boolean;
  done: number;
  /** As they come; by the rules' order. */
  readonly reports: { readonly id: string; readonly report: RuleTrial }[];
  ended?: { readonly state: "done" } | { readonly state: "failed" | "cancelled"; readonly why: string };
}

type Begun = ReturnType<Trials["startAll"]>;

/** Tries rules on this home's past. Each is a job that can be cancelled; the house goes on meanwhile. */
export function createTrials(parts: TrialParts): Trials {
  const trials = new Map<string, Held>();
  const begin = (title: string, rules: readonly HomeRule[], days: number, isOfAll: boolean): Begun => {
    if ([...trials.values()].filter((t) => !t.ended).length >= MAX_RUNNING) return { ok: false, why: "busy" };
    const id = `trial-${randomUUID()}`;
    const held: Held = { isOfAll, done: 0, reports: [] };
    trials.set(id, held);
    while (trials.size > MAX_KEPT) trials.delete(trials.keys().next().value ?? "");
    void work(parts, { id, title, rules, days }, held);
    return { ok: true, id };
  };
  const one = (id: string) => {
    const held = trials.get(id);
    return held?.isOfAll ? undefined : held;
  };
  return {
    start({ draft, id, days }) {
      const known = id === undefined ? undefined : parts.state.automation.rules.find((r) => r.id === id);
      const rule = id !== undefined && !known ? undefined : draft ? ruleOf(draft, known, parts.clock.now()) : known;
      if (!rule) return { ok: false, why: "absent" };
      return begin(`"${rule.title}" on the past ${days} days`, [rule], days, false);
    },
    get(id) {
      const held = one(id);
      if (!held?.ended) return held && { state: "running", done: held.done };
      const report = held.reports[0]?.report;
      return held.ended.state === "done" ? report && { state: "done", report } : held.ended;
    },
    startAll({ days }) {
      const rules = parts.state.automation.rules.filter((r) => r.enabled);
      if (rules.length === 0) return { ok: false, why: "absent" };
      return begin(`All rules on the past ${days} days`, rules, days, true);
    },
    getAll(id) {
      const held = trials.get(id);
      if (!held?.isOfAll) return undefined;
      if (!held.ended) return { state: "running", done: held.done };
      // Where it was cancelled some are missing in between.
      const tried = held.reports.flatMap((r) => (r ? [triedOf(r.id, r.report)] : []));
      return { ...held.ended, tried };
    },
  };
}

const ruleOf = (draft: RuleDraft, known: HomeRule | undefined, now: number): HomeRule => ({
  ...draft,
  ...{ id: known?.id ?? "rule-on-trial", origin: known?.origin ?? "person", by: known?.by ?? "nobody" },
  ...{ madeAt: now, changedAt: now },
});

interface Work {
  readonly id: string;
  readonly title: string;
  readonly rules: readonly HomeRule[];
  readonly days: number;
}

async function work(parts: TrialParts, { id, title, rules, days }: Work, held: Held): Promise<void> {
  const stop = new AbortController();
  const job = parts.jobs.add(id, title, () => stop.abort(new Error("cancelled")));
  const hearing = {
    progress(done: number) {
      held.done = done;
      job.progress(done, "living through the past again");
    },
    told(place: number, report: RuleTrial) {
      held.reports[place] = { id: rules[place]?.id ?? "", report };
    },
  };
  try {
    job.progress(0, "reading what was told");
    // What waits to be written belongs to the past.
    parts.store.flush();
    const given = { goals: goalsOf(parts), plans: plansOf(parts), days, now: parts.clock.now(), brief: held.isOfAll };
    const pace = { now: () => performance.now(), yieldNow, signal: stop.signal };
    const question = await drive(asking(parts.state, rules, given), pace);
    await parts.tries.carryOut(question, hearing, stop.signal);
    held.ended = { state: "done" };
    held.done = 1;
    job.end("done", held.isOfAll ? `${rules.length} rules` : `${held.reports[0]?.report.firings} times`);
  } catch (error) {
    const why = stop.signal.aborted ? "cancelled" : error instanceof Error ? error.message : String(error);
    held.ended = { state: stop.signal.aborted ? "cancelled" : "failed", why };
    job.end(held.ended.state, why);
  }
}

/** What people want in this home: the goals of what runs for them. */
function goalsOf({ planning, policies }: Pick<TrialParts, "planning" | "policies">): readonly Goal[] {
  const wishes = new Set(planning.plans().flatMap((p) => (p.state === "running" ? [p.goal] : [])));
  return [
    ...policies.list().flatMap((p) => (p.state === "running" ? p.goals : [])),
    ...planning.wishes().flatMap((w) => (wishes.has(w.id) ? w.goals : [])),
  ];
}

const plansOf = ({ planning }: Pick<TrialParts, "planning">): ReadonlyMap<string, string> =>
  new Map(planning.plans().map((p) => [p.id, p.proposal.title]));
