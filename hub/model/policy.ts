/** The vocabulary of policies: what a person approves once, and within which the hub plans anew every hour. */

import type { Goal } from "./goal/index.ts";
import type { NodeId } from "./path.ts";
import type { Totals } from "./plan.ts";

/** A device that a policy may steer. */
export interface PolicyDevice {
  readonly node: NodeId;
  readonly endpoint: number;
  readonly kind: "battery" | "car" | "tank" | "room";
  /** As it was called when the policy was made. */
  readonly name: string;
}

/** What a policy may never go beyond, whatever it saves. */
export interface PolicyLimits {
  /** Never charge the battery from the grid. */
  readonly noGridCharging: boolean;
}

/** What was so when it was approved: when it no longer is, the policy is suspended, with the reason. */
export interface Assumptions {
  /** Hash over the tariff's contracts or bands; prices that a service publishes anew each day are no change. */
  readonly tariff: string;
  /** Mean absolute error of the foreseen load an hour, kWh. */
  readonly loadError: number;
}

export type PolicyState = "proposed" | "shadow" | "running" | "suspended" | "ended" | "rejected";

/** A way through the same past days. */
export interface Rehearsed {
  readonly totals: Totals;
  /** kWh that the batteries took, in full cycles. */
  readonly cycles: number;
}

/** What came of living through the home's own past with a policy, each hour with what was known then. */
export interface PolicyVerdict {
  readonly at: number;
  readonly ok: boolean;
  /** Empty when ok. */
  readonly reasons: readonly string[];
  /** The past says too little to judge; an observe-only trial is what is left. */
  readonly cantJudge: boolean;
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[];
  readonly days: number;
  /** The home as it would be left to itself; with batteries that only serve the house; with the policy; with all known beforehand. */
  readonly nothing: Rehearsed;
  readonly plain: Rehearsed;
  readonly policy: Rehearsed;
  readonly perfect?: Rehearsed | undefined;
  /** Per day, in order, against doing nothing; currency. */
  readonly daily: readonly { readonly day: string; readonly savedCost: number }[];
  /** Mean saving a day against doing nothing and against plain self-consumption, with the half width of its 90 % band; currency. */
  readonly perDay: {
    readonly mean: number;
    readonly band: number;
    readonly overPlain: number;
    readonly overPlainBand: number;
  };
  readonly solves: { readonly count: number; readonly fallbacks: number; readonly meanMs: number };
}

export interface Policy {
  readonly id: string;
  readonly title: string;
  readonly goals: readonly Goal[];
  readonly devices: readonly PolicyDevice[];
  readonly limits: PolicyLimits;
  readonly assumptions: Assumptions;
  /** SHA-256 over title, goals, devices and limits: approval names it. */
  readonly hash: string;
  readonly state: PolicyState;
  /** Why it is in this state. */
  readonly reason: string;
  readonly createdAt: number;
  readonly by: string;
  readonly approvedAt?: number;
  readonly approvedBy?: string;
  readonly verdict?: PolicyVerdict;
  /** The trial under way, 0..1; absent: none. */
  readonly trying?: number;
  /** Devices that the goals call for and that can't be planned, with the reason. */
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
}
