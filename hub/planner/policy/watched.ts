/** What a policy asked hour by hour, or would have asked, beside what the home really did; and what it would have cost. */

import { localTime, startOfLocalDay } from "../../energy/clock.ts";
import type { NodeId } from "../../model/path.ts";
import type { Rule } from "../../model/plan.ts";
import type { Policy } from "../../model/policy.ts";
import type { AskedPlan, WatchedDay } from "../../model/policy-kept.ts";
import type { Tariff } from "../../model/tariff.ts";
import { compare } from "../../twin/compare.ts";
import type { Comfort } from "../../twin/device.ts";
import type { Twin } from "../../twin/fit.ts";
import { hoursOf, timeOf, valueAt } from "../../twin/history.ts";
import { type Replayed, type ReplaySetup, replaying } from "../../twin/replay.ts";
import type { Block, Schedule } from "../schedule/schedule.ts";
import type { Steered } from "./devices.ts";
import { rulesOf } from "./enact.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Days that are kept; older ones are dropped. */
export const WATCHED_DAYS = 14;
/** Plans kept of one day, the newest: one an hour, and those made in between. */
const MOST_PLANS = 96;
/** A plan stands until the next one, but no longer than this without one. */
const STANDS_MS = 3 * HOUR_MS;

const MODES: Readonly<Record<Block["mode"], true>> = {
  ...{ chargeFromGrid: true, followLoad: true, hold: true, dischargeToGrid: true, off: true, on: true, sun: true },
  ...{ free: true, curtailed: true },
};
const isMode = (mode: string): mode is Block["mode"] => Object.hasOwn(MODES, mode);

/** What a schedule asks until it is made anew. */
export const askedOf = ({ at, blocks }: Pick<Schedule, "at" | "blocks">): AskedPlan => ({
  at,
  blocks: blocks
    .filter((b) => b.from < at + STANDS_MS && b.to > at)
    .map(({ device, from, to, mode, kwh, limit }) => ({
      ...{ device, from, to, mode, kwh: Math.round(kwh * 1000) / 1000 },
      ...(limit === undefined ? {} : { limit }),
    })),
});

/** The days with a plan more; days that are too old are left out. */
export function withPlan(days: readonly WatchedDay[], plan: AskedPlan, zone: string, runs: boolean): WatchedDay[] {
  const from = startOfLocalDay(plan.at, zone);
  const empty: WatchedDay = { day: localTime(plan.at, zone).day, from, plans: [], really: [], ran: false };
  const today = days.find((d) => d.from === from) ?? empty;
  const plans = [...today.plans.filter((p) => p.at < plan.at), plan].slice(-MOST_PLANS);
  const rest = days.filter((d) => d.from !== from && d.from > from - (WATCHED_DAYS - 0.5) * DAY_MS);
  return [...rest, { ...today, plans, ran: today.ran || runs }].sort((a, b) => a.from - b.from);
}

/** kWh of each hour of a day that is over, as metered; null where less than the whole hour is known. */
function hourly(twin: Twin, watts: Float64Array, from: number, to: number): (number | null)[] {
  const { history: h } = twin;
  const steps = Math.round(1 / hoursOf(h));
  const hours = Math.max(0, Math.floor((Math.min(to, timeOf(h, h.steps)) - from) / HOUR_MS));
  return Array.from({ length: hours }, (_, k) => {
    const first = Math.round((from + k * HOUR_MS - h.from) / h.stepMs);
    let kwh = 0;
    for (let i = first; i < first + steps; i++) kwh += (i < 0 ? Number.NaN : valueAt(watts, i) * hoursOf(h)) / 1000;
    return Number.isFinite(kwh) ? Math.round(kwh * 1000) / 1000 : null;
  });
}

/** A day with what its devices really used, as far as the twin's history knows. */
export function withReality(day: WatchedDay, twin: Twin, devices: readonly NodeId[], to: number): WatchedDay {
  const really = devices.flatMap((device) => {
    const model = twin.models.find((m) => m.node === device);
    return model ? [{ device, kwh: hourly(twin, model.recorded, day.from, to) }] : [];
  });
  return { ...day, really };
}

/** The rules that would have run at a moment: those of the last plan before it. */
function rulesAt(
  at: number,
  plans: readonly AskedPlan[],
  policy: Pick<Policy, "id" | "title">,
  devices: readonly Steered[],
) {
  const plan = plans.findLast((p) => p.at <= at);
  if (!plan || at - plan.at > STANDS_MS) return [];
  const blocks = plan.blocks.flatMap(({ mode, ...block }): Block[] =>
    isMode(mode) ? [{ ...block, mode, first: 0, last: 0 }] : [],
  );
  return rulesOf(policy, { at: plan.at, blocks }, devices, () => policy.title);
}

export interface Watching {
  readonly policy: Pick<Policy, "id" | "title">;
  /** The oldest first; of all of them it only watched. */
  readonly days: readonly WatchedDay[];
  readonly devices: readonly Steered[];
  readonly twin: Twin;
  readonly tariff: Tariff;
  readonly comfort: Comfort;
  /** Rules that run already. */
  readonly others: readonly Rule[];
}

/**
 * The days that are over, with what was paid and what would have been paid had the policy been let: the metered bill, less the difference of
 * two replays in the twin, with what it asked and without. So what the twin does not know of the house cancels out.
 */
export function* reckoning(watching: Watching): Generator<number, readonly WatchedDay[]> {
  const { days, devices, twin, tariff, comfort, others, policy } = watching;
  const { history: h } = twin;
  const stepOf = (at: number) => Math.round((at - h.from) / h.stepMs);
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return days;
  const over = {
    from: Math.max(0, stepOf(first.from)),
    to: Math.min(h.steps, stepOf(startOfLocalDay(last.from + 1.5 * DAY_MS, h.timeZone))),
  };
  if (over.to <= over.from) return days;
  const without = yield* replaying(twin, { rules: others, tariff, comfort, over });
  const plans = days.flatMap((d) => d.plans);
  let due: number | undefined;
  const restsAt = (step: number) => {
    due = step;
    return true;
  };
  const setup: ReplaySetup = { rules: others, tariff, comfort, over, restsAt };
  const live = replaying(twin, setup);
  let lived: Replayed | undefined;
  while (!lived) {
    const step = live.next();
    if (step.done) lived = step.value;
    else {
      if (due !== undefined) setup.rules = [...others, ...rulesAt(timeOf(h, due), plans, policy, devices)];
      due = undefined;
      yield step.value;
    }
  }
  const saved = new Map(compare(without, lived).daily.map((d) => [d.day, d.savedCost]));
  const paid = new Map(without.days.map((d) => [d.day, d.recorded.cost]));
  return days.map((day) => {
    const [less, bill] = [saved.get(day.day), paid.get(day.day)];
    return less === undefined || bill === undefined ? day : { ...day, paid: bill, would: bill - less };
  });
}
