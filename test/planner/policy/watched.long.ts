import { describe, expect, test } from "vitest";
import type { AskedPlan, WatchedDay } from "../../../hub/model/policy-kept.ts";
import { comfortOf } from "../../../hub/planner/facts.ts";
import { devicesOf } from "../../../hub/planner/policy/devices.ts";
import { askedOf, reckoning, WATCHED_DAYS, withPlan, withReality } from "../../../hub/planner/policy/watched.ts";
import { benchOf, MONDAY, run, ZONE } from "../bench.ts";
import { demoTariff, idOf } from "../demo-home.ts";
import { synthetic } from "../synthetic.ts";

const DAY = 86_400_000;
const HOUR = 3_600_000;
const DAYS = 30;
const FIRST = MONDAY + 20 * DAY;
const CAR = idOf("EV charger");

/** The plan of an hour that lets the car charge from 23 to 7 only. A few seconds. */
function plan(at: number): AskedPlan {
  const hour = Math.round((at - MONDAY) / HOUR) % 24;
  const mode = hour >= 23 || hour < 7 ? "on" : "off";
  return { at, blocks: [{ device: CAR, from: at, to: at + HOUR, mode, kwh: 0 }] };
}

describe("a policy that only watches", () => {
  const { twin, parts } = benchOf(synthetic({ seed: 31, from: MONDAY, days: DAYS }), DAYS);
  let days: WatchedDay[] = [];
  for (let at = FIRST; at < FIRST + 6 * DAY; at += HOUR) days = withPlan(days, plan(at), ZONE, false);

  test("keeps each hour's plan by local day, beside what was really used, and no more than two weeks of it", () => {
    expect(days.map((d) => d.plans.length).slice(1, 4)).toEqual([24, 24, 24]);
    const told = withReality(days[1] as WatchedDay, twin, [CAR], (days[1]?.from ?? 0) + DAY);
    const kwh = told.really[0]?.kwh ?? [];
    expect(kwh).toHaveLength(24);
    // In this past the car charges as soon as it comes home.
    expect(kwh.slice(17, 21).reduce<number>((a, b) => a + (b ?? 0), 0)).toBeGreaterThan(3);
    let long = days;
    for (let day = 0; day < 30; day++) long = withPlan(long, plan(FIRST + (6 + day) * DAY), ZONE, false);
    expect(long.length).toBeLessThanOrEqual(WATCHED_DAYS);
    expect(askedOf({ at: FIRST, blocks: [] })).toEqual({ at: FIRST, blocks: [] });
  });

  test("is told what it would have cost against what was paid: as much less as cheap nights really are", () => {
    const devices = devicesOf(parts, twin).steered.filter((d) => d.part.node === CAR);
    expect(devices).toHaveLength(1);
    const found = run(
      reckoning({
        ...{ policy: { id: "p", title: "Car at night" }, days, devices, twin, tariff: demoTariff },
        ...{ comfort: comfortOf([], parts), others: [] },
      }),
    );
    const told = found.flatMap(({ paid, would }) => (paid === undefined || would === undefined ? [] : [paid - would]));
    expect(told.length).toBeGreaterThanOrEqual(5);
    const saved = told.reduce((a, b) => a + b, 0) / told.length;
    // By the truth that made this past, charging at night spares about 1.8 a day.
    expect(saved).toBeGreaterThan(1.2);
    expect(saved).toBeLessThan(2.4);
  });
});
