/** Readings from before the hub had a clock: they say how much was counted, but not when. */
import type { Pin, Repair, Stand } from "../../model/repair.ts";
import { EARLIEST } from "../counters.ts";
import type { Limits, Memory } from "./memory.ts";

/** Beyond what the connection carries in the time that is known of, so much more is believed: the clock may have begun anew. */
const SLACK_MS = 3_600_000;

/** Between two readings; a longer step is the clock's. */
const STEP_MS = 3_600_000;

/** The first stand without a time, the time of the last, and how long is known to have gone by, ms. */
export interface Undated {
  readonly first: Stand;
  readonly lastAt: number;
  readonly livedMs: number;
}

/** What a repair kept of it from before a restart. */
export function undatedOf(repairs: readonly Repair[]): Undated | undefined {
  const kept = repairs.find((r) => r.kind === "clock" && r.state === "active" && r.to < EARLIEST);
  const [first] = kept?.evidence ?? [];
  return first && { first, lastAt: first.at, livedMs: 0 };
}

/** One more of them. */
export const further = (before: Undated | undefined, to: Stand): Undated => {
  if (!before || to.kwh < before.first.kwh) return { first: to, lastAt: to.at, livedMs: 0 };
  const step = to.at - before.lastAt;
  const { first, livedMs } = before;
  return { first, lastAt: to.at, livedMs: livedMs + (step > 0 && step < STEP_MS ? step : 0) };
};

/** The first stand with a time: what was counted before lies right before it. Undefined: nothing that can be believed. */
export function dated({ first, livedMs }: Undated, to: Stand, { scale }: Memory, limits: Limits): Pin | undefined {
  const kwh = (to.kwh - first.kwh) * scale;
  const needsMs = (kwh * 3.6e9) / limits.limitW;
  if (limits.net || kwh <= 0 || needsMs > livedMs + SLACK_MS) return undefined;
  const from = { at: Math.floor(to.at - Math.max(livedMs, needsMs, 1)), kwh: first.kwh };
  return { from, to, kwh, told: kwh };
}
