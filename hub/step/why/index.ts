import type { Value } from "../../model/capability.ts";
import { knownOf, type NodeState, nameOf } from "../../model/home.ts";
import { pathKey } from "../../model/path.ts";
import type { Reason, RuleReasons, Why } from "../../model/why.ts";
import { formsOf } from "../../rules/words/forms.ts";
import { valueInWords } from "../../rules/words/value.ts";
import type { CoreState } from "../state.ts";
import { actorsOn, bringsAbout } from "./actors.ts";
import { type Asked, askedOf, askedReason, ownChanges } from "./asked.ts";
import type { WhyFacts } from "./facts.ts";
import { itselfSays } from "./itself.ts";
import { keepsNow, keptThen } from "./keeps.ts";
import { againstAll } from "./why-not.ts";
import { sayIn, sentence } from "./words.ts";

const MAX_DID = 20;
/** A question about a moment so near is one about now. */
const NOW_MS = 60_000;

/** What a device is, first of all. */
const main: readonly (readonly [capability: string, attribute: string])[] = [
  ["onOff", "onOff"],
  ["windowCovering", "currentPositionLiftPercentage"],
  ["doorLock", "lockState"],
  ["thermostat", "systemMode"],
  ["energyEvse", "state"],
  ["fanControl", "fanMode"],
  ["batteryControl", "mode"],
  ["houseNumber", "value"],
  ["levelControl", "currentLevel"],
  ["thermostat", "occupiedHeatingSetpoint"],
  ["booleanState", "stateValue"],
  ["occupancySensing", "occupancy"],
];

/** The attributes of a device that say what it is, by their paths; the most telling first. */
export const mainKeys = ({ description: { id, endpoints } }: NodeState): readonly string[] =>
  main.flatMap(([capability, attribute]) =>
    endpoints.flatMap(({ number, capabilities }) =>
      Object.hasOwn(capabilities[capability]?.attributes ?? {}, attribute)
        ? [pathKey({ node: id, endpoint: number, capability, attribute })]
        : [],
    ),
  );

/** Why a device is as it is, and why it is not otherwise: who asked, what keeps it so, and what each rule lacked. */
export function whyOf(state: CoreState, facts: WhyFacts): Why | undefined {
  const node = state.home.nodes.get(facts.node);
  if (!node) return undefined;
  const isNow = facts.to >= facts.now - NOW_MS;
  const isMoment = facts.from >= facts.to;
  const name = nameOf(node);
  const all = actorsOn(state, facts.node);
  const actors = facts.about ? actorsOn(state, facts.node, facts.about) : all;
  const asked = askedOf(state, facts);
  const own = ownChanges(state, facts, asked);
  const told = [...asked.map((a) => askedReason(state, facts, a)), ...own].sort((a, b) => (b.at ?? 0) - (a.at ?? 0));
  const did = (isMoment ? told : told.filter((r) => (r.at ?? 0) >= facts.from)).slice(0, MAX_DID);
  const keeps = isNow ? keepsNow(state, facts, all) : keptThen(state, facts, all);
  // A moment lacks what could have come: the day before it counts.
  const not = againstAll(state, isMoment ? { ...facts, from: facts.to - DAY_MS } : facts, actors);
  const is = nowOf(node, facts);
  const itself = isNow ? itselfSays(node, facts) : undefined;
  return {
    ...{ node: facts.node, name, from: facts.from, to: facts.to, did, keeps, not },
    ...(is === undefined ? {} : { now: is.words }),
    ...(itself?.always ? { impossible: true } : {}),
    why: whyText(facts, name, is, causeOf(node, facts, asked, told, isNow) ?? did[0] ?? told[0], keeps, isNow),
    whyNot: itself?.always ? itself.text : whyNotText(node, facts, { is, itself: itself?.text }, did, not, isNow),
  };
}

const DAY_MS = 24 * 3_600_000;

/** What brought it about: the last that was asked with success, or that it did by itself, and that made it so as is asked about, or as it is. */
function causeOf(
  node: NodeState,
  facts: WhyFacts,
  asked: readonly Asked[],
  told: readonly Reason[],
  isNow: boolean,
): Reason | undefined {
  const key = mainKeys(node)[0];
  const value = key === undefined ? undefined : node.values.get(key)?.value;
  const asItIs = isNow && key !== undefined && value !== undefined ? { key, is: (v: Value) => v === value } : undefined;
  const about = facts.about ?? asItIs;
  const brought = told.filter((r) => r.kind === "asked" || r.kind === "changed");
  const made = (r: Reason) =>
    about !== undefined &&
    (asked.some((a) => a.at === r.at && r.kind === "asked" && bringsAbout(a, facts.node, about)) ||
      facts.changes.some((c) => c.at === r.at && r.kind === "changed" && c.key === about.key && about.is(c.value)));
  return brought.find(made) ?? brought[0];
}

/** A number with its unit, as the language writes it; undefined where it is none. */
function numberIn(key: string, value: Value, language: WhyFacts["language"]): string | undefined {
  if (typeof value !== "number") return undefined;
  const digits = Number.isInteger(value) ? 0 : 1;
  const unit = valueInWords(key, value).replace(/^\S+ ?/, "");
  return `${formsOf(language ?? "en").number(value, digits)} ${unit}`.trim();
}

interface Is {
  readonly words: string;
  /** It is as was asked about; undefined where nothing was. */
  readonly asWished: boolean | undefined;
}

function nowOf(node: NodeState, { about, now, language }: WhyFacts): Is | undefined {
  const say = sayIn({ language });
  const main = mainKeys(node);
  const key = about?.key ?? main.find((k) => knownOf(node, k, now).status !== "unknown") ?? main[0];
  const known = key === undefined ? undefined : knownOf(node, key, now);
  if (key === undefined || !known || known.status === "unknown") return undefined;
  const asWished = about?.is(known.value);
  // A label of a device's own tells people less than that it is not so.
  const isPlain = asWished || typeof known.value !== "number";
  const told =
    about && isPlain
      ? say.is(nameOf(node), about.state, asWished === true)
      : say.isAt(nameOf(node), valueInWords(key, known.value), numberIn(key, known.value, language));
  return { words: known.status === "stale" ? say.lastHeard(told, known.reason) : told, asWished };
}

function whyText(
  facts: WhyFacts,
  name: string,
  is: Is | undefined,
  last: Reason | undefined,
  keeps: readonly Reason[],
  isNow: boolean,
): string {
  const say = sayIn(facts);
  const parts: string[] = [];
  if (isNow) parts.push(sentence(is ? is.words : say.notKnown(name)));
  const keeping = keeps.filter((k) => k.kind === "keeps" || k.kind === "held");
  if (last) parts.push(last.text);
  // A person's hand is told by who asked already.
  const [more] = last?.by === "person" ? keeping.filter((k) => k.kind === "held") : keeping;
  if (more && !(more.rule !== undefined && more.rule === last?.rule)) parts.push(more.text);
  if (!last && !more) parts.push(sentence(say.nobodyAsked(name)));
  return parts.join(" ");
}

function whyNotText(
  node: NodeState,
  facts: WhyFacts,
  { is, itself }: { readonly is: Is | undefined; readonly itself: string | undefined },
  did: readonly Reason[],
  not: readonly RuleReasons[],
  isNow: boolean,
): string {
  const say = sayIn(facts);
  const parts: string[] = [];
  const name = nameOf(node);
  if (isNow && facts.about && is?.asWished) parts.push(sentence(say.but(is.words)));
  const failed = did.find((r) => r.kind === "refused" || r.kind === "unconfirmed");

  if (node.reachable === false) parts.push(sentence(say.unreachable(name)));
  if (failed) parts.push(failed.text);
  for (const { reasons } of not) {
    const [first] = reasons;
    if (first && parts.length < 3 && !(failed && first.kind === failed.kind)) parts.push(first.text);
  }
  if (parts.length === 0) {
    const [last] = did;
    parts.push(itself ?? sentence(say.nobodyWould(name)), ...(last ? [last.text] : []));
  }
  return parts.join(" ");
}
