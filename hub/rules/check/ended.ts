/** What ends what is dangerous; and rules that would take such an end away, because they switch it off. */
import { pathKey } from "../../model/path.ts";
import { type Ask, asksOnce, type Ruled } from "./asks.ts";
import { dangerFaults } from "./dangers/index.ts";
import type { Desk } from "./desk.ts";
import { type Found, warn } from "./found.ts";
import { valueThing } from "./space/things.ts";
import { switchedOffBy } from "./switching.ts";
import type { Space } from "./truths.ts";
import { writesOf } from "./writes.ts";

/** Rules at most that a draft switches off and without which the others are looked at. */
const MAX_TAKEN = 5;

/** Dangers of other rules that come of it that the draft switches one off. Yields where it may be interrupted. */
export function* takenFaults(space: Space, own: Ruled, others: readonly Ruled[]): Generator<number, readonly Found[]> {
  const { desk, limits } = space;
  const off = new Set(switchedOffBy(own.draft));
  const taken = others.filter((one) => off.has(one.id) && one.draft.enabled).slice(0, MAX_TAKEN);
  const asks = asksOnce(desk);
  const found: Found[] = [];
  for (const end of taken)
    for (const [k, rule] of others.entries()) {
      yield k / others.length;
      if (rule.id === end.id) continue;
      const around = [own, ...others].filter((one) => one.id !== rule.id);
      const dangers = (rules: readonly Ruled[]): readonly Found[] => {
        const { draft, id } = rule;
        return dangerFaults({ desk, limits, draft, id, asks: asks(rule), ended: endings(desk, rules, asks) });
      };
      const without = dangers(around.filter((one) => one.id !== end.id));
      const before = without.length > 0 ? dangers(around) : [];
      const news = without.find((w) => !before.some((b) => b.code === w.code && b.field === w.field));
      if (news) found.push(takenFound(end, rule, news));
    }
  return found;
}

const takenFound = (end: Ruled, rule: Ruled, { code, text }: Found): Found =>
  warn(code, "do", `It switches off "${end.title}", without which "${rule.title}" is a danger. ${text}`, {
    about: [end.id, rule.id],
  });

/** Whether something else in the home asks for another value of the same thing. A rule that is off now may be on some day, and is no end. */
export function endings(
  { context }: Desk,
  others: readonly Ruled[],
  asks: (rule: Ruled) => readonly Ask[],
): (ask: Ask) => boolean {
  const planned = context.planRules
    .filter((r) => r.enabled)
    .flatMap((r) => [...r.then, ...(r.otherwise ?? [])])
    .flatMap((a) =>
      writesOf(a).map(({ attribute, value }) => ({
        thing: valueThing(pathKey({ ...a, attribute })),
        value,
        turns: false,
      })),
    );
  return (ask) => {
    const ends = (o: Pick<Ask, "thing" | "value" | "turns">) =>
      o.thing === ask.thing && (o.turns || (o.value !== undefined && o.value !== ask.value));
    return planned.some(ends) || others.some((rule) => rule.draft.enabled && asks(rule).some(ends));
  };
}
