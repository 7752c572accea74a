/** Who asked a device for something, from the audit log; and what it did without being asked. */
import { nameOf } from "../../model/home.ts";
import { parsePath } from "../../model/path.ts";
import type { Reason, WhyActor } from "../../model/why.ts";
import { actionInWords } from "../../rules/explain.ts";
import { valueInWords } from "../../rules/words/value.ts";
import { nameNow } from "../identity/names.ts";
import type { CoreState } from "../state.ts";
import type { Change, WhyFacts } from "./facts.ts";
import type { Deed, Who } from "./say/phrases.ts";
import { atWords, sayIn, sentence } from "./words.ts";

/** One command as the audit log tells it. */
export interface Asked {
  readonly at: number;
  readonly actor: WhyActor;
  /** A person's name, a plan's or rule's id. */
  readonly by: string;
  readonly capability: string;
  readonly command: string;
  readonly args: Readonly<Record<string, number | boolean | string>>;
  readonly reason: string;
  /** Absent while it is on its way. */
  readonly outcome?: { readonly state: string; readonly reason?: string } | undefined;
}

const ASKED = /^([\w-]+)\.([\w-]+) (\{(?:[^"{}]|"(?:[^"\\]|\\.)*")*\}) for (.*)$/s;
const OUTCOME = /^([\w-]+\.[\w-]+) for (.*?) (confirmed|accepted|refused|unconfirmed)(?:: (.*))?$/s;
const BY = /^(plan|rule|safety):(.*)$/s;

/** The commands that a device was asked for, the newest first. What does not read as one is left out. */
export function askedOf(state: CoreState, { node, audit }: Pick<WhyFacts, "node" | "audit">): Asked[] {
  const outcomes = new Map<string, Told[]>();
  const held = state.home.nodes.get(node);
  const names = held ? [nameOf(held), held.description.name] : [];
  const found: Asked[] = [];
  for (const { what, detail, by, at } of audit) {
    if (what === "command-outcome") {
      const [, name = "", , state = "", reason] = OUTCOME.exec(detail) ?? [];
      const told = { state, ...(reason === undefined ? {} : { reason }), ripe: reason !== TOOK_ITS_PLACE };
      outcomes.set(name, [...(outcomes.get(name) ?? []), told]);
    }
    const parts = what === "command-asked" ? ASKED.exec(detail) : null;
    if (!parts) continue;
    const [, capability = "", command = "", json = "{}", rest = ""] = parts;
    const outcome = take(outcomes.get(`${capability}.${command}`) ?? []);
    const [, rank, id] = BY.exec(by) ?? [];
    const actor: WhyActor = rank === "plan" || rank === "rule" || rank === "safety" ? rank : "person";
    const name = names.find((n) => rest.startsWith(`${n}: `));
    const reason = rest.slice(name === undefined ? rest.indexOf(": ") + 2 : name.length + 2);
    found.push({ at, actor, by: id ?? by, capability, command, args: JSON.parse(json), reason, outcome });
  }
  return found;
}

interface Told {
  readonly state: string;
  readonly reason?: string;
  ripe: boolean;
}

const TOOK_ITS_PLACE = "a newer command took its place";

/**
 * Told newest first, the outcome that was seen last belongs to the next command; but that a newer command took its place is told
 * right after that newer command, and belongs to the one before.
 */
function take(told: Told[]): Told | undefined {
  const at = told.findLastIndex((t) => t.ripe);
  const [own] = at < 0 ? [] : told.splice(at, 1);
  for (const t of told) t.ripe = true;
  return own;
}

/** A command in one sentence: who, when, what, why, and what came of it where it did not come to it. */
export function askedReason(state: CoreState, facts: WhyFacts, asked: Asked): Reason {
  const { at, actor, by, reason } = asked;
  const when = atWords(at, facts, state.home.settings.timeZone);
  const { rule, title, because } = ruleOf(state, actor, by, reason);
  const deed = actionInWords({ ...asked, node: facts.node, endpoint: 1 }, (id) => nameNow(state, id));
  const failed =
    asked.outcome?.state === "refused" || asked.outcome?.state === "unconfirmed" ? asked.outcome : undefined;
  const kind = failed?.state === "refused" ? "refused" : failed ? "unconfirmed" : "asked";
  const said = because.startsWith(SAID) ? because.slice(SAID.length) : "";
  const text = sayIn(facts).asked({
    ...{ when, who: whoOf(actor, by, title), deed, known: deedOf(asked), name: nameNow(state, facts.node), said },
    failed: failed && { state: kind === "refused" ? "refused" : "unconfirmed", reason: failed.reason ?? "" },
    because: said !== "" || because === DASHBOARD ? "" : because,
  });
  const trace = actor === "rule" ? traceOf(facts, by, at) : undefined;
  return {
    ...{ kind, at, by: actor, text: sentence(text) },
    ...(rule === undefined ? {} : { rule }),
    ...(trace === undefined ? {} : { trace }),
  };
}

function whoOf(actor: WhyActor, by: string, title: string | undefined): Who {
  if (actor === "person") return { is: "person", name: by };
  if (actor === "safety") return { is: "safety" };
  const is = actor === "plan" ? "plan" : "rule";
  return title === undefined ? { is: "gone", was: is } : { is, title };
}

const DEEDS: ReadonlyMap<string, Deed> = new Map([
  ...([
    ["onOff.on", "on"],
    ["onOff.off", "off"],
    ["windowCovering.upOrOpen", "open"],
  ] as const),
  ...([
    ["windowCovering.downOrClose", "close"],
    ["doorLock.lockDoor", "lock"],
  ] as const),
  ...([
    ["doorLock.unlockDoor", "unlock"],
    ["energyEvse.enableCharging", "charge"],
  ] as const),
  ["energyEvse.disable", "stopCharging"],
]);

/** The deed by its own word; one that says how much or how long is told by the record. */
const deedOf = ({ capability, command, args }: Asked): Deed | undefined =>
  Object.keys(args).length === 0 ? DEEDS.get(`${capability}.${command}`) : undefined;

/** How the sentence box and the dashboard give their reasons. */
const SAID = "said: ";
const DASHBOARD = "asked on the dashboard or by the API";

function ruleOf(
  state: CoreState,
  actor: WhyActor,
  by: string,
  reason: string,
): { rule?: string; title?: string; because: string } {
  const rules =
    actor === "plan"
      ? [...state.rules, ...state.policyRules].filter((r) => r.plan === by || r.id === by)
      : actor === "rule"
        ? state.automation.rules.filter((r) => r.id === by)
        : [];
  const own = rules.find((r) => reason.startsWith(`${r.title}: `)) ?? rules[0];
  if (!own) return { because: reason };
  const because = reason.startsWith(`${own.title}: `) ? reason.slice(own.title.length + 2) : reason;
  return { rule: own.id, title: own.title, because };
}

const traceOf = ({ traces }: WhyFacts, rule: string, at: number): string | undefined =>
  traces.find(
    (t) =>
      t.rule === rule &&
      t.kind !== "nearMiss" &&
      t.at <= at &&
      (t.kind === "steady" || t.endedAt === undefined || at <= t.endedAt),
  )?.id;

/** A device obeys within so long of being asked, ms; what moves slowly takes longer. */
const OBEYS_MS = 90_000;
const MOVES_MS = 300_000;
const MINUTE = 60_000;

/** Changes that no command of that time explains: the device's own switch, its own app, or itself. */
export function ownChanges(state: CoreState, facts: WhyFacts, asked: readonly Asked[]): Reason[] {
  const name = nameNow(state, facts.node);
  return facts.changes.flatMap((change): Reason[] => {
    if (asked.some((a) => explains(a, change))) return [];
    const when = atWords(change.at, facts, state.home.settings.timeZone);
    const text = sentence(sayIn(facts).changed(when, name, valueInWords(change.key, change.value)));
    return [{ kind: "changed", by: "device", at: change.at, text }];
  });
}

function explains({ at, capability }: Asked, { key, value, at: changedAt }: Change): boolean {
  if (parsePath(key)?.capability !== capability) return false;
  return at < changedAt + MINUTE && changedAt - at < (typeof value === "boolean" ? OBEYS_MS : MOVES_MS);
}
