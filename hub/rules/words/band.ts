import type { SunMoment } from "../../model/rule/condition.ts";
import { sunMomentInWords } from "../time/words.ts";

const names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** A part of the day, on some days of the week (1 = Monday) where they are given: "between 22:00 and 06:00 on Mon, Tue". */
export function bandInWords({
  from,
  to,
  weekdays,
}: {
  readonly from: string;
  readonly to: string;
  readonly weekdays?: readonly number[] | undefined;
}): string {
  const days = weekdays ? ` on ${weekdays.map((d) => names[d - 1] ?? String(d)).join(", ")}` : "";
  return `between ${from} and ${to}${days}`;
}

/** A part of the day by the sun: "between 30 minutes before sunset and midnight". */
export function sunBandInWords({
  from,
  to,
}: {
  readonly from?: SunMoment | undefined;
  readonly to?: SunMoment | undefined;
}): string {
  const [begin, end] = [from, to].map((moment) => (moment ? sunMomentInWords(moment) : "midnight"));
  return `between ${begin} and ${end}`;
}
