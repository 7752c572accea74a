import { describe, expect, test } from "vitest";
import { reportOf } from "../../hub/cli/energy-bench/report.ts";
import { netOf, type Outcome, runHome } from "../../hub/cli/energy-bench/run.ts";
import type { BatteryFacts } from "../../hub/planner/storage/battery.ts";
import { decideStorage, type StorageQuestion } from "../../hub/planner/storage/decide.ts";
import { optimumCost } from "../../hub/planner/storage/optimum.ts";
import { battery, chance, dayAhead, evening, madeUpHome, tariff } from "./energy-bench-homes.ts";

const silent = () => {};
const usual = battery(6.4, 5, 0.9);

/** What is impossible in a run, kWh at worst: energy balance, power, capacity. */
function worstFault(run: Outcome, net: Float64Array, b: BatteryFacts): number {
  let stored = 0;
  let worst = 0;
  run.dispatch.forEach(({ chargeKwh, dischargeKwh, gridKwh }, t) => {
    stored += chargeKwh * b.chargeEfficiency - dischargeKwh / b.dischargeEfficiency;
    worst = Math.max(
      worst,
      -chargeKwh,
      -dischargeKwh,
      chargeKwh - b.chargeKw,
      dischargeKwh - b.dischargeKw,
      stored - b.capacityKwh,
      -stored,
      Math.abs((net[t] ?? 0) + chargeKwh - dischargeKwh - gridKwh),
    );
  });
  return worst;
}

describe("the least a battery could have cost", () => {
  const past = (netKwh: number[], price: number[], exported = 0) => ({
    netKwh: Float64Array.from(netKwh),
    price: Float64Array.from(price),
    exportPrice: new Float64Array(price.length).fill(exported),
    hours: 1,
    wear: 0,
  });

  test("is filled in the cheap hours and given in the dear ones, with its losses paid", () => {
    const lossy = battery(2, 5, 0.81);
    // 2 kWh stored take 2 / 0.9 from the grid and give 1.8.
    const cost = 0.1 * (2 + 2 / 0.9) + 0.5 * (2 - 1.8);
    expect(optimumCost(lossy, past([1, 1, 1, 1], [0.1, 0.1, 0.5, 0.5]))).toBeCloseTo(cost, 9);
  });

  test("sells surplus where selling pays more than keeping it", () => {
    expect(optimumCost(battery(5, 5, 0.81), past([-1, 1], [0.2, 0.2], 0.19))).toBeCloseTo(0.01, 9);
    expect(optimumCost(battery(5, 5, 0.81), past([-1, 1], [0.2, 0.2], 0.05))).toBeCloseTo(0.2 * 0.19, 9);
  });

  test("is what a search over fine steps of fill finds, on random days", () => {
    const next = chance(3);
    const b = battery(2, 0.7, 1);
    const net = Array.from({ length: 30 }, () => Math.round((next() * 4 - 2) * 10) / 10);
    const price = net.map(() => 0.2 + next() * 0.4);
    const levels = 21;
    let after: number[] = new Array<number>(levels).fill(0);
    for (let t = net.length - 1; t >= 0; t--)
      after = after.map((_, s) => {
        let best = Number.POSITIVE_INFINITY;
        for (let to = 0; to < levels; to++) {
          const put = (to - s) / 10;
          if (Math.abs(put) > 0.7 + 1e-9) continue;
          const grid = (net[t] ?? 0) + put;
          best = Math.min(best, grid * (grid > 0 ? (price[t] ?? 0) : 0.05) + (after[to] ?? 0));
        }
        return best;
      });
    expect(optimumCost(b, past(net, price, 0.05))).toBeCloseTo(after[0] ?? 0, 9);
  });
});

describe("the mode of the hour", () => {
  const question = (over: Partial<StorageQuestion> = {}): StorageQuestion => ({
    hours: new Float64Array(4).fill(1),
    price: Float64Array.of(0.2, 0.2, 0.5, 0.5),
    exportPrice: new Float64Array(4),
    paths: [{ weight: 1, netKwh: Float64Array.of(1, 1, 2, 2) }],
    battery: battery(8, 2.5, 1),
    storedKwh: 0,
    reserveKwh: 0,
    wear: 0,
    end: new Float64Array(33),
    ...over,
  });

  test("draws now only what can't be drawn in the next hour, which is as cheap", () => {
    const { mode, chargeToKwh, otherwise } = decideStorage(question());
    expect(mode).toBe("chargeFromGrid");
    // 4 kWh are wanted at three, 2.5 can come in the hour before.
    expect(chargeToKwh).toBeCloseTo(1.5, 1);
    expect(otherwise.chargeFromGrid).toBe(0);
    expect(otherwise.hold).toBeCloseTo(1.5 * 0.3, 1);
  });

  test("keeps what is stored while it is worth more later, and says what giving it would cost", () => {
    const lossy = { battery: battery(8, 2.5, 0.81) };
    const { mode, valuePerKwh, otherwise } = decideStorage(question({ storedKwh: 4, ...lossy }));
    expect(mode).toBe("hold");
    // One more kWh stored is one that need not be drawn at 0.2.
    expect(valuePerKwh).toBeCloseTo(0.2 / 0.9, 2);
    // The 1 kWh given now saves 0.2 and takes 1 / 0.81 to draw again.
    expect(otherwise.followLoad).toBeCloseTo(0.2 / 0.81 - 0.2, 1);
    const dearNext = decideStorage(question({ storedKwh: 2, price: Float64Array.of(0.2, 0.5, 0.5, 0.5) }));
    expect(dearNext.mode).toBe("chargeFromGrid");
    expect(dearNext.otherwise.followLoad).toBeGreaterThan(0.3);
  });

  test("gives while the price is above what is stored is worth, down to what dearer hours need", () => {
    const falling = question({ price: Float64Array.of(0.5, 0.2, 0.2, 0.6), storedKwh: 8, battery: battery(8, 5, 1) });
    const { mode, dischargeToKwh } = decideStorage(falling);
    expect(mode).toBe("followLoad");
    expect(dischargeToKwh).toBeLessThan(4);
  });

  test("sells surplus instead of storing it where selling pays more than it saves later", () => {
    const paths = [{ weight: 1, netKwh: Float64Array.of(-2, 1, 1, 1) }];
    const price = new Float64Array(4).fill(0.2);
    const paid = (x: number) =>
      question({ paths, price, exportPrice: new Float64Array(4).fill(x), battery: battery(8, 2.5, 0.8) });
    expect(decideStorage(paid(0.18)).storeToKwh).toBe(0);
    expect(decideStorage(paid(0.1)).storeToKwh).toBeGreaterThan(1);
  });

  test("never goes under the reserve, and fills up to it from the grid", () => {
    const { mode, dischargeToKwh } = decideStorage(
      question({ storedKwh: 4, reserveKwh: 3, price: Float64Array.of(0.9, 0.2, 0.2, 0.2) }),
    );
    expect(mode).toBe("followLoad");
    expect(dischargeToKwh).toBe(3);
    const low = decideStorage(question({ storedKwh: 1, reserveKwh: 3, price: Float64Array.of(0.9, 0.2, 0.2, 0.2) }));
    expect(low).toMatchObject({ mode: "chargeFromGrid", chargeToKwh: 3 });
  });

  test("draws nothing where wear eats the gain", () => {
    expect(decideStorage(question({ wear: 0.25 })).mode).toBe("chargeFromGrid");
    expect(decideStorage(question({ wear: 0.35 })).mode).toBe("hold");
  });

  test("is the same for quarters, halves and whole hours", () => {
    const cut = (parts: number) => {
      const finer = (list: Float64Array, by = 1) =>
        Float64Array.from({ length: list.length * parts }, (_, i) => (list[Math.floor(i / parts)] ?? 0) / by);
      const q = question({ storedKwh: 0.5, battery: battery(8, 1.75, 1) });
      return decideStorage({
        ...q,
        hours: finer(q.hours, parts),
        price: finer(q.price),
        exportPrice: finer(q.exportPrice),
        paths: q.paths.map((p) => ({ ...p, netKwh: finer(p.netKwh, parts) })),
      });
    };
    for (const parts of [2, 4]) {
      expect(cut(parts).mode).toBe(cut(1).mode);
      expect(cut(parts).valuePerKwh).toBeCloseTo(cut(1).valuePerKwh, 1);
    }
  });

  test("refuses a question that is not whole, and names the field", () => {
    expect(() => decideStorage(question({ exportPrice: new Float64Array(3) }))).toThrow(
      "exportPrice: 3 values for 4 slots",
    );
    expect(() => decideStorage(question({ paths: [] }))).toThrow("paths: none");
    expect(() => decideStorage(question({ price: Float64Array.of(1, Number.NaN, 1, 1) }))).toThrow(
      "price: a value is no number",
    );
  });
});

describe("a home that is run hour by hour", () => {
  test("comes near the optimum where each day is like the last, and is far above the battery left to itself", () => {
    const home = madeUpHome(25, 0, 1, 0.6);
    const prices = tariff(home, evening);
    const run = runHome(home, prices, usual, 0, silent);
    const { share: ours, share_self_consumption: alone } = reportOf(home, prices, usual, 0, run);
    expect(ours).toBeGreaterThan(0.93);
    expect(ours).toBeGreaterThan((alone ?? 1) + 0.1);
  });

  test("keeps within what a battery can do, whatever its size", () => {
    for (const b of [usual, battery(2, 0.6, 0.75), battery(20, 6, 0.95)]) {
      const home = madeUpHome(12, 1);
      const run = runHome(home, dayAhead(home), b, 0, silent);
      expect(worstFault(run, netOf(home), b)).toBeLessThan(1e-9);
      expect(run.dispatch.some((d) => d.mode === "chargeFromGrid")).toBe(true);
    }
  });

  test("is left to its habit, to the kilowatt-hour, where the price never changes", () => {
    const home = madeUpHome(12, 1);
    const prices = tariff(home, () => 0.3, 0.08);
    const report = reportOf(home, prices, usual, 0, runHome(home, prices, usual, 0, silent));
    expect(report.bill).toBeCloseTo(report.self_consumption, 9);
  });

  test("decides the same, whatever the load, the sun and the unpublished prices of this hour and all later ones will be", () => {
    const home = madeUpHome(8, 1);
    const prices = dayAhead(home);
    const run = runHome(home, prices, usual, 0, silent);
    for (const at of [24 * 5 + 12, 24 * 6 + 13]) {
      const next = chance(at);
      const scrambled = (list: Float64Array, from: number) => list.map((v, t) => (t < from ? v : next() * 9));
      const otherPrices = { ...prices, price: scrambled(prices.price, at + prices.published(at)) };
      const after = { ...home, load: scrambled(home.load, at + 1), sun: scrambled(home.sun, at + 1) };
      // The hour itself goes the same way, so its limits were the same too.
      const again = runHome(after, otherPrices, usual, 0, silent).dispatch;
      expect(again.slice(0, at + 1)).toEqual(run.dispatch.slice(0, at + 1));
      expect(again.slice(at + 1)).not.toEqual(run.dispatch.slice(at + 1));
      const during = { ...home, load: scrambled(home.load, at), sun: scrambled(home.sun, at) };
      const modes = runHome(during, otherPrices, usual, 0, silent).dispatch.map((d) => d.mode);
      expect(modes.slice(0, at + 1)).toEqual(run.dispatch.slice(0, at + 1).map((d) => d.mode));
    }
  });

  test("does the same twice", () => {
    const home = madeUpHome(8, 1);
    const once = () => runHome(home, dayAhead(home), usual, 0, silent).dispatch;
    expect(once()).toEqual(once());
  });

  test("lives with hours nobody knows: the battery rests, and later hours are planned as before", () => {
    const home = madeUpHome(14, 1);
    const load = home.load.map((v, t) => (t >= 200 && t < 260 ? Number.NaN : v));
    const broken = { ...home, load };
    const prices = tariff(home, evening);
    const report = reportOf(broken, prices, usual, 0, runHome(broken, prices, usual, 0, silent));
    expect(report.unknown_hours).toBe(60);
    expect(report.bill).toBeLessThan(report.self_consumption);
  });

  test("keeps to the clock over a gap in its rows: the dear hours stay the evening's", () => {
    const whole = madeUpHome(16, 0, 1, 0.6);
    const kept = [...whole.starts.keys()].filter((t) => t < 200 || t >= 207);
    const pick = (list: Float64Array) => Float64Array.from(kept, (t) => list[t] ?? Number.NaN);
    const gappy = {
      ...whole,
      starts: kept.map((t) => whole.starts[t] ?? ""),
      hours: Int32Array.from(kept, (t) => whole.hours[t] ?? 0),
      load: pick(whole.load),
      sun: pick(whole.sun),
    };
    const all = tariff(whole, evening);
    const prices = {
      price: pick(all.price),
      exportPrice: pick(all.exportPrice),
      published: (t: number) => Math.min(168, kept.length - t),
    };
    const { dispatch } = runHome(gappy, prices, usual, 0, silent);
    dispatch.forEach(({ dischargeKwh }, t) => {
      const clock = (kept[t] ?? 0) % 24;
      if (t > 290 && dischargeKwh > 0.5) expect([16, 17, 18, 19, 20]).toContain(clock);
    });
  });

  test("cycles less where wear is dear", () => {
    const home = madeUpHome(12, 1);
    const prices = tariff(home, evening);
    const cycles = (wear: number) =>
      reportOf(home, prices, usual, wear, runHome(home, prices, usual, wear, silent)).cycles;
    expect(cycles(0.28)).toBeLessThan(cycles(0) - 2);
  });
});
