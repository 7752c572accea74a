/** Lives through the home's own past with a policy: each hour planned with what was known then, and carried out by the rules that would run. */
import { tariffAsKnown } from "../../energy/published.ts";
import type { Value } from "../../model/capability.ts";
import type { PowerGuard } from "../../model/guard.ts";
import type { Rule } from "../../model/plan.ts";
import type { Policy } from "../../model/policy.ts";
import type { PricedTariff } from "../../model/tariff.ts";
import type { Demanded } from "../../planner/goals/demand.ts";
import { departure } from "../../planner/policy/departs.ts";
import type { Steered } from "../../planner/policy/devices.ts";
import { rulesOf } from "../../planner/policy/enact.ts";
import { guardOf } from "../../planner/policy/guard.ts";
import { heldInReplay } from "../../planner/policy/guard-replay.ts";
import { type Foresight, type Outlook, outlookAt } from "../../planner/policy/outlook.ts";
import { type Charged, chargedAt, connectionOf } from "../../planner/policy/pose/connection.ts";
import { pose } from "../../planner/policy/pose/index.ts";
import { Storing } from "../../planner/policy/storing/index.ts";
import type { House, Problem } from "../../planner/schedule/problem.ts";
import type { Schedule } from "../../planner/schedule/schedule.ts";
import type { Comfort } from "../../twin/device.ts";
import type { Twin } from "../../twin/fit.ts";
import { type Stretch, seriesOf, timeOf, valueAt } from "../../twin/history.ts";
import { type Replayed, type ReplaySetup, replaying } from "../../twin/replay.ts";
import { Cancelled, drive, type Pace } from "../drive.ts";
import { PLAN_MS, type Scheduler } from "./parts.ts";

export interface Rehearsal {
  readonly policy: Pick<Policy, "id" | "title" | "limits">;
  /** What its goals demand of this home. */
  readonly demands: readonly Demanded[];
  readonly devices: readonly Steered[];
  readonly twin: Twin;
  readonly sight: Foresight;
  readonly tariff: PricedTariff;
  readonly comfort: Comfort;
  /** Rules that run already. */
  readonly others: readonly Rule[];
  readonly over: Stretch;
  readonly schedule: Scheduler;
  /** What the main fuse carries, kW; absent: not known. */
  readonly fuseKw?: number | undefined;
}

export interface Lived {
  readonly replayed: Replayed;
  /** What each model of the twin drew, W by step of the stretch. */
  readonly drawn: readonly Float64Array[];
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
  readonly guard: PowerGuard | undefined;
}

/** Plans a moment of the past as the hub would have: each hour, and between when the home has left what was foreseen. */
class Hand {
  readonly #r: Rehearsal;
  readonly #values: ReadonlyMap<string, Value>;
  /** What the house took since the trial began, W by step. */
  readonly #grid: Float64Array;
  readonly #storing = new Storing();
  readonly #tariffKnown: (at: number) => PricedTariff;
  #old: InForce | undefined;
  readonly done = { count: 0, fallbacks: 0, ms: 0 };

  constructor(r: Rehearsal, values: ReadonlyMap<string, Value>, grid: Float64Array) {
    this.#r = r;
    this.#grid = grid;
    this.#values = values;
    this.#tariffKnown = tariffAsKnown(r.tariff, r.twin.history.timeZone);
  }

  #known(path: string, step: number): Value | undefined {
    const own = this.#values.get(path);
    if (own !== undefined) return own;
    const stored = valueAt(seriesOf(this.#r.twin.history, path), step - 1);
    return Number.isFinite(stored) ? stored : undefined;
  }

  #posed(step: number, outlook: Outlook, connection?: House): Problem {
    const { demands, policy, devices, twin } = this.#r;
    const at = timeOf(twin.history, step);
    const around = { timeZone: twin.history.timeZone, home: undefined, usually: outlook.usuallyHome, at };
    const now = (path: string) => this.#known(path, step);
    const posing = { demands, limits: policy.limits, outlook, around, now, ...(connection ? { connection } : {}) };
    return pose(devices, posing, this.#old?.schedule.before).problem;
  }

  #connection(step: number, outlook: Outlook): { house: House; charged: Charged | undefined } {
    const { tariff, twin, over, fuseKw } = this.#r;
    const end = outlook.slots.at(-1)?.from ?? 0;
    const [metered, at] = [{ history: twin.history, watts: this.#grid, from: over.from }, timeOf(twin.history, step)];
    return {
      house: connectionOf(tariff, metered, at, end, fuseKw),
      charged: chargedAt(tariff, metered, at),
    };
  }

  /** What the core would hold the house's power to now. */
  readonly guard = (): PowerGuard | undefined => this.#old?.guard;

  #isDue(step: number): boolean {
    const [old, at] = [this.#old, timeOf(this.#r.twin.history, step)];
    if (!old || Math.floor(at / HOUR_MS) !== Math.floor(old.schedule.at / HOUR_MS)) return true;
    return departure(old.problem, old.schedule, this.#posed(step, old.outlook)) !== undefined;
  }

  /** The rules from this step on; undefined where those in force go on. */
  async rulesAt(step: number, pace: Pace): Promise<readonly Rule[] | undefined> {
    if (!this.#isDue(step)) return undefined;
    const { sight, twin, policy, devices, others } = this.#r;
    const at = timeOf(twin.history, step);
    await drive(sight.net.upTo(at), pace);
    const outlook = outlookAt(sight, this.#tariffKnown(at), at);
    // Each of these takes some ms: together they would hold the loop.
    await pace.yieldNow();
    const { house, charged } = this.#connection(step, outlook);
    const problem = this.#posed(step, outlook, house);
    const haste = { timeLimitMs: PLAN_MS, reasonsMs: 0, ...(pace.signal ? { signal: pace.signal } : {}) };
    await pace.yieldNow();
    const placed = await this.#r.schedule(problem, haste);
    const schedule = await drive(this.#storing.deciding(problem, placed, outlook, sight), pace);
    this.#old = { outlook, problem, schedule, guard: guardOf(policy, problem, schedule, devices, { charged }) };
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
  const grid = new Float64Array(over.to - over.from);
  const hand = new Hand(r, values, grid);
  let due: number | undefined;
  const restsAt = (step: number) => {
    due = step;
    return true;
  };
  const drawn = r.twin.models.map(() => new Float64Array(over.to - over.from));
  const held = heldInReplay(hand.guard, r.devices, values);
  const setup: ReplaySetup = { rules: others, tariff, comfort, over, values, restsAt, drawn, grid, held };
  const live = replaying(r.twin, setup);
  let rested = pace.now();
  for (;;) {
    if (pace.signal?.aborted) throw new Cancelled("cancelled");
    const step = live.next();
    if (step.done) {
      const { count, fallbacks, ms } = hand.done;
      return { replayed: step.value, drawn, solves: { count, fallbacks, meanMs: ms / Math.max(1, count) } };
    }
    const rules = due === undefined ? undefined : await hand.rulesAt(due, pace);
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
