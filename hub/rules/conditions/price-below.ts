import type { Condition } from "../../model/plan.ts";
import { type Picture, type Truth, truth } from "../picture.ts";

/** Imported energy costs less than a limit now, per kWh in the home's currency. */
export function priceBelow(c: Extract<Condition, { kind: "priceBelow" }>, picture: Picture): Truth {
  const price = picture.price(picture.now);
  return truth(
    price < c.perKwh,
    `the price is ${price.toFixed(2)}, ${price < c.perKwh ? "" : "not "}below ${c.perKwh}`,
  );
}
