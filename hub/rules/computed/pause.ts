import { bestPause, meanRate, restOf } from "../../energy/flexible.ts";
import type { Computed, RuleAction } from "../../model/plan.ts";
import type { Picture } from "../picture.ts";
import { clockOf, insteadOf, plain, type Resolved, ratesBy, shut, slotsOf, toldOf } from "./resolved.ts";

/** Pauses a run of which the rest costs less after a pause that the appliance allows. */
export function resolvePause(
  action: RuleAction,
  { by }: Extract<Computed, { kind: "bestPause" }>,
  picture: Picture,
): Resolved {
  const told = toldOf(action, picture);
  const no = shut(told);
  if (no) return { none: no };
  if (told.is("esaState", "paused")) return { none: "it is paused" };
  if (!told.is("forecastAvailable", true)) return { none: "no run is planned" };
  const start = told.number("forecastStartTime");
  const active = told.number("forecastActiveSlot");
  const { now } = picture;
  if (start === undefined || start * 1000 > now || active === undefined) return { none: "its run has not begun" };
  if (!told.is("forecastPausableNow", true)) return { none: "this part of its run can't be paused" };
  const latest = told.number("forecastLatestEndTime");
  const latestEndAt = latest === undefined ? undefined : latest * 1000;
  const mostS = told.number("forecastMaxPauseDuration") ?? 0;
  const rates = ratesBy(by, picture, latestEndAt ?? now + 48 * 3_600_000);
  if (!rates) return { none: "what a kWh causes is not known" };
  const rest = restOf(slotsOf(told), active, told.number("forecastRemainingSlotTime"));
  const pause = { leastS: told.number("forecastMinPauseDuration") ?? 0, mostS, rest, latestEndAt };
  const best = bestPause(pause, now, rates);
  if (!best) return { none: "a pause would save nothing" };
  const minutes = Math.round(best.seconds / 60);
  const words = insteadOf(by, meanRate(rest, best.at, rates), meanRate(rest, now, rates));
  const reason = `pauses for ${minutes} minutes until ${clockOf(best.at, picture)}, when ${words} now`;
  return plain(action, { duration: best.seconds }, reason);
}
