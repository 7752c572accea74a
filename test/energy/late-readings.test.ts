/** The past of a plug comes in after its present, on the real core and store: what is told of its repairs must be what its figures say. */
import { afterEach, describe, expect, test } from "vitest";
import { DAY, HOUR, House, MINUTE, meteredPlug, plug, T0 } from "./late-house.ts";

/** Stands of every ten minutes in [from, to], of 300 W. */
function stands(from: number, to: number, start: number): [number, number][] {
  const all: [number, number][] = [];
  for (let at = from; at <= to; at += 10 * MINUTE)
    all.push([at, Math.round((start + (0.3 * (at - from)) / HOUR) * 1000) / 1000]);
  return all;
}

function shuffled<T>(list: readonly T[]): T[] {
  const all = [...list];
  let draw = 5;
  for (let i = all.length - 1; i > 0; i--) {
    draw = (draw * 1103515245 + 12345) % 2 ** 31;
    const j = draw % (i + 1);
    [all[i], all[j]] = [all[j] as T, all[i] as T];
  }
  return all;
}

const houses: House[] = [];
function house(device = plug): House {
  const made = new House(device);
  houses.push(made);
  return made;
}
afterEach(async () => {
  for (const made of houses.splice(0)) await made.end();
});

describe("a silence that late readings fill", () => {
  test("is told only for what is left of it, in words, hours and kWh", async () => {
    const home = house();
    home.now = T0 + 44 * DAY;
    home.past(T0, 500);
    // A night in the past, before the present comes.
    home.past(T0 + 8 * HOUR, 502.4);
    home.live(T0 + 44 * DAY, 816.8);
    expect(home.repairs).toMatchObject([{ kind: "gap", times: 2 }]);
    for (const [at, kwh] of stands(T0 + 8 * HOUR, T0 + 44 * DAY, 502.4)) {
      home.past(at, kwh);
      expect(home.repairsNow).toEqual([]);
    }
    const [gap, ...others] = home.repairs;
    expect(others).toEqual([]);
    expect(gap).toMatchObject({ times: 1, from: T0, to: T0 + 8 * HOUR, kwh: expect.closeTo(2.4, 6) });
    expect(gap?.reason).toBe(
      "The counter was silent for 8 h. The 2.4 kWh that it counted meanwhile are spread over that time.",
    );
    expect(gap?.evidence).toHaveLength(2);
    expect(await home.energy(T0 - DAY, T0 + 45 * DAY)).toBeCloseTo(316.8, 6);
    await home.restart();
    expect(home.repairs).toMatchObject([{ times: 1, to: T0 + 8 * HOUR }]);
  });

  test("is said anew where they fill a part, and withdrawn once nothing is left", async () => {
    const home = house();
    home.live(T0, 500);
    home.live(T0 + 2 * DAY, 514.4);
    for (const [at, kwh] of stands(T0 + DAY, T0 + 2 * DAY, 507.2)) home.past(at, kwh);
    expect(home.repairs).toMatchObject([{ kind: "gap", from: T0, to: T0 + DAY, kwh: expect.closeTo(7.2, 6) }]);
    expect(home.repairs[0]?.reason).toContain("silent for 24 h. The 7.2 kWh");
    // One reading in the midst of it: two silences.
    home.past(T0 + 12 * HOUR, 503.6);
    expect(home.repairs[0]?.reason).toContain("silent 2 times, for 24 h in all. The 7.2 kWh");
    for (const [at, kwh] of shuffled(stands(T0, T0 + DAY, 500))) home.past(at, kwh);
    expect(home.repairs).toEqual([]);
    expect(await home.energy(T0 - DAY, T0 + 3 * DAY)).toBeCloseTo(14.4, 6);
    expect(home.stored()).toEqual([]);
  });

  test("stays as long as a person's amount stands, and goes with it", async () => {
    const home = house();
    home.live(T0, 500);
    home.live(T0 + DAY, 507.2);
    home.change({ kind: "adjust", kwh: 3 });
    for (const [at, kwh] of stands(T0, T0 + DAY, 500)) home.past(at, kwh);
    expect(home.repairs).toMatchObject([{ state: "adjusted", adjustedKwh: 3, by: "Anna" }]);
    expect(home.repairs[0]?.reason).toContain("Readings of that time have come since");
    expect(await home.energy(T0 - DAY, T0 + 2 * DAY)).toBeCloseTo(3, 6);
    await home.restart();
    home.change({ kind: "redo" });
    expect(home.repairs).toEqual([]);
    expect(await home.energy(T0 - DAY, T0 + 2 * DAY)).toBeCloseTo(7.2, 6);
  });

  test("that a person undid is told for what is left of it, as undone", async () => {
    const home = house();
    home.live(T0, 500);
    home.live(T0 + DAY, 507.2);
    home.change({ kind: "undo" });
    for (const [at, kwh] of stands(T0 + 12 * HOUR, T0 + DAY, 503.6)) home.past(at, kwh);
    expect(home.repairs).toMatchObject([{ state: "undone", by: "Anna", to: T0 + 12 * HOUR }]);
    expect(home.repairs[0]?.reason).toContain("silent for 12 h. The 3.6 kWh");
  });
});

describe("a counter that began again in a past that is told later", () => {
  const before = stands(T0, T0 + 20 * DAY, 900);
  const after = stands(T0 + 20 * DAY + 10 * MINUTE, T0 + 40 * DAY, 0.05);
  const used = 2 * 20 * DAY * (0.3 / HOUR);

  test.each([
    ["in its order", (list: [number, number][]) => list],
    ["backwards", (list: [number, number][]) => list.toReversed()],
    ["in no order", shuffled<[number, number]>],
  ])("did so between the two readings that lie closest: %s", async (_, order) => {
    const home = house();
    home.now = T0 + 40 * DAY;
    home.past(T0, 900);
    const last = after.at(-1)?.[1] ?? 0;
    for (let i = 1; i <= 30; i++) home.live(T0 + 40 * DAY + i * MINUTE, last + (0.3 * i) / 60);
    expect(home.repairs).toMatchObject([{ kind: "reset", from: T0 }]);
    for (const [at, kwh] of order([...before.slice(1), ...after])) home.past(at, kwh);
    expect(home.repairs).toMatchObject([
      { kind: "reset", from: T0 + 20 * DAY, to: T0 + 20 * DAY + 10 * MINUTE, kwh: expect.closeTo(0.05, 6) },
    ]);
    expect(home.repairs[0]?.reason).toContain("fell from 1044 kWh to 0.05 kWh");
    expect(await home.energy(T0 - DAY, T0 + 41 * DAY)).toBeCloseTo(used + 0.15, 2);
  });

  test("leaves no word of a clock, where nothing was wrong with it", async () => {
    const home = house();
    home.now = T0 + 40 * DAY;
    for (let i = 0; i < 10; i++) home.live(T0 + 40 * DAY + i * MINUTE, 144 + (0.3 * i) / 60);
    for (const [at, kwh] of [...before, ...after]) home.past(at, kwh);
    expect(home.repairs).toEqual([]);
    expect(await home.energy(T0 - DAY, T0 + 41 * DAY)).toBeCloseTo(used + 0.045, 1);
  });
});

test("a message that was held up for half a minute, from before a counter began again, is no clock that was set back", () => {
  const home = house();
  home.live(T0, 500);
  home.live(T0 + 5 * MINUTE, 500.02);
  for (let i = 0; i < 4; i++) home.live(T0 + (6 + i) * MINUTE, 0.001 + i / 1000);
  home.past(T0 + 8.5 * MINUTE, 500.03);
  expect(home.repairs.map((r) => r.kind)).toEqual(["reset"]);
});

describe("a power that no socket carries", () => {
  const POWER = "plug/1/electricalPowerMeasurement.activePower";

  test("is never energy, neither used nor given, from raw readings as from rollups", async () => {
    const home = house(meteredPlug);
    for (let s = 0; s < 2 * 3600; s += 30) home.power(T0 + s * 1000, s === 1800 ? 90_000 : 1000);
    expect(home.repairs).toMatchObject([{ kind: "power", state: "active" }]);
    for (const when of ["at once", "two days later"]) {
      const { importedKwh, exportedKwh } = await home.slots({ power: POWER }, T0, T0 + HOUR);
      expect(Math.max(...exportedKwh), when).toBe(0);
      expect(Math.max(...importedKwh), when).toBeCloseTo(1 / 12, 6);
      // The half minute of it is not known.
      expect(importedKwh[6], when).toBeCloseTo(0.9 / 12, 6);
      home.now = T0 + 2 * DAY;
      await home.restart();
    }
  });

  test("held only until what was told late", async () => {
    const home = house(meteredPlug);
    home.power(T0, 1000);
    home.power(T0 + MINUTE, 90_000);
    home.power(T0 + 4 * MINUTE, 1000);
    home.power(T0 + 10 * MINUTE, 1000);
    home.power(T0 + 2 * MINUTE, 500, home.now);
    expect(home.repairs).toMatchObject([{ kind: "power", to: T0 + 2 * MINUTE }]);
    const { importedKwh, exportedKwh } = await home.slots({ power: POWER }, T0, T0 + 5 * MINUTE);
    expect(exportedKwh[0]).toBe(0);
    expect(importedKwh[0]).toBeCloseTo((1000 * 2 + 500 * 2) / 60 / 1000, 6);
  });
});
