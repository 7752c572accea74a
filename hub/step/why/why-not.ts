/** Rules that could have acted on a device, and what spoke against each. */
import { knownOf, type NodeState } from "../../model/home.ts";
import { parsePath, pathKey } from "../../model/path.ts";
import type { EventRule, HomeRule } from "../../model/rule/rule.ts";
import { isTimed, type TimeTrigger } from "../../model/rule/time.ts";
import type { Trigger } from "../../model/rule/trigger.ts";
import type { Trace } from "../../model/trace.ts";
import type { Reason, RuleReasons, WhyKind } from "../../model/why.ts";
import { evaluate } from "../../rules/evaluate.ts";
import { nextOccurrence, occurrences } from "../../rules/time/occurrences.ts";
import { timeInWords } from "../../rules/time/words.ts";
import { triggerInWords } from "../../rules/words/trigger.ts";
import { pathInWords, valueInWords } from "../../rules/words/value.ts";
import { placeOf } from "../automation/due.ts";
import { selected } from "../automation/watch.ts";
import { nameNow } from "../identity/names.ts";
import { pictureOf } from "../picture.ts";
import type { CoreState } from "../state.ts";
import { type Actor, sidesOf } from "./actors.ts";
import type { WhyFacts } from "./facts.ts";
import { atWords, sayIn, sentence } from "./words.ts";

const MAX_REASONS = 6;
const MAX_RULES = 30;

/** The most telling first. */
const order: readonly WhyKind[] = [
  ...(["unreachable", "refused", "unconfirmed", "lost", "nearMiss", "running", "unknown", "condition"] as const),
  ...(["off", "over", "later", "moment", "trigger"] as const),
];

/** What a rule of events would have asked about tells less than that nothing started it. */
const place = ({ kind, trace }: Reason, actor: Actor): number =>
  !order.includes(kind) || (kind === "condition" && trace === undefined && actor.rule?.form === "when")
    ? order.length
    : order.indexOf(kind);

/** What spoke against each rule in the time that is asked about; a rule that had its way is left out. */
export function againstAll(state: CoreState, facts: WhyFacts, actors: readonly Actor[]): RuleReasons[] {
  return actors
    .flatMap((actor) => {
      const reasons = against(state, facts, actor);
      if (!reasons || reasons.length === 0) return [];
      const sorted = reasons.toSorted((a, b) => place(a, actor) - place(b, actor) || (b.at ?? 0) - (a.at ?? 0));
      const best = sorted[0] ? place(sorted[0], actor) : order.length;
      return [{ best, found: { rule: actor.id, title: actor.title, reasons: sorted.slice(0, MAX_REASONS) } }];
    })
    .sort((a, b) => a.best - b.best)
    .slice(0, MAX_RULES)
    .map(({ found }) => found);
}

/** Undefined: it had its way. */
function against(state: CoreState, facts: WhyFacts, actor: Actor): Reason[] | undefined {
  const inTime = (t: Trace) => t.rule === actor.id && t.at >= facts.from && t.at <= facts.to;
  const own = facts.traces.filter(inTime);
  const noted: Reason[] = [];
  // What a rule of the form "while" came to last stands; that it had its way before tells nothing.
  const last = own.find((t) => t.kind === "steady");
  for (const trace of own) {
    if (trace.kind === "steady" && trace !== last) continue;
    const found = ofTrace(state, facts, actor, trace);
    if (found === "did it") return undefined;
    noted.push(...found);
  }
  const standing = standingOf(state, facts, actor);
  if (noted.length > 0 || standing.some((r) => r.kind === "off" || r.kind === "over" || r.kind === "later"))
    return [...noted, ...standing];
  const { rule } = actor;
  return [...standing, ...(rule?.form === "when" ? rule.on.flatMap((t) => ofTrigger(state, facts, rule, t)) : [])];
}

function ofTrace(state: CoreState, facts: WhyFacts, actor: Actor, trace: Trace): Reason[] | "did it" {
  const { node } = facts;
  const { title } = actor;
  const { cause, outcome } = trace;
  const say = sayIn(facts);
  const when = atWords(trace.at, facts, state.home.settings.timeZone);
  const told = (kind: WhyKind, text: string): Reason[] => [
    { rule: actor.id, trace: trace.id, at: trace.at, kind, text: sentence(text) },
  ];
  if (trace.kind === "nearMiss") return told("nearMiss", say.nearMiss(when, title, cause, outcome));
  if (trace.kind === "steady") {
    const sides = sidesOf(actor, facts);
    const hadItsWay =
      (sides.keep && trace.outcome.startsWith("it holds")) ||
      (sides.otherwise && trace.outcome.endsWith("the other way"));
    if (hadItsWay) return "did it";
    return told("condition", say.cameTo(when, title, outcome, cause));
  }
  if (trace.endedAt === undefined) return told("running", say.underWay(when, title, cause));
  const name = nameNow(state, node);
  const of = trace.lines.filter((l) => l.text.includes(name));
  const bad = [...of, ...trace.lines].find((l) => l.bad);
  if (!bad && of.length > 0)
    return of.every((l) => l.text.endsWith(ALREADY)) ? told("nearMiss", say.soAlready(when, title, cause)) : "did it";
  if (!bad) return told("condition", say.ranElsewhere(when, title, cause, name, outcome));
  const kind = /gave way to|set it by hand/.test(bad.text)
    ? "lost"
    : /: refused/.test(bad.text)
      ? "refused"
      : /: unconfirmed/.test(bad.text)
        ? "unconfirmed"
        : "condition";
  return told(kind, say.ranBut(when, title, cause, bad.text));
}

const ALREADY = "it is so already";

/** What speaks against it whatever happens: of now. */
function standingOf(state: CoreState, facts: WhyFacts, actor: Actor): Reason[] {
  const { id, title, rule, planRule } = actor;
  const { now, to, from } = facts;
  const { timeZone } = state.home.settings;
  const say = sayIn(facts);
  const when = (at: number) => atWords(at, facts, timeZone);
  const own = rule ?? planRule;
  const found: Reason[] = [];
  const add = (kind: WhyKind, text: string) => found.push({ kind, rule: id, text: sentence(text) });
  if (own && !own.enabled) add("off", say.isOff(title));
  if (own?.until !== undefined && own.until <= to) add("over", say.wasOver(title, when(own.until)));
  if (rule && rule.madeAt > to) add("later", say.madeOnly(title, when(rule.madeAt)));
  else if (rule && rule.changedAt > from && rule.changedAt <= now && rule.changedAt > rule.madeAt)
    add("later", say.wasChanged(title, when(rule.changedAt)));
  if (!own?.enabled) return found;
  const isThen = to < now - 60_000;
  const steady = rule?.form === "when" ? undefined : state.verdicts.get(id);
  const verdict = rule?.form === "when" ? conditionNow(state, rule, now) : steady;
  if (steady?.lost) add("lost", say.holdsBut(title, isThen, steady.lost.replace(/ until .*$/, "")));
  else if (verdict?.holds === "unknown") add("unknown", say.unknown(title, isThen, verdict.reason));
  else if (steady?.holds === true && !sidesOf(actor, facts).keep)
    add("condition", say.otherWay(title, isThen, steady.reason));
  else if (verdict?.holds === false && !(steady && sidesOf(actor, facts).otherwise))
    add("condition", say.notSo(title, isThen, verdict.reason));
  return found;
}

function conditionNow(state: CoreState, rule: HomeRule & EventRule, now: number) {
  if (!rule.if) return undefined;
  // What it remembers of lasting conditions is looked at and not touched.
  const picture = pictureOf(state, now, { variables: {}, started: {} }, new Map(state.memory));
  return evaluate(rule.if, picture, `${rule.id}|if`);
}

type Of<K extends Trigger["kind"]> = Extract<Trigger, { kind: K }>;

function ofTrigger(state: CoreState, facts: WhyFacts, rule: HomeRule & EventRule, trigger: Trigger): Reason[] {
  if (isTimed(trigger)) return [moment(state, facts, rule, trigger)];
  switch (trigger.kind) {
    case "becomes":
    case "crosses":
    case "event":
      return watched(state, facts, rule, trigger);
    case "holds": {
      const { reason, holds } = evaluate(
        trigger.condition,
        pictureOf(state, facts.now, undefined, new Map(state.memory)),
        `${rule.id}|why`,
      );
      return [waitsFor(state, facts, rule, trigger, holds === "unknown" ? "unknown" : "trigger", `now: ${reason}`)];
    }
    default:
      return [waitsFor(state, facts, rule, trigger, "trigger", "")];
  }
}

/** `end`: what is known of it now, or empty. */
function waitsFor(
  state: CoreState,
  facts: WhyFacts,
  rule: HomeRule,
  trigger: Trigger,
  kind: WhyKind,
  end: string,
): Reason {
  const words = triggerInWords(trigger, (id) => nameNow(state, id));
  return { kind, rule: rule.id, text: sentence(sayIn(facts).waitsFor(rule.title, words, end)) };
}

function moment(state: CoreState, facts: WhyFacts, rule: HomeRule, trigger: TimeTrigger): Reason {
  const { from, to, now } = facts;
  const say = sayIn(facts);
  const home = placeOf(state, now);
  const when = (at: number) => atWords(at, facts, home.timeZone);
  const words = timeInWords(trigger);
  const came = occurrences(trigger, from, to, home);
  const due = came.find((at) => at >= rule.madeAt);
  if (due !== undefined)
    return {
      kind: "moment",
      rule: rule.id,
      at: due,
      text: sentence(say.missed(rule.title, when(due))),
    };
  const next = nextOccurrence(trigger, now, home);
  const again = next === undefined ? undefined : when(next);
  // Its moment was in that time, and the rule was not there yet.
  if (came.length > 0) {
    const made = say.madeOnly(rule.title, when(rule.madeAt));
    return { kind: "later", rule: rule.id, text: sentence(again ? `${made}; ${say.next(again)}` : made) };
  }
  const text = sentence(say.comes(rule.title, words, again));
  return { kind: "moment", rule: rule.id, text };
}

function watched(
  state: CoreState,
  facts: WhyFacts,
  rule: HomeRule,
  trigger: Of<"becomes" | "crosses" | "event">,
): Reason[] {
  const { now } = facts;
  const [capability = "", attribute = ""] = trigger.of.split(/\.(.*)/s);
  const names = (id: string) => nameNow(state, id);
  const keys = selected(state, trigger.target, capability).map((spot) => pathKey({ ...spot, capability, attribute }));
  const waits = (kind: WhyKind, end: string) => [waitsFor(state, facts, rule, trigger, kind, end)];
  if (keys.length === 0) return waits("unknown", "no device that is meant can tell it");
  const parts = keys.map((key) => ({
    key,
    known: knownIn(state.home.nodes.get(parsePath(key)?.node ?? ""), key, now),
  }));
  const silent = parts.find((p) => p.known.status !== "known");
  if (silent && silent.known.status !== "known" && trigger.kind !== "event")
    return waits("unknown", `${pathInWords(silent.key, names)} is ${silent.known.status}: ${silent.known.reason}`);
  const [first] = parts;
  const is =
    first?.known.status === "known" && parts.length === 1
      ? `${pathInWords(first.key, names)} is ${valueInWords(first.key, first.known.value)} now`
      : "";
  return waits("trigger", is);
}

const knownIn = (node: NodeState | undefined, key: string, now: number) =>
  node ? knownOf(node, key, now) : ({ status: "unknown", reason: "there is no such device" } as const);
