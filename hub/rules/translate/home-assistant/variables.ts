import type { Expression } from "../../../model/rule/expression.ts";
import { type Desk, miss } from "./desk.ts";
import { type Item, isTemplate, listOf, textOf } from "./item.ts";
import { templateWorth } from "./template/condition.ts";

const MAX_VARIABLES = 20;
const NAME = /^[a-z]\w{0,39}$/i;

/** The variables of an automation as they are in the rule; what is written out stands where it is used as well. */
export function variablesOf(desk: Desk, ...given: readonly (Item | undefined)[]): Readonly<Record<string, Expression>> {
  const made: Record<string, Expression> = {};
  for (const [name, item] of given.flatMap((one) => [...(one?.map ?? [])])) {
    if (isWritten(item)) desk.given = new Map(desk.given).set(name, item);
    const worth = worthFor(desk, name, item);
    if (worth !== undefined && Object.keys(made).length < MAX_VARIABLES) {
      made[name] = worth;
      desk.variables.set(name, name);
    } else if (!isWritten(item)) miss(desk, item, `What "${name.slice(0, 40)}" is worked out from has no like here.`);
  }
  return made;
}

/** One value, as a formula. */
export function worthFor(desk: Desk, name: string, item: Item): Expression | undefined {
  return NAME.test(name) && textOf(item) !== undefined ? templateWorth(desk, item) : undefined;
}

/** Nothing in it is worked out. */
const isWritten = (item: Item): boolean =>
  item.map === undefined && listOf(item).every((one) => textOf(one) !== undefined && !isTemplate(one));
