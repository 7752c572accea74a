import { expect, test } from "vitest";
import { boundModel, type Known, type Moved } from "../../../hub/planner/policy/bound.ts";
import { act, type BatteryFacts, selfConsumption } from "../../../hub/planner/storage/battery.ts";
import { optimumCost } from "../../../hub/planner/storage/optimum.ts";
import { HighsSolver } from "../../../hub/solver/highs.ts";
import type { Store } from "../../../hub/twin/store.ts";
import { randomFrom } from "../synthetic.ts";

const STEPS = 96;
const facts: BatteryFacts = {
  capacityKwh: 6.4,
  chargeKw: 5,
  dischargeKw: 5,
  chargeEfficiency: 0.95,
  dischargeEfficiency: 0.95,
};
const all = (value: number) => new Float64Array(STEPS).fill(value);
const store: Store = {
  ...{ start: 0, keep: 1, gain: all(0.95), drift: all(0), leastKwh: 0, mostKwh: all(5) },
  ...{ gives: { mostKwh: 5, loss: 1 / 0.95 }, low: all(0), high: all(6.4), worthKwh: 0 },
};
const nothing = { storedMore: 0, more: 0, less: 0 };

const solver = await HighsSolver.load();
const least = (known: Known): number => {
  const solved = solver.solve(
    boundModel(known),
    { gap: 0, nodes: 1, shadowPrices: false },
    { timeLimitMs: 10_000, stop: () => false },
  );
  expect(solved.status).toBe("best");
  return solved.cost;
};

/** Four days by the hour: dear evenings, sun at noon. */
function home(seed: number) {
  const random = randomFrom(seed);
  const clock = Array.from({ length: STEPS }, (_, t) => t % 24);
  const netKwh = Float64Array.from(
    clock,
    (hour) => 0.3 + 1.5 * random() - (hour > 9 && hour < 16 ? 2.5 * random() : 0),
  );
  const price = Float64Array.from(clock, (hour) => (hour > 16 && hour < 21 ? 0.42 : 0.2) + 0.05 * random());
  return { netKwh, price, exportPrice: all(0.08) };
}

/** The battery left to its habit. */
function habit(netKwh: Float64Array): { readonly moved: Moved; readonly grid: Float64Array } {
  let storedKwh = 0;
  const grid = new Float64Array(STEPS);
  const kwh = netKwh.map((net, t) => {
    const flow = act(facts, selfConsumption(facts), storedKwh, net, 1);
    storedKwh = flow.storedKwh;
    grid[t] = flow.gridKwh;
    return flow.chargeKwh - flow.dischargeKwh;
  });
  return { moved: { store, kwh }, grid };
}

const billOf = (grid: Float64Array, { price, exportPrice }: ReturnType<typeof home>) =>
  grid.reduce((sum, kwh, t) => sum + kwh * ((kwh > 0 ? price[t] : exportPrice[t]) ?? 0), 0);

test("the least that days with a battery could have cost is its exact optimum, and below what its habit came to", () => {
  for (const seed of [1, 2, 3]) {
    const day = home(seed);
    const { moved, grid } = habit(day.netKwh);
    const found = least({ ...day, ...nothing, baseKwh: day.netKwh, devices: [moved] });
    expect(found).toBeCloseTo(optimumCost(facts, { ...day, hours: 1, wear: 0 }), 3);
    expect(found).toBeLessThan(billOf(grid, day));
  }
});

test("a battery is not thought to sell what it has stored, which no mode lets it", () => {
  const day = { ...home(4), exportPrice: Float64Array.from({ length: STEPS }, (_, t) => (t % 24 === 3 ? 0.9 : 0.05)) };
  const { moved } = habit(day.netKwh);
  const night = least({ ...day, ...nothing, baseKwh: all(0.5), devices: [moved] });
  expect(night).toBeGreaterThan(0);
});

test("what has to be full by a time is filled in the cheapest hours before it, and what is left over at the end counts", () => {
  const price = Float64Array.from({ length: STEPS }, (_, t) => (t === 5 ? 0.1 : 0.3));
  const low = all(0);
  low[10] = 4;
  const car: Store = { ...store, gain: all(1), low, high: all(50), worthKwh: 1 };
  const { gives: _, ...noGiving } = car;
  const devices = [{ store: noGiving, kwh: all(0) }];
  const known = { price, exportPrice: all(0), baseKwh: all(0), devices };
  // The way that is judged never charged at all: the bound gives way to it.
  expect(least({ ...known, ...nothing })).toBeCloseTo(0, 5);
  const charged = { store: noGiving, kwh: all(0).map((_, t) => (t === 8 ? 4 : 0)) };
  expect(least({ ...known, ...nothing, devices: [charged], more: 0, less: 0 })).toBeCloseTo(0.4, 4);
  // A kWh more at the end is worth 0.2: what the cheap hour takes beyond the four pays.
  expect(least({ ...known, devices: [charged], storedMore: 0, more: 0.2, less: 0.3 })).toBeCloseTo(0.4 - 0.1, 4);
});

test("no way of living is cheaper than the bound, whatever it did to people's comfort", () => {
  const random = randomFrom(9);
  const day = home(5);
  const tank: Store = {
    ...{ start: 50, keep: 0.99, gain: all(4), leastKwh: 0, mostKwh: all(2), low: all(45), high: all(60) },
    ...{ drift: Float64Array.from({ length: STEPS }, () => 0.2 - 2 * random()), worthKwh: 0.25 },
  };
  const kwh = Float64Array.from({ length: STEPS }, () => (random() < 0.1 ? 2 : 0));
  const cost = billOf(
    day.netKwh.map((net, t) => net + (kwh[t] ?? 0)),
    day,
  );
  expect(least({ ...day, ...nothing, baseKwh: day.netKwh, devices: [{ store: tank, kwh }] })).toBeLessThan(cost + 1e-4);
});
