/** Policies and their schedules, as the http room sees them. */
import type { Goal } from "../model/goal/index.ts";
import type { NodeId } from "../model/path.ts";
import type { Rule } from "../model/plan.ts";
import type { Policy } from "../model/policy.ts";
import type { WatchedDay } from "../model/policy-kept.ts";
import type { Preference, Preferred } from "../model/preference.ts";

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
  /** What the house's power is held to between two plans, in words, and the devices that are held back for it now, each with why. */
  readonly guard?: { readonly words: string; readonly held: readonly string[] };
  readonly cost: number;
  readonly solveMs: number;
}

export type PolicyAnswer =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly reason: string };

/** Why a policy is refused, as far as it says something for the next one. */
export type Refused = Extract<Preferred, { kind: "leaveAlone" } | { kind: "limit" }>;

export interface PreferenceTold extends Preference {
  /** One sentence, without its full stop. */
  readonly words: string;
}

export interface PolicyChange {
  /** Devices of it that are to be left out. */
  readonly leaveOut?: readonly NodeId[] | undefined;
  readonly limits?:
    | {
        readonly noGridCharging?: true | undefined;
        readonly cyclesPerDay?: number | undefined;
        readonly commandsPerDay?: number | undefined;
      }
    | undefined;
}

export interface Policies {
  /** The newest first. */
  list(): readonly Policy[];
  /** A policy for these goals; at once tried on the past. Refused where no device serves them. */
  propose(goals: readonly Goal[], title: string, by: string): Promise<PolicyAnswer>;
  /** Tries it on the past once more. */
  tryOut(id: string, by: string): PolicyAnswer;
  /** Only plans and shows, moves nothing. */
  watch(id: string, by: string): PolicyAnswer;
  /** Approves exactly the policy that has this hash, and only one that stood its trial and still passes what was looked at before it. */
  approve(id: string, hash: string, by: string): Promise<PolicyAnswer>;
  /** `because`: what later proposals are to heed; without it they ask before the same devices come together again. */
  reject(id: string, reason: string, by: string, because?: Refused): PolicyAnswer;
  /**
   * Proposes it anew without some of its devices, or with closer limits, in place of the one that it was; what was changed is heeded by
   * later proposals too.
   */
  change(id: string, change: PolicyChange, by: string): Promise<PolicyAnswer>;
  /** All that running policies could ever ask of their devices, as rules of what may be: what rules of people are held against. */
  mayAsk(): readonly Rule[];
  /** What people have shown to want, the newest first. */
  preferences(): readonly PreferenceTold[];
  /** One more, said by a person. Refused where it names what is not there. */
  prefer(what: Refused, by: string): { readonly ok: true } | { readonly ok: false; readonly reason: string };
  /** False where there is no such preference. */
  forget(id: string, by: string): boolean;
  /** Lets a suspended one run again, where it still passes what was looked at before its trial. */
  resume(id: string, by: string): Promise<PolicyAnswer>;
  /** Ends it, or its trial where it is only proposed. */
  end(id: string, by: string): PolicyAnswer;
  /** Measures what it saved in the weeks since it runs, up to the last midnight. Takes a while. */
  measure(id: string, by: string): Promise<PolicyAnswer>;
  /** What it asked in the last 14 days, or would have asked, beside what really happened; the oldest first. */
  watched(id: string): readonly WatchedDay[];
  /** What is planned now; undefined where nothing is. */
  schedule(id: string): ScheduleView | undefined;
}
