import { localTime } from "../../energy/clock.ts";
import { type Rates, ratesOf, type Slot } from "../../energy/flexible.ts";
import type { Value } from "../../model/capability.ts";
import { pathKey } from "../../model/path.ts";
import type { RuleAction } from "../../model/plan.ts";
import type { Picture } from "../picture.ts";

/** What a computed action comes to now: a plain action and why, or why nothing is asked for. */
export type Resolved = { readonly action: RuleAction; readonly reason: string } | { readonly none: string };

/** The device of an action as it is known now: stale and unknown values are no values. */
export interface Told {
  number(attribute: string): number | undefined;
  is(attribute: string, value: Value): boolean;
  text(attribute: string): string | undefined;
}

export function toldOf(action: RuleAction, picture: Picture): Told {
  const { node, endpoint, capability } = action;
  const value = (attribute: string): Value | undefined => {
    const known = picture.known(pathKey({ node, endpoint, capability, attribute }));
    return known.status === "known" ? known.value : undefined;
  };
  return {
    number: (attribute) => {
      const found = value(attribute);
      return typeof found === "number" ? found : undefined;
    },
    is: (attribute, wanted) => value(attribute) === wanted,
    text: (attribute) => {
      const found = value(attribute);
      return typeof found === "string" ? found : undefined;
    },
  };
}

/** The plain action of a computed one. */
export function plain(
  action: RuleAction,
  args: RuleAction["args"],
  reason: string,
  command = action.command,
): Extract<Resolved, { action: RuleAction }> {
  const { node, endpoint, capability } = action;
  return { action: { node, endpoint, capability, command, args }, reason };
}

const PROFILE = /^\d{1,10}x-?\d{1,7}(,\d{1,10}x-?\d{1,7}){0,9}$/;

/** Parts of a run from the forecast; without a profile one even part, which still tells when it is best to run. */
export function slotsOf(told: Told): readonly Slot[] {
  const profile = told.text("forecastProfile");
  if (profile !== undefined && PROFILE.test(profile))
    return profile.split(",").map((part) => {
      const [seconds = 0, watts = 0] = part.split("x").map(Number);
      return { seconds, watts };
    });
  const seconds = told.number("forecastDuration") ?? 0;
  const kwh = told.number("forecastEnergy");
  if (seconds <= 0) return [];
  return [{ seconds, watts: kwh === undefined ? (told.number("forecastPeakPower") ?? 1000) : (kwh * 3.6e6) / seconds }];
}

/** Why nothing may be asked of an appliance's energy management; undefined when it may. Unknown is no leave. */
export function shut(told: Told): string | undefined {
  if (told.text("esaState") === undefined) return "whether it takes requests is not known";
  const opted = told.text("optOutState");
  if (opted === undefined) return "whether it takes requests is not known";
  return opted === "optOut" || opted === "localOptOut"
    ? "it was set to take no requests for the sake of this home"
    : undefined;
}

/** Rates from now to a moment; undefined where the picture has none of the kind. */
export function ratesBy(by: "cost" | "co2" | "sun", picture: Picture, to: number): Rates | undefined {
  const rate = by === "co2" ? picture.co2 : picture.price;
  return rate && ratesOf((at) => rate(at), picture.now, to);
}

/** `HH:MM` by the home's clock. */
export const clockOf = (at: number, picture: Picture): string => {
  const { minutes } = localTime(at, picture.timeZone);
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
};

/** "a kWh costs 0.18 instead of 0.34", with as many digits as tell them apart. */
export function insteadOf(by: "cost" | "co2" | "sun", rate: number, otherwise: number): string {
  if (by === "co2") return `a kWh causes ${Math.round(rate)} g of CO2 instead of ${Math.round(otherwise)}`;
  const digits = rate.toFixed(2) === otherwise.toFixed(2) ? 3 : 2;
  return `a kWh costs ${rate.toFixed(digits)} instead of ${otherwise.toFixed(digits)}`;
}
