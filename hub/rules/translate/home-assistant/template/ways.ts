import type { Condition } from "../../../../model/rule/condition.ts";
import type { Desk } from "../desk.ts";
import { type Item, textOf } from "../item.ts";
import { nodeIs } from "./condition.ts";
import { soleOf, textIn } from "./parse.ts";

/** A template that comes to one of two words: what must be so for the first. Undefined for any other. */
export function waysOf(
  desk: Desk,
  at: Item,
): { readonly if: Condition; readonly yes: string; readonly no: string } | undefined {
  const sole = soleOf(textOf(at) ?? "");
  if (sole?.node.type !== "Ternary") return undefined;
  const [yes, no] = [textIn(sole.node.trueExpr), textIn(sole.node.falseExpr)];
  const condition = yes && no ? nodeIs(desk, at, { ...sole, node: sole.node.condition ?? sole.node }) : undefined;
  return condition && yes && no ? { if: condition, yes, no } : undefined;
}
