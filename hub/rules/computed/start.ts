import { bestStart, costOf, endOf, energyOf, meanRate, type Run, type Slot, startsOf } from "../../energy/flexible.ts";
import type { Computed, RuleAction } from "../../model/plan.ts";
import type { Picture } from "../picture.ts";
import { clockOf, insteadOf, plain, type Resolved, ratesBy, shut, slotsOf, type Told, toldOf } from "./resolved.ts";

/** The sun that shines now is taken to go on for no longer, s: nobody here knows the weather. */
const SUN_S = 3600;

/** The run that an appliance plans, or why there is none to be moved. */
export function runOf(told: Told): Run | string {
  if (!told.is("forecastAvailable", true)) return "no run is planned";
  const start = told.number("forecastStartTime");
  const end = told.number("forecastEndTime");
  const latest = told.number("forecastLatestEndTime");
  const earliest = told.number("forecastEarliestStartTime");
  const slots = slotsOf(told);
  if (start === undefined || slots.length === 0) return "its forecast does not say what it will do";
  if (latest === undefined) return "it does not let its start be moved";
  const seconds = slots.reduce((sum, slot) => sum + slot.seconds, 0);
  return {
    startAt: start * 1000,
    earliestAt: earliest === undefined ? undefined : earliest * 1000,
    latestEndAt: latest * 1000,
    slots,
    lengthMs: Math.max(seconds, end === undefined ? 0 : end - start) * 1000,
  };
}

/** What of a run the sun would bear that leaves the house now. */
function sunny(slots: readonly Slot[], surplusW: number): Slot[] {
  let left = SUN_S;
  return slots.map(({ seconds, watts }) => {
    const lit = Math.min(left, seconds);
    left -= lit;
    return { seconds: lit, watts: Math.max(0, Math.min(watts, surplusW)) };
  });
}

/** Moves the start of a run to where it is best within what the appliance allows. */
export function resolveStart(
  action: RuleAction,
  { by }: Extract<Computed, { kind: "bestStart" }>,
  picture: Picture,
): Resolved {
  const told = toldOf(action, picture);
  const no = shut(told);
  if (no) return { none: no };
  const run = runOf(told);
  if (typeof run === "string") return { none: run };
  const { now } = picture;
  if (run.startAt <= now) return { none: "its run has begun" };
  const may = startsOf(run, now);
  if (!may) return { none: "its forecast leaves no room for another start" };
  const rates = ratesBy(by, picture, endOf(run));
  if (!rates) return { none: "what a kWh causes is not known" };
  const ask = (at: number, reason: string) => plain(action, { requestedStartTime: Math.round(at / 1000) }, reason);
  const best = bestStart(run, now, rates);
  const least = best?.cost ?? costOf(run.slots, run.startAt, rates);
  const surplus = by === "co2" ? undefined : picture.surplusW();
  const earns = by === "sun" ? 0 : picture.exportPrice;
  if (surplus !== undefined && surplus > 0 && earns !== undefined) {
    const lit = sunny(run.slots, surplus);
    const cost = costOf(run.slots, may.from, rates) - costOf(lit, may.from, rates) + energyOf(lit) * earns;
    if (cost < 0.99 * least && run.startAt > may.from)
      return ask(may.from, `starts at ${clockOf(may.from, picture)}, while ${Math.round(surplus)} W leave the house`);
  }
  if (!best) return { none: `its own start at ${clockOf(run.startAt, picture)} is best` };
  const rate = (at: number) => meanRate(run.slots, at, rates);
  return ask(
    best.at,
    `starts at ${clockOf(best.at, picture)}, when ${insteadOf(by, rate(best.at), rate(run.startAt))} at ${clockOf(run.startAt, picture)}`,
  );
}
