/** Whether a counter can have moved by so much in that time. */
import type { Stand } from "../../model/repair.ts";
import { type Limits, type Memory, stepOf } from "./memory.ts";

const MS_PER_KWH_PER_W = 3_600_000_000;

/** A counter may step back by this much through rounding; it is waited until it is made good. kWh. */
export const ROUNDING_KWH = 0.05;

/** A message may have been on its way for so long, so that the next seems to come too soon. */
const LATE_MS = 60_000;

const carriedSince = (memory: Memory, to: Stand, { limitW }: Limits): number =>
  (limitW * Math.max(0, to.at - memory.movedAt)) / MS_PER_KWH_PER_W;

/** kWh that can have been counted from the last movement until a stand, one step of the counter or one late message included. */
export function allowed(memory: Memory, to: Stand, limits: Limits): number {
  const step = Math.min(memory.step, stepOf(to.kwh)) * memory.scale;
  const late = (limits.limitW * LATE_MS) / MS_PER_KWH_PER_W;
  return carriedSince(memory, to, limits) + Math.max(0, Math.max(step, late) - memory.owed);
}

/** Takes note of a movement to a stand: a counter that moves by a step more again and again can't be believed each time. */
export function moved(memory: Memory, to: Stand, kwh: number, limits: Limits): void {
  if (kwh === 0) return;
  memory.owed = Math.max(0, memory.owed + Math.abs(kwh) - carriedSince(memory, to, limits));
  memory.movedAt = to.at;
}

/** From when on the energy of a step is spread: from the last reading, or from the last movement if it is too much for that. */
export function spreadFrom(memory: Memory, to: Stand, kwh: number, limits: Limits): number {
  const carried = (limits.limitW * (to.at - memory.good.at)) / MS_PER_KWH_PER_W;
  return Math.abs(kwh) <= carried ? memory.good.at : Math.min(memory.good.at, memory.movedAt);
}
