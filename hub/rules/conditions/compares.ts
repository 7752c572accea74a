import type { Value } from "../../model/capability.ts";
import type { Comparison } from "../../model/rule/condition.ts";

/** One value against another. Order is there among numbers alone. */
export function compares(a: Value, op: Comparison, b: Value): boolean {
  if (op === "=") return a === b;
  if (op === "!=") return a !== b;
  if (typeof a !== "number" || typeof b !== "number") return false;
  switch (op) {
    case "<":
      return a < b;
    case "<=":
      return a <= b;
    case ">":
      return a > b;
    case ">=":
      return a >= b;
  }
}
