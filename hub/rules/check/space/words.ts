import { clockText } from "../../../energy/clock.ts";
import { parsePath } from "../../../model/path.ts";
import { pathInWords, subjectOfPath, valueInWords } from "../../words/value.ts";
import type { Desk } from "../desk.ts";
import type { Range } from "./range.ts";
import type { World } from "./solve.ts";
import { MINUTE, MODE, pathOfThing } from "./things.ts";

const days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
/** More than this nobody reads. */
const MOST = 3;

/** A state of the home as an example: "on Mon at 22:00, in mode night". Empty where there is nothing to say. */
export function worldInWords(world: World, desk: Desk): string {
  const parts = [...world].flatMap(([thing, range]) => thingInWords(thing, range, desk) ?? []);
  const first = (word: string) => (/^(on|in) /.test(word) ? 0 : 1);
  return parts
    .sort((a, b) => first(a) - first(b))
    .slice(0, MOST)
    .join(", ");
}

function thingInWords(thing: string, range: Range, desk: Desk): string | undefined {
  if (thing === MINUTE && range.kind === "numbers") {
    const [first, second] = range.parts;
    // What begins the week is mostly what a night has left over.
    const at = (first?.lo === 0 ? second?.lo : undefined) ?? first?.lo ?? 0;
    return `on ${days[Math.floor(at / 1440) % 7]} at ${clockText(at % 1440)}`;
  }
  const some = range.kind === "values" && !range.except ? [...range.values] : [];
  const [value] = some;
  if (thing === MODE) return some.length > 0 && some.length < 4 ? `in mode ${some.join(" or ")}` : undefined;
  if (thing.startsWith("p:") && value !== undefined) {
    const name = desk.context.house.people.find((p) => p.id === thing.slice(2))?.name;
    return name === undefined ? undefined : `${name} is ${value === true ? "" : "not "}home`;
  }
  const path = pathOfThing(thing);
  if (path === undefined || !parsePath(path)) return undefined;
  if (range.kind === "values")
    return some.length === 1 && value !== undefined
      ? `${subjectOfPath(path, desk.name)} is ${valueInWords(path, value)}`
      : undefined;
  const what = pathInWords(path, desk.name);
  const part = range.parts[0];
  if (!part) return undefined;
  const word = (n: number) => valueInWords(path, n);
  if (Number.isFinite(part.lo) && Number.isFinite(part.hi))
    return `${what} is between ${word(part.lo)} and ${word(part.hi)}`;
  return Number.isFinite(part.lo) ? `${what} is above ${word(part.lo)}` : `${what} is below ${word(part.hi)}`;
}
