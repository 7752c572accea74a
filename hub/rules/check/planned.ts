/** Rules that a plan or a policy would make, held against the home's own rules and against what may be dangerous. */
import type { Rule, RuleAction } from "../../model/plan.ts";
import type { CommandStep } from "../../model/rule/step.ts";
import { actionInWords } from "../explain.ts";
import { inOneGo } from "../in-one-go.ts";
import { askInWords } from "./ask-words.ts";
import { type Ask, asksOf, asksOnce, type Ruled } from "./asks.ts";
import type { CheckContext } from "./context.ts";
import { dangerFaults } from "./dangers/index.ts";
import { type Desk, deskFor } from "./desk.ts";
import { fightOf, ownFight } from "./fights.ts";
import type { Found } from "./found.ts";
import { loopOf } from "./loops/index.ts";
import { grouped, ruledOf } from "./others.ts";
import { overlapsOf } from "./plans.ts";
import { limitsOf } from "./space/things.ts";
import { liveIn } from "./switching.ts";
import type { Space } from "./truths.ts";

/** What speaks against rules of a plan: the first of each kind, in words a person understands. Where there is a conflict no loop is looked for. */
export interface PlannedFaults {
  /** What the rules ask for may harm people, the house or what is kept cold. */
  readonly danger?: string;
  /** They and a rule of people want different things of one device, or they want opposite things themselves. */
  readonly conflict?: string;
  /** They and rules of people would set one another off for ever. */
  readonly loop?: string;
}

/** What is asked of one endpoint, in the form of people's rules; what is worked out at the moment is left open. */
const stepOf = ({ node, endpoint, capability, command, args }: RuleAction): CommandStep => ({
  ...{ kind: "command", target: { nodes: [node], endpoint }, capability, command, args },
});

const ruledBy = (rule: Rule): Ruled => ({
  id: rule.id,
  title: rule.title,
  rank: rule.rank ?? 0,
  draft: {
    form: "while",
    title: rule.title,
    enabled: true,
    while: rule.when,
    keep: rule.then.map(stepOf),
    otherwise: (rule.otherwise ?? []).map(stepOf),
  },
});

/** A rule of people that wants something else of a device than the plan: it would lose each time. */
function* overruled(space: Space): Generator<number, string | undefined> {
  const { context, name } = space.desk;
  const isLive = liveIn(space.desk);
  for (const people of context.rules) {
    yield 0;
    if (!isLive(people)) continue;
    const own = ruledOf(people);
    const [found] = overlapsOf(space, own, grouped(asksOf(own, space.desk)));
    if (!found) continue;
    const when = found.example === "" ? "" : `, for example ${found.example}`;
    const [plans, theirs] = [actionInWords(found.action, name), askInWords(space.desk, found.ask)];
    return `your rule "${people.title}" may want to ${theirs} while the plan wants to ${plans}${when}: your rule would lose`;
  }
  return undefined;
}

/** Two rules of one plan with the same rank that want opposite things at one moment: which one wins is chance. */
function divided(space: Space, rules: readonly Ruled[], asks: (rule: Ruled) => readonly Ask[]): Found | undefined {
  for (const [i, own] of rules.entries()) {
    const mine = asks(own);
    const self = ownFight(space.desk, mine);
    if (self) return self;
    const byThing = grouped(mine);
    for (const other of rules.slice(i + 1)) {
      const found = fightOf(space, { rule: own, asks: mine }, { rule: other, asks: asks(other) }, byThing);
      if (found) return found;
    }
  }
  return undefined;
}

function dangerOf({ desk, limits }: Space, rules: readonly Ruled[], asks: (rule: Ruled) => readonly Ask[]) {
  const all = rules.flatMap((rule) => [...asks(rule)]);
  const ended = (ask: Ask) =>
    all.some((o) => o.thing === ask.thing && (o.turns || (o.value !== undefined && o.value !== ask.value)));
  for (const { id, draft, ...rest } of rules) {
    const [found] = dangerFaults({ desk, limits, id, draft, asks: asks({ id, draft, ...rest }), ended });
    if (found) return found;
  }
  return undefined;
}

function* firstLoop(
  space: Space,
  own: readonly Ruled[],
  around: readonly Ruled[],
  asks: (rule: Ruled) => readonly Ask[],
  alternatives: boolean,
): Generator<number, Found | undefined> {
  for (const rule of own) {
    const found = yield* loopOf({ space, rules: [...(alternatives ? [rule] : own), ...around], asks }, rule);
    if (found) return found;
  }
  return undefined;
}

/** Without the full stop, to stand within a sentence; a plan is not a rule to those who read it. */
const plain = (found: Found): string => found.text.replace(/\.$/, "").replace(/^This rule/, "it");

/**
 * What speaks against rules of one plan before a person is asked. `alternatives`: the rules are what may be asked for at all, not what is
 * asked for together, so that they can't be at odds with one another. Pure; needs no past. Yields where it may be interrupted.
 */
export function* holdingAgainst(
  rules: readonly Rule[],
  context: CheckContext,
  { alternatives = false } = {},
): Generator<number, PlannedFaults> {
  const running = context.planRules.filter((r) => r.enabled);
  const desk: Desk = deskFor({ ...context, planRules: rules.map((r) => ({ ...r, origin: "plan", enabled: true })) });
  const space: Space = { desk, limits: limitsOf(desk) };
  const asks = asksOnce(desk);
  const own = rules.map(ruledBy);
  const around = [...context.rules.filter(liveIn(desk)).map(ruledOf), ...running.map(ruledBy)];
  const fight = alternatives ? undefined : divided(space, own, asks);
  const conflict = (yield* overruled(space)) ?? (fight && plain(fight));
  const danger = dangerOf(space, own, asks);
  // Who is refused anyway need not be followed through every rule of the home.
  const loop = conflict === undefined ? yield* firstLoop(space, own, around, asks, alternatives) : undefined;
  return {
    ...(danger ? { danger: plain(danger) } : {}),
    ...(conflict === undefined ? {} : { conflict }),
    ...(loop ? { loop: plain(loop) } : {}),
  };
}

/** The same in one go. */
export const plannedFaults = (...given: Parameters<typeof holdingAgainst>): PlannedFaults =>
  inOneGo(holdingAgainst(...given));
