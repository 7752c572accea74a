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
import { atWords, sentence } from "./words.ts";

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
  const { node, now } = facts;
  const when = atWords(trace.at, now, state.home.settings.timeZone);
  const base = { rule: actor.id, trace: trace.id, at: trace.at };
  const head = `${when} "${actor.title}"`;
  if (trace.kind === "nearMiss")
    return [{ ...base, kind: "nearMiss", text: sentence(`${head} did nothing: ${trace.cause}, but ${trace.outcome}`) }];
  if (trace.kind === "steady") {
    const sides = sidesOf(actor, facts);
    const hadItsWay =
      (sides.keep && trace.outcome.startsWith("it holds")) ||
      (sides.otherwise && trace.outcome.endsWith("the other way"));
    if (hadItsWay) return "did it";
    return [{ ...base, kind: "condition", text: sentence(`${head} came to this: ${trace.outcome}; ${trace.cause}`) }];
  }
  if (trace.endedAt === undefined)
    return [{ ...base, kind: "running", text: sentence(`${head} was started and is still under way: ${trace.cause}`) }];
  const name = nameNow(state, node);
  const of = trace.lines.filter((l) => l.text.includes(name));
  const bad = [...of, ...trace.lines].find((l) => l.bad);
  if (!bad && of.length > 0)
    return of.every((l) => l.text.endsWith(ALREADY))
      ? [{ ...base, kind: "nearMiss", text: sentence(`${head} ran (${trace.cause}), and it was so already`) }]
      : "did it";
  if (!bad)
    return [
      {
        ...base,
        kind: "condition",
        text: sentence(`${head} ran (${trace.cause}) and did not come to ${name}: ${trace.outcome}`),
      },
    ];
  const kind = /gave way to|set it by hand/.test(bad.text)
    ? "lost"
    : /: refused/.test(bad.text)
      ? "refused"
      : /: unconfirmed/.test(bad.text)
        ? "unconfirmed"
        : "condition";
  return [{ ...base, kind, text: sentence(`${head} ran (${trace.cause}), but ${bad.text}`) }];
}

const ALREADY = "it is so already";

/** What speaks against it whatever happens: of now. */
function standingOf(state: CoreState, facts: WhyFacts, actor: Actor): Reason[] {
  const { id, title, rule, planRule } = actor;
  const { now, to, from } = facts;
  const { timeZone } = state.home.settings;
  const when = (at: number) => atWords(at, now, timeZone);
  const own = rule ?? planRule;
  const found: Reason[] = [];
  const say = (kind: WhyKind, text: string) => found.push({ kind, rule: id, text: sentence(text) });
  if (own && !own.enabled) say("off", `"${title}" is switched off`);
  if (own?.until !== undefined && own.until <= to) say("over", `"${title}" was over ${when(own.until)}`);
  if (rule && rule.madeAt > to) say("later", `"${title}" was made only ${when(rule.madeAt)}`);
  else if (rule && rule.changedAt > from && rule.changedAt <= now && rule.changedAt > rule.madeAt)
    say("later", `"${title}" was changed ${when(rule.changedAt)}; before it was another rule`);
  if (!own?.enabled) return found;
  const asNow = to < now - 60_000 ? ", as it is now," : "";
  const steady = rule?.form === "when" ? undefined : state.verdicts.get(id);
  const verdict = rule?.form === "when" ? conditionNow(state, rule, now) : steady;
  if (steady?.lost) say("lost", `"${title}" holds${asNow} but ${steady.lost.replace(/ until .*$/, "")}`);
  else if (verdict?.holds === "unknown")
    say("unknown", `what "${title}" depends on${asNow} is not known: ${verdict.reason}`);
  else if (steady?.holds === true && !sidesOf(actor, facts).keep)
    say("condition", `"${title}" holds${asNow} and so wants it the other way: ${steady.reason}`);
  else if (verdict?.holds === false && !(steady && sidesOf(actor, facts).otherwise))
    say("condition", `what "${title}" depends on${asNow} is not so: ${verdict.reason}`);
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
      return [waitsFor(state, rule, trigger, holds === "unknown" ? "unknown" : "trigger", `; now: ${reason}`)];
    }
    default:
      return [waitsFor(state, rule, trigger, "trigger", "")];
  }
}

function waitsFor(state: CoreState, rule: HomeRule, trigger: Trigger, kind: WhyKind, end: string): Reason {
  const words = triggerInWords(trigger, (id) => nameNow(state, id));
  return {
    kind,
    rule: rule.id,
    text: sentence(`"${rule.title}" waits until ${words}, and nothing is noted of that in this time${end}`),
  };
}

function moment(state: CoreState, { from, to, now }: WhyFacts, rule: HomeRule, trigger: TimeTrigger): Reason {
  const home = placeOf(state, now);
  const when = (at: number) => atWords(at, now, home.timeZone);
  const words = timeInWords(trigger);
  const due = occurrences(trigger, from, to, home).find((at) => at >= rule.madeAt);
  if (due !== undefined)
    return {
      kind: "moment",
      rule: rule.id,
      at: due,
      text: sentence(`"${rule.title}" should have come ${when(due)} and nothing is noted of it: the hub was off then`),
    };
  const next = nextOccurrence(trigger, now, home);
  const end = next === undefined ? "it does not come again" : `it comes next ${when(next)}`;
  return {
    kind: "moment",
    rule: rule.id,
    text: sentence(`"${rule.title}" comes ${words}, and that was not in this time; ${end}`),
  };
}

function watched(
  state: CoreState,
  { now }: WhyFacts,
  rule: HomeRule,
  trigger: Of<"becomes" | "crosses" | "event">,
): Reason[] {
  const [capability = "", attribute = ""] = trigger.of.split(/\.(.*)/s);
  const names = (id: string) => nameNow(state, id);
  const keys = selected(state, trigger.target, capability).map((spot) => pathKey({ ...spot, capability, attribute }));
  if (keys.length === 0) return [waitsFor(state, rule, trigger, "unknown", "; no device that is meant can tell it")];
  const parts = keys.map((key) => ({
    key,
    known: knownIn(state.home.nodes.get(parsePath(key)?.node ?? ""), key, now),
  }));
  const silent = parts.find((p) => p.known.status !== "known");
  if (silent && silent.known.status !== "known" && trigger.kind !== "event")
    return [
      waitsFor(
        state,
        rule,
        trigger,
        "unknown",
        `; ${pathInWords(silent.key, names)} is ${silent.known.status}: ${silent.known.reason}`,
      ),
    ];
  const [first] = parts;
  const is =
    first?.known.status === "known" && parts.length === 1
      ? `; ${pathInWords(first.key, names)} is ${valueInWords(first.key, first.known.value)} now`
      : "";
  return [waitsFor(state, rule, trigger, "trigger", is)];
}

const knownIn = (node: NodeState | undefined, key: string, now: number) =>
  node ? knownOf(node, key, now) : ({ status: "unknown", reason: "there is no such device" } as const);
