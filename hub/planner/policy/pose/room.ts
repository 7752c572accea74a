import { RANGES } from "../../../model/goal/index.ts";
import { yieldAt } from "../../../twin/room-yield.ts";
import type { Room } from "../../schedule/problem.ts";
import type { Steered } from "../devices.ts";
import { hoursOfDay } from "../outlook.ts";
import { holds, USUAL, wishOf } from "../when.ts";
import { numberAt, ofKind, type Posed, type Posing } from "./posed.ts";

/** Never colder where people live, whatever it saves, degC. */
const LEAST_C = 16;
/** Never warmer either: what is said to be too hot is no wish to heat so far, degC. */
const MOST_C = RANGES.roomC.max;
/** Warmth may be stored so far above what was asked for, or above what people set by themselves, K. */
const ABOVE_K = 1.5;
/** The model foretells so well: what is planned stays so far above the least, K. */
const MARGIN_K = 0.3;

type Steering = Extract<Steered, { kind: "room" }>;

/** A heated room, planned only within a band that somebody asked for. */
export function poseRoom(device: Steering, posing: Posing): Posed<Room> {
  const { part, model } = device;
  const { outlook, around, demands } = posing;
  const { lossPerHour = 0, kPerKwh = 0, mostW = 0, idleW = 0, setC = 20 } = model.facts;
  const temperature = numberAt(posing, part.temperature);
  if (temperature === undefined) return { cannot: "nobody knows how warm it is" };
  const { outsideC } = outlook;
  if (!outsideC) return { cannot: "nothing tells how cold it is outside" };
  const bands = ofKind(demands, "roomBand").filter((d) => d.demand.room === part.room && d.demand.lowC !== undefined);
  if (bands.length === 0) return { cannot: "no goal says how warm it is to be at least" };
  const low: number[] = outlook.slots.map(() => LEAST_C);
  const high: number[] = outlook.slots.map(() => 0);
  for (const { demand, when } of bands)
    holds(when, outlook.slots, around).forEach((so, t) => {
      if (!so) return;
      low[t] = Math.max(low[t] ?? 0, (demand.lowC ?? LEAST_C) + MARGIN_K);
      high[t] = Math.max(high[t] ?? 0, Math.min(MOST_C, demand.highC ?? 0));
    });
  const hours = hoursOfDay(outlook.slots, around.timeZone);
  const first = bands[0];
  return {
    kind: "room",
    id: part.node,
    temperatureC: temperature,
    lossPerHour,
    kPerKwh: outsideC.map((degrees) => kPerKwh * yieldAt(degrees)),
    outsideC,
    freeK: outlook.slots.map((_, t) => model.facts[`free${hours[t]}`] ?? 0),
    minKw: idleW / 1000,
    maxKw: mostW / 1000,
    lowC: low,
    highC: high.map((degrees, t) =>
      degrees > 0 ? degrees : Math.max((low[t] ?? 0) + ABOVE_K, setC + ABOVE_K, temperature),
    ),
    wish: first ? wishOf(first) : USUAL,
  };
}
