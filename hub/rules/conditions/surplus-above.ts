import type { Condition } from "../../model/plan.ts";
import { type Picture, type Truth, truth } from "../picture.ts";

/** More than a power leaves the house now, in W. */
export function surplusAbove(c: Extract<Condition, { kind: "surplusAbove" }>, picture: Picture): Truth {
  const surplus = picture.surplusW();
  if (surplus === undefined) return truth("unknown", "the house meter is unknown");
  const holds = surplus > c.watts;
  const watts = Math.round(Math.abs(surplus));
  const seen = surplus < 0 ? `${watts} W come into the house: what leaves it is` : `${watts} W leave the house,`;
  return truth(holds, `${seen} ${holds ? "" : "not "}more than ${c.watts} W`);
}
