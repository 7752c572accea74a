/** The vocabulary of policies: what a person approves once, and within which the hub plans anew every hour. */

import type { Goal } from "./goal/index.ts";
import type { NodeId } from "./path.ts";
import type { Totals } from "./plan.ts";
import type { PolicyWeek } from "./policy-kept.ts";

/** A device that a policy may steer. */
export interface PolicyDevice {
  readonly node: NodeId;
  readonly endpoint: number;
  readonly kind: "battery" | "car" | "tank" | "room" | "machine" | "solar";
  /** As it was called when the policy was made. */
  readonly name: string;
}

/** What a policy may never go beyond, whatever it saves. */
export interface PolicyLimits {
  /** Never charge the battery from the grid. */
  readonly noGridCharging: boolean;
  /** Full cycles of a battery in a local day; beyond it goes back to its own way until midnight. Absent: no such limit. */
  readonly cyclesPerDay?: number | undefined;
  /** Commands that it may give in a local day; beyond it all its devices go back to their own way. Absent: no such limit. */
  readonly commandsPerDay?: number | undefined;
}

/** One thing that was looked at before its trial. */
export interface PolicyCheck {
  readonly name: string;
  readonly ok: boolean;
  /** Why it is not so, with the device and the reason; or what was found in order. */
  readonly detail: string;
}

/** What was so when it was last tried: when it no longer is, the policy is suspended, with the reason. */
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
  readonly checks: readonly PolicyCheck[];
  readonly days: number;
  /** The home as it would be left to itself; with batteries that only serve the house; with the policy. */
  readonly nothing: Rehearsed;
  readonly plain: Rehearsed;
  readonly policy: Rehearsed;
  /**
   * What was possible with all of these days known: the least they could have cost (no plan can be cheaper) in currency, and the policy's
   * share of the saving that this would have been, 0..1. Absent: it could not be worked out.
   */
  readonly possible?: { readonly cost: number; readonly share: number } | undefined;
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
  /** Since when it runs without a break, epoch ms. */
  readonly runningSince?: number;
  /** The weeks that it ran, the oldest first; at most the last 104. */
  readonly weeks?: readonly PolicyWeek[];
  /** What was looked at before its trial: existence, permission, dangers, conflicts, loops. It is not tried while one fails. */
  readonly checks?: readonly PolicyCheck[];
  readonly verdict?: PolicyVerdict;
  /** The trial under way, 0..1; absent: none. */
  readonly trying?: number;
  /** What the person is asked before approving, because of what they refused or did by hand before. */
  readonly asks?: readonly { readonly node?: NodeId; readonly words: string }[];
  /** Devices that the goals call for and that can't be planned, with the reason. */
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
}
