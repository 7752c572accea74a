/** The things of a home that conditions speak of, and what they can be at all. */
import type { ValueType } from "../../../model/capability.ts";
import { modesOf } from "../../../model/house.ts";
import { parsePath } from "../../../model/path.ts";
import { type Desk, typeAt } from "../desk.ts";
import { closed, numbers, oneOf, type Range } from "./range.ts";
import { daysOfYear, minutesOfWeek } from "./week.ts";

export const MINUTE = "minute";
export const DAY = "day";
export const SUN = "sun";
export const MODE = "mode";

/** The first letter says what a thing is: a value of a device, a person, a day of the calendar, a claim nobody can look into, a trigger. */
export const valueThing = (path: string): string => `v:${path}`;
export const personThing = (id: string): string => `p:${id}`;
export const entryThing = (entry: string): string => `c:${entry}`;
export const claimThing = (claim: string): string => `o:${claim}`;
export const triggerThing = (scope: string): string => `t:${scope}`;
/** The path of a value of a device; undefined for other things. */
export const pathOfThing = (thing: string): string | undefined => (thing.startsWith("v:") ? thing.slice(2) : undefined);

/** All values of a type; undefined where there is no end to them. */
function rangeOfType(type: ValueType): Range | undefined {
  switch (type.type) {
    case "number":
      return numbers(closed(type.min, type.max));
    case "boolean":
      return oneOf(true, false);
    case "enum":
      return oneOf(...type.values);
    case "string":
      return undefined;
  }
}

/** What each thing can be at all; looked up once. */
export function limitsOf(desk: Desk): (thing: string) => Range | undefined {
  const known = new Map<string, Range | undefined>([
    [MINUTE, minutesOfWeek],
    [DAY, daysOfYear],
    [SUN, numbers(closed(-90, 90))],
    [MODE, oneOf(...modesOf(desk.context.house))],
  ]);
  const both = oneOf(true, false);
  return (thing) => {
    if (known.has(thing)) return known.get(thing);
    const path = pathOfThing(thing);
    const found = path === undefined ? (/^[pco]:/.test(thing) ? both : undefined) : limitOfValue(desk, path);
    known.set(thing, found);
    return found;
  };
}

function limitOfValue(desk: Desk, path: string): Range | undefined {
  const at = parsePath(path);
  const type = at && typeAt(desk, at, at.capability, at.attribute);
  return type && rangeOfType(type);
}
