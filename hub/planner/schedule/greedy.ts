/** Plans without a solver: what stands in for it, and what it has to beat. */

import { pricesOf } from "./account.ts";
import { type Decision, scenariosOf } from "./build.ts";
import type { Kwh, Surroundings } from "./devices/device.ts";
import { type Modelled, modelled } from "./devices/index.ts";
import type { DeviceKind, Problem } from "./problem.ts";

/** Who acts first: what can move least. Batteries and panels see what all others do. */
const order: readonly DeviceKind[] = ["appliance", "room", "tank", "car", "battery", "solar"];

type Way = (model: Modelled, problem: Problem, around: Surroundings) => Kwh;

function oneAfterAnother(problem: Problem, way: Way): Decision {
  const price = pricesOf(problem);
  const decision = new Map<string, number[][]>();
  const rests = scenariosOf(problem).map((s) => problem.slots.map((_, t) => (s.loadKwh[t] ?? 0) - (s.pvKwh[t] ?? 0)));
  const expected = problem.slots.map((s) => s.loadKwh - s.pvKwh);
  for (const kind of order)
    for (const device of problem.devices.filter((d) => d.kind === kind)) {
      const model = modelled(device);
      const alone = kind === "battery" || kind === "solar";
      const shared = alone ? undefined : way(model, problem, { rest: expected, price });
      const courses = rests.map((rest) => [...(shared ?? way(model, problem, { rest, price }))]);
      courses.forEach((kwh, s) => {
        for (const [t, used] of kwh.entries()) (rests[s] ?? [])[t] = (rests[s]?.[t] ?? 0) + used;
      });
      shared?.forEach((used, t) => {
        expected[t] = (expected[t] ?? 0) + used;
      });
      decision.set(device.id, courses);
    }
  return decision;
}

/** The cheapest hours of each device that still meet its wishes, sun first; each device for itself, as evcc and others do. */
export const greedyPlan = (problem: Problem): Decision =>
  oneAfterAnother(problem, (model, p, around) => model.greedy(p, around));

/** No planner at all: thermostats keep their band, cars charge when they come, batteries follow the load. */
export const plainPlan = (problem: Problem): Decision =>
  oneAfterAnother(problem, (model, p, around) => model.plain(p, around));
