/** Policies and their schedules, as the http room sees them. */
import type { Goal } from "../model/goal/index.ts";
import type { NodeId } from "../model/path.ts";
import type { Policy } from "../model/policy.ts";

/** A stretch in which a device does the same, with why. */
export interface ScheduledBlock {
  readonly from: number;
  readonly to: number;
  readonly mode: string;
  /** Foreseen; positive takes. */
  readonly kwh: number;
  /** What it does and why, in words. */
  readonly words: string;
  /** Currency: what the whole schedule would cost more if it did otherwise; absent: not asked. */
  readonly extraCost?: number;
}

export interface ScheduledDevice {
  readonly node: NodeId;
  readonly name: string;
  readonly kind: string;
  readonly blocks: readonly ScheduledBlock[];
  /** Charge in percent or degC at the end of each slot; absent where it stores nothing. */
  readonly levels?: readonly number[];
  readonly unit?: "%" | "°C";
}

/** What is planned for the next hours. kWh by slot; prices in currency per kWh. */
export interface ScheduleView {
  readonly at: number;
  readonly end: number;
  readonly madeBy: "solver" | "lastPlan" | "greedy" | "selfConsumption";
  /** Why it is not the solver's own. */
  readonly fallback?: string;
  readonly slots: readonly {
    readonly from: number;
    readonly price: number;
    readonly exportPrice: number;
    readonly priceKnown: boolean;
    readonly loadKwh: number;
    readonly pvKwh: number;
    readonly importKwh: number;
    readonly exportKwh: number;
  }[];
  readonly devices: readonly ScheduledDevice[];
  /** Devices that go their own way for now, with the reason. */
  readonly aside: readonly { readonly name: string; readonly reason: string }[];
  /** Wishes that can't be had, in words. */
  readonly broken: readonly string[];
  readonly cost: number;
  readonly solveMs: number;
}

export type PolicyAnswer =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly reason: string };

export interface Policies {
  /** The newest first. */
  list(): readonly Policy[];
  /** A policy for these goals; at once tried on the past. Refused where no device serves them. */
  propose(goals: readonly Goal[], title: string, by: string): Promise<PolicyAnswer>;
  /** Tries it on the past once more. */
  tryOut(id: string, by: string): PolicyAnswer;
  /** Only plans and shows, moves nothing. */
  watch(id: string, by: string): PolicyAnswer;
  /** Approves exactly the policy that has this hash, and only one that stood its trial. */
  approve(id: string, hash: string, by: string): PolicyAnswer;
  reject(id: string, reason: string, by: string): PolicyAnswer;
  resume(id: string, by: string): PolicyAnswer;
  /** Ends it, or its trial where it is only proposed. */
  end(id: string, by: string): PolicyAnswer;
  /** What is planned now; undefined where nothing is. */
  schedule(id: string): ScheduleView | undefined;
}
