import { nextLocalMinutes, parseClock } from "../../energy/clock.ts";
import type { Computed, RuleAction } from "../../model/plan.ts";
import type { Picture } from "../picture.ts";
import { clockOf, plain, type Resolved, type Told, toldOf } from "./resolved.ts";

type Charge = Extract<Computed, { kind: "charge" }>;

/** The lowest current that a car charges with (IEC 61851-1), A. */
const LEAST_A = 6;
/** The highest that Matter's cluster can state. */
const MOST_A = 80;
const MAINS_V = 230;
const QUARTER_MS = 15 * 60_000;
const QUARTER_H = 0.25;
/** Losses and a slow last part, on top of the time that the energy takes. */
const RESERVE = 1.15;
/** A current that differs by less is left as it is, so that clouds do not make it flutter, A. */
const STEADY_A = 1.5;
/** A target further off than this is none for now. */
const HORIZON_MS = 36 * 3_600_000;

/** What is still to be charged, and by when; undefined where nobody said. */
function targetOf(c: Charge, told: Told, picture: Picture): { kwh: number; by: number } | undefined {
  const { now, timeZone } = picture;
  const own = told.number("nextChargeTargetTime");
  const by = c.by === undefined ? own && own * 1000 : nextLocalMinutes(now, parseClock(c.by), timeZone);
  const wanted = c.kwh === undefined ? undefined : c.kwh - (told.number("sessionEnergyCharged") ?? 0);
  const kwh = wanted ?? told.number("nextChargeRequiredEnergy");
  return by === undefined || kwh === undefined || by <= now || by - now > HORIZON_MS ? undefined : { kwh, by };
}

/** The most that the charger gives, A; undefined where it does not say. */
export function mostAmps(told: Told): number | undefined {
  const limits = [told.number("circuitCapacity"), told.number("userMaximumChargeCurrent")].filter((a) => a);
  return limits.length > 0 ? Math.min(...limits.map((a) => a ?? MOST_A)) : undefined;
}

/** A at which the charger takes what leaves the house, whole; undefined when it is too little for any car. */
function sunAmps(c: Charge, told: Told, picture: Picture): number | undefined {
  const surplus = picture.surplusW();
  const own = picture.known(c.power);
  if (surplus === undefined || own.status !== "known" || typeof own.value !== "number") return undefined;
  const amps = Math.floor((surplus + own.value) / (MAINS_V * c.phases));
  const most = mostAmps(told) ?? MOST_A;
  if (amps < LEAST_A) return undefined;
  const wanted = Math.min(amps, most);
  const present = told.number("maximumChargeCurrent");
  const steady = present !== undefined && told.is("supplyState", "chargingEnabled") && present >= LEAST_A;
  return steady && Math.abs(present - wanted) < STEADY_A && present <= amps + 1 ? present : wanted;
}

/** Whether this quarter hour is one of the cheapest that are needed before the target. */
function cheapNow({ kwh, by }: { kwh: number; by: number }, kw: number, picture: Picture): boolean | "no time" {
  const first = Math.floor(picture.now / QUARTER_MS) * QUARTER_MS;
  const needed = Math.ceil((kwh * RESERVE) / (kw * QUARTER_H));
  const slots: { at: number; price: number }[] = [];
  for (let at = first; at < by; at += QUARTER_MS) slots.push({ at, price: picture.price(at) });
  if (needed >= slots.length) return "no time";
  return slots
    .sort((a, b) => a.price - b.price || a.at - b.at)
    .slice(0, needed)
    .some(({ at }) => at === first);
}

/** Lets a car charge from the sun, in the cheapest hours before its target, or because time runs out; else not. */
export function resolveCharge(action: RuleAction, c: Charge, picture: Picture): Resolved {
  const told = toldOf(action, picture);
  const state = told.text("state");
  if (state === undefined || state === "notPluggedIn") return { none: "no car is plugged in" };
  if (state === "fault") return { none: "the charger has a fault" };
  const charge = (args: RuleAction["args"], reason: string) => plain(action, args, reason, "enableCharging");
  const most = mostAmps(told);
  // The sun's limit of an hour ago must not hold in the cheap hours.
  const full: RuleAction["args"] = most === undefined ? {} : { maximumChargeCurrent: most };
  const target = targetOf(c, told, picture);
  const amps = sunAmps(c, told, picture);
  // By the quarter hour, as it is decided.
  const price = picture.price(Math.floor(picture.now / QUARTER_MS) * QUARTER_MS).toFixed(2);
  if (target && target.kwh > 0) {
    const until = `${target.kwh.toFixed(1)} kWh are needed by ${clockOf(target.by, picture)}`;
    const cheap = cheapNow(target, c.kw, picture);
    if (cheap === "no time") return charge(full, `charges: ${until}, which takes all the time that is left`);
    if (cheap) return charge(full, `charges: ${until}, and a kWh costs ${price}, among the cheapest until then`);
    if (amps !== undefined) return charge({ maximumChargeCurrent: amps }, `charges with ${amps} A from the sun`);
    return plain(action, {}, `waits: ${until}, and cheaper hours than now (${price}) come before that`, "disable");
  }
  if (amps !== undefined) return charge({ maximumChargeCurrent: amps }, `charges with ${amps} A from the sun`);
  if (!target) return { none: "no charging target is set" };
  return plain(action, {}, "waits: its target is reached", "disable");
}
