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
  return joined(c.of, picture, scope, evaluate, false);
}

/** At least one part holds. */
export function any(
  c: { readonly of: readonly Condition[] },
  picture: Picture,
  scope: string,
  evaluate: Evaluate,
): Truth {
  return joined(c.of, picture, scope, evaluate, true);
}

/** Every part is asked, for each may remember since when it holds. The first that decides, or else the first unknown one, tells why. */
function joined(
  of: readonly Condition[],
  picture: Picture,
  scope: string,
  evaluate: Evaluate,
  decides: boolean,
): Truth {
  let decided: Truth | undefined;
  let unknown: Truth | undefined;
  let reason = "";
  for (let i = 0; i < of.length; i++) {
    const found = evaluate(of[i] as Condition, picture, `${scope}.${i}`);
    if (found.holds === decides) decided ??= found;
    else if (found.holds === "unknown") unknown ??= found;
    reason = i === 0 ? found.reason : `${reason} and ${found.reason}`;
  }
  return decided ?? unknown ?? truth(!decides, reason);
}

/** The part does not hold. */
export function not(c: { readonly of: Condition }, picture: Picture, scope: string, evaluate: Evaluate): Truth {
  const part = evaluate(c.of, picture, `${scope}.n`);
  return part.holds === "unknown" ? part : truth(!part.holds, part.reason);
}
