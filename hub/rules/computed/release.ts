import type { RuleAction } from "../../model/plan.ts";
import type { Picture } from "../picture.ts";
import { mostAmps } from "./charge.ts";
import { plain, type Resolved, shut, type Told, toldOf } from "./resolved.ts";

/** What still stands of a command, by the command that takes it back. */
const stands: Readonly<Record<string, (told: Told, now: number) => boolean>> = {
  resumeRequest: (told) => told.is("esaState", "paused"),
  cancelPowerAdjustRequest: (told) =>
    told.is("esaState", "powerAdjustActive") && !told.is("powerAdjustReason", "gridOptimizationAdjustment"),
  cancelRequest: (told, now) =>
    told.is("forecastUpdateReason", "localOptimization") && (told.number("forecastStartTime") ?? 0) * 1000 > now,
  cancelBoost: (told) => told.is("boostState", "active"),
  enableCharging: (told) =>
    told.is("supplyState", "disabled") ||
    (told.is("supplyState", "chargingEnabled") && (told.number("maximumChargeCurrent") ?? 0) < (mostAmps(told) ?? 0)),
};

/** Takes back what still stands; what the grid asked for is not ours to end. */
export function resolveRelease(action: RuleAction, picture: Picture): Resolved {
  const told = toldOf(action, picture);
  const no = action.capability === "deviceEnergyManagement" ? shut(told) : undefined;
  if (no) return { none: no };
  const still = Object.hasOwn(stands, action.command) && stands[action.command]?.(told, picture.now);
  const most = action.command === "enableCharging" ? mostAmps(told) : undefined;
  const args: RuleAction["args"] = most === undefined ? {} : { maximumChargeCurrent: most };
  return still ? plain(action, args, "nothing is left standing") : { none: "nothing stands to be taken back" };
}
