/** Single facts of the home, as leaves of trees. */
import type { Value } from "../../../model/capability.ts";
import { pathKey } from "../../../model/path.ts";
import type { Comparison } from "../../../model/rule/condition.ts";
import type { Target } from "../../../model/rule/target.ts";
import { type Desk, splitName, typeAt } from "../desk.ts";
import { complement, oneOf, type Range, rangeOf } from "./range.ts";
import type { Tree } from "./solve.ts";
import { claimThing, personThing, valueThing } from "./things.ts";

export const fact = (thing: string, within: Range, so: boolean): Tree => ({
  thing,
  within: so ? within : complement(within),
});

export const claim = (of: unknown, so: boolean): Tree => fact(claimThing(JSON.stringify(of)), oneOf(true), so);

/** A thing held against a value; where that makes no sense nothing is claimed. */
export function numberFact(thing: string, op: Comparison, value: Value, so: boolean): Tree {
  const range = rangeOf(op, value);
  return range ? fact(thing, range, so) : true;
}

/** The comparison with its sides changed. */
export const turned: Readonly<Record<Comparison, Comparison>> = {
  "<": ">",
  "<=": ">=",
  "=": "=",
  ">=": "<=",
  ">": "<",
  "!=": "!=",
};

/** What the house has to spare is what its meter tells, the other way round: both are one thing. */
export function surplusFact(desk: Desk, op: Comparison, watts: number, so: boolean): Tree {
  const meter = desk.gridMeter();
  if (!meter) return numberFact("surplus", op, watts, so);
  const thing = valueThing(meter.power);
  return meter.reversed ? numberFact(thing, op, watts, so) : numberFact(thing, turned[op], -watts, so);
}

/** One fact for each device that is meant and that tells it. */
export function valueTrees(
  desk: Desk,
  target: Target,
  of: string,
  op: Comparison,
  value: Value,
  so: boolean,
): readonly Tree[] {
  const [capability, attribute] = splitName(of);
  return desk
    .spots(target, capability)
    .filter((spot) => typeAt(desk, spot, capability, attribute) !== undefined)
    .map((spot) => valueFact(desk, { ...spot, capability, attribute }, op, value, so));
}

type Path = Parameters<typeof pathKey>[0];

export function valueFact(desk: Desk, at: Path, op: Comparison, value: Value, so: boolean): Tree {
  const type = typeAt(desk, at, at.capability, at.attribute);
  // Held against a value of another kind it is always the same; that is a fault of its own and nothing is claimed of it.
  if (!type || (type.type === "number") !== (typeof value === "number")) return true;
  return numberFact(valueThing(pathKey(at)), op, value, so);
}

/** Who is home, person by person. */
export function presenceTree(who: string, home: boolean, desk: Desk): Tree {
  const { people } = desk.context.house;
  const one = (id: string, is: boolean): Tree => fact(personThing(id), oneOf(is), true);
  if (who === "anyone" || who === "everyone") {
    if (people.length === 0) return true;
    const parts = people.map((p) => one(p.id, home));
    return (who === "anyone") === home ? { any: parts } : { all: parts };
  }
  const person = people.find((p) => p.id === who || p.name === who);
  return person ? one(person.id, home) : true;
}
