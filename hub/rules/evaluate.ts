import type { Condition } from "../model/plan.ts";
import { between } from "./conditions/between.ts";
import { cheapest } from "./conditions/cheapest.ts";
import { compare } from "./conditions/compare.ts";
import { date } from "./conditions/date.ts";
import { calendar, mode, presence, sun, trigger } from "./conditions/house.ts";
import { all, any, not } from "./conditions/logic.ts";
import { priceBelow } from "./conditions/price-below.ts";
import { state } from "./conditions/state.ts";
import { sunBetween } from "./conditions/sun-between.ts";
import { surplusAbove } from "./conditions/surplus-above.ts";
import { formula } from "./formula.ts";
import type { Picture, Truth } from "./picture.ts";

export type { Picture, Truth } from "./picture.ts";

/**
 * Evaluates a condition on a frozen picture of the home. Level, not edge: the same picture gives the same truth.
 * `scope` keeps the memory of one rule apart from another's. Unknown inputs make the truth unknown, never false.
 */
export function evaluate(condition: Condition, picture: Picture, scope = ""): Truth {
  switch (condition.kind) {
    case "between":
      return between(condition, picture);
    case "cheapest":
      return cheapest(condition, picture);
    case "priceBelow":
      return priceBelow(condition, picture);
    case "surplusAbove":
      return surplusAbove(condition, picture);
    case "compare":
      return compare(condition, picture, scope);
    case "state":
      return state(condition, picture, scope);
    case "date":
      return date(condition, picture);
    case "formula":
      return formula(condition.is, picture);
    case "mode":
      return mode(condition, picture);
    case "presence":
      return presence(condition, picture);
    case "sun":
      return sun(condition, picture);
    case "sunBetween":
      return sunBetween(condition, picture);
    case "calendar":
      return calendar(condition, picture);
    case "trigger":
      return trigger(condition, picture);
    case "all":
      return all(condition, picture, scope, evaluate);
    case "any":
      return any(condition, picture, scope, evaluate);
    case "not":
      return not(condition, picture, scope, evaluate);
  }
}
