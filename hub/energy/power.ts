/** Power in pieces of time, from what is kept of them. */
import type { Pin } from "../model/repair.ts";
import type { PowerPiece } from "./integrate.ts";

/** What is known of a power from `at` on (epoch ms) for `lengthMs`. */
export interface PowerSummary {
  readonly at: number;
  readonly lengthMs: number;
  readonly summary: Known;
}

interface Known {
  /** W. */
  readonly min: number;
  readonly max: number;
  /** W times ms, over the ms that are covered. */
  readonly sum: number;
  readonly covered: number;
  readonly last: number;
}

const MS_PER_KWH_PER_W = 3_600_000_000;

/**
 * kWh of each piece, imports and exports apart; where a piece knew both, it is their difference: the sum of a piece says no
 * more. A power of more than the connection carries is no power: its piece is not known. Pins take values out, or change their
 * unit.
 */
export function piecesOf(summaries: readonly PowerSummary[], pins: readonly Pin[], limitW: number): PowerPiece[] {
  const pieces: PowerPiece[] = [];
  for (const { at, lengthMs, summary } of summaries) {
    const { sum, covered, min, max } = pins.length === 0 ? summary : repaired(at, lengthMs, summary, pins, limitW);
    if (covered <= 0 || max > limitW || -min > limitW) continue;
    // Parts that came late may overlap with what was known.
    const kwh = (covered > lengthMs ? sum * (lengthMs / covered) : sum) / MS_PER_KWH_PER_W;
    const known = Math.min(1, covered / lengthMs);
    pieces.push({ from: at, to: at + lengthMs, importedKwh: Math.max(0, kwh), exportedKwh: Math.max(0, -kwh), known });
  }
  return pieces;
}

type Sums = Pick<Known, "min" | "max" | "sum" | "covered">;

function repaired(at: number, lengthMs: number, summary: Known, pins: readonly Pin[], limitW: number): Sums {
  let { sum, covered, min, max } = summary;
  for (const { from, to, scale } of pins) {
    const ms = Math.min(to.at, at + lengthMs) - Math.max(from.at, at);
    if (ms <= 0) continue;
    if (scale !== undefined) {
      const factor = (ms / lengthMs) * (scale - 1) + 1;
      sum *= factor;
      min *= factor;
      max *= factor;
      continue;
    }
    // What is summed up here was told, or left out, without that power.
    if (from.kwh > summary.max || from.kwh < summary.min) continue;
    // The stand of a power's pin is the W that are not used.
    const held = Math.min(covered, ms);
    sum -= from.kwh * held;
    covered -= held;
    if (Math.abs(from.kwh) > limitW) {
      max = Math.min(max, limitW);
      min = Math.max(min, -limitW);
    }
  }
  return { sum, covered, min, max };
}
