import { describe, expect, test } from "vitest";
import type { Part } from "../../hub/energy/parts.ts";
import { daysOf, layOut, timeOf } from "../../hub/twin/history.ts";
import { type Study, studying } from "../../hub/twin/loads/study.ts";
import { loadInWords } from "../../hub/twin/loads/words.ts";
import { MONDAY, run, ZONE } from "../planner/bench.ts";
import { randomFrom } from "../planner/synthetic.ts";
import { FIVE, type Lived, lived, PLUGS, washing } from "./plugs.ts";

const KEY = "p/1/electricalPowerMeasurement.activePower";
const DAYS = 35;

function study(home: Lived, days = DAYS) {
  const grid = { from: MONDAY, stepMs: FIVE, steps: days * 288, timeZone: ZONE };
  const h = layOut(new Map([[KEY, home.buckets]]), grid);
  const whole = daysOf(h);
  const found = run(studying(h, KEY, whole[Math.floor(whole.length * 0.75)]?.from ?? h.steps));
  const part = { node: "p", endpoint: 1, name: "Plug" } as Part;
  return { h, found, told: loadInWords(h, part, found) };
}

const judged = (found: ReturnType<typeof study>["found"]): Study => {
  if ("why" in found) throw new Error(found.why);
  return found;
};

describe("a plug is known by its power alone", () => {
  test.each([
    ["refrigerator", "periodic", 0],
    ["freezer", "periodic", 2.2],
    ["washer", "machine", 1.1],
    ["dishwasher", "machine", 0.6],
    ["television", "use", 9],
    ["television behind a switched strip", "use", 12.5],
    ["kettle", "use", 0],
    ["lamp", "use", 0],
    ["router", "always", 11],
  ] as const)("as a %s: %s, with %f W at rest", (name, kind, standbyW) => {
    for (const seed of [1, 2, 3]) {
      const home = lived(PLUGS[name], DAYS, seed);
      const { found, told } = study(home);
      expect(told).toMatchObject({ kind, ok: true });
      expect(Math.abs((told.standbyW ?? Number.NaN) - standbyW)).toBeLessThan(0.6);
      expect(Math.abs((told.kwhPerDay ?? 0) / (home.kwh / DAYS) - 1)).toBeLessThan(0.02);
      // A use that begins right after another may be taken as one with it.
      expect(Math.abs(judged(found).cycles.length - home.uses.length)).toBeLessThanOrEqual(0.02 * home.uses.length);
      expect(told.proof?.days).toBeGreaterThanOrEqual(3);
    }
  });

  test("a washer's two programmes are told apart, each with its energy, length and shape", () => {
    const { told } = study(lived(PLUGS.washer, 60, 4), 60);
    const kwh = (heat: number) => washing(heat).reduce((a, b) => a + b, 0) / 60_000;
    const [short, long] = told.programmes;
    expect(told.programmes).toHaveLength(2);
    expect(Math.abs((short?.kwh ?? 0) / kwh(12) - 1)).toBeLessThan(0.1);
    expect(Math.abs((long?.kwh ?? 0) / kwh(28) - 1)).toBeLessThan(0.1);
    expect(Math.abs((short?.hours ?? 0) - washing(12).length / 60)).toBeLessThan(0.2);
    expect(Math.max(...(short?.shape ?? []))).toBeGreaterThan(1500);
    expect(told.perWeek).toBeCloseTo(3, 0);
  });

  test("cycles begin and end where they did, to a step", () => {
    const home = lived(PLUGS.dishwasher, DAYS, 7);
    const { h, found } = study(home);
    judged(found).cycles.forEach((cycle, k) => {
      const use = home.uses[k];
      expect(Math.abs(timeOf(h, cycle.from) - (MONDAY + (use?.at ?? 0) * 60_000))).toBeLessThanOrEqual(FIVE);
      const end = MONDAY + ((use?.at ?? 0) + (use?.watts.length ?? 0)) * 60_000;
      expect(Math.abs(timeOf(h, cycle.to) - end)).toBeLessThanOrEqual(FIVE);
    });
  });

  test("days on which it was silent make no cycles and no energy of their own", () => {
    const silent = (bucket: number) => bucket % 288 > 100 && Math.floor(bucket / 288) % 5 === 2;
    const { told } = study(lived(PLUGS.refrigerator, DAYS, 3, silent));
    expect(told).toMatchObject({ kind: "periodic", ok: true });
    expect(told.kwhPerDay).toBeCloseTo(0.71, 1);
  });

  test("what can't be told says why, and what would help", () => {
    const random = randomFrom(8);
    const restless = () => ({ rest: () => 300 + 900 * random(), uses: [] });
    const sub = study(lived(restless, DAYS, 1)).told;
    expect(sub).toMatchObject({ kind: "unknown", ok: false, help: "a meter on each of the devices behind it" });
    expect(study(lived(PLUGS["drill that was used once"], DAYS, 1)).told).toMatchObject({ ok: false });
    const young = study(lived(PLUGS.washer, 2, 1), 2).told;
    expect(young).toMatchObject({
      ok: false,
      note: "only 2 whole days are known",
      help: "2 more days of its readings",
    });
  });
});
