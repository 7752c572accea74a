import { localTime } from "../../energy/clock.ts";
import type { Condition } from "../../model/rule/condition.ts";
import { type Picture, type Truth, truth } from "../picture.ts";

/** A part of the year, both days included; one that ends before it begins runs over new year. */
export function date(c: Extract<Condition, { kind: "date" }>, picture: Picture): Truth {
  const today = localTime(picture.now, picture.timeZone).day.slice(5);
  const inside = c.from <= c.to ? today >= c.from && today <= c.to : today >= c.from || today <= c.to;
  return truth(inside, `today is ${inside ? "" : "not "}between ${c.from} and ${c.to}`);
}
