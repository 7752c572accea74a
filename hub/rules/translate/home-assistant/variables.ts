import type { Expression } from "../../../model/rule/expression.ts";
import type { Step } from "../../../model/rule/step.ts";
import { type Desk, miss } from "./desk.ts";
import { filled, isSentence, unknown } from "./given.ts";
import { type Item, isTemplate, textOf } from "./item.ts";
import { templateWorth } from "./template/condition.ts";

const MAX_VARIABLES = 20;
const NAME = /^[a-z]\w{0,39}$/i;

/** The variables of an automation as they are in the rule; what is written out stands where it is used as well. */
export function variablesOf(desk: Desk, ...given: readonly (Item | undefined)[]): Readonly<Record<string, Expression>> {
  const made: Record<string, Expression> = {};
  for (const [name, item] of given.flatMap((one) => [...(one?.map ?? [])])) {
    if (isMark(item)) desk.given = new Map(desk.given).set(name, marked(name, item));
    if (isMark(item)) continue;
    if (isWritten(item)) desk.given = new Map(desk.given).set(name, item);
    const worth = worthFor(desk, name, item);
    if (worth !== undefined && Object.keys(made).length < MAX_VARIABLES) {
      made[name] = worth;
      desk.variables.set(name, name);
    } else if (!isWritten(item)) miss(desk, item, `What "${name.slice(0, 40)}" is worked out from has no like here.`);
  }
  return made;
}

/** Values under names, as steps; what is known before the rule runs stands where it is used as well. */
export function noting(desk: Desk, variables: Item | undefined): readonly Step[] {
  return [...(variables?.map ?? [])].flatMap(([name, given]): Step[] => {
    if (isMark(given)) {
      desk.given = new Map(desk.given).set(name, marked(name, given));
      return [];
    }
    const item = filled(desk, given);
    const rest = new Map([...desk.given].filter(([key]) => key !== name));
    const written = !holdsTemplate(item);
    desk.given = written ? rest.set(name, item) : rest;
    // A script that is carried out in place gives names to much that is known.
    if (written && desk.within.length > 0) return [];
    const to = worthFor(desk, name, item);
    if (to !== undefined) desk.variables.set(name, name);
    if (to !== undefined) return [{ kind: "set", variable: name, to }];
    if (written) return [];
    desk.given = new Map(rest).set(name, isSentence(item) ? item : unknown(item));
    if (!isSentence(item)) miss(desk, item, `What "${name.slice(0, 40)}" is worked out from has no like here.`);
    return [];
  });
}

/** A mark that Home Assistant makes for this one run, so that a button's press is known again: here its name will do. */
const isMark = (item: Item): boolean => isTemplate(item) && /\bcontext\.id\b/.test(textOf(item) ?? "");
const marked = (name: string, { line }: Item): Item => ({ line, scalar: name });

/** One value, as a formula. */
export function worthFor(desk: Desk, name: string, item: Item): Expression | undefined {
  return NAME.test(name) && textOf(item) !== undefined ? templateWorth(desk, item) : undefined;
}

/** Nothing in it is worked out. */
const isWritten = (item: Item): boolean => item.scalar !== null && !holdsTemplate(item);

const holdsTemplate = (item: Item): boolean =>
  item.tag !== undefined ||
  isTemplate(item) ||
  (item.list ?? []).some(holdsTemplate) ||
  [...(item.map?.values() ?? [])].some(holdsTemplate);
