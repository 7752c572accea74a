import { describe, expect, test } from "vitest";
import { irradiance, onPlane, sunPosition as simulatedSun } from "../../firmware-sim/physics/sun.ts";
import { sunPosition } from "../../hub/energy/sun-position.ts";
import { byLight } from "../../hub/twin/by-light.ts";
import type { History } from "../../hub/twin/history.ts";
import { roofOf, roofWords } from "../../hub/twin/roof.ts";
import { run, STEP, ZONE } from "../planner/bench.ts";
import { randomFrom } from "../planner/synthetic.ts";

const PLACE = { latitude: 52.5, longitude: 13.4 };
const DAYS = 40;
const RAD = Math.PI / 180;
const LIGHT = "light/1/illuminanceMeasurement.measuredValue";

interface Truth {
  readonly seed: number;
  readonly from?: string;
  /** Degrees from north over east. */
  readonly azimuth: number;
  readonly tilt: number;
  readonly cutW?: number;
  /** Share of the light that gets through, by hour of the wall clock. */
  readonly shade?: (hour: number) => number;
}

/** A year's stretch of a roof whose light comes from the simulator's sky, of which the twin knows nothing. */
function roof({ seed, from = "2026-05-10T00:00:00+02:00", azimuth, tilt, cutW = 1e9, shade = () => 1 }: Truth) {
  const random = randomFrom(seed);
  const start = Date.parse(from);
  const clouds = Array.from({ length: DAYS }, () => (random() < 0.4 ? 1 : 0.2 + 0.6 * random()));
  const lux = new Float64Array(DAYS * 96);
  const watts = Float64Array.from({ length: DAYS * 96 }, (_, i) => {
    const at = start + (i + 0.5) * STEP;
    const clear = Math.min(1, (clouds[Math.floor(i / 96)] ?? 1) * (0.97 + 0.06 * random()));
    const sun = simulatedSun(at, PLACE.latitude, PLACE.longitude);
    const light = irradiance(sun, clear);
    lux[i] = Math.min(83_000, light.global * 115);
    const hour = Math.floor(((at + 2 * 3_600_000) / 3_600_000) % 24);
    return Math.min(cutW, 5 * onPlane(sun, light, tilt * RAD, (azimuth - 180) * RAD) * 0.85 * shade(hour));
  });
  const h: History = {
    from: start,
    stepMs: STEP,
    steps: watts.length,
    timeZone: ZONE,
    series: new Map([[LIGHT, lux]]),
    place: PLACE,
  };
  return { h, watts };
}

test("the sun stands where others reckon it, through the year", () => {
  for (let k = 0; k < 200; k++) {
    const at = Date.UTC(2026, 0, 1) + k * 43.7 * 3_600_000;
    const [ours, theirs] = [sunPosition(at, PLACE), simulatedSun(at, PLACE.latitude, PLACE.longitude)];
    expect(Math.abs(ours.elevation * RAD - theirs.elevation)).toBeLessThan(0.8 * RAD);
    const apart = ours.azimuth * RAD - (theirs.azimuth + Math.PI);
    expect(Math.abs(Math.atan2(Math.sin(apart), Math.cos(apart)))).toBeLessThan(1.5 * RAD);
  }
});

describe("panels are read from their own clearest days", () => {
  test.each([
    [180, 35],
    [225, 30],
    [120, 45],
    [270, 15],
  ])("that face %i° and are %i° steep", (azimuth, tilt) => {
    for (const seed of [1, 2]) {
      const { h, watts } = roof({ seed, azimuth, tilt });
      const found = roofOf(h, watts);
      expect(Math.abs((found?.azimuth ?? 0) - azimuth)).toBeLessThanOrEqual(tilt < 25 ? 45 : 30);
      expect(Math.abs((found?.tilt ?? -90) - tilt)).toBeLessThanOrEqual(15);
      expect(found?.cutW).toBeUndefined();
      expect(found?.shaded).toEqual([]);
    }
  });

  test("an inverter that is too small for them is seen to cut them off", () => {
    const { h, watts } = roof({ seed: 3, azimuth: 180, tilt: 30, cutW: 2600 });
    const found = roofOf(h, watts);
    expect(found?.cutW).toBeCloseTo(2600, -1);
    expect(roofWords(found ?? expect.fail())[0]).toMatch(/south.* cuts it off at 2\.6 kW/);
  });

  test("a tree in the afternoon is named by its hours, and does not turn the roof", () => {
    const { h, watts } = roof({
      seed: 4,
      azimuth: 180,
      tilt: 30,
      shade: (hour) => (hour === 15 || hour === 16 ? 0.4 : 1),
    });
    const found = roofOf(h, watts);
    expect(found?.shaded.map((s) => s.hour)).toEqual([15, 16]);
    expect(Math.abs((found?.azimuth ?? 0) - 180)).toBeLessThanOrEqual(30);
  });

  test("nothing is said of a yield that is no sun's, of a home without a place, and of a few days", () => {
    const { h, watts } = roof({ seed: 5, azimuth: 180, tilt: 30 });
    const random = randomFrom(1);
    expect(
      roofOf(
        h,
        watts.map(() => 3000 * random()),
      ),
    ).toBeUndefined();
    const { place: _, ...nowhere } = h;
    expect(roofOf(nowhere, watts)).toBeUndefined();
    expect(roofOf({ ...h, steps: 5 * 96 }, watts.slice(0, 5 * 96))).toBeUndefined();
  });
});

describe("with a light sensor outdoors", () => {
  const heldOutFrom = 30 * 96;

  test("the yield follows the day's own light, and the sensor's blindness in full sun is seen", () => {
    const { h, watts } = roof({ seed: 6, azimuth: 200, tilt: 30 });
    const found = run(byLight(h, LIGHT, watts, heldOutFrom));
    expect(found?.proof.ok).toBe(true);
    expect(found?.proof.error).toBeLessThan(0.15 * (found?.proof.usual ?? 0));
    expect(found?.blindLx).toBeCloseTo(83_000, -2);
  });

  test("that lies in a cupboard, nothing is foretold by it", () => {
    const { h, watts } = roof({ seed: 7, azimuth: 200, tilt: 30 });
    const random = randomFrom(2);
    const day = Array.from({ length: DAYS }, () => random());
    const cupboard = new Map([[LIGHT, watts.map((_, i) => 600 + 40_000 * (day[Math.floor(i / 96)] ?? 0))]]);
    expect(run(byLight({ ...h, series: cupboard }, LIGHT, watts, heldOutFrom))?.proof.ok).toBe(false);
  });
});
