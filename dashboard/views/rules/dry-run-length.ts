import { number } from "../../words/format.ts";

/** Minutes as people say them: `3 h 20 min`, `12 days`. */
export function lengthInWords(minutes: number): string {
  if (minutes >= 4 * 1440) return `${number(minutes / 1440, 0)} days`;
  if (minutes < 120) return `${minutes} min`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest > 0 && minutes < 1440 ? ` ${rest} min` : ""}`;
}
