/** Carries one wish from words to judged plans. */
import { asIfAlways } from "../energy/bill/as-if-always.ts";
import { localTime } from "../energy/clock.ts";
import { partsOf } from "../energy/parts.ts";
import type { Home } from "../model/home.ts";
import type { Goal, Plan, Proposal, Rule, Wish } from "../model/plan.ts";
import type { Preference, Preferred } from "../model/preference.ts";
import type { PricedTariff } from "../model/tariff.ts";
import { comfortOf, factsOf } from "../planner/facts.ts";
import { datesOf } from "../planner/goals/demand.ts";
import { type Option, optionsOf, tuning } from "../planner/greedy.ts";
import { planHash } from "../planner/hash.ts";
import { heeding, refusedBefore, refusedLast, wanted } from "../planner/heeded.ts";
import { type Names, namesOf } from "../planner/names.ts";
import type { Refusal } from "../planner/parse.ts";
import { advance } from "../planner/plan.ts";
import { isWayBack } from "../planner/policy/enact.ts";
import type { Facts } from "../planner/strategies/strategy.ts";
import { type Bench, preparing, trying, verifying } from "../planner/verify.ts";
import type { LanguageModel, Store } from "../ports.ts";
import type { CheckContext } from "../rules/check/index.ts";
import { fitting, type Twin } from "../twin/fit.ts";
import { mean } from "../twin/numbers.ts";
import type { Book } from "./book.ts";
import { Cancelled, drive, type Pace } from "./drive.ts";
import { type Exams, Interview } from "./interview.ts";
import { pastFrom, pastOf } from "./past.ts";
import { goalsInWords, understand } from "./reading.ts";

export interface WorkParts {
  readonly home: () => Home;
  readonly store: Store;
  readonly now: () => number;
  readonly languageModel: LanguageModel;
  readonly tariff: () => PricedTariff;
  /** What plans are held against: the home's rules, of people, plans and policies. */
  readonly house: () => CheckContext;
  readonly sha256: (text: string) => string;
  readonly newId: () => string;
  readonly yieldNow: () => Promise<void>;
  readonly book: Book;
  readonly exams: Exams;
}

/** The wish under way; `say` keeps a change of it. */
export interface Errand {
  readonly id: string;
  readonly text: string;
  /** What was refused of its reading, as kept. */
  readonly refused: readonly Refusal[];
  readonly signal: AbortSignal;
  say(change: Partial<Wish>): void;
}

const preferredIn = ({ store }: Pick<WorkParts, "store">) => wanted(store.list<Preference>("preference"));

const labelOf = (option: Option, names: Names): string => `${option.strategy.label}: ${names.nameOf(option.node)}`;

async function twinOf(parts: WorkParts, errand: Errand, pace: Pace): Promise<Twin> {
  const home = parts.home();
  const [now, energy] = [parts.now(), partsOf(home)];
  errand.say({ progress: "fetching the home's past" });
  const history = await pastOf(parts, home, energy, pastFrom(now), now);
  errand.say({ progress: "learning how this home behaves" });
  return drive(fitting(history, energy), pace);
}

interface Table {
  readonly names: Names;
  readonly facts: Facts;
  readonly bench: Bench;
  /** Measures as shown, the best first, by a model; and which. */
  readonly ranking: readonly string[];
  readonly model: string | undefined;
  readonly refused: readonly Refusal[];
  readonly notes: readonly string[];
  readonly goal: string;
  readonly others: readonly Rule[];
  /** What people have shown to want. */
  readonly preferred: readonly Preferred[];
}

/** The model's order first, then the rest in the order of the strategies; what a person refused before comes last. */
function ordered(options: readonly Option[], table: Pick<Table, "names" | "ranking" | "preferred">): Option[] {
  const rank = (option: Option) => {
    const at = table.ranking.indexOf(labelOf(option, table.names));
    return at < 0 ? Number.MAX_SAFE_INTEGER : at;
  };
  return refusedLast(
    [...options].sort((a, b) => rank(a) - rank(b)),
    table.preferred,
  );
}

/** What was refused before is proposed with a question. */
const asking = (proposal: Proposal, option: Option, { preferred }: Table): Proposal =>
  refusedBefore(option, preferred)
    ? { ...proposal, because: `${proposal.because} You refused this before. Is it meant this time?` }
    : proposal;

/** A model that chose a measure is named as its maker, and what it did is told apart from what was reckoned. */
function credited(proposal: Proposal, option: Option, table: Table): Proposal {
  const place = table.ranking.indexOf(labelOf(option, table.names)) + 1;
  const name = table.model;
  if (place === 0 || name === undefined) return proposal;
  const because = `${proposal.because} For this wish ${name} put it in place ${place}.`;
  return { ...proposal, because, madeBy: { kind: "model", name } };
}

/** A proposed plan: its rules carry its id, and its hash is over exactly what a person will read. */
function planOf(proposal: Proposal, table: Table, parts: WorkParts): Plan {
  const id = parts.newId();
  const rules = proposal.rules.map((rule) => ({ ...rule, id: `${id}-${rule.id}`, plan: id }));
  const exact = { ...proposal, rules };
  return {
    id,
    goal: table.goal,
    state: "proposed",
    reason: "waits to be checked",
    proposal: exact,
    hash: planHash(table.goal, exact, parts.sha256),
    createdAt: parts.now(),
  };
}

/** What policies that run steer, beside the rules of plans; those that only lead a device back for a while are over. */
export const policyRulesIn = ({ planRules }: CheckContext, plans: readonly Rule[]): readonly Rule[] =>
  planRules.filter((r) => isWayBack(r) && r.until === undefined && !plans.some((p) => p.id === r.id));

async function judge(
  option: Option,
  table: Table,
  accepted: readonly Rule[],
  parts: WorkParts,
  pace: Pace,
): Promise<Plan | undefined> {
  const { facts, names, bench } = table;
  const tuned = await drive(tuning(option, facts, names, bench), pace);
  if (!tuned) return undefined;
  const proposed = planOf(asking(credited(tuned, option, table), option, table), table, parts);
  const others = [...table.others, ...accepted];
  const house = parts.house();
  const context = {
    ...{ home: parts.home(), goals: facts.goals, names, house, now: parts.now() },
    others: [...others, ...policyRulesIn(house, others)],
  };
  const verdict = await drive(verifying(proposed.proposal, context, bench), pace);
  const step = advance(proposed, { kind: "judged", verdict });
  const plan = step.ok ? step.plan : proposed;
  parts.book.file(plan);
  const saved = verdict.days > 0 ? `${verdict.perDay.mean.toFixed(2)} a day` : "judged by the device's own forecast";
  parts.book.audit("hub", `plan-${plan.state}`, plan.id, `${plan.proposal.title}: ${verdict.ok ? saved : plan.reason}`);
  return plan;
}

async function together(accepted: readonly Plan[], table: Table, currency: string, pace: Pace): Promise<string> {
  const replayed = accepted.filter((plan) => (plan.verdict?.days ?? 0) > 0);
  if (replayed.length < 2) return "";
  const compared = await drive(
    trying(
      table.bench,
      replayed.flatMap((p) => p.proposal.rules),
    ),
    pace,
  );
  const saved = mean(compared.daily.map((d) => d.savedCost)) || 0;
  return `; together they would have saved ${saved.toFixed(2)} ${currency} a day`;
}

/** What one device is to have ready or done and no proposal serves: a count of those that passed would hide it. */
function unserved(accepted: readonly Plan[], { facts, names }: Table): string[] {
  if (accepted.length === 0) return [];
  const left = facts.goals.filter(
    (g) => (g.kind === "readyBy" || g.kind === "applianceWindow") && !accepted.some((p) => p.proposal.node === g.node),
  );
  return left.length === 0 ? [] : [`Nothing was found for: ${goalsInWords(left, names)}`];
}

async function propose(table: Table, errand: Errand, parts: WorkParts, pace: Pace): Promise<void> {
  const { facts, preferred } = table;
  const options = ordered(heeding(optionsOf(facts), facts.goals, preferred), table);
  const refused = [...table.refused];
  const accepted: Plan[] = [];
  for (const [k, option] of options.entries()) {
    errand.say({ progress: `replaying this home's past: ${option.strategy.label} (${k + 1} of ${options.length})` });
    const rules = accepted.flatMap((plan) => plan.proposal.rules);
    const plan = await judge(option, table, rules, parts, pace);
    if (plan?.state === "verified") accepted.push(plan);
    if (!plan) refused.push({ title: option.strategy.label, reason: "the device can not be steered" });
  }
  const sum = await together(accepted, table, parts.home().settings.currency, pace);
  const found =
    accepted.length === 0
      ? "nothing in this home serves it and stands the check"
      : `${accepted.length} proposals passed every check${sum}`;
  errand.say({ state: "done", refused, progress: [found, ...unserved(accepted, table), ...table.notes].join(". ") });
  parts.book.audit("hub", "wish-planned", errand.id, found);
}

/** Reads a wish, so that a person can say whether it is meant so. Throws Cancelled; other errors are the caller's to show. */
export async function readErrand(errand: Errand, parts: WorkParts): Promise<void> {
  const names = namesOf(partsOf(parts.home()));
  const model = parts.languageModel.ready();
  errand.say({ progress: model ? `${model} reads the wish; the first time can take a minute` : "reading the wish" });
  const asking = { model: parts.languageModel, exams: parts.exams, signal: errand.signal };
  const { goals, assumed, notUnderstood, readBy, refused, notes } = await understand(errand.text, names, asking, {
    today: localTime(parts.now(), parts.home().settings.timeZone).day,
    pace: { now: parts.now, yieldNow: parts.yieldNow, signal: errand.signal },
  });
  if (errand.signal.aborted) throw new Cancelled("cancelled");
  parts.book.audit(readBy, "wish-read", errand.id, goalsInWords(goals, names) || "no goal");
  for (const { title, reason } of refused)
    parts.book.audit("hub", "proposal-refused", errand.id, `${title}: ${reason}`);
  const unread = notUnderstood.map(({ part, reason }) => `not understood: "${part}"${reason ? ` (${reason})` : ""}`);
  if (goals.length > 0) {
    const progress = ["Look whether it is meant so; nothing is planned before you say so", ...notes, ...unread].join(
      ". ",
    );
    errand.say({ state: "read", goals, assumed, notUnderstood, readBy, refused, progress });
    return;
  }
  const hint = 'Try for example "car at 80 % by 7, spend least, living room never below 19"';
  const progress = ["No goal was understood", ...notes, ...unread, hint].join(". ");
  errand.say({ state: "failed", readBy, notUnderstood, refused, progress });
}

/** Limits that today's measures do not look at, so that nobody takes them for kept. */
function unheeded(goals: readonly Goal[], names: Names): string[] {
  const kinds: readonly Goal["kind"][] = ["peakLimit", "quietHours"];
  const left = goals.filter((goal) => kinds.includes(goal.kind));
  const timed = goals.some(
    (goal) =>
      ("days" in goal && goal.days) || Object.keys(datesOf(goal)).length > 0 || ("presence" in goal && goal.presence),
  );
  return [
    ...(left.length > 0 ? [`these measures do not look at: ${goalsInWords(left, names)}`] : []),
    ...(timed ? ["they hold on all days, whoever is home"] : []),
  ];
}

/** Plans for the goals that a person confirmed, and checks. Throws Cancelled; other errors are the caller's to show. */
export async function planErrand(errand: Errand, goals: readonly Goal[], parts: WorkParts): Promise<void> {
  const pace: Pace = { now: parts.now, yieldNow: parts.yieldNow, signal: errand.signal };
  const energy = partsOf(parts.home());
  const names = namesOf(energy);
  const prices = { tariff: parts.tariff(), timeZone: parts.home().settings.timeZone, at: parts.now() };
  const twin = await twinOf(parts, errand, pace);
  const facts = factsOf(energy, goals, prices, twin);
  const model = parts.languageModel.ready();
  errand.say({ progress: model ? `${model} looks at what could be done` : "looking at what could be done" });
  const preferred = preferredIn(parts);
  const interview = new Interview(names, { model: parts.languageModel, exams: parts.exams, signal: errand.signal });
  const goal = goalsInWords(goals, names);
  const ranking = await interview.rank(
    errand.text || goal,
    heeding(optionsOf(facts), goals, preferred).map((option) => labelOf(option, names)),
  );
  if (errand.signal.aborted) throw new Cancelled("cancelled");
  for (const { title, reason } of interview.refused)
    parts.book.audit("hub", "proposal-refused", errand.id, `${title}: ${reason}`);
  const rankedBy = ranking.length > 0 ? interview.name : undefined;
  errand.say({ ...(rankedBy ? { rankedBy } : {}), progress: "replaying this home's past as it was" });
  const others = parts.book.rules().filter((rule) => rule.enabled);
  const bench = await drive(
    preparing(twin, asIfAlways(prices.tariff, prices.at, prices.timeZone), comfortOf(goals, energy), others),
    pace,
  );
  const notes = [...interview.notes, ...unheeded(goals, names)];
  await propose(
    {
      names,
      facts,
      bench,
      ranking,
      model: interview.name,
      refused: [...errand.refused, ...interview.refused],
      notes,
      goal,
      others,
      preferred,
    },
    errand,
    parts,
    pace,
  );
}
