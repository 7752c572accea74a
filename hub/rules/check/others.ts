/** A rule held against the other rules of the home, the running plans, and what may be dangerous. */
import type { HomeRule, RuleDraft } from "../../model/rule/rule.ts";
import { type Ask, asksOnce, type Ruled } from "./asks.ts";
import { dangerFaults } from "./dangers/index.ts";
import { endings, takenFaults } from "./ended.ts";
import { fightOf, ownFight } from "./fights.ts";
import { type Found, warn } from "./found.ts";
import { loopOf } from "./loops/index.ts";
import { planOverlaps } from "./plans.ts";
import { liveIn, switchedOnBy } from "./switching.ts";
import type { Space } from "./truths.ts";

/** Fights that are told of one rule. */
const MAX_FIGHTS = 10;

/** Rules at most that a draft switches on and that are looked at as well. */
const MAX_SWITCHED = 5;

/** What speaks against it beside the others, and against what it switches on and is off now. Yields where it may be interrupted. */
export function* othersFaults(space: Space, draft: RuleDraft, id: string): Generator<number, readonly Found[]> {
  const { rules } = space.desk.context;
  const own: Ruled = { id, title: draft.title, rank: draft.rank ?? 0, draft };
  const isLive = liveIn(space.desk, draft);
  const others = rules.filter((r) => r.id !== id && isLive(r)).map(ruledOf);
  const found = [...(yield* heldAgainst(space, own, others))];
  const on = new Set(switchedOnBy(draft));
  const woken = rules.filter((r) => on.has(r.id) && r.id !== id && !r.enabled && isLive(r)).slice(0, MAX_SWITCHED);
  for (const rule of woken) {
    const around = others.filter((other) => other.id !== rule.id);
    for (const { text, code, about } of yield* heldAgainst(space, ruledOf(rule), around))
      found.push(
        warn(code, "do", `It switches on "${rule.title}", which is off now. ${text}`, {
          about: [rule.id, ...(about ?? [])],
        }),
      );
  }
  return [...found, ...(yield* takenFaults(space, own, others))];
}

function* heldAgainst(space: Space, own: Ruled, others: readonly Ruled[]): Generator<number, readonly Found[]> {
  const { desk } = space;
  const { draft, id } = own;
  const asks = asksOnce(desk);
  const mine = asks(own);
  const byThing = grouped(mine);
  const fights: Found[] = [];
  for (const [k, other] of others.entries()) {
    yield k / others.length;
    const found = fightOf(space, { rule: own, asks: mine }, { rule: other, asks: asks(other) }, byThing);
    if (found) fights.push(found);
    if (fights.length >= MAX_FIGHTS) break;
  }
  const self = ownFight(desk, mine);
  const loop = yield* loopOf({ space, rules: [own, ...others], asks }, own);
  const ended = endings(desk, others, asks);
  return [
    ...(self ? [self] : []),
    ...fights,
    ...(loop ? [loop] : []),
    ...planOverlaps(space, own, byThing),
    ...dangerFaults({ ...{ desk, draft, id, ended, asks: mine }, limits: space.limits }),
  ];
}

export const ruledOf = (rule: HomeRule): Ruled => ({
  id: rule.id,
  title: rule.title,
  rank: rule.rank ?? 0,
  draft: rule,
});

export function grouped(asks: readonly Ask[]): ReadonlyMap<string, readonly Ask[]> {
  const found = new Map<string, Ask[]>();
  for (const ask of asks) {
    const list = found.get(ask.thing);
    if (list) list.push(ask);
    else found.set(ask.thing, [ask]);
  }
  return found;
}
