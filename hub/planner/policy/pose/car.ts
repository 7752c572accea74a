import { atLocalMinutes, localTime, nextLocalMinutes } from "../../../energy/clock.ts";
import { parsePath, pathKey } from "../../../model/path.ts";
import { enoughFor } from "../../../twin/car-habits.ts";
import type { Demand } from "../../goals/demand.ts";
import type { Car, CarNeed } from "../../schedule/problem.ts";
import type { Steered } from "../devices.ts";
import { cameBefore, momentsOf, USUAL, wishOf } from "../when.ts";
import { type DemandedOf, numberAt, ofKind, type Posed, type Posing } from "./posed.ts";

type Steering = Extract<Steered, { kind: "battery" | "car" }>;

/** The least that a car charges with on one phase (6 A: IEC 61851-1), kW. */
const LEAST_KW = 1.4;
/** A usual car, kWh per km from the wall. */
const KWH_PER_KM = 0.2;
/** A weekday on which it drove more often than not. */
const DRIVES = 0.5;

/** What the charger says of the car now; undefined where it does not tell. */
function pluggedIn({ part }: Steering, posing: Posing): boolean | undefined {
  const path = part.control === undefined ? undefined : parsePath(part.control);
  const state = path && posing.now(pathKey({ ...path, attribute: "state" }));
  return typeof state === "string" ? state !== "notPluggedIn" : undefined;
}

/** Minutes of the day of leaving and of coming home on a weekday (1 to 7) on which it usually drives. */
function driveOn({ model: { facts } }: Steering, weekday: number): { leaves: number; arrives: number } | undefined {
  if ((facts[`away${weekday}`] ?? 0) < DRIVES) return undefined;
  const { leavesMinutes = Number.NaN, arrivesMinutes = Number.NaN } = facts;
  return { leaves: facts[`leaves${weekday}`] ?? leavesMinutes, arrives: facts[`arrives${weekday}`] ?? arrivesMinutes };
}

/** By slot, whether it is usually on the road then. A drive over midnight is one of the day on which it began. */
function drivingThen(device: Steering, posing: Posing): boolean[] {
  return posing.outlook.slots.map(({ from }) => {
    const { minutes, weekday } = localTime(from, posing.around.timeZone);
    const [today, before] = [driveOn(device, weekday), driveOn(device, ((weekday + 5) % 7) + 1)];
    if (before && before.leaves > before.arrives && minutes < before.arrives) return true;
    if (!today || !(minutes >= today.leaves)) return false;
    return today.leaves > today.arrives || minutes < today.arrives;
  });
}

/** When a car that is gone comes home, epoch ms. */
function backAt({ model: { facts } }: Steering, { around: { at, timeZone } }: Posing): number {
  const { weekday } = localTime(at, timeZone);
  const arrives = (day: number) => facts[`arrives${day}`] ?? facts.arrivesMinutes ?? 0;
  const today = atLocalMinutes(at, arrives(weekday), timeZone);
  return today > at ? today : nextLocalMinutes(at, arrives((weekday % 7) + 1), timeZone);
}

/** What is so now lasts until its habit says something else. */
function presentThen(device: Steering, posing: Posing): boolean[] {
  const driving = drivingThen(device, posing);
  const plugged = pluggedIn(device, posing);
  if (plugged === undefined) return driving.map((away) => !away);
  const back = backAt(device, posing);
  let left = !driving[0];
  return driving.map((away, t) => {
    if (plugged) {
      // It stayed although it is usually gone: today it does not drive any more.
      left ||= !away;
      return left ? !away : true;
    }
    return (posing.outlook.slots[t]?.from ?? 0) >= back && !away;
  });
}

type Stored = Extract<Demand, { readonly kind: "storedBy" }>;

function kwhWanted({ unit, amount }: Stored, device: Steering, stored: number): number {
  if (unit === "%") return amount * (device.model.facts.kwhPerPercent ?? 0);
  return stored + (unit === "km" ? amount * KWH_PER_KM : amount);
}

type Said = readonly DemandedOf<"storedBy">[];

/** For departures of which nobody said how full it has to be on that day: enough for nine drives in ten. */
function usualNeeds(
  { model }: Steering,
  { outlook, around }: Posing,
  present: readonly boolean[],
  said: Said,
): CarNeed[] {
  const { tripPercent, kwhPerPercent = 0, full = 100 } = model.facts;
  if (tripPercent === undefined) return [];
  const storedKwh = enoughFor(tripPercent, full) * kwhPerPercent;
  return outlook.slots.flatMap(({ from }, t) => {
    const leaves = t > 0 && !present[t] && present[t - 1];
    const isSaid = said.some(({ demand, when }) => cameBefore(demand.by, when, from, around));
    return leaves && !isSaid ? [{ by: from, storedKwh, wish: USUAL }] : [];
  });
}

function needsOf(device: Steering, posing: Posing, stored: number, present: readonly boolean[]): CarNeed[] {
  const { demands, outlook, around } = posing;
  const said = ofKind(demands, "storedBy").filter(({ demand }) => demand.node === device.part.node);
  const stated = said.flatMap((demanded) =>
    momentsOf(demanded.demand.by, demanded.when, outlook.slots, around).map((by) => ({
      by,
      storedKwh: kwhWanted(demanded.demand, device, stored),
      wish: wishOf(demanded),
    })),
  );
  return [...stated, ...usualNeeds(device, posing, present, said)];
}

/** kWh that a usual drive takes, where it comes home: what is lacking after a longer one is planned anew. */
function usedThen(present: readonly boolean[], device: Steering): number[] {
  const { tripPercent = 0, usualTripPercent = tripPercent, kwhPerPercent = 0 } = device.model.facts;
  return present.map((here, t) => (here && t > 0 && present[t - 1] === false ? usualTripPercent * kwhPerPercent : 0));
}

/** A car at its charger, its battery counted in kWh from the wall. */
export function poseCar(device: Steering, posing: Posing): Posed<Car> {
  const { part, model } = device;
  const { chargeKw = 0, kwhPerPercent = 0, full = 100 } = model.facts;
  const percent = numberAt(posing, part.stateOfCharge);
  if (percent === undefined) return { cannot: "nobody knows how full it is" };
  const stored = percent * kwhPerPercent;
  const present = presentThen(device, posing);
  const limits = ofKind(posing.demands, "levelBand").filter((d) => d.demand.node === part.node);
  const most = Math.min(full, ...limits.map((d) => d.demand.high ?? full));
  return {
    kind: "car",
    id: part.node,
    storedKwh: stored,
    fullKwh: Math.max(stored, most * kwhPerPercent),
    efficiency: 1,
    minKw: Math.min(LEAST_KW, chargeKw),
    maxKw: chargeKw,
    present,
    usedKwh: usedThen(present, device),
    needs: needsOf(device, posing, stored, present),
  };
}
