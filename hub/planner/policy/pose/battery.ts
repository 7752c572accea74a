import type { Battery } from "../../schedule/problem.ts";
import type { Steered } from "../devices.ts";
import { holdsAt, wishOf } from "../when.ts";
import { numberAt, ofKind, type Posed, type Posing } from "./posed.ts";

/** Currency per kWh given out: a battery of 500 a kWh that lives for 6,000 full cycles would be 0.08, of which part is age alone. */
const WEAR = 0.02;

/** The greatest reserve that counts now: a battery is planned with one. */
function reserveOf({ demands, around }: Posing, kwhAt: (percent: number) => number): Battery["reserve"] {
  const [most] = ofKind(demands, "reserve")
    .filter((d) => holdsAt(d.when, around.at, around))
    .sort((a, b) => b.demand.percent - a.demand.percent);
  return most && { kwh: kwhAt(most.demand.percent), wish: wishOf(most) };
}

/** A home battery with its learned capacity and losses. */
export function poseBattery(
  { part, model }: Extract<Steered, { kind: "battery" | "car" }>,
  posing: Posing,
): Posed<Battery> {
  const { capacityKwh = 0, roundTrip = 1, chargeW = 0, dischargeW = 0, low = 0, high = 100 } = model.facts;
  const percent = numberAt(posing, part.stateOfCharge);
  if (percent === undefined) return { cannot: "nobody knows how full it is" };
  const kwhAt = (p: number) => (p * capacityKwh) / 100;
  const kept = ofKind(posing.demands, "ownPowerOnly").some((d) => d.demand.node === part.node);
  const reserve = reserveOf(posing, kwhAt);
  return {
    kind: "battery",
    id: part.node,
    storedKwh: kwhAt(percent),
    fullKwh: kwhAt(Math.max(high, percent)),
    emptyKwh: kwhAt(Math.min(low, percent)),
    chargeKw: chargeW / 1000,
    dischargeKw: dischargeW / 1000,
    chargeEfficiency: Math.sqrt(roundTrip),
    dischargeEfficiency: Math.sqrt(roundTrip),
    wear: WEAR,
    fromGrid: !(kept || posing.limits.noGridCharging),
    toGrid: false,
    ...(reserve ? { reserve } : {}),
  };
}
