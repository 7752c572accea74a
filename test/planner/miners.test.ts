import { describe, expect, test } from "vitest";
import type { Find, FindKind } from "../../hub/model/find.ts";
import { settled } from "../../hub/planner/miners/settle.ts";
import { demoTariff, idOf } from "./demo-home.ts";
import { findsIn, type LivedHome, livedHome, type Waste, wastefulHome } from "./miners-homes.ts";

const DAYS = 28;
const YEAR = 365.25;
/** Heated days of a year, as the miners count them. */
const SEASON = 190;
const FLAT = { ...demoTariff, name: "flat", importBands: [] };

type Tariff = typeof demoTariff;
const lived = new Map<string, LivedHome>();

/** Each home is lived through once. */
function home(waste: Waste, seed: number, tariff: Tariff): LivedHome {
  const key = JSON.stringify([waste, seed, tariff.name]);
  const known = lived.get(key) ?? livedHome(waste, seed, DAYS, tariff);
  lived.set(key, known);
  return known;
}

const search = (waste: Waste, seed: number, tariff: Tariff = demoTariff) =>
  findsIn(home(waste, seed, tariff), DAYS, wastefulHome(undefined, waste.solar), tariff);

/** What was wasted in the lived days, kWh and money a day. */
function truth(was: Waste, could: Waste, seed: number, tariff: Tariff) {
  const [a, b] = [home(was, seed, tariff), home(could, seed, tariff)];
  return { kwh: (a.kwh - b.kwh) / DAYS, money: (a.cost - b.cost) / DAYS };
}

const within = (value: number, range: Find["kwh"]): boolean => value >= range.low && value <= range.high;

interface Case {
  readonly kind: FindKind;
  readonly was: Waste;
  readonly could: Waste;
  readonly tariff?: Tariff;
  readonly year?: number;
  readonly about?: string;
}

const CASES: Readonly<Record<string, Case>> = {
  "a television that stands by": {
    ...{ kind: "standby", was: { standbyW: 14 }, could: { standbyW: 14, standbyCut: true }, about: "TV corner" },
  },
  "a light that burns in an empty office": {
    ...{ kind: "leftOn", was: { lightLeftOn: true }, could: {}, about: "Office light" },
  },
  "a house kept warm for nobody": {
    ...{ kind: "needlessHeating", was: { away: "warm" }, could: {}, tariff: FLAT, year: SEASON },
  },
  "a house warm again at noon for people who come in the evening": {
    ...{ kind: "needlessHeating", was: { away: "early" }, could: {}, tariff: FLAT, year: SEASON },
  },
  "heating against an open window": {
    ...{ kind: "openWindow", was: { windowOpen: "heated" }, could: { windowOpen: "unheated" }, year: SEASON },
  },
  "a room of 23.5 degrees": { kind: "warmRoom", was: { roomC: 23.5 }, could: { roomC: 21 }, year: SEASON },
  "a boiler of 66 degrees": { kind: "hotTank", was: { tankC: 62 }, could: { tankC: 51 }, about: "Water heater" },
  "a refrigerator of one degree": { kind: "coldBox", was: { fridgeC: 1 }, could: { fridgeC: 5 }, about: "Fridge" },
  "a car that charges while energy is dear": {
    ...{ kind: "peakUse", was: { carAt: 1090 }, could: { carAt: 1335 }, about: "EV charger" },
  },
};

describe("what was put into a home is found, as large as it is", () => {
  test.each(Object.entries(CASES))("%s", (_, { kind, was, could, tariff = demoTariff, year = YEAR, about }) => {
    const { finds } = search(was, 1, tariff);
    const real = truth(was, could, 1, tariff);
    expect(finds.map((f) => f.kind)).toEqual([kind]);
    const [find] = finds;
    if (!find) throw new Error("nothing was found");
    if (about) expect(find.node).toBe(idOf(about));
    const range = find.effect === "moves" ? find.money : find.kwh;
    expect(within((find.effect === "moves" ? real.money : real.kwh) * year, range), JSON.stringify([real, find])).toBe(
      true,
    );
    expect(find.facts.length).toBeGreaterThan(0);
    expect(find.picture.values.length).toBeGreaterThanOrEqual(24);
  });

  test("a machine that could have had the sun that was given away", () => {
    const was: Waste = { solar: true, machineAt: 1170 };
    const { finds, m } = search(was, 1);
    expect(finds.map((f) => [f.kind, f.node])).toEqual([["unusedSun", idOf("Dishwasher")]]);
    const real = truth(was, { solar: true, machineAt: 720 }, 1, demoTariff);
    // A year has more sun than October: the miner reckons by the place.
    expect(m.sunDays).toBeGreaterThan(YEAR);
    expect(finds[0] && within(real.money * m.sunDays, finds[0].money)).toBe(true);
  });

  test("nights that draw more from one day on, and nights that always drew much", () => {
    const rise = search({ riseW: 70 }, 1).finds;
    expect(rise.map((f) => f.kind)).toEqual(["nightBase"]);
    expect(rise[0] && within(70 * 8.766, rise[0].kwh)).toBe(true);
    const level = search({ baseW: 420 }, 1).finds;
    expect(level.map((f) => [f.kind, f.confidence])).toEqual([["nightBase", "low"]]);
  });

  test("several things at once are each found, and no kWh is promised twice", () => {
    const was: Waste = { standbyW: 14, roomC: 23.5, away: "warm", machineAt: 1170, carAt: 1090 };
    const { finds } = search(was, 2, FLAT);
    expect(finds.map((f) => f.kind)).toEqual(expect.arrayContaining(["standby", "warmRoom", "needlessHeating"]));
    const heat = finds.filter((f) => f.kind === "warmRoom" || f.kind === "needlessHeating");
    const real = truth(was, { ...was, roomC: 21, away: "cool" }, 2, FLAT);
    expect(heat.reduce((sum, f) => sum + f.kwh.likely, 0)).toBeLessThan(real.kwh * SEASON * 1.25);
  });
});

describe("what two finds have in common", () => {
  const { m } = search({}, 1);
  const claiming = (about: string, money: number, from: number, effect: Find["effect"] = "saves") => ({
    ...{ about, title: about, facts: [], effect, confidence: "high" as const, because: "" },
    picture: { caption: "", unit: "W" as const, across: "hours" as const, values: [] },
    ...{ kwh: { likely: 100, low: 50, high: 150 }, money: { likely: money, low: 1, high: 90 } },
    offer: { kind: "advice" as const, words: "" },
    claim: { key: "a load", watts: new Float64Array(m.h.steps).map((_, i) => (i >= from && i < from + 100 ? 100 : 0)) },
  });
  const settle = (...all: ReturnType<typeof claiming>[]) =>
    settled(
      m.h,
      all.map((what) => ({ kind: "standby" as const, what })),
    );

  test("is counted in the larger one, once, and said in the other", () => {
    const { finds } = settle(claiming("small", 30, 150), claiming("large", 50, 100));
    const kwh = new Map(finds.map((f) => [f.title, f.kwh.likely]));
    expect([kwh.get("large"), kwh.get("small")]).toEqual([100, 50]);
    expect(finds.find((f) => f.title === "small")?.facts.join()).toMatch(/ % of it is in another find already/);
  });

  test("is left out where nothing of it remains, also where the one would move what the other would save", () => {
    for (const effect of ["saves", "moves"] as const) {
      const { finds, silent } = settle(claiming("large", 50, 100), claiming("small", 30, 100, effect));
      expect(finds.map((f) => f.title)).toEqual(["large"]);
      expect(silent).toMatchObject([{ about: "small" }]);
    }
  });
});

describe("where there is nothing, nothing is said", () => {
  test("no false alarm in homes without waste, over several seeds", () => {
    for (const seed of [1, 2, 3, 4]) expect([seed, search({}, seed).finds.map((f) => f.title)]).toEqual([seed, []]);
  });

  test("letting a house cool is not advised where warming it again in dear hours costs more", () => {
    const { finds, silent } = search({ away: "warm" }, 1, demoTariff);
    expect(truth({ away: "warm" }, {}, 1, demoTariff).money).toBeLessThan(0);
    expect(finds).toEqual([]);
    expect(silent.find((s) => s.kind === "needlessHeating")?.why).toContain("dear hours");
  });

  test("a flat price gives nothing to move, and four days of readings give nothing at all, with the reason", () => {
    const flat = search({ carAt: 1090 }, 1, FLAT);
    expect(flat.finds).toEqual([]);
    expect(flat.silent).toContainEqual({ kind: "peakUse", why: "a kWh costs the same at all hours" });
    const waste: Waste = { standbyW: 14, tankC: 62, fridgeC: 1, carAt: 1090 };
    const young = findsIn(livedHome(waste, 1, 4), 4, wastefulHome());
    expect(young.finds).toEqual([]);
    expect(young.silent.map((s) => s.why).join()).toMatch(/only \d whole days of .* are known; it takes 7/);
  });
});
