import type { RuleAction } from "../model/plan.ts";
import { resolveCharge } from "./computed/charge.ts";
import { resolvePause } from "./computed/pause.ts";
import { resolveLeastPower, resolveSunPower } from "./computed/power.ts";
import { resolveRelease } from "./computed/release.ts";
import type { Resolved } from "./computed/resolved.ts";
import { resolveStart } from "./computed/start.ts";
import type { Picture } from "./picture.ts";

/** What an action comes to on a frozen picture; undefined for one with fixed arguments. Unknown values ask for nothing. */
export function resolve(action: RuleAction, picture: Picture): Resolved | undefined {
  const { computed } = action;
  switch (computed?.kind) {
    case undefined:
      return undefined;
    case "bestStart":
      return resolveStart(action, computed, picture);
    case "bestPause":
      return resolvePause(action, computed, picture);
    case "leastPower":
      return resolveLeastPower(action, picture);
    case "sunPower":
      return resolveSunPower(action, computed, picture);
    case "charge":
      return resolveCharge(action, computed, picture);
    case "release":
      return resolveRelease(action, picture);
  }
}
