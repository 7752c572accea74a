import { describe, expect, test } from "vitest";
import { faultOf } from "../../hub/planner/schedule/check.ts";
import type { Problem } from "../../hub/planner/schedule/problem.ts";
import { battery, car, house, room, tank, washer, withDevices } from "./schedule-support.ts";

const base = house(4);
const fine = withDevices(base, battery(), car(base), tank(base), room(base), washer());

describe("a problem with a fault is refused by the field's name", () => {
  test("a whole house has none", () => expect(faultOf(fine)).toBeUndefined());

  const faults: [string, Problem][] = [
    ["slots: there must be 1 to 200", { ...fine, slots: [] }],
    [
      "slots.2: must begin where the one before ends, and last some time",
      { ...fine, slots: fine.slots.filter((_, t) => t !== 2) },
    ],
    [
      "problem.slots.0.importPrice: must be a number of a size that a house has",
      { ...fine, slots: fine.slots.map((s) => ({ ...s, importPrice: Number.NaN })) },
    ],
    ["devices: each id may come only once", withDevices(base, battery(), battery())],
    ["devices: at most 120", withDevices(base, ...Array.from({ length: 121 }, (_, i) => battery({ id: `b${i}` })))],
    ["devices.tank.drawKwh: must have 4 entries, one a slot", withDevices(base, tank(base, { drawKwh: [1] }))],
    ["devices.car.blocked: must have 4 entries, one a slot", withDevices(base, car(base, { blocked: [true] }))],
    [
      "devices.battery.chargeEfficiency: must be above 0 and at most 1",
      withDevices(base, battery({ chargeEfficiency: 0 })),
    ],
    ["devices.tank.kwhPerK: must be above 0", withDevices(base, tank(base, { kwhPerK: 0 }))],
    ["devices.washer.cycle: minutes must be above 0", withDevices(base, washer({ cycle: [{ minutes: 0, kw: 1 }] }))],
    [
      "scenarios: loadKwh and pvKwh must have 4 entries, one a slot",
      { ...fine, scenarios: [{ weight: 1, loadKwh: [], pvKwh: [] }] },
    ],
    [
      "house.tiers: at most 6",
      { ...fine, house: { tiers: Array.from({ length: 7 }, () => ({ afterKwh: 1, extra: 1 })) } },
    ],
  ];
  test.each(faults)("%s", (words, problem) => expect(faultOf(problem)).toBe(words));
});
