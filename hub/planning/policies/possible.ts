/** What would have been possible at best in a stretch that a policy was tried on: asked of the solver, with all known. */

import { localTime } from "../../energy/clock.ts";
import { exportPriceAt, priceAt } from "../../energy/tariff.ts";
import type { LinearModel, Solved } from "../../model/linear.ts";
import type { PricedTariff } from "../../model/tariff.ts";
import { boundModel, type Known, type Moved } from "../../planner/policy/bound.ts";
import type { Steered } from "../../planner/policy/devices.ts";
import { isCounted } from "../../twin/compare.ts";
import type { Comfort } from "../../twin/device.ts";
import type { Twin } from "../../twin/fit.ts";
import { hoursOf, type Stretch, timeOf, valueAt } from "../../twin/history.ts";
import type { Replayed } from "../../twin/replay.ts";
import type { Lived } from "./rehearse.ts";

/** Solves one programme, in the solver's thread. */
export type SolveOne = (
  model: LinearModel,
  limits: { readonly timeLimitMs: number; readonly signal?: AbortSignal },
) => Promise<Solved>;

/** A trial is not held up for longer by it. */
const BOUND_MS = 60_000;

interface Tried {
  readonly twin: Twin;
  readonly devices: readonly Steered[];
  readonly tariff: PricedTariff;
  readonly comfort: Comfort;
  readonly over: Stretch;
  readonly nothing: Replayed;
  readonly lived: Lived;
}

/** The stretch as a programme wants it: what can be moved as stores, all else as it was in the policy's own way. */
function knownOf({ twin, devices, tariff, comfort, over, nothing, lived }: Tried): Known {
  const { history: h } = twin;
  const hours = hoursOf(h);
  const kwh = (watts: number) => (watts * hours) / 1000;
  const steered = new Set(devices.map((d) => d.part.node));
  const moved: Moved[] = [];
  const baseKwh = Float64Array.from({ length: over.to - over.from }, (_, t) => {
    const rest = valueAt(twin.rest, over.from + t);
    return Number.isFinite(rest) ? kwh(rest) : 0;
  });
  twin.models.forEach((model, k) => {
    const own = lived.drawn[k]?.map(kwh) ?? new Float64Array();
    const movable = model.kind === "battery" || steered.has(model.node);
    const store = movable ? model.store?.(over, comfort) : undefined;
    if (store) moved.push({ store, kwh: own });
    else
      own.forEach((value, t) => {
        baseKwh[t] = (baseKwh[t] ?? 0) + value;
      });
  });
  const counted = new Set(nothing.days.filter(isCounted).map((d) => d.day));
  const counts = (t: number) =>
    Number.isFinite(valueAt(twin.rest, over.from + t)) &&
    counted.has(localTime(timeOf(h, over.from + t), h.timeZone).day);
  const priced = (at: (tariff: PricedTariff, time: number, zone: string) => number) =>
    baseKwh.map((_, t) => (counts(t) ? at(tariff, timeOf(h, over.from + t), h.timeZone) : 0));
  const end = (r: Replayed) => r.days.at(-1)?.stored ?? 0;
  return {
    ...{ baseKwh, price: priced(priceAt), exportPrice: priced(exportPriceAt), devices: moved },
    storedMore: end(lived.replayed) - end(nothing),
    // As two replays are settled.
    ...{ more: nothing.lowPrice, less: nothing.meanPrice },
  };
}

/** The least cost of the stretch, currency; undefined where the solver found none in time. */
export async function leastCost(tried: Tried, solve: SolveOne, signal?: AbortSignal): Promise<number | undefined> {
  const limits = { timeLimitMs: BOUND_MS, ...(signal ? { signal } : {}) };
  const solved = await solve(boundModel(knownOf(tried)), limits).catch((error: unknown) => {
    if (signal?.aborted) throw error;
    return undefined;
  });
  return solved?.status === "best" ? solved.cost : undefined;
}
