/** What keeps a device as it is: a person's hand, plans and rules that hold, runs that are under way. */
import type { Reason } from "../../model/why.ts";
import type { Want } from "../../rules/arbitrate.ts";
import { actionInWords } from "../../rules/explain.ts";
import { spanInWords } from "../automation/happen.ts";
import { nameNow } from "../identity/names.ts";
import type { CoreState } from "../state.ts";
import { type Actor, bringsAbout } from "./actors.ts";
import type { WhyFacts } from "./facts.ts";
import { atWords, sayIn, sentence } from "./words.ts";

/** Of now, the most telling first. */
export function keepsNow(state: CoreState, facts: WhyFacts, actors: readonly Actor[]): Reason[] {
  return [
    ...holds(state, facts),
    ...wants(state, facts),
    ...runs(state, facts, actors),
    ...losers(state, facts, actors),
  ];
}

/** Of a moment that is past: what rules of the form "while" had said last by then. */
export function keptThen({ home }: CoreState, facts: WhyFacts, actors: readonly Actor[]): Reason[] {
  return actors.flatMap((actor): Reason[] => {
    const last = facts.traces.find((t) => t.kind === "steady" && t.rule === actor.id && t.at <= facts.to);
    if (!last?.outcome.startsWith("it holds")) return [];
    const since = atWords(last.at, facts, home.settings.timeZone);
    const text = sentence(sayIn(facts).keptSince(actor.title, since, last.cause));
    return [{ kind: "keeps", by: "rule", rule: actor.id, trace: last.id, at: last.at, text }];
  });
}

function holds({ home, holds: all }: CoreState, facts: WhyFacts): Reason[] {
  const { node, now } = facts;
  const own = [...all].filter(([target, { until }]) => target.startsWith(`${node}/`) && until > now);
  const last = own.map(([, hold]) => hold).sort((a, b) => b.until - a.until)[0];
  if (!last) return [];
  const until = atWords(last.until, facts, home.settings.timeZone);
  return [{ kind: "held", by: "person", text: sentence(sayIn(facts).held(last.by, until)) }];
}

const withoutTitle = ({ reason, rule }: Want): string =>
  (reason.startsWith(`${rule.title}: `) ? reason.slice(rule.title.length + 2) : reason).replace(/\.$/, "");

function wants(state: CoreState, { node, about, language }: WhyFacts): Reason[] {
  const say = sayIn({ language });
  const own = [...state.automation.wants.values()].filter(({ action }) => action.node === node);
  const fitting = about ? own.filter(({ action }) => bringsAbout(action, node, about)) : own;
  return (fitting.length > 0 ? fitting : own).map((want): Reason => {
    const { rule, action } = want;
    const by = rule.origin === "plan" ? "plan" : "rule";
    const deed = actionInWords(action, (id) => nameNow(state, id));
    const lost = state.verdicts.get(rule.id)?.lost?.replace(/ until .*$/, "");
    const keep = { by, title: rule.title, deed, because: withoutTitle(want) } as const;
    const text = sentence(lost ? say.wouldKeep(keep, lost) : say.keeps(keep));
    return { kind: lost ? "lost" : "keeps", by, rule: rule.id, text };
  });
}

function losers(state: CoreState, { node, language }: WhyFacts, actors: readonly Actor[]): Reason[] {
  const having = new Set(
    [...state.automation.wants.values()].filter((w) => w.action.node === node).map((w) => w.rule.id),
  );
  return actors.flatMap(({ id, title, planRule }): Reason[] => {
    const verdict = having.has(id) ? undefined : state.verdicts.get(id);
    if (!verdict?.lost) return [];
    const by = planRule ? "plan" : "rule";
    const text = sentence(sayIn({ language }).wouldOtherwise(by, title, verdict.lost.replace(/ until .*$/, "")));
    return [{ kind: "lost", by, rule: id, text }];
  });
}

function runs(state: CoreState, facts: WhyFacts, actors: readonly Actor[]): Reason[] {
  const { node, now } = facts;
  return [...state.automation.runs.values()].flatMap((run): Reason[] => {
    const rule = state.automation.rules.find((r) => r.id === run.rule);
    const isOne = run.nodes.includes(node) || actors.some((a) => a.id === run.rule);
    if (!rule || !isOne || run.endedAt !== undefined) return [];
    const since = atWords(run.startedAt, facts, state.home.settings.timeZone);
    const span = run.wakeAt === undefined ? undefined : spanInWords(run.wakeAt - now);
    const text = sentence(sayIn(facts).running(rule.title, since, span, run.cause));
    return [{ kind: "running", by: "rule", rule: rule.id, trace: run.id, at: run.startedAt, text }];
  });
}
