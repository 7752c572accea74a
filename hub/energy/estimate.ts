/** The energy of what has no meter, from its state and what a person says of it. */
import type { Estimate } from "../model/energy.ts";
import type { PowerPiece } from "./integrate.ts";
import type { PowerSummary } from "./power.ts";

/** A state over time: the value before, and what is known of it in pieces (sum: value times ms over the ms covered). */
export interface StateOverTime {
  readonly held: number | undefined;
  readonly summaries: readonly PowerSummary[];
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
    const share = onAt ? onAt(at) : 1;
    const percent = levelAt?.(at) ?? 100;
    if (share === undefined) continue;
    const end = Math.min(to, at + pieceMs);
    const watts = share * estimate.watts * Math.min(1, Math.max(0, percent / 100)) + (1 - share) * estimate.standbyW;
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
