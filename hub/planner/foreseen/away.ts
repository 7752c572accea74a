import { type History, stepOf, timeOf, valueAt } from "../../twin/history.ts";
import type { HourSeries } from "../../twin/hours.ts";

const HOUR = 3_600_000;

/** Share of each whole hour in which a yes (1) or no (0) by step was a yes. */
export function awayByHour(h: History, asked: Float64Array, stepHours: number): HourSeries {
  const perHour = Math.max(1, Math.round(1 / stepHours));
  const first = stepOf(h, Math.ceil(h.from / HOUR) * HOUR);
  const hours = Math.max(0, Math.floor((h.steps - first) / perHour));
  const kwh = Float64Array.from({ length: hours }, (_, hour) => {
    let sum = 0;
    for (let k = 0; k < perHour; k++) sum += valueAt(asked, first + hour * perHour + k);
    return sum / perHour;
  });
  return { from: timeOf(h, first), kwh, timeZone: h.timeZone };
}
