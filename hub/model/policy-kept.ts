/** What came of a policy afterwards: its promise beside the meter, week by week, and what it would have asked while it only watched. */

import type { NodeId } from "./path.ts";

/**
 * `beaten`: surely more than promised. `kept`: as promised. `short`: less, but not for certain. `missed`: surely less.
 * `cantTell`: the meters say too little.
 */
export type WeekOutcome = "beaten" | "kept" | "short" | "missed" | "cantTell";

/** Currency a day, with the half width of its 90 % band. */
export interface PerDay {
  readonly mean: number;
  readonly band: number;
}

/** Seven local days of a running policy, or those of them that are over. */
export interface PolicyWeek {
  /** Local midnights, epoch ms. */
  readonly from: number;
  readonly to: number;
  /** False while the week is under way. */
  readonly whole: boolean;
  /** As the trial foretold it for so many days. */
  readonly promised: PerDay;
  /** Absent where nothing could be measured. */
  readonly measured?: PerDay;
  /** Days that are known well enough. */
  readonly days: number;
  readonly outcome: WeekOutcome;
  /** One sentence, without its full stop. */
  readonly words: string;
  /** What the measured figure rests on, or why there is none. */
  readonly note: string;
}

/** What a plan asked of a device, or would have asked, for a stretch of time. Epoch ms; kWh, positive takes. */
export interface AskedBlock {
  readonly device: NodeId;
  readonly from: number;
  readonly to: number;
  readonly mode: string;
  readonly kwh: number;
  /** As in a schedule's block. */
  readonly limit?: number;
}

/** One planning: what it asked from then on, until the next. */
export interface AskedPlan {
  readonly at: number;
  readonly blocks: readonly AskedBlock[];
}

/** A local day of a policy: what it asked, and what really happened. */
export interface WatchedDay {
  /** YYYY-MM-DD. */
  readonly day: string;
  /** Epoch ms of its midnight. */
  readonly from: number;
  readonly plans: readonly AskedPlan[];
  /** It ran for a part of this day: what it asked was done, and nothing is reckoned. */
  readonly ran: boolean;
  /** kWh by hour of the day, from its midnight on, as metered; null: not known. */
  readonly really: readonly { readonly device: NodeId; readonly kwh: readonly (number | null)[] }[];
  /** Currency: what was paid, and what would have been paid had it been let. Of a day that is over and well known. */
  readonly paid?: number;
  readonly would?: number;
}
