import type { Condition } from "../../model/plan.ts";
import { type Evaluate, type Picture, type Truth, truth } from "../picture.ts";

// Kleene's three-valued logic: an unknown part leaves the whole unknown unless another part already decides it.

/** Every part holds. */
export function all(
  c: { readonly of: readonly Condition[] },
  picture: Picture,
  scope: string,
  evaluate: Evaluate,
): Truth {
  const parts = c.of.map((part, i) => evaluate(part, picture, `${scope}.${i}`));
  const broken = parts.find((p) => p.holds === false) ?? parts.find((p) => p.holds === "unknown");
  return broken ?? truth(true, parts.map((p) => p.reason).join(" and "));
}

/** At least one part holds. */
export function any(
  c: { readonly of: readonly Condition[] },
  picture: Picture,
  scope: string,
  evaluate: Evaluate,
): Truth {
  const parts = c.of.map((part, i) => evaluate(part, picture, `${scope}.${i}`));
  const held = parts.find((p) => p.holds === true) ?? parts.find((p) => p.holds === "unknown");
  return held ?? truth(false, parts.map((p) => p.reason).join(" and "));
}

/** The part does not hold. */
export function not(c: { readonly of: Condition }, picture: Picture, scope: string, evaluate: Evaluate): Truth {
  const part = evaluate(c.of, picture, `${scope}.n`);
  return part.holds === "unknown" ? part : truth(!part.holds, part.reason);
}
