import { expect, test } from "vitest";
import { byHabit } from "../../hub/planner/foreseen/presence.ts";
import { scored } from "../../hub/planner/foreseen/scored.ts";
import { NetAhead } from "../../hub/twin/forecast/net-ahead.ts";
import { run } from "./bench.ts";
import { randomFrom } from "./synthetic.ts";

const HOUR = 3_600_000;
const ZONE = "Europe/Berlin";
/** Six weeks over the end of summer time. */
const FROM = Date.parse("2026-09-28T00:00:00+02:00");
const HOURS = 42 * 24 + 1;

const random = randomFrom(5);
const load = {
  from: FROM,
  timeZone: ZONE,
  kwh: Float64Array.from({ length: HOURS }, (_, i) => 0.3 + ((i + 2) % 24 > 18 ? 1 : 0) + 0.1 * random()),
};

test("what is foretold the midnight before is held against what came, and the last three days are drawn", () => {
  const told = byHabit(load);
  const found = scored(load, told);
  expect(found.days).toBe(14);
  expect(found.error).toBeLessThan(found.plain);
  expect(found.better).toBe(true);
  expect(found.picture?.measured).toHaveLength(72);
  expect(found.picture?.predicted).toHaveLength(72);
  expect(found.picture?.from).toBe(Date.parse("2026-11-06T00:00:00+01:00"));
});

test("with less than three days nothing is claimed and nothing is drawn", () => {
  const short = { ...load, kwh: load.kwh.subarray(0, 48) };
  const found = scored(short, byHabit(short));
  expect(found.days).toBe(0);
  expect(found.better).toBe(false);
  expect(found.picture).toBeUndefined();
});

test("hours ahead are hours of real time, also on the day the clocks go back", () => {
  const net = new NetAhead(load, undefined, 32);
  const midnight = Date.parse("2026-10-25T00:00:00+02:00");
  run(net.upTo(midnight));
  const seen = net.seen(midnight);
  // By the clock on the wall the evening begins at 17, which on this day is an hour later after midnight.
  const evening = [...(seen?.load ?? [])].findIndex((kwh) => kwh > 0.8);
  expect(evening).toBe(18);
  expect(net.seen(midnight + HOUR), "asked before it has lived through the hour").toBeUndefined();
  expect(seen?.paths.length).toBeGreaterThan(10);
});

test("what is foretold knows nothing that came later", () => {
  const at = FROM + 20 * 24 * HOUR;
  const seenOf = (kwh: Float64Array) => {
    const net = new NetAhead({ ...load, kwh }, undefined, 32);
    run(net.upTo(at));
    return net.seen(at);
  };
  expect(seenOf(load.kwh.map((v, i) => (i < 20 * 24 ? v : 9)))).toEqual(seenOf(load.kwh));
});
