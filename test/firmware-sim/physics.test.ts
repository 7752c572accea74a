import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { demoHome } from "../../firmware-sim/homes/demo.ts";
import { batteryModes, stepBattery } from "../../firmware-sim/physics/battery.ts";
import { stepCar } from "../../firmware-sim/physics/car.ts";
import { cop } from "../../firmware-sim/physics/heat-pump.ts";
import { stepHouse } from "../../firmware-sim/physics/house.ts";
import { sunPosition } from "../../firmware-sim/physics/sun.ts";
import { stepTank, waterHeat } from "../../firmware-sim/physics/tank.ts";

const { params } = demoHome;
const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const seconds = number(0.1, 15);
const joules = 3_600_000;

describe("energy is kept", () => {
  test("the heat that enters the house is stored or lost", () => {
    fc.assert(
      fc.property(
        fc.record({ air: number(5, 35), mass: number(5, 35) }),
        fc.record({
          outdoor: number(-20, 38),
          heating: number(0, 9000),
          internal: number(0, 4000),
          solar: number(0, 5000),
          windowOpen: fc.boolean(),
        }),
        seconds,
        (state, input, dt) => {
          const next = stepHouse(state, input, params.house, dt);
          const stored =
            (next.air - state.air) * params.house.airKwhPerK * joules +
            (next.mass - state.mass) * params.house.massKwhPerK * joules;
          expect(stored + next.lost).toBeCloseTo((input.heating + input.internal + input.solar) * dt, 2);
        },
      ),
    );
  });

  test("the tank's electricity is stored, drawn or lost", () => {
    fc.assert(
      fc.property(
        fc.record({ temperature: number(15, 60), calling: fc.boolean() }),
        fc.boolean(),
        number(0, 0.2),
        number(220, 240),
        seconds,
        (state, allowed, draw, volts, dt) => {
          const input = { allowed, volts, draw, wanted: 40, cold: 11, ambient: 18 };
          const next = stepTank(state, input, params.tank, dt);
          const stored = (next.temperature - state.temperature) * params.tank.litres * waterHeat;
          expect(stored + next.drawn + next.lost).toBeCloseTo(next.power * dt, 2);
          expect(next.drawn).toBeGreaterThanOrEqual(0);
          if (!allowed) expect(next.power).toBe(0);
        },
      ),
    );
  });

  test("the battery gives back no more than it took, and stays within its limits", () => {
    fc.assert(
      fc.property(
        number(0.32, 6.4),
        fc.constantFrom(...batteryModes),
        number(-9000, 9000),
        seconds,
        (kwh, mode, surplus, dt) => {
          const next = stepBattery(kwh, mode, surplus, params.battery, dt);
          const taken = (next.power * dt) / 3_600_000;
          expect(next.kwh - kwh + next.lost).toBeCloseTo(taken, 9);
          expect(next.lost).toBeGreaterThanOrEqual(0);
          expect(next.kwh).toBeLessThanOrEqual(params.battery.capacity);
          expect(next.kwh).toBeGreaterThanOrEqual(params.battery.reserve * params.battery.capacity - 1e-9);
          expect(Math.abs(next.power)).toBeLessThanOrEqual(params.battery.maxPower);
        },
      ),
    );
  });

  test("the car stores what the wall gives, less the charger's loss", () => {
    fc.assert(
      fc.property(number(5, 58), fc.boolean(), number(6, 16), seconds, (kwh, on, amps, dt) => {
        const next = stepCar(kwh, true, { on, amps }, 230, params.car, dt);
        expect(next.kwh - kwh + next.lost).toBeCloseTo((next.power * dt) / 3_600_000, 9);
        expect(next.power).toBeLessThanOrEqual(amps * 230);
        if (!on) expect(next.power).toBe(0);
      }),
    );
  });
});

describe("the battery's modes", () => {
  const at = (mode: (typeof batteryModes)[number], surplus: number): number =>
    stepBattery(3.2, mode, surplus, params.battery, 10).power;

  test("follow_load takes the surplus and covers the need", () => {
    expect(at("follow_load", 1500)).toBe(1500);
    expect(at("follow_load", -1500)).toBe(-1500);
    expect(at("follow_load", -8000)).toBe(-5000);
  });

  test("hold takes the surplus but never discharges", () => {
    expect(at("hold", 1500)).toBe(1500);
    expect(at("hold", -1500)).toBe(0);
  });

  test("charge_from_grid charges without any sun", () => {
    expect(at("charge_from_grid", -500)).toBe(3000);
  });

  test("a round trip costs a tenth", () => {
    let kwh = 1;
    let taken = 0;
    while (kwh < 5) {
      const step = stepBattery(kwh, "charge_from_grid", 0, params.battery, 10);
      kwh = step.kwh;
      taken += step.power;
    }
    let given = 0;
    while (kwh > 1) {
      const step = stepBattery(kwh, "follow_load", -2000, params.battery, 10);
      kwh = step.kwh;
      given -= step.power;
    }
    expect(given / taken).toBeCloseTo(0.9, 2);
  });
});

test("the heat pump is worse in the cold", () => {
  expect(cop(-10)).toBeGreaterThan(2);
  expect(cop(-10)).toBeLessThan(cop(2));
  expect(cop(12)).toBeLessThan(6);
});

test("the sun stands where the almanac says: 59.4 degrees at noon in Kiel at midsummer, 12.6 at midwinter", () => {
  const degrees = (at: string): number => (sunPosition(Date.parse(at), 54, 10.2).elevation * 180) / Math.PI;
  expect(degrees("2026-06-21T11:21:00Z")).toBeCloseTo(59.4, 0);
  expect(degrees("2026-12-21T11:17:00Z")).toBeCloseTo(12.6, 0);
  expect(degrees("2026-03-20T00:00:00Z")).toBeLessThan(-30);
});
