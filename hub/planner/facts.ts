/** What the planner works from, put together once for a wish. */
import { parseClock } from "../energy/clock.ts";
import type { Parts } from "../energy/parts.ts";
import type { Goal } from "../model/plan.ts";
import type { Tariff } from "../model/tariff.ts";
import type { Comfort } from "../twin/device.ts";
import type { Twin } from "../twin/fit.ts";
import { datesOf } from "./goals/demand.ts";
import { dayPrices } from "./strategies/prices.ts";
import { LEAST_C } from "./strategies/setback.ts";
import type { Facts } from "./strategies/strategy.ts";

/** Facts of the home for strategies; `at` (epoch ms) chooses the day whose prices count. Without a twin only what needs no past is offered. */
export function factsOf(
  parts: Parts,
  goals: readonly Goal[],
  prices: { readonly tariff: Tariff; readonly timeZone: string; readonly at: number },
  twin?: Twin,
): Facts {
  return {
    parts,
    goals,
    facts: new Map((twin?.models ?? []).map((model) => [model.node, model.facts])),
    prices: dayPrices(prices.tariff, prices.at, prices.timeZone),
  };
}

const TANK_C = 40;

function within(goal: Extract<Goal, { kind: "comfort" }>, minutes: number): boolean {
  if (!goal.from || !goal.to) return true;
  const [from, to] = [parseClock(goal.from), parseClock(goal.to)];
  return from <= to ? minutes >= from && minutes < to : minutes >= from || minutes < to;
}

/** How warm comfort goals want a room at a minute of the day, degC; nothing where none speaks of it then. */
export function comfortBand(goals: readonly Goal[], room: string | undefined, minutes: number) {
  const mine = goals.filter((g) => g.kind === "comfort").filter((g) => g.room === room && within(g, minutes));
  const [lows, highs] = [mine.flatMap((g) => g.minC ?? []), mine.flatMap((g) => g.maxC ?? [])];
  return {
    ...(lows.length > 0 ? { low: Math.max(...lows) } : {}),
    ...(highs.length > 0 ? { high: Math.min(...highs) } : {}),
  };
}

/** What nobody may lose: the person's own goals, and where they say nothing 18 degC in heated rooms and water of 40 degC. */
export function comfortOf(goals: readonly Goal[], parts: Parts): Comfort {
  // What is meant for some days to come says nothing of the past that is replayed.
  const usual = goals.filter((g) => Object.keys(datesOf(g)).length === 0);
  const comforts = usual.filter((g) => g.kind === "comfort");
  const room = new Map(
    parts.thermostats.map((part) => {
      const mine = comforts.filter((g) => g.room === part.room);
      const floor = (minutes: number) =>
        Math.max(LEAST_C, ...mine.filter((g) => within(g, minutes)).flatMap((g) => g.minC ?? []));
      return [part.node, floor] as const;
    }),
  );
  const ready = usual.filter((g) => g.kind === "readyBy");
  const windows = usual.filter((g) => g.kind === "applianceWindow");
  const target = (node: string) => ready.find((g) => g.node === node && g.what === "waterTemperature")?.target;
  return {
    room,
    tank: new Map(parts.tanks.map((part) => [part.node, Math.min(target(part.node) ?? TANK_C, 60)])),
    car: new Map(
      ready
        .filter((g) => g.what === "stateOfCharge")
        .map((g) => [g.node, { percent: g.target, byMinutes: parseClock(g.by) }]),
    ),
    appliance: new Map(windows.map((g) => [g.node, parseClock(g.by)])),
  };
}
