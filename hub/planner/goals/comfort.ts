import { type GoalOf, RANGES } from "../../model/goal/index.ts";
import type { Names } from "../names.ts";
import { badTime, drafting, type GoalKind, hoursOf, outside, timed, wrongOrder } from "./kind.ts";
import type { Part } from "./read/part.ts";

type Comfort = GoalOf<"comfort">;

const WARM_C = 19;
const COOL_C = 25;
const HOTTEST_C = 35;

const heated = (room: string, names: Names): boolean => [...names.rooms.values()].includes(room);

/** The heated rooms that are meant: those named, else all when the whole house or none is spoken of. */
function roomsOf(part: Part, names: Names): readonly string[] {
  const named = part.rooms.filter((room) => heated(room, names));
  if (named.length > 0 || part.rooms.length > 0) return named;
  return [...new Set(names.rooms.values())];
}

/** A plausible temperature of a room, said with or without its unit. */
const roomDegrees = (part: Part): readonly number[] =>
  [...part.amounts.filter((a) => a.unit === "degC").map((a) => a.value), ...part.bare].filter(
    (c) => c >= 8 && c <= HOTTEST_C,
  );

function bandOf(part: Part): { minC?: number; maxC?: number } {
  const ok = (unit: string | undefined) => unit === undefined || unit === "degC";
  const low = part.low && ok(part.low.unit) ? part.low.value : undefined;
  const high = part.high && ok(part.high.unit) ? part.high.value : undefined;
  if (low !== undefined || high !== undefined)
    return { ...(low === undefined ? {} : { minC: low }), ...(high === undefined ? {} : { maxC: high }) };
  const [stated] = roomDegrees(part);
  return stated === undefined ? {} : { minC: stated };
}

const hasThing = (part: Part): boolean => part.things.some((t) => !["thermostat", "other"].includes(t.kind));

export const comfort: GoalKind<Comfort> = {
  kind: "comfort",
  beside: true,
  choices: [
    {
      word: "room kept warm",
      hint: "too cold, freezing, shivering",
      what: "warm",
      examples: ["aquí nadie debe pasar frío"],
    },
    { word: "room not too hot", hint: "too hot, sweating, oven", what: "cool", examples: ["we zweten onder het dak"] },
  ],
  heard(part) {
    if (hasThing(part)) return false;
    const spoken = part.rooms.length > 0 || part.house || part.has("warm") || part.things.length > 0;
    const band = bandOf(part);
    return spoken && (band.minC !== undefined || band.maxC !== undefined || part.has("cold") || part.has("hot"));
  },
  fill(part, names, chosen) {
    if (part.nowhere) return `this home has no room called ${part.nowhere}`;
    const rooms = roomsOf(part, names);
    const cold = rooms.length > 0 ? part.rooms.find((room) => !heated(room, names)) : undefined;
    if (cold !== undefined) return `no thermostat heats ${cold}`;
    if (rooms.length === 0) return "no thermostat heats that room";
    const { take, assumed } = drafting();
    let band = bandOf(part);
    if (band.minC === undefined && band.maxC === undefined)
      band =
        part.has("hot") || chosen.what === "cool"
          ? { maxC: take("maxC", undefined, COOL_C, `${COOL_C} °C, since no temperature was understood`) }
          : { minC: take("minC", undefined, WARM_C, `${WARM_C} °C, since no temperature was understood`) };
    return rooms.map((room) => ({
      goal: { kind: "comfort", room, ...band, ...hoursOf(part), ...timed(part) },
      assumed,
    }));
  },
  misfit(goal, names) {
    if (!heated(goal.room, names)) {
      const known = [...new Set(names.rooms.values())].slice(0, 6).join(", ");
      return `room: no thermostat heats a room called ${goal.room}${known ? `: choose ${known}` : ""}`;
    }
    if (goal.minC === undefined && goal.maxC === undefined)
      return "minC: say how warm it should be at least, or at most";
    return (
      wrongOrder(goal.minC, goal.maxC, "maxC") ??
      outside("minC", "the temperature", goal.minC, RANGES.roomC) ??
      outside("maxC", "the temperature", goal.maxC, { min: RANGES.roomC.min, max: HOTTEST_C }) ??
      badTime({ from: goal.from, to: goal.to })
    );
  },
  words(goal) {
    const least = goal.minC === undefined ? "" : ` never below ${goal.minC} °C`;
    const most = goal.maxC === undefined ? "" : `${least ? " and" : ""} never above ${goal.maxC} °C`;
    return `${goal.room}${least}${most}`;
  },
  demands: (goal) => [
    {
      kind: "roomBand",
      room: goal.room,
      ...(goal.minC === undefined ? {} : { lowC: goal.minC }),
      ...(goal.maxC === undefined ? {} : { highC: goal.maxC }),
    },
  ],
};
