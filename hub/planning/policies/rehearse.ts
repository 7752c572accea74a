/** Lives through the home's own past with a policy: each hour planned with what was known then, and carried out by the rules that would run. */
import type { Value } from "../../model/capability.ts";
import type { Rule } from "../../model/plan.ts";
import type { Policy } from "../../model/policy.ts";
import type { PricedTariff } from "../../model/tariff.ts";
import type { Demanded } from "../../planner/goals/demand.ts";
import type { Steered } from "../../planner/policy/devices.ts";
import { rulesOf } from "../../planner/policy/enact.ts";
import { type Foresight, outlookAt, perfectAt } from "../../planner/policy/outlook.ts";
import { pose } from "../../planner/policy/pose/index.ts";
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

/** Steps of an hour. */
const perHour = (twin: Twin): number => Math.max(1, Math.round(3_600_000 / twin.history.stepMs));

/** Lives through the stretch. Throws Cancelled when the pace's signal says so. */
export async function rehearse(r: Rehearsal, pace: Pace, progress: (done: number) => void): Promise<Lived> {
  const { twin, over } = r;
  const { history } = twin;
  const values = new Map<string, Value>();
  let due: number | undefined;
  const setup: ReplaySetup = {
    rules: r.others,
    tariff: r.tariff,
    comfort: r.comfort,
    over,
    values,
    restsAt: (i) => {
      const whole = timeOf(history, i) % 3_600_000 === 0 || i === over.from;
      due = whole ? i : undefined;
      return whole && (i - over.from) % perHour(twin) === 0;
    },
  };
  const known = (path: string, i: number) => {
    const own = values.get(path);
    if (own !== undefined) return own;
    const stored = valueAt(seriesOf(history, path), i - 1);
    return Number.isFinite(stored) ? stored : undefined;
  };
  const done = { count: 0, fallbacks: 0, ms: 0 };
  let before: Schedule["before"] | undefined;
  const live = replaying(twin, setup);
  let rested = pace.now();
  for (;;) {
    if (pace.signal?.aborted) throw new Cancelled("cancelled");
    const step = live.next();
    if (step.done) {
      const meanMs = done.count > 0 ? done.ms / done.count : 0;
      return { replayed: step.value, solves: { count: done.count, fallbacks: done.fallbacks, meanMs } };
    }
    if (due !== undefined) {
      const i = due;
      due = undefined;
      const at = timeOf(history, i);
      const outlook = (r.perfect ? perfectAt : outlookAt)(r.sight, r.tariff, at);
      const around = { timeZone: history.timeZone, home: undefined, at };
      const posing = { demands: r.demands, limits: r.policy.limits, outlook, around, now: (p: string) => known(p, i) };
      const { problem } = pose(r.devices, posing, before);
      const schedule = await r.schedule(problem, {
        timeLimitMs: PLAN_MS,
        reasonsMs: 0,
        ...(pace.signal ? { signal: pace.signal } : {}),
      });
      before = schedule.before;
      done.count++;
      done.ms += schedule.solveMs;
      if (schedule.madeBy !== "solver") done.fallbacks++;
      setup.rules = [...r.others, ...rulesOf(r.policy, schedule, r.devices, () => r.policy.title)];
      progress(step.value);
    }
    if (pace.now() - rested > 4) {
      await pace.yieldNow();
      rested = pace.now();
    }
  }
}
