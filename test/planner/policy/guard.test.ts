/** What a policy has the core hold the house's power to. */
import { expect, test } from "vitest";
import type { Steered } from "../../../hub/planner/policy/devices.ts";
import { guardInWords, guardOf } from "../../../hub/planner/policy/guard.ts";
import { heldInReplay } from "../../../hub/planner/policy/guard-replay.ts";
import { pose } from "../../../hub/planner/policy/pose/index.ts";
import type { House } from "../../../hub/planner/schedule/problem.ts";
import { standInSchedule } from "../../../hub/planner/schedule/solve.ts";
import { battery, car, room, tank } from "./steered.ts";

const AT = Date.parse("2026-11-18T18:00:00+01:00");
const HOUR = 3_600_000;
const slots = Array.from({ length: 24 }, (_, k) => ({
  ...{ from: AT + k * HOUR, hours: 1, importPrice: 0.3, exportPrice: 0.08, priceKnown: true, pvKwh: 0 },
  // An evening on which the house by itself takes 3 kW for an hour.
  loadKwh: k === 2 ? 3 : 0.4,
}));
const values: Readonly<Record<string, number | string>> = {
  "battery/1/powerSource.batPercentRemaining": 5,
  "car/1/energyEvse.stateOfCharge": 90,
  "tank/1/temperatureMeasurement.measuredValue": 60,
};
const told: Steered =
  car.kind === "car" ? { ...car, part: { ...car.part, current: "car/1/energyEvse.maximumChargeCurrent" } } : car;

function planned(devices: readonly Steered[], connection: House) {
  const { problem } = pose(devices, {
    ...{ demands: [], limits: { noGridCharging: false }, outlook: { slots, outsideC: slots.map(() => 5) }, connection },
    around: { timeZone: "Europe/Berlin", home: undefined, at: AT },
    now: (path) => values[path],
  });
  return { problem, schedule: standInSchedule(problem, "Nobody solves here.") };
}

test("what the month has reached is allowed again, and what is planned; the car takes less before the water does", () => {
  const { problem, schedule } = planned([tank, told, battery, room], { peak: { perKw: 5, soFarKw: 2 } });
  const most = Math.max(...schedule.importKwh);
  expect(most).toBeGreaterThan(2.9);
  const guard = guardOf({ id: "p" }, problem, schedule, [tank, told, battery, room], {
    charged: { windowMinutes: 15, reachedKw: 2.5 },
  });
  expect(guard?.mean).toEqual({ kw: most, minutes: 15 });
  expect(guard?.devices.map((d) => d.kind)).toEqual(["battery", "car", "tank"]);
  expect(guard?.devices[1]).toMatchObject({ phases: 3, steps: { leastA: 6, mostA: 16 } });
  const high = guardOf({ id: "p" }, problem, schedule, [told], { charged: { windowMinutes: 15, reachedKw: 6.2 } });
  expect(high?.mean?.kw).toBe(6.2);
  expect(high && guardInWords(high)).toBe(
    "Keeps the mean of each 15 minutes below 6.2 kW; where more would flow, these help in this order: car",
  );
});

test("a limit that people set counts as it was said, and a main fuse by its current", () => {
  const wish = { goal: "0", priority: 3 } as const;
  const { problem, schedule } = planned([told], { limits: [{ kw: 4, wish }] });
  const limited = { ...problem, house: { limits: [{ kw: 4, wish }] } };
  expect(guardOf({ id: "p" }, limited, schedule, [told], {})?.mean).toEqual({ kw: 4, minutes: 15 });
  const fused = guardOf({ id: "p" }, problem, schedule, [told], { fuse: { amps: 35, phases: [] } });
  expect(fused?.fuse?.amps).toBe(35);
  expect(fused).not.toHaveProperty("mean");
});

test("where nothing limits the power, nothing is watched", () => {
  const { problem, schedule } = planned([told], {});
  expect(guardOf({ id: "p" }, problem, schedule, [told], {})).toBeUndefined();
});

test("on trial, too, the car gets what is left of a quarter hour, and a charged battery helps first", () => {
  const { problem, schedule } = planned([told, battery], { peak: { perKw: 5, soFarKw: 2 } });
  const guard = guardOf({ id: "p" }, problem, schedule, [told, battery], {
    charged: { windowMinutes: 15, reachedKw: 6 },
  });
  const shown = new Map<string, number>([["battery/1/powerSource.batPercentRemaining", 5]]);
  const held = heldInReplay(() => guard, [told, battery], shown);
  const charge = { ...{ node: "car", endpoint: 1, capability: "energyEvse" }, command: "enableCharging", args: {} };
  const hold = {
    ...{ node: "battery", endpoint: 1, capability: "batteryControl" },
    command: "set",
    args: { mode: "hold" },
  };
  // 5.8 kW of 6 are aimed at; three phases take 690 W an ampere.
  expect(held("car", [charge], 1000)).toMatchObject({ command: "enableCharging", args: { maximumChargeCurrent: 6 } });
  expect(held("car", [charge], 2500)).toMatchObject({ command: "disable" });
  expect(held("car", [{ ...charge, command: "disable" }], 2500)).toBeUndefined();
  expect(held("battery", [hold], 7000)).toMatchObject({ args: { mode: "hold" } });
  shown.set("battery/1/powerSource.batPercentRemaining", 80);
  expect(held("car", [charge], 2500)).toMatchObject({ args: { maximumChargeCurrent: 12 } });
  expect(held("battery", [hold], 7000)).toMatchObject({ args: { mode: "followLoad" } });
  expect(held("battery", [hold], 3000)).toBeUndefined();
});
