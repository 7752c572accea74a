/** The last plan, taken up again where there is no new one: as far as each device still can. */
import { account } from "./account.ts";
import { beforeIn, type Decision, scenariosOf } from "./build.ts";
import { modelled } from "./devices/index.ts";
import { greedyPlan } from "./greedy.ts";
import { endOf, type Problem } from "./problem.ts";

const HOUR = 3_600_000;
/** A plan that ends within this time is none. */
const LEAST_LEFT_MS = 2 * HOUR;

/**
 * What was planned before, played through each device's bounds of today with thermostats on guard; beyond its end, and for devices that it did
 * not know, plain rules. Undefined where it has ended, or knows none of the devices.
 */
export function keptPlan(problem: Problem): Decision | undefined {
  const { before, slots } = problem;
  if (!before || before.end < problem.at + LEAST_LEFT_MS) return undefined;
  if (!problem.devices.some((d) => d.kind !== "solar" && Object.hasOwn(before.kw, d.id))) return undefined;
  const rules = greedyPlan(problem);
  const scenarios = scenariosOf(problem).length;
  return new Map(
    problem.devices.map((device) => {
      const ruled = rules.get(device.id) ?? [];
      const planned = device.kind === "solar" ? undefined : beforeIn(problem, before, device.id);
      if (!planned) return [device.id, ruled] as const;
      const courses = Array.from({ length: scenarios }, (_, s) => {
        const wanted = slots.map((slot, t) => (endOf(slot) <= before.end ? (planned[t] ?? 0) : (ruled[s]?.[t] ?? 0)));
        return [...modelled(device).follow(problem, wanted, true).kwh];
      });
      return [device.id, courses] as const;
    }),
  );
}

/** Whether a kept plan breaks no wish that plain rules would not break as well. */
export const withinBounds = (problem: Problem, kept: Decision): boolean =>
  account(problem, kept).costs.broken <= account(problem, greedyPlan(problem)).costs.broken + 0.01;
