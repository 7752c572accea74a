import { describe, expect, test } from "vitest";
import { account } from "../../hub/planner/schedule/account.ts";
import type { Decision } from "../../hub/planner/schedule/build.ts";
import { modelled } from "../../hub/planner/schedule/devices/index.ts";
import type { Battery, Problem } from "../../hub/planner/schedule/problem.ts";
import {
  battery,
  car,
  HOUR,
  house,
  kwhOf,
  plan,
  random,
  START,
  sum,
  tank,
  washer,
  withDevices,
} from "./schedule-support.ts";

const light = (hour: number): number => (hour > 7 && hour < 17 ? Math.sin(((hour - 7) / 10) * Math.PI) : 0);

/** A day with this share of a clear day's sun, and this much load. */
function day(sun: number, load: number, exportPrice: number, own?: Battery): Problem {
  const base = house(30, (_, hour) => ({
    ...{ importPrice: hour < 6 ? 0.25 : 0.32, exportPrice, pvKwh: 5 * sun * light(hour), loadKwh: 0.5 * load },
  }));
  const wish = { goal: "trip", priority: 1 } as const;
  const needs = [{ by: START + 18 * HOUR, storedKwh: 20 + 0.9 * 14, wish }];
  const devices = [car(base, { maxKw: 7, needs }), tank(base), washer({ by: START + 20 * HOUR })];
  return withDevices(base, ...devices, ...(own ? [own] : []));
}

/** Dull days and bright ones, few between. */
const anySun = (chance: () => number): number => (chance() < 0.4 ? 0.15 + 0.25 * chance() : 0.7 + 0.3 * chance());

/** Mean cost of a plan's switched devices over many days as they come; the battery follows the load of each. */
function lived(problem: Problem, real: (sun: number, load: number) => Problem): number {
  const schedule = plan(problem);
  const chance = random(123_457);
  const days = 400;
  let cost = 0;
  for (let i = 0; i < days; i++) {
    const came = real(anySun(chance), 0.8 + 0.4 * chance());
    const decision = new Map(
      came.devices.filter((d) => d.kind !== "battery").map((d) => [d.id, [kwhOf(schedule, d.id)]]),
    );
    const rest = came.slots.map((s, t) => s.loadKwh - s.pvKwh + sum([...decision.values()].map((k) => k[0]?.[t] ?? 0)));
    const own = came.devices.find((d) => d.kind === "battery");
    if (own) decision.set(own.id, [[...modelled(own).plain(came, { rest, price: [] })]]);
    cost += account(came, decision satisfies Decision).costs.total / days;
  }
  return cost;
}

describe("a forecast that may be wrong", () => {
  const chance = random(5);
  const suns = Array.from({ length: 2000 }, () => anySun(chance)).sort((a, b) => a - b);
  const at = (q: number) => suns[Math.floor(q * suns.length)] ?? 0;
  const mean = sum(suns) / suns.length;

  test.each([
    ["without a battery", undefined, 0.02],
    ["with a battery", battery(), 0.08],
  ])("%s three scenarios plan better than the mean, and the mean better than a margin on it", (_, own, exportPrice) => {
    const make = (sun: number, load: number) => day(sun, load, exportPrice, own);
    const base = make(mean, 1);
    const scenarios = [1 / 6, 1 / 2, 5 / 6].map((q) => {
      const { slots } = make(at(q), 1);
      return { weight: 1 / 3, loadKwh: slots.map((s) => s.loadKwh), pvKwh: slots.map((s) => s.pvKwh) };
    });
    const [three, one, margin] = [{ ...base, scenarios }, base, make(0.8 * mean, 1.1)].map((p) => lived(p, make)) as [
      number,
      number,
      number,
    ];
    console.info(`a day: three scenarios ${three.toFixed(3)}, mean ${one.toFixed(3)}, margin ${margin.toFixed(3)}`);
    expect(three).toBeLessThan(one - 0.02);
    expect(one).toBeLessThan(margin);
  });

  test("what is switched is the same in all scenarios, the battery's course is their mean", () => {
    const base = day(0.5, 1, 0.08, battery());
    const scenarios = [0.2, 0.8].map((sun) => {
      const { slots } = day(sun, 1, 0.08);
      return { weight: 0.5, loadKwh: slots.map((s) => s.loadKwh), pvKwh: slots.map((s) => s.pvKwh) };
    });
    const schedule = plan({ ...base, scenarios });
    expect(schedule).toMatchObject({ madeBy: "solver", broken: [] });
    expect(20 + 0.9 * sum(kwhOf(schedule, "car").slice(0, 18))).toBeGreaterThan(20 + 0.9 * 14 - 1e-5);
    schedule.importKwh.forEach((kwh, t) => {
      const devices = sum(base.devices.map((d) => kwhOf(schedule, d.id)[t] ?? 0));
      expect(kwh - (schedule.exportKwh[t] ?? 0)).toBeCloseTo(
        (base.slots[t]?.loadKwh ?? 0) - (base.slots[t]?.pvKwh ?? 0) + devices,
        4,
      );
    });
  });
});
