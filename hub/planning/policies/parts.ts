import type { AuditEntry } from "../../model/audit.ts";
import type { Home } from "../../model/home.ts";
import type { NewNotice } from "../../model/house.ts";
import type { NodeId } from "../../model/path.ts";
import type { Rule } from "../../model/plan.ts";
import type { PricedTariff } from "../../model/tariff.ts";
import type { Around } from "../../planner/policy/when.ts";
import type { Problem } from "../../planner/schedule/problem.ts";
import type { Haste, Schedule } from "../../planner/schedule/schedule.ts";
import type { HubEvent, Store } from "../../ports.ts";
import type { CheckContext } from "../../rules/check/index.ts";
import type { Pace } from "../drive.ts";
import type { SolveOne } from "./possible.ts";

/** What the desk of policies is given. */
export interface PolicyParts {
  readonly home: () => Home;
  readonly store: Store;
  readonly now: () => number;
  readonly tariff: () => PricedTariff;
  /** Whether somebody is home, and when people have said that nobody will be. */
  readonly presence: () => Pick<Around, "home" | "absences">;
  /** Rules of plans, which keep what they steer. */
  readonly planRules: () => readonly Rule[];
  /** What a policy is held against before anybody is asked: the home's rules, of people, plans and policies. */
  readonly house: () => CheckContext;
  readonly sha256: (text: string) => string;
  readonly newId: () => string;
  readonly tell: (event: HubEvent) => void;
  readonly audit: (entry: Omit<AuditEntry, "id">) => void;
  /** Tells people where they chose to be told. Absent: nobody is. */
  readonly notify?: (notice: NewNotice) => void;
  /** The rules of all running policies have changed. */
  readonly rulesChanged: () => void;
  /** What the guard of a policy's power holds back now: the device and why. Absent: nothing is held back. */
  readonly heldBack?: (plan: string) => readonly { readonly node: NodeId; readonly why: string }[];
  readonly yieldNow: () => Promise<void>;
  readonly schedule: Scheduler;
  /** Absent: trials say nothing of what was possible. */
  readonly solve?: SolveOne;
}

/** Makes a schedule, always: what the solver can't give comes from what stands in for it. Rejects only when the signal says so. */
export type Scheduler = (problem: Problem, haste: Haste) => Promise<Schedule>;

/** For the plan, and for its reasons, ms: people wait for neither. */
export const PLAN_MS = 10_000;
export const REASONS_MS = 10_000;

export const paceOf = (parts: PolicyParts, signal?: AbortSignal): Pace => ({
  now: parts.now,
  yieldNow: parts.yieldNow,
  ...(signal ? { signal } : {}),
});
