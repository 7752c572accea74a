/** When nobody was in a room or at home, from what sensors saw. */
import { type History, hoursOf, type Stretch, seriesOf, valueAt } from "../../twin/history.ts";
import type { Mined } from "./miner.ts";
import { minutesOf } from "./reckon.ts";

/** By step: 1 somebody was seen by one of the sensors, 0 nobody by any, NaN not known. */
export function seenBy(h: History, paths: readonly string[]): Float64Array {
  const series = paths.map((path) => seriesOf(h, path));
  return Float64Array.from({ length: h.steps }, (_, i) => {
    let known = false;
    for (const values of series) {
      const value = valueAt(values, i);
      if (value > 0) return 1;
      known ||= value === 0;
    }
    return known ? 0 : Number.NaN;
  });
}

/** Stretches of at least so many hours in which nobody was seen. */
export function emptyIn(h: History, seen: Float64Array, leastHours: number): readonly Stretch[] {
  const found: Stretch[] = [];
  let from = -1;
  for (let i = 0; i <= h.steps; i++) {
    const empty = valueAt(seen, i) === 0;
    if (empty && from < 0) from = i;
    if (!empty && from >= 0) {
      if ((i - from) * hoursOf(h) >= leastHours) found.push({ from, to: i });
      from = -1;
    }
  }
  return found;
}

/** Motion is not seen of those who sleep: by night a house is only empty where it was so for long. */
const DAY_FROM = 8 * 60;
const DAY_TO = 22 * 60;
const LEAST_AWAY_H = 2.5;
const LONG_AWAY_H = 16;

/** When nobody was at home. */
export function absences(m: Mined, seen: Float64Array): readonly Stretch[] {
  const minutes = minutesOf(m.h);
  const byDay = (i: number) => valueAt(minutes, i) >= DAY_FROM && valueAt(minutes, i) < DAY_TO;
  return emptyIn(m.h, seen, LEAST_AWAY_H).flatMap((away) => {
    if ((away.to - away.from) * hoursOf(m.h) >= LONG_AWAY_H) return [away];
    let { from, to } = away;
    while (from < to && !byDay(from)) from++;
    while (to > from && !byDay(to - 1)) to--;
    return (to - from) * hoursOf(m.h) >= LEAST_AWAY_H ? [{ from, to }] : [];
  });
}
