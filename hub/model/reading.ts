import type { Value } from "./capability.ts";
import type { AttributePath } from "./path.ts";

/** A value as a device reported it. */
export interface Reading {
  readonly path: AttributePath;
  readonly value: Value;
  /** When it was reported, epoch ms. */
  readonly at: number;
  /** Topic and field, or cluster and attribute, that carried it. */
  readonly source: string;
  /** A retained message may be months old: its value is shown as stale and drives nothing. */
  readonly ageUnknown?: true;
}

/** What is known of an attribute at a moment. Unknown is not zero and not null. */
export type Known =
  | { readonly status: "known"; readonly value: Value; readonly at: number; readonly source: string }
  | {
      readonly status: "stale";
      readonly value: Value;
      readonly at: number;
      readonly source: string;
      readonly reason: string;
    }
  | { readonly status: "unknown"; readonly reason: string };
