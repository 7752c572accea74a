import type { Condition } from "../../model/plan.ts";
import { type Picture, type Truth, truth } from "../picture.ts";

/** More than a power leaves the house now, in W. */
export function surplusAbove(c: Extract<Condition, { kind: "surplusAbove" }>, picture: Picture): Truth {
  const surplus = picture.surplusW();
  if (surplus === undefined) return truth("unknown", "the house meter is unknown");
  return truth(
    surplus > c.watts,
    `${Math.round(surplus)} W leave the house, ${surplus > c.watts ? "" : "not "}more than ${c.watts} W`,
  );
}
