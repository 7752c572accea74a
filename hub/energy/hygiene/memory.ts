/** What the judge of a counter remembers, and what it says of a reading. Plain values: they can be kept and compared. */
import type { RepairKind, Stand } from "../../model/repair.ts";

export interface Limits {
  /** W that the connection can carry at most. */
  readonly limitW: number;
  /** The counter runs both ways. */
  readonly net: boolean;
}

/** Readings that do not fit, until it is clear what they are. */
export interface Suspect {
  readonly first: Stand;
  last: Stand;
  /** How many in a row agree with each other. */
  count: number;
  /** The readings lie below (dip or reset) or above (spike or jump). */
  readonly below: boolean;
  /** Rises that the device told since the last good stand, kWh. */
  told: number;
  /** The farthest from the last good stand. */
  worst: Stand;
}

/** The stand at which a counter left its course; it may come back to it. */
export interface Turn {
  readonly from: Stand;
  readonly scale: number;
  readonly below: boolean;
  /** kWh counted since. */
  counted: number;
  told: number;
}

export interface Memory {
  /** The last stand that was believed, as told. */
  good: Stand;
  /** When the counter last moved: a coarse counter stands still for long and then moves by a whole step. */
  movedAt: number;
  /** What one step of the told number is in kWh. */
  scale: number;
  /** The least step by which the counter moves, by the digits that it has told: 0.001 to 1 of its own numbers. */
  step: number;
  /** kWh beyond what the connection carries that were believed as a part of such a step; time pays it back. */
  owed: number;
  suspect: Suspect | undefined;
  turn: Turn | undefined;
}

/** A step in kWh; its energy may be spread from `since` (epoch ms, never after `from.at`). */
export interface Step {
  readonly from: Stand;
  readonly to: Stand;
  readonly since: number;
  /** Null: not known. */
  readonly kwh: number | null;
}

export type Judged =
  /** Nought for the same again and for a rounding. */
  | { readonly what: "rise"; readonly step: Step }
  /** Does not fit; not used until it is clear. */
  | { readonly what: "held"; readonly begun: boolean }
  /** It was a moment: what did not fit is not used. */
  | {
      readonly what: "returned";
      readonly kind: "dip" | "spike";
      readonly step: Step;
      readonly told: number;
      readonly worst: Stand;
    }
  /** It goes on from another stand; the readings since `step.to` count. */
  | {
      readonly what: "turned";
      readonly kind: Extract<RepairKind, "reset" | "rollover" | "replaced" | "jump" | "unit">;
      readonly step: Step;
      readonly told: number;
      readonly scale: number;
    }
  /** It came back to the course that it had left at `step.from`: what was counted since is taken back. */
  | { readonly what: "back"; readonly kind: "dip" | "spike"; readonly step: Step; readonly told: number };

/** The digits of a number, as a step: 1, 0.1, 0.01 or 0.001. */
export function stepOf(value: number): number {
  const isWhole = (times: number) => Math.abs(value * times - Math.round(value * times)) < 1e-6;
  if (isWhole(1)) return 1;
  return isWhole(10) ? 0.1 : isWhole(100) ? 0.01 : 0.001;
}

export const remember = (first: Stand, scale = 1, step = 1): Memory => ({
  good: first,
  movedAt: first.at,
  scale,
  step: Math.min(step, stepOf(first.kwh)),
  owed: 0,
  suspect: undefined,
  turn: undefined,
});
