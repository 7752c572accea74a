import type { Tank } from "../../schedule/problem.ts";
import type { Steered } from "../devices.ts";
import { hoursOfDay } from "../outlook.ts";
import { holds, momentsOf, USUAL, wishOf } from "../when.ts";
import { numberAt, ofKind, type Posed, type Posing } from "./posed.ts";

/** A cellar or a bathroom. */
const SURROUNDINGS_C = 20;
/** Below 40 degC people call water cold. Somebody may always want some; when they usually do, a long shower more than usual must be in it. */
const READY_C = 42;
const WARM_C = 47;
/** An hour in which less is drawn on average asks for no warm water, kWh. */
const DRAWN = 0.03;
const HOUR_MS = 3_600_000;

type Steering = Extract<Steered, { kind: "tank" }>;

/** The least warmth in each slot: where people usually draw, where a goal says so, and for the hour after a time it is to be ready by. */
function lowOf(device: Steering, posing: Posing, draws: readonly number[]): { low: number[]; wish: Tank["wish"] } {
  const { demands, outlook, around } = posing;
  const { node } = device.part;
  const low: number[] = outlook.slots.map((slot, t) => ((draws[t] ?? 0) / slot.hours > DRAWN ? WARM_C : READY_C));
  const raise = (t: number, degrees: number) => {
    low[t] = Math.max(low[t] ?? 0, degrees);
  };
  const bands = ofKind(demands, "levelBand").filter((d) => d.demand.node === node);
  for (const { demand, when } of bands)
    holds(when, outlook.slots, around).forEach((so, t) => {
      if (so) raise(t, demand.low ?? 0);
    });
  const ready = ofKind(demands, "storedBy").filter((d) => d.demand.node === node);
  for (const { demand, when } of ready)
    for (const by of momentsOf(demand.by, when, outlook.slots, around))
      outlook.slots.forEach((slot, t) => {
        const end = slot.from + slot.hours * HOUR_MS;
        if (end < by || slot.from >= by + HOUR_MS) return;
        raise(t, slot.from < by ? demand.amount : Math.min(demand.amount, WARM_C));
      });
  const first = ready[0] ?? bands[0];
  return { low, wish: first ? wishOf(first) : USUAL };
}

/** A heater that takes more than this share of its power heats. */
const HEATS = 0.3;

/** Slots at the beginning in which a tank behind a relay is still too warm for its own thermostat to start. */
function restsOf(
  { part, model }: Steering,
  posing: Posing,
  temperatureC: number,
  draws: readonly number[],
): boolean[] | undefined {
  const { heatW = 0, kwhPerK = 0, offAt = 60, onAt = offAt, lossKwhPerDay = 0 } = model.facts;
  const heats = (numberAt(posing, part.power) ?? 0) > HEATS * heatW;
  if (part.boost !== undefined || heats || temperatureC <= onAt || !(kwhPerK > 0)) return undefined;
  const rate = lossKwhPerDay / 24 / Math.max(1, offAt - SURROUNDINGS_C) / kwhPerK;
  let now = temperatureC;
  return posing.outlook.slots.map(({ hours }, t) => {
    const rests = now > onAt;
    now -= (now - SURROUNDINGS_C) * rate * hours + (draws[t] ?? 0) / kwhPerK;
    return rests;
  });
}

/** Hot water with its learned heater, losses and habits of drawing. */
export function poseTank(device: Steering, posing: Posing): Posed<Tank> {
  const { part, model } = device;
  const { outlook, around, demands } = posing;
  const { heatW = 0, kwhPerK = 0, offAt = 60, lossKwhPerDay = 0 } = model.facts;
  const temperature = numberAt(posing, part.temperature);
  if (temperature === undefined) return { cannot: "nobody knows how warm it is" };
  const hours = hoursOfDay(outlook.slots, around.timeZone);
  const draws = outlook.slots.map((slot, t) => (model.facts[`draw${hours[t]}`] ?? 0) * slot.hours);
  const { low, wish } = lowOf(device, posing, draws);
  const rests = restsOf(device, posing, temperature, draws);
  const limits = ofKind(demands, "levelBand").filter((d) => d.demand.node === part.node);
  const most = Math.min(offAt, ...limits.map((d) => d.demand.high ?? offAt));
  return {
    kind: "tank",
    id: part.node,
    temperatureC: temperature,
    kwhPerK,
    lossKwPerK: lossKwhPerDay / 24 / Math.max(1, offAt - SURROUNDINGS_C),
    surroundingsC: SURROUNDINGS_C,
    // A rod heats or does not: part of an hour is planned as quarters of it.
    minKw: heatW / 1000,
    maxKw: heatW / 1000,
    cop: outlook.slots.map(() => 1),
    drawKwh: draws,
    ...(rests ? { rests } : {}),
    lowC: low,
    highC: Math.max(most, temperature),
    wish,
  };
}
