import { randomUUID } from "node:crypto";
import type { Goal } from "../model/goal/index.ts";
import type { HomeRule, RuleDraft } from "../model/rule/rule.ts";
import type { RuleTrial } from "../model/rule-trial.ts";
import { Cancelled, drive } from "../planning/drive.ts";
import type { Policies } from "../ports/policies.ts";
import type { Planning, Trials } from "../ports.ts";
import { comfortOf } from "../step/dry-run/comfort.ts";
import { energyOf } from "../step/dry-run/energy.ts";
import { fightsOf } from "../step/dry-run/fights.ts";
import { living } from "../step/dry-run/live.ts";
import { reportOf } from "../step/dry-run/report.ts";
import { prepare } from "./dry-run-past.ts";
import type { FacadeParts } from "./facade.ts";

/** Answers that are kept for whoever asked; the oldest go. */
const MAX_KEPT = 12;
/** At work at once. */
const MAX_RUNNING = 2;

type Parts = Pick<FacadeParts, "state" | "store" | "clock" | "jobs"> & {
  readonly planning: Pick<Planning, "plans" | "wishes">;
  readonly policies: Pick<Policies, "list">;
};

type Held = { done: number; answer?: NonNullable<ReturnType<Trials["get"]>> };

/** Tries rules on this home's past. Each is a job that can be cancelled; the house goes on meanwhile. */
export function createTrials(parts: Parts): Trials {
  const trials = new Map<string, Held>();
  const running = () => [...trials.values()].filter((t) => t.answer === undefined).length;
  return {
    start({ draft, id, days }) {
      if (running() >= MAX_RUNNING) return { ok: false, why: "busy" };
      const known = id === undefined ? undefined : parts.state.automation.rules.find((r) => r.id === id);
      if (id !== undefined && !known) return { ok: false, why: "absent" };
      const rule = draft ? ruleOf(draft, known, parts.clock.now()) : known;
      if (!rule) return { ok: false, why: "absent" };
      const key = `trial-${randomUUID()}`;
      const held: Held = { done: 0 };
      trials.set(key, held);
      while (trials.size > MAX_KEPT) trials.delete(trials.keys().next().value ?? "");
      void work(parts, key, rule, days, held);
      return { ok: true, id: key };
    },
    get(id) {
      const held = trials.get(id);
      return held && (held.answer ?? { state: "running", done: held.done });
    },
  };
}

const ruleOf = (draft: RuleDraft, known: HomeRule | undefined, now: number): HomeRule => ({
  ...draft,
  ...{ id: known?.id ?? "rule-on-trial", origin: known?.origin ?? "person", by: known?.by ?? "nobody" },
  ...{ madeAt: now, changedAt: now },
});

async function work(parts: Parts, key: string, rule: HomeRule, days: number, held: Held): Promise<void> {
  const stop = new AbortController();
  const job = parts.jobs.add(key, `"${rule.title}" on the past ${days} days`, () => stop.abort());
  const yieldNow = () => new Promise<void>((resolve) => setImmediate(resolve));
  const pace = { now: () => performance.now(), yieldNow, signal: stop.signal };
  const progress = (done: number) => {
    held.done = done;
    job.progress(done, "living through the past again");
  };
  try {
    job.progress(0, "reading what was told");
    const report = await tried(parts, rule, days, (g) => drive(g, pace, progress));
    held.answer = { state: "done", report };
    job.end("done", `${report.firings} times`);
  } catch (error) {
    const cancelled = error instanceof Cancelled;
    const why = cancelled ? "cancelled" : error instanceof Error ? error.message : String(error);
    held.answer = { state: cancelled ? "cancelled" : "failed", why };
    job.end(cancelled ? "cancelled" : "failed", why);
  }
}

type Drive = <T>(work: Generator<number, T>) => Promise<T>;

async function tried(parts: Parts, rule: HomeRule, days: number, run: Drive): Promise<RuleTrial> {
  const given = { ...parts, goals: () => goalsOf(parts), drive: run };
  const { trial, switched, grains, untold } = await prepare(given, rule, days);
  const lived = await run(living(trial));
  const energy = await run(energyOf(lived.otherwise, switched, trial.view, lived.warmings));
  const { from, timeZone } = trial.view;
  const comfort = await run(comfortOf(lived.warmings, untold, { from, to: lived.to, timeZone }));
  const names = namesOf(parts);
  const fights = fightsOf(lived, trial.deeds, ({ by }) => names(by), trial.view.timeZone);
  return reportOf(trial, lived, { energy, fights, comfort, grains });
}

/** What people want in this home: the goals of what runs for them. */
function goalsOf({ planning, policies }: Pick<Parts, "planning" | "policies">): readonly Goal[] {
  const wishes = new Set(planning.plans().flatMap((p) => (p.state === "running" ? [p.goal] : [])));
  return [
    ...policies.list().flatMap((p) => (p.state === "running" ? p.goals : [])),
    ...planning.wishes().flatMap((w) => (wishes.has(w.id) ? w.goals : [])),
  ];
}

/** Who it was, in words. */
function namesOf({ planning, state }: Parts): (by: string) => string {
  return (by) => {
    const id = by.slice(by.indexOf(":") + 1);
    const plan = planning.plans().find((p) => p.id === id);
    const rule = state.automation.rules.find((r) => r.id === id);
    if (by.startsWith("plan:")) return plan ? `the plan "${plan.proposal.title}"` : "a plan that is no more";
    if (by.startsWith("rule:")) return rule ? `the rule "${rule.title}"` : "a rule that is no more";
    return by;
  };
}
