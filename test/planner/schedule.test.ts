import { describe, expect, test } from "vitest";
import type { Problem, Room, Tank } from "../../hub/planner/schedule/problem.ts";
import {
  battery,
  car,
  HOUR,
  house,
  kwhOf,
  levelOf,
  panels,
  plan,
  room,
  START,
  solved,
  sum,
  tank,
  washer,
  withDevices,
} from "./schedule-support.ts";

/** Dear in the evening, cheap at night, sun at noon. */
const day = (_: number, hour: number) => ({
  importPrice: hour < 6 ? 0.18 : hour >= 17 && hour < 21 ? 0.42 : 0.3,
  pvKwh: Math.max(0, 3 * Math.sin(((hour - 8) / 8) * Math.PI)) * (hour > 8 && hour < 16 ? 1 : 0),
});

/** Temperature by small steps, seconds instead of the closed form that the plan is made with. */
function warmed(start: number, problem: Problem, rise: (temperature: number, t: number) => number): number[] {
  let now = start;
  return problem.slots.map((slot, t) => {
    const steps = Math.round(slot.hours * 360);
    for (let k = 0; k < steps; k++) now += rise(now, t) / 360;
    return now;
  });
}

const tankCourse = (d: Tank, problem: Problem, kwh: readonly number[]): number[] =>
  warmed(d.temperatureC, problem, (now, t) => {
    const hours = problem.slots[t]?.hours ?? 1;
    const heat = ((kwh[t] ?? 0) / hours) * (d.cop[t] ?? 1) - (d.drawKwh[t] ?? 0) / hours;
    return (heat - d.lossKwPerK * (now - d.surroundingsC)) / d.kwhPerK;
  });

const roomCourse = (d: Room, problem: Problem, kwh: readonly number[]): number[] =>
  warmed(d.temperatureC, problem, (now, t) => {
    const power = (kwh[t] ?? 0) / (problem.slots[t]?.hours ?? 1);
    return d.lossPerHour * ((d.outsideC[t] ?? 0) - now) + (d.kPerKwh[t] ?? 0) * power + (d.freeK[t] ?? 0);
  });

describe("a schedule keeps to the physics of the house", () => {
  const base = house(36, day);
  const all = withDevices(base, battery(), car(base, { minKw: 1.4 }), tank(base), room(base), washer(), panels(base));
  const { schedule, solved: answer } = solved(all);

  test("the solver's own cost is that of the bookkeeping, but for what settles ties", () =>
    expect(Math.abs(answer.cost - schedule.costs.total)).toBeLessThan(0.01));

  test("what is imported less what is exported is what all devices and the house take", () => {
    all.slots.forEach((slot, t) => {
      const devices = sum(all.devices.filter((d) => d.kind !== "solar").map((d) => kwhOf(schedule, d.id)[t] ?? 0));
      const net = slot.loadKwh + (kwhOf(schedule, "panels")[t] ?? 0) + devices;
      expect((schedule.importKwh[t] ?? 0) - (schedule.exportKwh[t] ?? 0)).toBeCloseTo(net, 5);
    });
    expect(schedule).toMatchObject({ madeBy: "solver", broken: [] });
  });

  test("the battery's charge follows from what went in and came out, and stays between empty and full", () => {
    let stored = 2;
    kwhOf(schedule, "battery").forEach((kwh, t) => {
      stored += kwh > 0 ? kwh * 0.95 : kwh / 0.95;
      expect(levelOf(schedule, "battery")[t]).toBeCloseTo(stored, 5);
      expect(stored).toBeGreaterThan(0.5 - 1e-5);
      expect(stored).toBeLessThan(8 + 1e-5);
      expect(Math.abs(kwh)).toBeLessThan(3 + 1e-6);
    });
    expect(sum(kwhOf(schedule, "battery").filter((kwh) => kwh > 0))).toBeGreaterThan(3);
  });

  test("the car has its charge by seven, at no less than it can charge with", () => {
    const kwh = kwhOf(schedule, "car");
    expect(20 + 0.9 * sum(kwh.slice(0, 7))).toBeGreaterThan(40 - 1e-5);
    for (const taken of kwh.slice(0, 6)) expect(taken < 1e-6 || (taken > 1.4 - 1e-6 && taken < 11 + 1e-6)).toBe(true);
  });

  test("water and room are as warm as they would be by their own physics, and within their bands", () => {
    const [water, air] = [tank(base), room(base)];
    tankCourse(water, base, kwhOf(schedule, "tank")).forEach((c, t) => {
      expect(levelOf(schedule, "tank")[t]).toBeCloseTo(c, 1);
      expect(c).toBeGreaterThan(41.9);
      expect(c).toBeLessThan(62.1);
    });
    roomCourse(air, base, kwhOf(schedule, "room")).forEach((c, t) => {
      expect(levelOf(schedule, "room")[t]).toBeCloseTo(c, 1);
      expect(c).toBeGreaterThan(19.9);
      expect(c).toBeLessThan(22.1);
    });
  });

  test("a machine runs once, in one piece, in time", () => {
    const kwh = kwhOf(schedule, "washer");
    const start = kwh.findIndex((x) => x > 0);
    expect(kwh.slice(start, start + 2)).toEqual([2, 0.5]);
    expect(sum(kwh)).toBeCloseTo(2.5);
    expect(start + 2).toBeLessThanOrEqual(12);
  });

  test("a machine does not run into an hour in which it may not, however cheap the hour before is", () => {
    const cheap = house(12, (t) => ({ importPrice: t === 2 ? 0.05 : 0.3 }));
    const quiet = washer({ blocked: cheap.slots.map((_, t) => t === 3) });
    const kwh = kwhOf(plan(withDevices(cheap, quiet)), "washer");
    expect([kwh[2] === 2, kwh[3]]).toEqual([false, 0]);
    expect(sum(kwh)).toBeCloseTo(2.5);
  });

  test("the same problem gives the same schedule, to the last digit", () => {
    const { solveMs: _, ...again } = plan(all);
    const { solveMs: __, ...first } = schedule;
    expect(again).toEqual(first);
  });

  test("its cost is what the meter would show", () => {
    const money = sum(
      all.slots.map(
        (s, t) => s.importPrice * (schedule.importKwh[t] ?? 0) - s.exportPrice * (schedule.exportKwh[t] ?? 0),
      ),
    );
    expect(schedule.costs.energy).toBeCloseTo(money, 6);
    const given = -sum(kwhOf(schedule, "battery").filter((kwh) => kwh < 0));
    expect(schedule.costs.wear).toBeCloseTo(0.02 * given, 6);
  });
});

describe("nothing cheaper is to be had", () => {
  test("each start of a machine is tried: none costs less", () => {
    const price = (t: number) => 0.2 + 0.15 * Math.sin(t * 1.7) + 0.01 * t;
    const base = house(14, (t) => ({ importPrice: price(t), pvKwh: t === 9 ? 1.6 : 0 }));
    const cost = (start: number) =>
      sum(
        base.slots.map((s, t) => {
          const net = s.loadKwh - s.pvKwh + (t === start ? 2 : t === start + 1 ? 0.5 : 0);
          return net > 0 ? net * s.importPrice : net * s.exportPrice;
        }),
      );
    const best = Math.min(...Array.from({ length: 11 }, (_, start) => cost(start)));
    expect(plan(withDevices(base, washer())).costs.energy).toBeCloseTo(best, 6);
  });

  test("a battery in four hours: all combinations in steps of half a kWh are tried", () => {
    const prices = [0.12, 0.35, 0.1, 0.5];
    const base = house(4, (t) => ({ importPrice: prices[t] ?? 0, exportPrice: 0, loadKwh: 1 }));
    const own = battery({
      storedKwh: 0,
      emptyKwh: 0,
      fullKwh: 2,
      chargeKw: 1,
      dischargeKw: 1,
      chargeEfficiency: 1,
      dischargeEfficiency: 1,
      endValue: 0,
    });
    let best = Number.POSITIVE_INFINITY;
    const tryAll = (t: number, stored: number, cost: number) => {
      if (t === 4) best = Math.min(best, cost);
      else
        for (let x = -1; x <= 1; x += 0.5)
          if (stored + x >= 0 && stored + x <= 2)
            tryAll(t + 1, stored + x, cost + (1 + x) * (prices[t] ?? 0) + 0.02 * Math.max(0, -x));
    };
    tryAll(0, 0, 0);
    const { costs } = plan(withDevices(base, own));
    expect(costs.energy + costs.wear).toBeCloseTo(best, 4);
  });

  test("on-off heating in six hours: all 64 ways are tried", () => {
    const base = house(6, (t) => ({ importPrice: [0.3, 0.1, 0.4, 0.2, 0.5, 0.15][t] ?? 0 }));
    const water = tank(base, { temperatureC: 44, minKw: 2, maxKw: 2, drawKwh: base.slots.map(() => 0.8) });
    const { costs, broken } = plan(withDevices(base, water));
    let best = Number.POSITIVE_INFINITY;
    for (let way = 0; way < 64; way++) {
      const kwh = base.slots.map((_, t) => ((way >> t) & 1 ? 2 : 0));
      const course = tankCourse(water, base, kwh);
      if (course.some((c) => c < 42 || c > 62)) continue;
      // Warmth that is left counts as 0.9 of the lowest price.
      const left = ((course.at(-1) ?? 42) - 42) * 0.25 * 0.09;
      best = Math.min(best, sum(base.slots.map((s, t) => s.importPrice * (0.4 + (kwh[t] ?? 0)))) - left);
    }
    expect(broken).toEqual([]);
    expect(costs.energy + costs.leftOver).toBeCloseTo(best, 2);
  });
});

describe("what can't be had is named, and nothing else is given up for it", () => {
  test("a car that comes too late is short by what the charger can't do", () => {
    const base = house(24);
    const late = car(base, {
      present: base.slots.map((_, t) => t >= 6),
      needs: [{ by: START + 7 * HOUR, storedKwh: 40, wish: { goal: "ready", priority: 1 } }],
    });
    const { broken, madeBy } = plan(withDevices(base, late));
    expect(madeBy).toBe("solver");
    expect(broken).toEqual([
      {
        kind: "ready",
        device: "car",
        goal: "ready",
        by: expect.closeTo(20 - 9.9, 3),
        unit: "kWh",
        at: START + 7 * HOUR,
      },
    ]);
  });

  test("where only one wish can be had, it is the one of the higher priority", () => {
    const base = { ...house(8), house: { fuseKw: 3.4 } };
    const needing = (id: string, priority: 1 | 3) =>
      car(base, { id, needs: [{ by: START + 8 * HOUR, storedKwh: 20 + 0.9 * 20, wish: { goal: id, priority } }] });
    const { broken } = plan(withDevices(base, needing("second", 3), needing("first", 1)));
    expect(broken.map((b) => b.goal)).toEqual(["second"]);
    expect(broken[0]?.by).toBeCloseTo(0.9 * (40 - 8 * 3), 2);
  });

  test("a cold house says how cold it gets, a tank that is drawn empty how cold the water", () => {
    const base = house(12);
    const cold = room(base, { temperatureC: 17, maxKw: 0.5 });
    const empty = tank(base, { maxKw: 0.5, drawKwh: base.slots.map((_, t) => (t === 3 ? 6 : 0)) });
    const { broken } = plan(withDevices(base, cold, empty));
    expect(broken.map((b) => [b.kind, b.device, b.unit])).toEqual([
      ["tooCold", "room", "K"],
      ["warmWater", "tank", "K"],
    ]);
    for (const wish of broken) expect(wish.by).toBeGreaterThan(1);
  });

  test("a machine that can't be in time runs late, and says by how many minutes", () => {
    const late = washer({ earliest: START + 5 * HOUR, by: START + 6 * HOUR });
    const { broken, devices } = plan(withDevices(house(12), late));
    expect(broken).toMatchObject([{ kind: "late", by: 60, unit: "min" }]);
    expect(devices[0]?.slots[5]?.mode).toBe("on");
  });

  test("a machine with no time left at all is named as not run", () => {
    const never = washer({ earliest: START + 11.5 * HOUR, by: START + 12 * HOUR });
    expect(plan(withDevices(house(12), never)).broken).toMatchObject([
      { kind: "notRun", device: "washer", goal: "goal" },
    ]);
  });

  test("the house's own load beyond the fuse is told, and nothing is switched on top of it", () => {
    const base = { ...house(8, (t) => ({ loadKwh: t === 2 ? 9 : 0.4 })), house: { fuseKw: 8 } };
    const schedule = plan(
      withDevices(
        base,
        car(base, { needs: [{ by: START + 8 * HOUR, storedKwh: 35, wish: { goal: "g", priority: 1 } }] }),
      ),
    );
    expect(schedule.broken).toMatchObject([
      { kind: "fuse", by: expect.closeTo(1, 3), unit: "kW", at: START + 2 * HOUR },
    ]);
    expect(kwhOf(schedule, "car")[2]).toBe(0);
  });

  test("a reserve that is not there yet is filled first, and named until then", () => {
    const low = battery({ storedKwh: 0.5, reserve: { kwh: 4, wish: { goal: "outage", priority: 1 } } });
    const { broken, devices } = plan(withDevices(house(8), low));
    expect(broken).toMatchObject([{ kind: "reserve", goal: "outage", at: START }]);
    expect(devices[0]?.slots[0]?.mode).toBe("chargeFromGrid");
    expect(devices[0]?.slots[3]?.level).toBeGreaterThan(4 - 1e-3);
  });
});

describe("a battery is told modes and limits", () => {
  test("charged up to what the dear hours need; following stops where something is left for later", () => {
    const price = (hour: number) =>
      hour < 3 ? 0.1 : hour >= 6 && hour < 8 ? 0.4 : hour >= 17 && hour < 20 ? 0.6 : 0.3;
    const base = house(24, (_, hour) => ({ importPrice: price(hour), loadKwh: 1 }));
    const { blocks, devices } = plan(withDevices(base, battery({ storedKwh: 0.5, fullKwh: 5, wear: 0 })));
    const level = (t: number) => devices[0]?.slots[t]?.level ?? 0;
    const charged = blocks.find((b) => b.mode === "chargeFromGrid");
    expect(charged?.limit).toBeCloseTo(level(charged?.last ?? 0), 6);
    const morning = blocks.find((b) => b.mode === "followLoad" && b.first <= 6 && b.last >= 6);
    const evening = blocks.find((b) => b.mode === "followLoad" && b.first <= 18 && b.last >= 18);
    // Three hours of one kWh through an efficiency of 0.95, above what always stays.
    expect(morning?.limit).toBeGreaterThan(0.5 + 3 / 0.95 - 1.01);
    expect(morning?.limit).toBeCloseTo(level(morning?.last ?? 0), 6);
    expect(evening?.limit).toBeUndefined();
  });

  test("on sun alone there is no limit above what it began with", () => {
    const base = house(12, (t) => ({ pvKwh: t >= 2 && t < 6 ? 2 : 0 }));
    const { blocks } = plan(withDevices(base, battery({ fromGrid: false, storedKwh: 0.5 })));
    expect(blocks.map((b) => [b.mode, b.limit])).toEqual([["followLoad", undefined]]);
  });
});
