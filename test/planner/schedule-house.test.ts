import { describe, expect, test } from "vitest";
import type { Problem } from "../../hub/planner/schedule/problem.ts";
import {
  battery,
  car,
  HOUR,
  house,
  kwhOf,
  levelOf,
  panels,
  plan,
  START,
  sum,
  tank,
  washer,
  withDevices,
} from "./schedule-support.ts";

const charging = (base: Problem, needed = 20) =>
  withDevices(
    base,
    car(base, { needs: [{ by: START + 8 * HOUR, storedKwh: 20 + 0.9 * needed, wish: { goal: "g", priority: 1 } }] }),
  );
const mostImported = (p: Problem): number =>
  Math.max(...plan(p).importKwh.map((kwh, t) => kwh / (p.slots[t]?.hours ?? 1)));

describe("the connection's limits and prices", () => {
  const cheapOnce = (t: number) => ({ importPrice: t === 3 ? 0.1 : 0.3 });

  test("without a limit the car takes the cheap hour as a whole", () =>
    expect(mostImported(charging(house(12, cheapOnce)))).toBeCloseTo(11.4, 3));

  test("the fuse is never overloaded by what is steered", () => {
    const base = { ...house(12, cheapOnce), house: { fuseKw: 6 } };
    expect(mostImported(charging(base))).toBeLessThan(6 + 1e-5);
    expect(plan(charging(base)).broken).toEqual([]);
  });

  test("a limit that people wish for gives way to a wish that comes before it, and is named", () => {
    const limits = [{ kw: 2, wish: { goal: "quiet grid", priority: 3 } as const }];
    const { broken } = plan(charging({ ...house(12, cheapOnce), house: { limits } }));
    expect(broken).toMatchObject([{ kind: "limit", goal: "quiet grid", unit: "kW" }]);
  });

  test("a peak charge spreads the load over as many hours as there are", () => {
    const base = { ...house(12, cheapOnce), house: { peak: { perKw: 5, soFarKw: 0 } } };
    expect(mostImported(charging(base))).toBeCloseTo(0.4 + 20 / 8, 2);
  });

  test("a peak that was reached already costs nothing, and hours that do not count are used", () => {
    const soFar = { ...house(12, cheapOnce), house: { peak: { perKw: 5, soFarKw: 7 } } };
    expect(mostImported(charging(soFar))).toBeCloseTo(7, 2);
    const counts = soFar.slots.map((_, t) => t !== 3);
    const free = { ...soFar, house: { peak: { perKw: 5, soFarKw: 0, counts } } };
    expect(plan(charging(free)).importKwh[3]).toBeCloseTo(11.4, 3);
  });

  test("what is needed is bought before a dearer tier begins, not more than that", () => {
    const tiers = [{ afterKwh: 6, extra: 0.4 }];
    const base = { ...house(12, (t) => ({ pvKwh: t > 9 ? 8 : 0 })), house: { tiers } };
    const p = withDevices(
      base,
      car(base, { needs: [{ by: START + 12 * HOUR, storedKwh: 20 + 0.9 * 10, wish: { goal: "g", priority: 1 } }] }),
    );
    const { importKwh, costs } = plan(p);
    expect(sum(importKwh)).toBeLessThan(6);
    expect(costs.energy).toBeLessThan(6 * 0.3);
  });

  test("a tier that gets cheaper is counted only for what lies beyond it", () => {
    const base = { ...house(6), house: { tiers: [{ afterKwh: 2, extra: -0.1 }] } };
    expect(plan(base).costs.energy).toBeCloseTo(6 * 0.4 * 0.3 - 0.4 * 0.1, 6);
    const reached = plan({ ...base, house: { tiers: [{ afterKwh: 20, extra: -0.1 }] } });
    expect(reached.costs.energy).toBeCloseTo(6 * 0.4 * 0.3, 6);
  });
});

describe("prices as they come", () => {
  test("at a price below zero everything runs that can, and panels are held back", () => {
    const base = house(12, (t) => ({
      importPrice: t === 4 ? -0.2 : 0.3,
      exportPrice: t === 4 ? -0.25 : 0.05,
      pvKwh: t === 4 ? 3 : 0,
    }));
    const p = withDevices(base, car(base, { needs: [] }), tank(base), battery(), panels(base));
    const schedule = plan(p);
    expect(schedule.devices.map((d) => d.slots[4]?.mode)).toEqual(["on", "on", "chargeFromGrid", "curtailed"]);
    expect(kwhOf(schedule, "car")[4]).toBeCloseTo(11, 4);
    expect(kwhOf(schedule, "panels")[4]).toBeCloseTo(0, 4);
  });

  test("a full battery does not burn energy by charging and giving at once", () => {
    const base = house(4, () => ({ importPrice: -0.2, exportPrice: -0.3 }));
    const schedule = plan(withDevices(base, battery({ storedKwh: 8 })));
    const stored = 8 + sum(kwhOf(schedule, "battery").map((kwh) => (kwh > 0 ? kwh * 0.95 : kwh / 0.95)));
    expect(schedule.devices[0]?.slots.at(-1)?.level).toBeCloseTo(stored, 5);
    expect(schedule.costs.energy).toBeCloseTo(sum(schedule.importKwh) * -0.2 + sum(schedule.exportKwh) * 0.3, 6);
  });

  test("where exporting brings more than importing costs, the meter still shows only one of them", () => {
    const base = house(4, () => ({ importPrice: 0.2, exportPrice: 0.5, pvKwh: 1 }));
    const { importKwh, exportKwh, costs } = plan(withDevices(base, battery({ toGrid: true })));
    importKwh.forEach((kwh, t) => {
      expect(Math.min(kwh, exportKwh[t] ?? 0)).toBe(0);
    });
    // Four hours of what the sun leaves, and what the battery had.
    expect(-costs.energy).toBeGreaterThan(4 * 0.6 * 0.5 + 1.5 * 0.95 * 0.5);
    expect(costs.energy).toBeCloseTo(0.2 * sum(importKwh) - 0.5 * sum(exportKwh), 6);
  });

  test("a battery that may not give to the grid does not, however dear it is", () => {
    const base = house(6, (t) => ({ importPrice: 0.2, exportPrice: t === 3 ? 2 : 0.05, pvKwh: t === 3 ? 0.6 : 0 }));
    const kept = plan(withDevices(base, battery()));
    expect(sum(kept.exportKwh)).toBeCloseTo(0.2, 5);
    const sold = plan(withDevices(base, battery({ toGrid: true })));
    expect(sum(sold.exportKwh)).toBeGreaterThan(2);
    expect(sold.devices[0]?.slots[3]?.mode).toBe("dischargeToGrid");
  });

  test("a battery that may not charge from the grid takes sun only", () => {
    const base = house(12, (t) => ({ importPrice: t < 4 ? 0.05 : 0.5, pvKwh: t === 5 ? 2.4 : 0 }));
    const kwh = kwhOf(plan(withDevices(base, battery({ fromGrid: false, storedKwh: 0.5 }))), "battery");
    expect(kwh.slice(0, 5).every((x) => x <= 1e-6)).toBe(true);
    expect(kwh[5]).toBeCloseTo(2, 4);
  });

  test("wear keeps a battery still that a small difference of price would move", () => {
    const base = house(24, (_, hour) => ({ importPrice: hour < 12 ? 0.28 : 0.32 }));
    const moved = (wear: number) =>
      sum(kwhOf(plan(withDevices(base, battery({ wear, storedKwh: 0.5 }))), "battery").map(Math.abs));
    expect(moved(0.1)).toBeLessThan(0.01);
    expect(moved(0)).toBeGreaterThan(5);
  });

  test("cleaner hours are chosen where CO2 has a price", () => {
    const base = house(12, (t) => ({ importPrice: t < 6 ? 0.3 : 0.31, co2GramsPerKwh: t < 6 ? 500 : 100 }));
    const start = (co2PerKg: number) =>
      kwhOf(plan(withDevices({ ...base, weights: { ...base.weights, co2PerKg } }, washer())), "washer").findIndex(
        (x) => x > 0,
      );
    expect(start(0)).toBeLessThan(5);
    expect(start(0.2)).toBeGreaterThanOrEqual(6);
  });
});

describe("time as it comes", () => {
  /** Hours of a local day in Berlin; the clocks change on the last Sunday of March and October. */
  const local = (from: string, hours: number): Problem => {
    const start = Date.parse(from);
    const base = house(hours, (t) => ({ importPrice: t === hours - 2 ? 0.1 : 0.3 }));
    return { ...base, at: start, slots: base.slots.map((s, t) => ({ ...s, from: start + t * HOUR })) };
  };

  test("a day of 23 hours and one of 25 are planned to their own ends", () => {
    for (const [from, hours] of [
      ["2026-03-28T23:00:00Z", 23],
      ["2026-10-24T22:00:00Z", 25],
    ] as const) {
      const base = local(from, hours);
      const by = Date.parse(from) + hours * HOUR;
      const p = withDevices(base, car(base, { needs: [{ by, storedKwh: 29, wish: { goal: "g", priority: 1 } }] }));
      const schedule = plan(p);
      expect(schedule.end).toBe(by);
      expect(kwhOf(schedule, "car")[hours - 2]).toBeCloseTo(10, 4);
      expect(schedule.broken).toEqual([]);
    }
  });

  test("quarters of an hour, a slot that has begun, and hours may follow each other", () => {
    const quarters = house(16, (t) => ({ importPrice: t === 5 ? 0.1 : 0.3 }), 15);
    const at = START + 10 * 60_000;
    const mixed = {
      ...quarters,
      at,
      slots: quarters.slots.map((s, t) =>
        t === 0 ? { ...s, from: at, hours: 5 / 60 } : t === 15 ? { ...s, hours: 1.25 } : s,
      ),
    };
    const cycle = [
      { minutes: 15, kw: 2 },
      { minutes: 20, kw: 0.6 },
    ];
    const schedule = plan(withDevices(mixed, washer({ cycle, by: START + 3 * HOUR }), tank(mixed)));
    const kwh = kwhOf(schedule, "washer");
    expect(kwh.findIndex((x) => x > 0)).toBe(5);
    expect([kwh[5], kwh[6], kwh[7]].map((x) => Math.round((x ?? 0) * 1000) / 1000)).toEqual([0.5, 0.15, 0.05]);
    expect(schedule.broken).toEqual([]);
  });

  test("at an even price a car is not filled long before it needs it: sun that nobody foresaw finds room", () => {
    const base = house(30);
    const wish = { goal: "g", priority: 1 } as const;
    const needs = [
      { by: START + 7 * HOUR, storedKwh: 30, wish },
      { by: START + 30 * HOUR, storedKwh: 50, wish },
    ];
    const schedule = plan(withDevices(base, car(base, { needs })));
    expect(levelOf(schedule, "car")[6]).toBeCloseTo(30, 2);
    expect(levelOf(schedule, "car").at(-1)).toBeCloseTo(50, 2);
    const cheap = house(30, (t) => ({ importPrice: t < 5 ? 0.28 : 0.3 }));
    expect(levelOf(plan(withDevices(cheap, car(cheap, { needs }))), "car")[6], "two cents cheaper").toBeCloseTo(50, 2);
  });

  test("a car that is off by day takes the sun that is over where export pays less than buying later", () => {
    const by = (exportPrice: number) => {
      const base = house(12, (t) => ({ exportPrice, pvKwh: t >= 2 ? 0.5 : 0 }));
      return plan(withDevices(base, car(base, { minKw: 1.4, needs: [] }))).blocks.filter((b) => b.device === "car");
    };
    expect(by(0.08).some((b) => b.mode === "off" && b.sunUpTo === 60)).toBe(true);
    expect(by(0.29).some((b) => b.sunUpTo)).toBe(false);
    const base = house(12, (t) => ({ pvKwh: t >= 2 ? 0.5 : 0 }));
    const full = plan(withDevices(base, car(base, { storedKwh: 60, needs: [] }))).blocks;
    expect(full.some((b) => b.sunUpTo)).toBe(false);
  });

  test("what a car needs within the hour is not left to the sun, which may not come; what goes beyond the need is", () => {
    const modes = (storedKwh: number) => {
      const base = house(10, (t) => ({ pvKwh: t >= 2 && t < 7 ? 6 : 0 }));
      const needs = [{ by: START + 7 * HOUR, storedKwh, wish: { goal: "g", priority: 1 } as const }];
      const { blocks } = plan(withDevices(base, car(base, { needs })));
      return [4, 6].map((t) => blocks.find((b) => b.device === "car" && b.first <= t && b.last >= t)?.mode);
    };
    expect(modes(20 + 0.9 * 5 * 5.6)).toEqual(["sun", "on"]);
    expect(modes(25)).toEqual(["sun", "sun"]);
  });

  test("what is needed after the last slot is begun in time, and what can wait until then does", () => {
    const base = house(6);
    const need = (hours: number) => [
      { by: START + hours * HOUR, storedKwh: 20 + 0.9 * 11 * 3, wish: { goal: "g", priority: 1 } as const },
    ];
    const taken = (hours: number) => sum(kwhOf(plan(withDevices(base, car(base, { needs: need(hours) }))), "car"));
    expect(taken(10)).toBeCloseTo(0, 4);
    expect(taken(8)).toBeCloseTo(11, 3);
    const later = washer({ by: START + 20 * HOUR });
    expect(
      sum(
        kwhOf(
          plan(
            withDevices(
              house(6, () => ({ importPrice: 0.5 })),
              later,
            ),
          ),
          "washer",
        ),
      ),
    ).toBeGreaterThanOrEqual(0);
    expect(plan(withDevices(base, later)).broken).toEqual([]);
  });
});
