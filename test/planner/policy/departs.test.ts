import { expect, test } from "vitest";
import { departure } from "../../../hub/planner/policy/departs.ts";
import { car, HOUR, house, levelOf, plan, START, tank, withDevices } from "../schedule-support.ts";

const base = house(12);
const wish = { goal: "g", priority: 1 } as const;
/** Needs all of three hours to be ready in time. */
const problem = withDevices(
  base,
  car(base, { fullKwh: 100, needs: [{ by: START + 3 * HOUR, storedKwh: 20 + 0.9 * 11 * 3, wish }] }),
);
const schedule = plan(problem);
const foreseen = levelOf(schedule, "car")[0] ?? 0;

/** An hour later, with so much less than was foreseen, kWh. */
const lacking = (kwh: number, more: Parameters<typeof car>[1] = {}) => {
  const now = car(base, {
    fullKwh: 100,
    storedKwh: foreseen - kwh,
    needs: problem.devices[0]?.kind === "car" ? problem.devices[0].needs : [],
    ...more,
  });
  return departure(problem, schedule, { ...withDevices(base, now), at: START + HOUR });
};

test("a car that is needed soon and lacks what it was to have by now is planned anew at once, not on the hour", () => {
  expect(lacking(0.5)).toBeUndefined();
  expect(lacking(2)).toContain("needed soon");
  expect(lacking(-2), "more than foreseen").toBeUndefined();
  expect(lacking(2, { needs: [] }), "nobody needs it").toBeUndefined();
  expect(lacking(2, { needs: [{ by: START + 9 * HOUR, storedKwh: 50, wish }] }), "there is time").toBeUndefined();
  expect(lacking(12, { needs: [] })).toContain("not what was foreseen");
});

test("a tank that a shower takes below what it is to have is planned anew at once, and not over and over while it heats", () => {
  const warm = withDevices(base, tank(base, { temperatureC: 43 }));
  const planned = plan(warm);
  const now = (temperatureC: number) => ({ ...withDevices(base, tank(base, { temperatureC })), at: START + HOUR / 2 });
  expect(departure(warm, planned, now(41.5))).toContain("colder than it is to be");
  expect(departure(warm, planned, now(42.5))).toBeUndefined();
  const cold = now(41.5);
  expect(departure(cold, plan(cold), now(41.8)), "it heats already").toBeUndefined();
});
