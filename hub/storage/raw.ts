import { decodeBlock } from "./block.ts";
import type { Connection } from "./connect.ts";
import { firstBlock } from "./hours.ts";
import { isNumeric } from "./series.ts";
import { HOUR, type Points } from "./summary.ts";

export interface Gathered {
  ats: number[];
  values: number[];
}

/** Adds the numeric readings of an hour, from `since` (epoch ms) on, in order of arrival; of one series or of all; up to a block. */
export function gatherHour(
  db: Connection,
  hour: number,
  since: number,
  only: number | undefined,
  into: Map<number, Gathered>,
  last = Number.MAX_SAFE_INTEGER - 1,
): void {
  const blocks = db
    .prepare<[number, number], Buffer>("SELECT data FROM raw WHERE id >= ? AND id < ? ORDER BY id")
    .pluck();
  for (const data of blocks.iterate(firstBlock(hour), Math.min(firstBlock(hour + 1), last + 1)))
    decodeBlock(data, hour * HOUR, only, (chunk) => {
      if (!isNumeric(chunk)) return;
      let points = into.get(chunk.series);
      if (!points) {
        points = { ats: [], values: [] };
        into.set(chunk.series, points);
      }
      for (const [i, at] of chunk.ats.entries()) {
        if (at < since) continue;
        points.ats.push(at);
        points.values.push(Number(chunk.values[i]));
      }
    });
}

/** Sorted by time; readings of one and the same ms stay in order of arrival. */
export function sorted(points: Points): Points {
  const { ats, values } = points;
  for (let i = 1; i < ats.length; i++) {
    if ((ats[i] ?? 0) >= (ats[i - 1] ?? 0)) continue;
    const order = ats.map((_, index) => index).sort((a, b) => (ats[a] ?? 0) - (ats[b] ?? 0));
    return { ats: order.map((index) => ats[index] ?? 0), values: order.map((index) => values[index] ?? 0) };
  }
  return points;
}
