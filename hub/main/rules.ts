import { randomUUID } from "node:crypto";
import type { RuleProblem } from "../model/rule/problem.ts";
import type { HomeRule, RuleDraft } from "../model/rule/rule.ts";
import { isSwitching } from "../model/rule/step.ts";
import { isTimed } from "../model/rule/time.ts";
import type { HomeRuleStatus, RuleMoments, Rules, Saved } from "../ports.ts";
import { checking } from "../rules/check/index.ts";
import { ruleStepsIn } from "../rules/check/switching.ts";
import type { Names } from "../rules/names.ts";
import type { Run } from "../rules/run/run.ts";
import { dstMeaning } from "../rules/time/dst.ts";
import { nextOccurrence, occurrences } from "../rules/time/occurrences.ts";
import { timeInWords } from "../rules/time/words.ts";
import { draftInWords } from "../rules/words/rule.ts";
import { placeOf } from "../step/automation/due.ts";
import { traceOf } from "../step/automation/tracing.ts";
import { nameNow, nodeNow } from "../step/identity/names.ts";
import type { CoreState } from "../step.ts";
import { calmly } from "./calmly.ts";
import { checkContextOf } from "./check-context.ts";
import { withComing } from "./exchange/kept.ts";
import type { FacadeParts } from "./facade.ts";

/** Rules that people may keep. */
const MAX_RULES = 500;
const MAX_MOMENTS = 400;
const YEAR_MS = 366 * 86_400_000;

type Parts = Pick<FacadeParts, "state" | "store" | "clock" | "put"> & {
  readonly policies: Pick<FacadeParts["policies"], "mayAsk">;
};

/** The rules of people: read, checked, kept at once, and put in force. */
export function createRules(parts: Parts): Rules {
  const { state, clock } = parts;
  const { automation } = state;
  const status = (rule: HomeRule, switchers = switchersIn(automation.rules)) =>
    statusOf(state, rule, clock.now(), switchers);
  const find = (id: string | undefined) => automation.rules.find((r) => r.id === id);
  const keeping = createKeeping(parts);
  return {
    list() {
      const switchers = switchersIn(automation.rules);
      return automation.rules.map((rule) => status(rule, switchers));
    },
    async read(draft, id, coming = []) {
      const then = withComing(state, coming);
      return {
        words: draftInWords(draft, namesIn(then)),
        problems: await problemsOf({ ...parts, state: then }, draft, id),
        moments: momentsOf(state, draft, clock.now()),
      };
    },
    async save(draft, by, { id, sure, origin, blueprint, source = find(id)?.source }): Promise<Saved> {
      if (id !== undefined && !find(id)) return { ok: false, why: "absent" };
      const problems = await problemsOf(parts, draft, id);
      // The rest in one go: nothing comes between what is looked at and what is kept.
      const before = find(id);
      if (id !== undefined && !before) return { ok: false, why: "absent" };
      if (!before && automation.rules.length >= MAX_RULES) return { ok: false, why: "full" };
      if (problems.some((p) => p.level === "error" || !sure)) return { ok: false, why: "problems", problems };
      const now = clock.now();
      const from = blueprint ?? before?.blueprint;
      const rule: HomeRule = {
        ...draft,
        ...(from ? { blueprint: from } : {}),
        ...(source === undefined ? {} : { source }),
        ...{ id: before?.id ?? `rule-${randomUUID()}`, origin: before?.origin ?? origin ?? "person", by },
        // Two wordings within a millisecond are two.
        ...{ madeAt: before?.madeAt ?? now, changedAt: Math.max(now, (before?.changedAt ?? 0) + 1) },
      };
      keeping.keep(rule, by, before ? "rule-changed" : "rule-made");
      return { ok: true, status: status(rule) };
    },
    setEnabled(id, enabled, by) {
      const rule = find(id);
      if (!rule) return undefined;
      const changed = { ...rule, enabled };
      keeping.keep(changed, by, enabled ? "rule-enabled" : "rule-disabled");
      return status(changed);
    },
    remove(id, by) {
      const rule = find(id);
      if (rule) keeping.drop(rule, by);
      return rule !== undefined;
    },
    ...createHand(parts, keeping.audit),
  };
}

/** What is kept of rules, and said of it in the audit log. */
function createKeeping({ state, store, clock, put }: Parts) {
  const { automation } = state;
  const audit = (by: string, what: string, { id, title }: HomeRule): void => {
    store.appendAudit({ at: clock.now(), by, what, subject: id, detail: title });
  };
  const others = (id: string) => automation.rules.filter((r) => r.id !== id);
  return {
    audit,
    keep(rule: HomeRule, by: string, what: string): void {
      store.put("homeRule", rule.id, rule);
      put({ kind: "homeRulesSet", rules: [...others(rule.id), rule].sort(byAge) });
      audit(by, what, rule);
    },
    drop(rule: HomeRule, by: string): void {
      store.remove("homeRule", rule.id);
      put({ kind: "homeRulesSet", rules: others(rule.id) });
      audit(by, "rule-removed", rule);
    },
  };
}

/** The older first: of two that want one thing it counts. */
export const byAge = (a: HomeRule, b: HomeRule): number => a.madeAt - b.madeAt || (a.id < b.id ? -1 : 1);

/** What people do with rules by hand. */
function createHand({ state, clock, put }: Parts, audit: (by: string, what: string, rule: HomeRule) => void) {
  const { automation } = state;
  return {
    start(id: string, by: string): boolean {
      const rule = automation.rules.find((r) => r.id === id);
      if (rule?.form !== "when" || !rule.enabled) return false;
      audit(by, "rule-started", rule);
      return put({ kind: "ruleStarted", rule: id, by, at: clock.now() });
    },
    cancel(id: string, by: string): boolean {
      const run = automation.runs.get(id);
      const rule = run && automation.rules.find((r) => r.id === run.rule);
      if (!run || run.endedAt !== undefined) return false;
      if (rule) audit(by, "rule-run-ended", rule);
      return put({ kind: "runCancelled", run: id, by, at: clock.now() });
    },
  };
}

/** Looks so often at most where other rules are kept meanwhile; what came last may then not have been seen. */
const MAX_LOOKS = 3;

/** What speaks against a draft beside the rules of now. */
async function problemsOf(
  { state, clock, policies }: Pick<Parts, "state" | "clock" | "policies">,
  draft: RuleDraft,
  id?: string,
): Promise<readonly RuleProblem[]> {
  for (let look = 1; ; look++) {
    const { rules } = state.automation;
    const house = checkContextOf(state, clock.now());
    // What a policy asks for now is made anew each hour: a rule is held against all that it may ask for.
    const planRules = [...policies.mayAsk(), ...house.planRules];
    const context = { ...house, planRules, rules: rules.filter((r) => r.id !== id) };
    const problems = await calmly(checking(draft, context, id));
    if (rules === state.automation.rules || look >= MAX_LOOKS) return problems;
  }
}

function momentsOf(state: CoreState, draft: RuleDraft, now: number): RuleMoments[] {
  if (draft.form !== "when") return [];
  const place = placeOf(state, now);
  const years = [now, now + YEAR_MS].map((at) => new Date(at).getUTCFullYear());
  return draft.on.filter(isTimed).map((trigger) => ({
    words: timeInWords(trigger),
    meaning: [...new Set(years.flatMap((year) => dstMeaning(trigger, place, year, now)))],
    next: occurrences(trigger, now, now + YEAR_MS, place).slice(0, MAX_MOMENTS),
  }));
}

type Switchers = ReadonlyMap<string, readonly string[]>;

/** Titles of the rules that switch each one. */
function switchersIn(rules: readonly HomeRule[]): Switchers {
  const found = new Map<string, string[]>();
  for (const rule of rules)
    for (const id of new Set(ruleStepsIn(rule).flatMap((step) => (isSwitching(step) ? [step.rule] : []))))
      found.set(id, [...(found.get(id) ?? []), rule.title]);
  return found;
}

function statusOf(state: CoreState, rule: HomeRule, now: number, switchers: Switchers): HomeRuleStatus {
  const { automation } = state;
  const verdict = rule.form === "while" ? state.verdicts.get(rule.id) : undefined;
  const lastAt = automation.startedAt.get(rule.id);
  const place = placeOf(state, now);
  const next =
    rule.form === "when" && rule.enabled
      ? rule.on.filter(isTimed).flatMap((t) => nextOccurrence(t, now, place) ?? [])
      : [];
  const running = [...automation.runs.values()].filter((r) => r.rule === rule.id && r.endedAt === undefined);
  return {
    rule,
    words: draftInWords(rule, namesIn(state)),
    ...(verdict
      ? { holds: verdict.holds, reason: verdict.lost ? `${verdict.reason}; ${verdict.lost}` : verdict.reason }
      : {}),
    ...(lastAt === undefined ? {} : { lastAt }),
    switchedBy: switchers.get(rule.id) ?? [],
    running: running.map((run) => traceOf(run, rule.title, waitsFor(run, now))),
    ...(next.length > 0 ? { nextAt: Math.min(...next) } : {}),
  };
}

/** Devices, rules and scenes by the names that people gave them. */
const namesIn =
  (state: CoreState): Names =>
  (id) => {
    const named = [...state.automation.rules, ...state.scenes].find((one) => one.id === id);
    return named && !nodeNow(state, id) ? `"${named.title}"` : nameNow(state, id);
  };

/** How it stands with a run, in words. */
function waitsFor({ wakeAt, asked }: Pick<Run, "wakeAt" | "asked">, now: number): string {
  if (wakeAt === undefined) return "runs";
  const minutes = Math.max(0, Math.ceil((wakeAt - now) / 60_000));
  return `waits${asked === undefined ? "" : " for an answer"}, ${minutes} minutes at most`;
}
