/** The energy of what has no meter, from its state and what a person says of it. */
import type { Estimate } from "../model/energy.ts";
import type { PowerPiece } from "./integrate.ts";
import type { PowerSummary } from "./power.ts";

/** A state over time: the value before, and what is known of it in pieces (sum: value times ms over the ms covered). */
export interface StateOverTime {
  readonly held: number | undefined;
  readonly summaries: readonly PowerSummary[];
}

/**
 * W by what a person said, after the share of the time that the device is on (0..1) and its level in percent. Undefined where it is not known
 * whether it is on, or how bright: a guess of ours beside the person's would be one too many.
 */
export function estimatedWatts(
  estimate: Estimate,
  on: number | undefined,
  percent: number | undefined,
): number | undefined {
  const share = estimate.on === undefined ? 1 : on;
  if (share === undefined) return undefined;
  const level = estimate.level === undefined || share === 0 ? 100 : percent;
  if (level === undefined) return undefined;
  return (share * estimate.watts * Math.min(100, Math.max(0, level))) / 100 + (1 - share) * estimate.standbyW;
}

/** Energy in pieces of [from, to); a state holds until the device tells another, so only before its first it is not known. */
export function estimated(
  estimate: Estimate,
  on: StateOverTime | undefined,
  level: StateOverTime | undefined,
  from: number,
  to: number,
  pieceMs: number,
): PowerPiece[] {
  const pieces: PowerPiece[] = [];
  const onAt = on && walking(on);
  const levelAt = level && walking(level);
  for (let at = from; at < to; at += pieceMs) {
    const watts = estimatedWatts(estimate, onAt?.(at), levelAt?.(at));
    if (watts === undefined) continue;
    const end = Math.min(to, at + pieceMs);
    const kwh = (watts * (end - at)) / 3_600_000_000;
    pieces.push({ from: at, to: end, importedKwh: Math.max(0, kwh), exportedKwh: Math.max(0, -kwh), known: 1 });
  }
  return pieces;
}

/** The mean of each piece, asked in order; where the piece knows only a part, the rest is as before or after. */
function walking({ held, summaries }: StateOverTime): (at: number) => number | undefined {
  let next = 0;
  let before = held;
  return (at) => {
    let piece = summaries[next];
    while (piece && piece.at + piece.lengthMs <= at) {
      before = piece.summary.last;
      next += 1;
      piece = summaries[next];
    }
    if (!piece || piece.at > at || piece.summary.covered <= 0) return before;
    const { lengthMs, summary } = piece;
    const mean = summary.sum / summary.covered;
    const known = Math.min(1, summary.covered / lengthMs);
    return before === undefined ? mean : mean * known + before * (1 - known);
  };
}
