/** The planning desk: takes wishes, carries them through their states, and keeps the plans that people approve. */
import { startOfLocalDay } from "./energy/clock.ts";
import { partsOf } from "./energy/parts.ts";
import type { AuditEntry } from "./model/audit.ts";
import type { Home } from "./model/home.ts";
import type { NewNotice } from "./model/house.ts";
import type { Plan, Rule } from "./model/plan.ts";
import type { Preferred } from "./model/preference.ts";
import type { Tariff } from "./model/tariff.ts";
import { namesOf } from "./planner/names.ts";
import { advance, type Happening } from "./planner/plan.ts";
import { staticChecks } from "./planner/static-checks.ts";
import { type Book, createBook } from "./planning/book.ts";
import { createLearning } from "./planning/learning.ts";
import { createLoadLearning } from "./planning/load-learning.ts";
import { brokenPromise, measurePlan } from "./planning/measuring.ts";
import { createWishes } from "./planning/wishes.ts";
import { policyRulesIn, type WorkParts } from "./planning/work.ts";
import type { Clock, HubEvent, LanguageModel, Planning, Store } from "./ports.ts";
import type { CheckContext } from "./rules/check/index.ts";

export interface PlanningParts {
  readonly home: () => Home;
  readonly store: Store;
  readonly clock: Clock;
  readonly languageModel: LanguageModel;
  readonly tariff: () => Tariff;
  /** What plans are held against: the home's rules, of people, plans and policies. */
  readonly house: () => CheckContext;
  /** Hex. */
  readonly sha256: (text: string) => string;
  readonly newId: () => string;
  readonly tell: (event: HubEvent) => void;
  readonly audit: (entry: Omit<AuditEntry, "id">) => void;
  /** Told all rules of the home whenever a plan begins or ends. */
  readonly rulesChanged: (rules: Rule[]) => void;
  /** What a person has shown to want by refusing a plan. */
  readonly remember: (what: Preferred, source: "refused", by: string) => void;
  /** Told of what stopped by itself. */
  readonly notify?: (notice: NewNotice) => void;
  /** Lets everything else run once. */
  readonly yieldNow: () => Promise<void>;
}

export interface PlanningDesk extends Planning {
  /** Suspends running plans whose devices are gone or whose rules clash by now. Call it now and then. */
  review(): void;
  /** Measures running plans for which a local day has ended since they were last measured. */
  measureDue(): Promise<void>;
  /** Resolves when no wish is under way. */
  idle(): Promise<void>;
}

/**
 * Why a plan can not run in the home as it is now; undefined when it can. `house`: the rules of people count as well; who makes one beside a
 * running plan was told that the plan wins.
 */
function obstacle(plan: Plan, parts: PlanningParts, book: Book, house?: CheckContext): string | undefined {
  const home = parts.home();
  const around = [...book.rules(), ...policyRulesIn(parts.house(), book.rules())];
  const others = around.filter((rule) => rule.plan !== plan.id && rule.enabled && !rule.id.endsWith("-release"));
  const names = namesOf(partsOf(home));
  const checks = staticChecks(plan.proposal, { home, goals: [], names, others, ...(house ? { house } : {}) });
  return checks.find((check) => !check.ok)?.detail;
}

const stopped = ({ proposal }: Plan, reason: string): NewNotice => ({
  title: `The plan "${proposal.title}" was stopped`,
  text: `${reason}. The house does as without it. Under Plans it can be ended, and the wish be planned anew.`,
  level: "warn",
});

function planActs(parts: PlanningParts, book: Book, work: WorkParts) {
  /** Takes a plan one step further; the reason when that is not possible. */
  const move = (id: string, happening: Happening, by: string, what: string): Plan | string => {
    const plan = book.plans.get(id);
    if (!plan) return `there is no plan ${id}`;
    const step = advance(plan, happening);
    if (!step.ok) return step.reason;
    book.file(step.plan);
    book.audit(by, what, id, `${plan.proposal.title}: ${step.plan.reason}`);
    return step.plan;
  };
  const suspend = (id: string, reason: string): void => {
    const plan = move(id, { kind: "suspended", reason }, "hub", "plan-suspended");
    if (typeof plan === "string") return;
    book.withdraw(plan);
    // What stops by itself would else be found out by the bill.
    parts.notify?.(stopped(plan, reason));
  };
  const approve: Planning["approve"] = (id, hash, by) => {
    const shown = book.plans.get(id);
    const blocked =
      shown?.state === "verified" && shown.hash === hash ? obstacle(shown, parts, book, parts.house()) : undefined;
    if (blocked) return { ok: false, reason: `since it was checked the home has changed: ${blocked}` };
    const approved = move(id, { kind: "approved", hash, by, at: parts.clock.now() }, by, "plan-approved");
    if (typeof approved === "string") return { ok: false, reason: approved };
    book.enact(approved);
    move(id, { kind: "started" }, "hub", "plan-started");
    return { ok: true };
  };
  const end: Planning["end"] = (id, by) => {
    const ended = move(id, { kind: "ended", by }, by, "plan-ended");
    if (typeof ended === "string") return false;
    book.withdraw(ended);
    return true;
  };
  const measure: Planning["measure"] = async (id) => {
    const plan = book.plans.get(id);
    if (!plan) throw new RangeError(`there is no plan ${id}`);
    if (plan.approvedAt === undefined) throw new RangeError("only a plan that has been approved can be measured");
    const measured = await measurePlan(plan, work);
    move(id, { kind: "measured", measured }, "hub", "plan-measured");
    const broken = brokenPromise(measured);
    if (broken && book.plans.get(id)?.state === "running") suspend(id, broken);
    return book.plans.get(id) ?? plan;
  };
  const review = (): void => {
    for (const plan of book.plans.values()) {
      const why = plan.state === "running" ? obstacle(plan, parts, book) : undefined;
      if (why) suspend(plan.id, why);
    }
  };
  const measureDue = async (): Promise<void> => {
    const today = startOfLocalDay(parts.clock.now(), parts.home().settings.timeZone);
    for (const { id, state, approvedAt, measured } of [...book.plans.values()]) {
      if (state !== "running" || (measured?.to ?? approvedAt ?? today) >= today) continue;
      await measure(id).catch((error: unknown) => book.audit("hub", "measuring-failed", id, String(error)));
    }
  };
  const reject: Planning["reject"] = (id, reason, by) => {
    const plan = move(id, { kind: "rejected", reason: reason.slice(0, 300), by }, by, "plan-rejected");
    if (typeof plan === "string") return false;
    const { node, strategy: measure } = plan.proposal;
    parts.remember({ kind: "notThisMeasure", node, measure }, "refused", by);
    return true;
  };
  const learned = createLearning(work);
  const loads = createLoadLearning(work);
  return { people: { approve, reject, end, measure, measureDue, review, learned, loads }, move };
}

/** A stop between approval and start must not leave an approved plan without its rules, nor rules without their plan. */
function settle(book: Book, acts: ReturnType<typeof planActs>): void {
  for (const plan of [...book.plans.values()]) {
    const mine = book.rules().filter((rule) => rule.plan === plan.id);
    if (plan.state === "approved") acts.move(plan.id, { kind: "started" }, "hub", "plan-started");
    const runs = plan.state === "running" || plan.state === "approved";
    if (runs && mine.length < plan.proposal.rules.length) book.enact(plan);
    if (!runs && mine.length > 0) book.withdraw(plan);
  }
}

/** Work that wants the whole past: not beside a wish, nor beside itself. */
function alone(work: () => Promise<void>, busy: () => boolean): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => {
    if (busy()) return Promise.resolve();
    running ??= work().finally(() => {
      running = undefined;
    });
    return running;
  };
}

/** Opens the desk on what is stored. One wish is worked on at a time; the others wait their turn. */
export function createPlanning(parts: PlanningParts): PlanningDesk {
  const now = () => parts.clock.now();
  const book = createBook({ ...parts, now });
  const work: WorkParts = { ...parts, now, book, exams: new Map() };
  const acts = planActs(parts, book, work);
  settle(book, acts);
  const wishes = createWishes(work);
  return {
    ...acts.people,
    ...wishes.people,
    wishes: () => [...book.wishes.values()].reverse(),
    plans: () => [...book.plans.values()].reverse(),
    measureDue: alone(acts.people.measureDue, wishes.busy),
    idle: wishes.idle,
  };
}
