/** What watches over the power that a house takes, within the quarter hour and within seconds: made by a policy's planner, kept by the core. */
import type { NodeId } from "./path.ts";

/** A device that can take less for a while. The fields after `power` say how far it may go. */
export type Guarded = {
  readonly node: NodeId;
  readonly name: string;
  /** Text path of its power, W; without one nobody knows what it would spare. */
  readonly power: string;
} & (
  | { readonly kind: "battery"; readonly charge?: { readonly path: string; readonly abovePercent: number } }
  /** `steps`: its current can be told, from `leastA` to `mostA`, on so many phases. */
  | {
      readonly kind: "car";
      readonly phases: number;
      readonly steps?: { readonly leastA: number; readonly mostA: number };
    }
  | { readonly kind: "tank"; readonly warmth?: { readonly path: string; readonly aboveC: number } }
  | { readonly kind: "room"; readonly lowC: number }
);

/** A policy's guard. */
export interface PowerGuard {
  /** The policy's id. */
  readonly plan: string;
  /** Epoch ms. */
  readonly until: number;
  /** What the mean import of a window may come to: windows of so many minutes, counted from the epoch as meters do. */
  readonly mean?: { readonly kw: number; readonly minutes: number };
  /** The main fuse, A on each phase; text paths of the power on each phase, W, none where the meter tells only the sum. */
  readonly fuse?: { readonly amps: number; readonly phases: readonly string[] };
  /** In the order in which it does least harm. */
  readonly devices: readonly Guarded[];
}
