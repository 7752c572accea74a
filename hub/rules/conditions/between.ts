import { inBand } from "../../energy/clock.ts";
import type { Condition } from "../../model/plan.ts";
import { type Picture, type Truth, truth } from "../picture.ts";
import { bandInWords } from "../words/band.ts";

/** The home's clock is in a part of the day; a part with from > to runs over midnight. */
export function between(c: Extract<Condition, { kind: "between" }>, picture: Picture): Truth {
  if (c.from === c.to && !c.weekdays) return truth(true, "it holds at all times");
  const inside = inBand(c, picture.now, picture.timeZone);
  return truth(inside, `it is ${inside ? "" : "not "}${bandInWords(c)}`);
}
