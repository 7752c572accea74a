import type { Expression } from "../../../model/rule/expression.ts";
import type { Desk } from "./desk.ts";
import { inOurs } from "./figures.ts";
import { type Item, isTemplate, numberOf } from "./item.ts";
import { templateWorth } from "./template/condition.ts";

/** A number of a call in our unit, or the formula that a template for it is; undefined where it is neither. */
export function amountOf(
  desk: Desk,
  item: Item | undefined,
  unit: { readonly scale: number; readonly offset: number } = { scale: 1, offset: 0 },
): Expression | undefined {
  const plain = numberOf(item);
  if (plain !== undefined) return unit.scale === 1 && unit.offset === 0 ? plain : inOurs(unit, plain);
  const worth = item && isTemplate(item) ? templateWorth(desk, item) : undefined;
  if (worth === undefined || typeof worth === "string") return undefined;
  if (typeof worth === "number") return inOurs(unit, worth);
  const less: Expression = unit.offset === 0 ? worth : { op: "-", of: [worth, unit.offset] };
  return unit.scale === 1 ? less : { op: "*", of: [less, unit.scale] };
}
