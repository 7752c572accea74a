/** What became of a command, as a trace tells it. */
import type { Outcome } from "../../model/command.ts";

/** It did not come to what was wanted. */
export const isBad = ({ state }: Outcome): boolean => state === "refused" || state === "unconfirmed";

/** One clause for a line of a trace. */
export const outcomeInWords = (o: Outcome): string =>
  o.state === "confirmed"
    ? `done, confirmed after ${Math.round(o.afterMs)} ms`
    : "reason" in o
      ? `${o.state}, ${o.reason}`
      : "taken by the device";
