/** Lives through the home's own past with a policy: each hour planned with what was known then, and carried out by the rules that would run. */
import type { Value } from "../../model/capability.ts";
import type { Rule } from "../../model/plan.ts";
import type { Policy } from "../../model/policy.ts";
import type { PricedTariff } from "../../model/tariff.ts";
import type { Demanded } from "../../planner/goals/demand.ts";
import { departure } from "../../planner/policy/departs.ts";
import type { Steered } from "../../planner/policy/devices.ts";
import { rulesOf } from "../../planner/policy/enact.ts";
import { type Foresight, type Outlook, outlookAt, perfectAt } from "../../planner/policy/outlook.ts";
import { pose } from "../../planner/policy/pose/index.ts";
import type { Problem } from "../../planner/schedule/problem.ts";
import type { Schedule } from "../../planner/schedule/schedule.ts";
import type { Comfort } from "../../twin/device.ts";
import type { Twin } from "../../twin/fit.ts";
import { type Stretch, seriesOf, timeOf, valueAt } from "../../twin/history.ts";
import { type Replayed, type ReplaySetup, replaying } from "../../twin/replay.ts";
import { Cancelled, type Pace } from "../drive.ts";
import { PLAN_MS, type Scheduler } from "./parts.ts";

export interface Rehearsal {
  readonly policy: Pick<Policy, "id" | "title" | "limits">;
  /** What its goals demand of this home. */
  readonly demands: readonly Demanded[];
  readonly devices: readonly Steered[];
  readonly twin: Twin;
  readonly sight: Foresight;
  /** With the load and the sun known beforehand: what a better forecast could bring at most. */
  readonly perfect: boolean;
  readonly tariff: PricedTariff;
  readonly comfort: Comfort;
  /** Rules that run already. */
  readonly others: readonly Rule[];
  readonly over: Stretch;
  readonly schedule: Scheduler;
}

export interface Lived {
  readonly replayed: Replayed;
  readonly solves: { readonly count: number; readonly fallbacks: number; readonly meanMs: number };
}

const HOUR_MS = 3_600_000;
/** Work between two rests, ms. */
const SLICE_MS = 4;

/** What is in force while the past is lived through. */
interface InForce {
  readonly outlook: Outlook;
  readonly problem: Problem;
  readonly schedule: Schedule;
}

/** Plans a moment of the past as the hub would have: each hour, and between when the home has left what was foreseen. */
class Hand {
  readonly #r: Rehearsal;
  readonly #values: ReadonlyMap<string, Value>;
  #old: InForce | undefined;
  readonly done = { count: 0, fallbacks: 0, ms: 0 };

  constructor(r: Rehearsal, values: ReadonlyMap<string, Value>) {
    this.#r = r;
    this.#values = values;
  }

  #known(path: string, step: number): Value | undefined {
    const own = this.#values.get(path);
    if (own !== undefined) return own;
    const stored = valueAt(seriesOf(this.#r.twin.history, path), step - 1);
    return Number.isFinite(stored) ? stored : undefined;
  }

  #posed(step: number, outlook: Outlook): Problem {
    const { demands, policy, devices, twin } = this.#r;
    const around = { timeZone: twin.history.timeZone, home: undefined, at: timeOf(twin.history, step) };
    const now = (path: string) => this.#known(path, step);
    return pose(devices, { demands, limits: policy.limits, outlook, around, now }, this.#old?.schedule.before).problem;
  }

  #isDue(step: number): boolean {
    const [old, at] = [this.#old, timeOf(this.#r.twin.history, step)];
    if (!old || Math.floor(at / HOUR_MS) !== Math.floor(old.schedule.at / HOUR_MS)) return true;
    return departure(old.problem, old.schedule, this.#posed(step, old.outlook)) !== undefined;
  }

  /** The rules from this step on; undefined where those in force go on. */
  async rulesAt(step: number, signal: AbortSignal | undefined): Promise<readonly Rule[] | undefined> {
    if (!this.#isDue(step)) return undefined;
    const { sight, tariff, twin, policy, devices, others, perfect } = this.#r;
    const outlook = (perfect ? perfectAt : outlookAt)(sight, tariff, timeOf(twin.history, step));
    const problem = this.#posed(step, outlook);
    const haste = { timeLimitMs: PLAN_MS, reasonsMs: 0, ...(signal ? { signal } : {}) };
    const schedule = await this.#r.schedule(problem, haste);
    this.#old = { outlook, problem, schedule };
    this.done.count++;
    this.done.ms += schedule.solveMs;
    if (schedule.madeBy !== "solver") this.done.fallbacks++;
    return [...others, ...rulesOf(policy, schedule, devices, () => policy.title)];
  }
}

/** Lives through the stretch. Throws Cancelled when the pace's signal says so. */
export async function rehearse(r: Rehearsal, pace: Pace, progress: (done: number) => void): Promise<Lived> {
  const { tariff, comfort, over, others } = r;
  const values = new Map<string, Value>();
  const hand = new Hand(r, values);
  let due: number | undefined;
  const restsAt = (step: number) => {
    due = step;
    return true;
  };
  const setup: ReplaySetup = { rules: others, tariff, comfort, over, values, restsAt };
  const live = replaying(r.twin, setup);
  let rested = pace.now();
  for (;;) {
    if (pace.signal?.aborted) throw new Cancelled("cancelled");
    const step = live.next();
    if (step.done) {
      const { count, fallbacks, ms } = hand.done;
      return { replayed: step.value, solves: { count, fallbacks, meanMs: ms / Math.max(1, count) } };
    }
    const rules = due === undefined ? undefined : await hand.rulesAt(due, pace.signal);
    due = undefined;
    if (rules) {
      setup.rules = rules;
      progress(step.value);
    }
    if (pace.now() - rested > SLICE_MS) {
      await pace.yieldNow();
      rested = pace.now();
    }
  }
}
