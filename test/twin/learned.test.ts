import { describe, expect, test } from "vitest";
import { partsOf } from "../../hub/energy/parts.ts";
import type { Learned } from "../../hub/model/learned.ts";
import { fitting } from "../../hub/twin/fit.ts";
import { type Bucket, layOut } from "../../hub/twin/history.ts";
import { reporting } from "../../hub/twin/report.ts";
import { gridOf, MONDAY, run } from "../planner/bench.ts";
import { demoHome, pathOf } from "../planner/demo-home.ts";
import { randomFrom, synthetic } from "../planner/synthetic.ts";

const DAYS = 36;
const parts = partsOf(demoHome());

function learn(buckets: ReadonlyMap<string, readonly Bucket[]>, days = DAYS) {
  const twin = run(fitting(layOut(buckets, gridOf(MONDAY, days)), parts));
  const models = run(reporting(twin));
  const of = (kind: Learned["kind"]) => models.find((m) => m.kind === kind);
  return { twin, models, of };
}

describe("what is learned of a home whose truth is known", () => {
  const { models, of } = learn(synthetic({ seed: 11, from: MONDAY, days: DAYS }));

  test("is each told with its error on days that the model has not seen, and a day to look at", () => {
    for (const kind of ["base", "sun", "battery", "car", "tank", "room", "appliance", "corner"] as const) {
      const { ok, proof, facts, rests } = of(kind) ?? { ok: false, facts: [], rests: "" };
      expect([kind, ok]).toEqual([kind, true]);
      expect(proof?.days, kind).toBeGreaterThanOrEqual(5);
      expect(proof?.error, kind).toBeLessThanOrEqual(proof?.limit ?? 0);
      expect(proof?.picture?.predicted, kind).toHaveLength(proof?.picture?.measured.length ?? -1);
      expect(facts.length, kind).toBeGreaterThan(0);
      expect(rests.length, kind).toBeGreaterThan(10);
    }
  });

  test("is the base load: 180 W always and 250 W more from five to ten in the evening, fridge and all", () => {
    expect(of("base")?.facts[0]).toMatch(/^Uses 5\.[456] kWh a day/);
    expect(of("base")?.facts[0]).toContain("It does not drift.");
    expect(of("base")?.proof?.error).toBeLessThan(0.2);
    const ahead = of("base")?.ahead;
    expect(ahead?.likely[3]).toBeCloseTo(0.18, 1);
    expect(ahead?.likely[18]).toBeCloseTo(0.43, 1);
  });

  test("is the tank's loss, though its sensor is coarser than what it loses in a quarter hour", () => {
    // 1.8 W/K from about 53.5 to 18 °C.
    const loss = Number(/Loses ([\d.]+) kWh/.exec(of("tank")?.facts[1] ?? "")?.[1]);
    expect(loss).toBeGreaterThan(0.0018 * 35.5 * 24 * 0.85);
    expect(loss).toBeLessThan(0.0018 * 35.5 * 24 * 1.15);
  });

  test("names what it can not judge, with the reason", () => {
    const unjudged = models.filter((m) => !m.ok);
    expect(unjudged.map((m) => m.name)).toEqual(["Office light"]);
    expect(unjudged[0]?.note).toBe("nothing tells whether somebody is in the room");
    expect(unjudged[0]?.help).toBe("a motion or presence sensor in its room");
  });
});

test("a base load that grows is said to drift", () => {
  const buckets = new Map(synthetic({ seed: 12, from: MONDAY, days: DAYS }));
  const meter = pathOf("House meter", "electricalPowerMeasurement.activePower");
  const grown = (buckets.get(meter) ?? []).map((b) => ({ ...b, mean: b.mean + ((b.at - MONDAY) / 864e5) * 4 }));
  const { of } = learn(buckets.set(meter, grown));
  // 4 W more each day: 2.9 kWh a day within 30 days.
  expect(of("base")?.facts[0]).toMatch(/rises by (2\.[6-9]|3\.[0-2]) kWh a day within a month/);
});

test("a battery whose charge does not follow its power on new days is not judged by, and says by how much it misses", () => {
  const buckets = new Map(synthetic({ seed: 13, from: MONDAY, days: DAYS }));
  const key = pathOf("Home battery", "powerSource.batPercentRemaining");
  const random = randomFrom(3);
  const late = MONDAY + DAYS * 0.75 * 864e5;
  const spoiled = (buckets.get(key) ?? []).map((b) => (b.at < late ? b : { ...b, last: random() * 100 }));
  const { twin, models } = learn(buckets.set(key, spoiled));
  expect(twin.models.some((m) => m.kind === "battery")).toBe(false);
  const battery = models.find((m) => m.name === "Home battery");
  expect(battery).toMatchObject({ kind: "unknown", ok: false });
  expect(battery?.note).toMatch(
    /days it has not seen it misses its charge through a day by \d+\.\d %, more than the 10\.0 % that it may/,
  );
});

test("a sun that is another each day is not foretold", () => {
  const buckets = new Map(synthetic({ seed: 14, from: MONDAY, days: DAYS }));
  const key = pathOf("Solar", "electricalPowerMeasurement.activePower");
  const random = randomFrom(9);
  const of = new Map<number, number>();
  const share = (at: number) => {
    const day = Math.floor(at / 864e5);
    of.set(day, of.get(day) ?? (random() < 0.5 ? 0.02 : 2));
    return of.get(day) ?? 0;
  };
  const { of: kind } = learn(
    buckets.set(
      key,
      (buckets.get(key) ?? []).map((b) => ({ ...b, mean: b.mean * share(b.at) })),
    ),
  );
  expect(kind("sun")).toMatchObject({ ok: false });
  expect(kind("sun")?.ahead).toBeUndefined();
});

test("a home of which nothing is recorded has learned nothing, and says so of everything", () => {
  const { models } = learn(new Map(), 3);
  expect(models.every((m) => !m.ok && m.note.length > 10)).toBe(true);
  expect(models.filter((m) => m.kind === "unknown").every((m) => (m.help ?? "").length > 10)).toBe(true);
});
