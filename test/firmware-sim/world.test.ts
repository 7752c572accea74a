import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { demoHome } from "../../firmware-sim/homes/demo.ts";
import { World } from "../../firmware-sim/world.ts";
import { meterNames } from "../../firmware-sim/world-state.ts";

const { params } = demoHome;
const hour = 3_600_000;

function sumOfParts(world: World): number {
  let sum = 0;
  for (const name of meterNames) if (name !== "grid") sum += world.state.meters[name].power;
  return sum;
}

test("the grid meter is the sum of everything else, at any time of any home, whatever is switched", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1e6 }),
      fc.integer({ min: 0, max: 365 * 24 }),
      fc.constantFrom("follow_load" as const, "hold" as const, "charge_from_grid" as const),
      fc.boolean(),
      (seed, start, mode, heater) => {
        const world = new World(seed, params, Date.parse("2026-01-01T00:00:00Z") + start * hour);
        world.state.battery.mode = mode;
        world.state.heaterAllowed = heater;
        for (let i = 0; i < 240; i++) {
          world.step(15);
          expect(world.state.meters.grid.power).toBeCloseTo(sumOfParts(world), 6);
        }
      },
    ),
    { numRuns: 40 },
  );
});

test("each counter is the integral of its power, each direction for itself", () => {
  const world = new World(5, params, Date.parse("2026-05-04T00:00:00Z"));
  const sums = Object.fromEntries(meterNames.map((name) => [name, { ...world.state.meters[name] }]));
  for (let i = 0; i < 5760; i++) {
    world.step(15);
    for (const name of meterNames) {
      const wh = (world.state.meters[name].power * 15) / 3600;
      const sum = sums[name];
      if (sum && wh > 0) sum.importedWh += wh;
      else if (sum) sum.exportedWh -= wh;
    }
  }
  for (const name of meterNames) {
    expect(world.state.meters[name].importedWh, name).toBeCloseTo(sums[name]?.importedWh ?? 0, 4);
    expect(world.state.meters[name].exportedWh, name).toBeCloseTo(sums[name]?.exportedWh ?? 0, 4);
  }
});

test("following the load keeps the grid near zero while the battery can", () => {
  const world = new World(3, params, Date.parse("2026-06-10T18:00:00Z"));
  world.state.battery.kwh = 4;
  world.state.charger.on = false;
  let worst = 0;
  for (let i = 0; i < 240; i++) {
    world.step(15);
    worst = Math.max(worst, Math.abs(world.state.meters.grid.power));
  }
  expect(worst).toBeLessThan(60);
});

test("steps of a second and of fifteen lead to the same evening", () => {
  const start = Date.parse("2026-11-02T14:00:00Z");
  const fine = new World(8, params, start);
  const coarse = new World(8, params, start);
  for (let i = 0; i < 6 * 3600; i++) fine.step(1);
  coarse.forwardTo(start + 6 * hour);
  expect(coarse.at).toBe(fine.at);
  expect(coarse.state.house.air).toBeCloseTo(fine.state.house.air, 1);
  expect(Math.abs(coarse.state.tank.temperature - fine.state.tank.temperature)).toBeLessThan(0.6);
  expect(coarse.state.car.kwh).toBeCloseTo(fine.state.car.kwh, 1);
  expect(coarse.state.meters.grid.importedWh - fine.state.meters.grid.importedWh).toBeLessThan(120);
});

describe("a year in the demo home is a plausible one", () => {
  const world = new World(1, params, Date.parse("2026-01-01T00:00:00Z"));
  const before = structuredClone(world.state.meters);
  let coldest = 99;
  let tankLowest = 99;
  let trips = 0;
  beforeAll(() => {
    let home = true;
    while (world.at < Date.parse("2027-01-01T00:00:00Z")) {
      world.forwardTo(world.at + hour / 4);
      coldest = Math.min(coldest, world.state.house.air);
      tankLowest = Math.min(tankLowest, world.state.tank.temperature);
      if (home && !world.state.car.home) trips++;
      home = world.state.car.home;
    }
  });
  const kwh = (name: (typeof meterNames)[number]): number =>
    (world.state.meters[name].importedWh - before[name].importedWh) / 1000;

  test("6 kWp make 5000 to 6300 kWh", () => {
    const made = (world.state.meters.solar.exportedWh - before.solar.exportedWh) / 1000;
    expect(made).toBeGreaterThan(5000);
    expect(made).toBeLessThan(6300);
  });

  test("the household takes 8 to 11 kWh a day besides car, water and heating", () => {
    const parts = ["base", "dishwasher", "tv", "fridge", "livingLight", "kitchenLight", "officeLight"] as const;
    const day = parts.reduce((sum, name) => sum + kwh(name), 0) / 365;
    expect(day).toBeGreaterThan(8);
    expect(day).toBeLessThan(11);
  });

  test("nobody freezes and the showers stay warm", () => {
    expect(coldest).toBeGreaterThan(20);
    expect(tankLowest).toBeGreaterThan(40);
  });

  test("the heat pump works in winter and the car leaves on most days", () => {
    expect(kwh("heatPump")).toBeGreaterThan(1200);
    expect(kwh("heatPump")).toBeLessThan(3500);
    expect(trips).toBeGreaterThan(270);
    expect(trips).toBeLessThan(365);
  });
});

describe("habits meet what a plan did", () => {
  const evening = Date.parse("2026-11-03T16:00:00Z");

  test("a dishwasher without power waits, and goes on where it stopped", () => {
    const world = new World(2, params, evening);
    world.state.dishwasher = { plugOn: false, progress: 600 };
    world.forwardTo(evening + hour);
    expect(world.state.dishwasher.progress).toBe(600);
    expect(world.state.meters.dishwasher.power).toBe(0);
    world.state.dishwasher.plugOn = true;
    world.forwardTo(evening + hour + 15_000);
    expect(world.state.meters.dishwasher.power).toBeGreaterThan(1000);
    world.forwardTo(evening + 5 * hour);
    expect(world.state.meters.dishwasher.power).toBeLessThan(2000);
  });

  test("who wants to watch switches the TV corner on again", () => {
    let switchedOn = 0;
    for (let day = 0; day < 14; day++) {
      const start = evening + day * 24 * hour;
      const world = new World(2, params, start);
      world.state.tv.plugOn = false;
      world.forwardTo(start + 7 * hour);
      if (world.state.tv.plugOn) switchedOn++;
    }
    expect(switchedOn).toBeGreaterThan(8);
  });

  test("a tank that may not heat cools down", () => {
    const world = new World(2, params, evening);
    world.state.heaterAllowed = false;
    world.forwardTo(evening + 24 * hour);
    expect(world.state.tank.temperature).toBeLessThan(46);
  });
});

test("people keep to the clock on the wall when the clocks go back", () => {
  const world = new World(4, params, Date.parse("2026-10-24T22:00:00Z"));
  const leavings: number[] = [];
  let home = true;
  while (world.at < Date.parse("2026-10-30T23:00:00Z")) {
    world.forwardTo(world.at + 60_000);
    const weekday = new Date(world.at).getUTCDay();
    if (home && !world.state.car.home && weekday > 0 && weekday < 6) leavings.push(world.clock.hourOfDay(world.at));
    home = world.state.car.home;
  }
  expect(leavings).toHaveLength(5);
  for (const hourOfDay of leavings) expect(Math.abs(hourOfDay - 7.5)).toBeLessThan(0.25);
});
