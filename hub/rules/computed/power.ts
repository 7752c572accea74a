import { changesAt, type Offer, within } from "../../energy/flexible.ts";
import type { Computed, RuleAction } from "../../model/plan.ts";
import type { Picture } from "../picture.ts";
import { clockOf, plain, type Resolved, ratesBy, shut, type Told, toldOf } from "./resolved.ts";

const HOUR_MS = 3_600_000;
/** An adjustment to the sun is decided anew after so long. */
const SUN_S = 15 * 60;

/** What the appliance offers now, or why it offers nothing. */
function offerOf(told: Told): Offer | string {
  if (told.is("esaState", "powerAdjustActive")) return "its power is adjusted";
  if (!told.is("powerAdjustAvailable", true)) return "its power can't be adjusted now";
  const [leastW, mostW] = [told.number("powerAdjustMinPower"), told.number("powerAdjustMaxPower")];
  const [leastS, mostS] = [told.number("powerAdjustMinDuration"), told.number("powerAdjustMaxDuration")];
  if (leastW === undefined || mostW === undefined || leastS === undefined || mostS === undefined)
    return "it does not say within what its power can be adjusted";
  return {
    leastW: Math.max(leastW, told.number("absMinPower") ?? leastW),
    mostW: Math.min(mostW, told.number("absMaxPower") ?? mostW),
    leastS,
    mostS,
  };
}

/** The least power on offer, until energy is cheaper than now. */
export function resolveLeastPower(action: RuleAction, picture: Picture): Resolved {
  const told = toldOf(action, picture);
  const offer = shut(told) ?? offerOf(told);
  if (typeof offer === "string") return { none: offer };
  const { now } = picture;
  const rates = ratesBy("cost", picture, now + 24 * HOUR_MS);
  const until = rates && changesAt(rates, now, true);
  if (until === undefined) return { none: "energy gets no cheaper for a day" };
  const asked = within(offer, offer.leastW, (until - now) / 1000);
  if (!asked) return { none: "it offers no adjustment" };
  const end = clockOf(now + asked.seconds * 1000, picture);
  const price = picture.price(now).toFixed(2);
  const reason = `takes ${asked.watts} W until ${end}, since a kWh costs ${price} now and ${picture.price(until).toFixed(2)} from ${clockOf(until, picture)}`;
  return plain(action, { power: asked.watts, duration: asked.seconds }, reason);
}

/** As much power as leaves the house, for a quarter of an hour. */
export function resolveSunPower(
  action: RuleAction,
  { power }: Extract<Computed, { kind: "sunPower" }>,
  picture: Picture,
): Resolved {
  const told = toldOf(action, picture);
  const offer = shut(told) ?? offerOf(told);
  if (typeof offer === "string") return { none: offer };
  const surplus = picture.surplusW();
  const own = picture.known(power);
  if (surplus === undefined) return { none: "the house meter is unknown" };
  if (own.status !== "known" || typeof own.value !== "number") return { none: "its own power is not known" };
  const free = surplus + own.value;
  if (free < offer.leastW || free <= own.value) return { none: "no power leaves the house that it could take" };
  const asked = within(offer, free, SUN_S);
  if (!asked) return { none: "it offers no adjustment" };
  const reason = `takes ${asked.watts} W, since ${Math.round(surplus)} W leave the house`;
  return plain(action, { power: asked.watts, duration: asked.seconds }, reason);
}
