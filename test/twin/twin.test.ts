import { describe, expect, test } from "vitest";
import { partsOf } from "../../hub/energy/parts.ts";
import { fitting } from "../../hub/twin/fit.ts";
import { daysOf, layOut, seriesOf } from "../../hub/twin/history.ts";
import { leastSquares, quantile } from "../../hub/twin/numbers.ts";
import { benchOf, gridOf, MONDAY, run, STEP, ZONE } from "../planner/bench.ts";
import { demoHome, pathOf } from "../planner/demo-home.ts";
import { synthetic } from "../planner/synthetic.ts";

const POWER = "electricalPowerMeasurement.activePower";
const DAYS = 36;

describe("the past on its grid", () => {
  test("a measurement's gap stays open, an idle device's silence does not", () => {
    const meter = pathOf("House meter", POWER);
    const plug = pathOf("TV corner", POWER);
    const at = (step: number, watts: number) => ({ at: MONDAY + step * STEP, mean: watts, last: watts });
    const h = layOut(
      new Map([
        [meter, [at(0, 900), at(20, 900)]],
        [plug, [at(0, 1)]],
      ]),
      gridOf(MONDAY, 1),
    );
    expect(seriesOf(h, meter)[4]).toBe(900);
    expect(seriesOf(h, meter)[10]).toBeNaN();
    expect(seriesOf(h, plug)[90]).toBe(1);
  });

  test("days are the home's own, cut ones are left out, and the long day has 100 quarter hours", () => {
    const from = Date.parse("2026-10-23T05:00:00Z");
    const h = layOut(new Map(), { from, stepMs: STEP, steps: 4 * 96, timeZone: ZONE });
    expect(daysOf(h).map((d) => [d.day, d.to - d.from])).toEqual([
      ["2026-10-24", 96],
      ["2026-10-25", 100],
      ["2026-10-26", 96],
    ]);
  });
});

test("least squares finds the line that made the points", () => {
  const rows = Array.from({ length: 20 }, (_, i) => [i, 1]);
  const [slope, offset] =
    leastSquares(
      rows,
      rows.map(([x = 0]) => 3 * x - 2),
    ) ?? [];
  expect(slope).toBeCloseTo(3, 5);
  expect(offset).toBeCloseTo(-2, 4);
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
});

describe("a home whose truth is known", () => {
  const { twin, bench } = benchOf(synthetic({ seed: 11, from: MONDAY, days: DAYS }), DAYS);
  const facts = (kind: string) => twin.models.find((m) => m.kind === kind)?.facts ?? {};

  test("gives its battery's capacity and losses within a twentieth", () => {
    expect(facts("battery").capacityKwh).toBeGreaterThan(5.7);
    expect(facts("battery").capacityKwh).toBeLessThan(6.3);
    expect(facts("battery").roundTrip).toBeCloseTo(0.9, 1);
  });

  test("gives its tank, its car and its machine", () => {
    expect(facts("tank").kwhPerK).toBeCloseTo(0.2, 1);
    expect(facts("car").kwhPerPercent).toBeCloseTo(0.5 / 0.9, 1);
    expect(facts("car").trips).toBeGreaterThan(DAYS * 0.8);
    expect(facts("appliance").usualMinutes).toBeGreaterThan(1150);
    expect(facts("corner").standbyW).toBeCloseTo(14, 0);
  });

  test("gets the bill of days it has not seen within a tenth", () => {
    expect(bench.bill.ok).toBe(true);
    const recorded = bench.baseline.days.reduce((sum, d) => sum + d.recorded.cost, 0) / bench.days;
    expect(Math.abs(bench.bill.bias)).toBeLessThan(0.1 * recorded);
  });
});

test("a house meter that can not be right is not judged by", () => {
  const { bench } = benchOf(synthetic({ seed: 12, from: MONDAY, days: 24, brokenMeter: true }), 24);
  expect(bench.bill).toMatchObject({ ok: false });
  expect(bench.bill.note).toContain("clamps");
});

test("devices that the past says nothing of are named with the reason", () => {
  const parts = partsOf(demoHome());
  const twin = run(fitting(layOut(new Map(), gridOf(MONDAY, 20)), parts));
  expect(twin.models).toEqual([]);
  expect(twin.unfit.map((u) => u.name)).toContain("EV charger");
  for (const { note } of twin.unfit) expect(note.length).toBeGreaterThan(10);
});
