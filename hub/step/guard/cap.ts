/** How each kind of device takes less: what it would spare, and what becomes of what is asked of it. */

import type { Guarded } from "../../model/guard.ts";
import type { RuleAction } from "../../model/plan.ts";
import { MAINS_V } from "./limits.ts";
import type { Cap } from "./state.ts";

/** Less is not worth a command, W. */
const LEAST_W = 150;
/** A stage of a device: all cars are slowed down before the first has to pause. */
export const STAGES = ["lower", "pause"] as const;
export type Stage = (typeof STAGES)[number];

/** A value by its text path, as far as it is known. */
export type Told = (path: string) => number | undefined;

const lowered = (device: Guarded, how: string, why: string): string => `${device.name} ${how}: ${why}`;

/** What a device is to be held to so that `need` W less flow, and what that spares, W; undefined where nothing can be had of it. */
export function capOf(
  device: Guarded,
  stage: Stage,
  { need, told, why, old }: { need: number; told: Told; why: string; old: Cap | undefined },
): (Cap & { readonly spares: number }) | undefined {
  const draws = told(device.power);
  if (draws === undefined) return undefined;
  const before = old?.before ?? draws;
  if (device.kind === "car") return carCap(device, stage, need, draws, why, old);
  if (stage === "pause" || old) return undefined;
  if (device.kind === "battery") {
    const charge = device.charge && told(device.charge.path);
    const gives = !device.charge || (charge !== undefined && charge > device.charge.abovePercent + 1);
    // What it can give is not known beforehand: it gives what the house takes, as far as it can.
    if (gives)
      return { most: 1, before, why: lowered(device, "carries the house", why), spares: Math.max(need, draws) };
    return draws < LEAST_W ? undefined : { most: 0, before, why: lowered(device, "waits", why), spares: draws };
  }
  if (draws < LEAST_W) return undefined;
  if (device.kind === "tank") {
    const degrees = device.warmth && told(device.warmth.path);
    if (device.warmth && !(degrees !== undefined && degrees > device.warmth.aboveC)) return undefined;
    return { most: 0, before, why: lowered(device, "waits", why), spares: draws };
  }
  return { most: device.lowC, before, why: lowered(device, `lowered to ${device.lowC} °C`, why), spares: draws };
}

function carCap(
  device: Guarded & { kind: "car" },
  stage: Stage,
  need: number,
  draws: number,
  why: string,
  old: Cap | undefined,
): (Cap & { readonly spares: number }) | undefined {
  if (draws < LEAST_W) return undefined;
  const perA = MAINS_V * device.phases;
  const before = old?.before ?? draws;
  if (stage === "pause") return { most: 0, before, why: lowered(device, "pauses", why), spares: draws };
  if (!device.steps) return undefined;
  const now = Math.min(old?.most ?? Number.POSITIVE_INFINITY, Math.ceil(draws / perA));
  const most = Math.max(device.steps.leastA, Math.floor((draws - need) / perA));
  if (most >= now) return undefined;
  return { most, before, why: lowered(device, `lowered to ${most} A`, why), spares: draws - most * perA };
}

/** The next higher cap that `room` W allow, `undefined` for none at all any more; the same cap where it has to stay. */
export function raised(device: Guarded, cap: Cap, room: number, draws: number): Cap | undefined {
  if (device.kind !== "car" || !device.steps) return cap.before - draws <= room ? undefined : cap;
  const { leastA, mostA } = device.steps;
  const perA = MAINS_V * device.phases;
  const most = Math.floor(cap.most + room / perA);
  if (most <= cap.most || most < leastA) return cap;
  if (most >= mostA || most * perA >= cap.before) return undefined;
  return { ...cap, most, why: cap.why.replace(/pauses|lowered to \d+ A/, `lowered to ${most} A`) };
}

/** What is asked of a device, held to its cap; the same action where that is no more than it may. */
export function held(action: RuleAction, device: Guarded, cap: Cap): RuleAction {
  const { capability, command, args } = action;
  const instead = (command: string, args: RuleAction["args"]): RuleAction => ({ ...action, command, args });
  switch (device.kind) {
    case "battery": {
      const mode = cap.most > 0 ? "followLoad" : "hold";
      const more = args.mode === "chargeFromGrid" || (args.mode === "hold" && mode === "followLoad");
      return capability === "batteryControl" && more ? instead("set", { ...args, mode }) : action;
    }
    case "car": {
      if (command !== "enableCharging") return action;
      if (cap.most === 0) return instead("disable", {});
      const asked = args.maximumChargeCurrent;
      if (typeof asked === "number" && asked <= cap.most) return action;
      return instead(command, { ...args, maximumChargeCurrent: cap.most });
    }
    case "tank":
      if (capability === "onOff" && command === "on") return instead("off", {});
      return command === "boost" ? instead("cancelBoost", {}) : action;
    case "room": {
      const asked = args.occupiedHeatingSetpoint;
      if (typeof asked !== "number" || asked <= cap.most) return action;
      return instead(command, { ...args, occupiedHeatingSetpoint: cap.most });
    }
  }
}
