import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type PowerPicture, type PowerSeries, suspectsOf } from "../../hub/energy/suspects/index.ts";

const SLOT = 300_000;
const DAY = 288;
const DAYS = 7;
const START = Date.UTC(2026, 4, 4);

/** Small, seeded, and the same everywhere. */
function random(seed: number): () => number {
  let s = seed >>> 0;
  return () => {
    s = (Math.imul(s, 1664525) + 1013904223) >>> 0;
    return s / 2 ** 32;
  };
}

interface House {
  readonly grid: Float64Array;
  readonly solar: Float64Array;
  readonly battery: Float64Array;
  readonly percent: Float64Array;
  readonly kettle: Float64Array;
  readonly oven: Float64Array;
}

/** A week of a house: base load, sun from 6 to 18 h, a kettle, an oven, and a battery that takes what is left over. */
function houseOf(seed: number): House {
  const next = random(seed);
  const n = DAY * DAYS;
  const of = () => new Float64Array(n);
  const house: House = { grid: of(), solar: of(), battery: of(), percent: of(), kettle: of(), oven: of() };
  let percent = 50;
  for (let i = 0; i < n; i++) {
    const hour = (i % DAY) / 12;
    const sun = hour > 6 && hour < 18 ? -3000 * Math.sin(((hour - 6) / 12) * Math.PI) * (0.6 + 0.4 * next()) : 0;
    const kettle = hour > 6 && next() < 0.04 ? 1800 : 0;
    const oven = hour > 17 && hour < 20 && next() < 0.3 ? 2500 : 0;
    const base = 150 + 100 * next();
    const rest = base + kettle + oven + sun;
    const battery = rest < 0 ? Math.min(-rest, percent < 99 ? 2000 : 0) : -Math.min(rest, percent > 5 ? 2000 : 0);
    percent += (battery / 12 / 6000) * 100;
    house.solar[i] = sun;
    house.kettle[i] = kettle;
    house.oven[i] = oven;
    house.battery[i] = battery;
    house.percent[i] = percent;
    // The meters' moments differ a little.
    house.grid[i] = rest + battery + 20 * (next() - 0.5);
  }
  return house;
}

const turned = (watts: Float64Array) => watts.map((w) => -w);
const named = (key: string, watts: Float64Array): PowerSeries => ({ key, name: key, watts });

function pictureOf(house: House, battery = true): PowerPicture {
  const grid = battery ? house.grid : house.grid.map((w, i) => w - (house.battery[i] ?? 0));
  return {
    ...{ from: START, slotMs: SLOT, timeZone: "UTC" },
    grid: named("grid", grid),
    solar: [named("sun", house.solar)],
    batteries: battery ? [{ ...named("battery", house.battery), percent: house.percent }] : [],
    loads: [named("kettle", house.kettle), named("oven", house.oven)],
  };
}

describe("meters that can't be right", () => {
  test("in a hundred houses with right meters nobody is suspected", () => {
    fc.assert(
      fc.property(fc.integer(), fc.boolean(), (seed, battery) => {
        expect(suspectsOf(pictureOf(houseOf(seed), battery))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test.each([
    ["the house meter", (p: PowerPicture) => ({ ...p, grid: p.grid && named("grid", turned(p.grid.watts)) }), "grid"],
    ["the panels", (p: PowerPicture) => ({ ...p, solar: p.solar.map((s) => named("sun", turned(s.watts))) }), "sun"],
    [
      "the battery",
      (p: PowerPicture) => ({ ...p, batteries: p.batteries.map((b) => ({ ...b, watts: turned(b.watts) })) }),
      "battery",
    ],
    ["a load", (p: PowerPicture) => ({ ...p, loads: p.loads.map((l) => named(l.key, turned(l.watts))) }), "kettle"],
  ])("%s, turned round, is named", (_, turn, key) => {
    for (let seed = 1; seed <= 20; seed++) {
      const [first] = suspectsOf(turn(pictureOf(houseOf(seed))));
      expect(first).toMatchObject({ code: "meter-reversed", key });
    }
  });

  test("the house meter, turned round in a house without a battery, is named with its evidence", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const picture = pictureOf(houseOf(seed), false);
      const wrong = { ...picture, grid: picture.grid && named("grid", turned(picture.grid.watts)) };
      const [first] = suspectsOf(wrong);
      expect(first).toMatchObject({ code: "meter-reversed", key: "grid" });
      expect(first?.message).toMatch(/over \d+ steps/);
    }
  });

  test("clamps on each other's cable are named, both of them", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const picture = pictureOf(houseOf(seed), false);
      const wrong = {
        ...picture,
        grid: named("grid", houseOf(seed).solar),
        solar: [named("sun", picture.grid?.watts ?? new Float64Array())],
      };
      expect(suspectsOf(wrong)).toMatchObject([{ code: "meters-swapped", key: "grid", other: "sun" }]);
    }
  });

  test("a load counted twice does not balance", () => {
    const picture = pictureOf(houseOf(3), false);
    const fridge = named("fridge", new Float64Array(DAY * DAYS).fill(400));
    expect(suspectsOf({ ...picture, loads: [...picture.loads, fridge] })).toMatchObject([
      { code: "books-do-not-balance", key: "grid" },
    ]);
  });

  test("a house without a source of its own never gives energy", () => {
    const picture = { ...pictureOf(houseOf(5), false), solar: [], loads: [] };
    const used = houseOf(5).kettle.map((w) => w + 200);
    expect(suspectsOf({ ...picture, grid: named("grid", used) })).toEqual([]);
    expect(suspectsOf({ ...picture, grid: named("grid", turned(used)) })).toMatchObject([{ key: "grid" }]);
  });

  test("too little is known: nobody is suspected", () => {
    const picture = pictureOf(houseOf(3));
    const short = (s: PowerSeries) => ({ ...s, watts: turned(s.watts.slice(0, 6)) });
    const wrong = { ...picture, grid: picture.grid && short(picture.grid), loads: picture.loads.map(short) };
    expect(suspectsOf({ ...wrong, solar: [], batteries: [] })).toEqual([]);
  });
});
