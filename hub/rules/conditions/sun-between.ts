import type { Condition, SunMoment } from "../../model/rule/condition.ts";
import { type Picture, type Truth, truth } from "../picture.ts";
import { isOverMidnight, sunMomentOn } from "../time/sun.ts";
import { sunBandInWords } from "../words/band.ts";

/** The day is between two moments of the sun, or after one of them, or before it; its own ones, as the clock counts days. */
export function sunBetween(
  c: Extract<Condition, { kind: "sunBetween" }>,
  { sunDay, now }: Pick<Picture, "sunDay" | "now">,
): Truth {
  const day = sunDay?.(now);
  if (day?.noon === undefined) return truth("unknown", "where the home is is not known here");
  const { from, to } = c;
  const at = (moment: SunMoment) => sunMomentOn(day, moment);
  // An end that does not come that day is never reached.
  const begun = from === undefined || now >= (at(from) ?? Number.POSITIVE_INFINITY);
  const goesOn = to === undefined || now < (at(to) ?? Number.NEGATIVE_INFINITY);
  const over = from !== undefined && to !== undefined && isOverMidnight(from, to);
  const holds = over ? begun || goesOn : begun && goesOn;
  const missing = [from, to].find((moment) => moment && at(moment) === undefined);
  const why = missing ? `; the sun has no ${missing.event} today` : "";
  return truth(holds, `it is ${holds ? "" : "not "}${sunBandInWords(c)}${why}`);
}
