import { expect, onTestFinished, test } from "vitest";
import { createLearning } from "../../hub/planning/learning.ts";
import { createLoadLearning } from "../../hub/planning/load-learning.ts";
import { openStore } from "../../hub/storage/open.ts";
import { MONDAY, STEP } from "../planner/bench.ts";
import { demoHome, demoTariff, pathOf } from "../planner/demo-home.ts";
import { synthetic } from "../planner/synthetic.ts";
import { listeningLog, reading, temporaryFolder } from "../storage/support.ts";
import { lived, PLUGS, type Plug } from "./plugs.ts";

const DAYS = 16;
const HOUR = 3_600_000;

test("what a home has taught is worked out from the stored readings once, for all who ask, and anew after six hours", async () => {
  let now = MONDAY + DAYS * 24 * HOUR;
  const store = openStore(temporaryFolder(), { log: listeningLog(), clock: { now: () => now } });
  onTestFinished(() => store.close());
  for (const [key, buckets] of synthetic({ seed: 5, from: MONDAY, days: DAYS }))
    store.appendReadings(
      buckets.map(({ at, mean, last }) =>
        key.endsWith("activePower")
          ? reading(at, mean, key)
          : reading(at + STEP - 1000, key.endsWith("onOff") ? true : last, key),
      ),
    );
  store.flush();
  const home = demoHome();
  const learned = createLearning({
    home: () => home,
    store,
    now: () => now,
    tariff: () => demoTariff,
    yieldNow: () => new Promise((resolve) => setImmediate(resolve)),
  });
  const [one, other] = await Promise.all([learned(), learned()]);
  expect(other).toBe(one);
  expect(one.days).toBe(DAYS);
  expect(one.testedDays).toBe(DAYS / 4);
  const kinds = one.predictions.map((p) => p.kind);
  expect(kinds).toEqual(expect.arrayContaining(["load", "sun", "prices"]));
  expect(one.predictions.find((p) => p.kind === "prices")).toMatchObject({
    used: false,
    note: "The contract fixes the prices: there is nothing to foresee.",
  });
  const battery = one.models.find((m) => m.kind === "battery");
  expect(battery).toMatchObject({ ok: true, name: "Home battery" });
  expect(battery?.facts[0]).toMatch(/^Holds (5\.[789]|6\.[0-3]) kWh/);
  expect(one.models.find((m) => m.name === "Office light")?.ok).toBe(false);
  expect(battery?.known?.map((k) => [k.fact, k.source])).toEqual([
    ["batteryKwh", expect.stringMatching(/^learned from \d+ full cycles?$/)],
    ["batteryReturn", expect.stringMatching(/^learned from/)],
  ]);
  now += 5 * HOUR;
  expect(await learned()).toBe(one);
  // What a person says counts at once, and what was learned is told beside it.
  const node = home.nodes.get(battery?.node ?? "");
  if (node) node.settings = { ...node.settings, told: { batteryKwh: 6.4 } };
  const then = await learned();
  const said = then.models.find((m) => m.kind === "battery");
  expect(said?.facts[0]).toMatch(/^Holds 6\.4 kWh/);
  expect(said?.known?.[0]).toMatchObject({ told: 6.4, learned: battery?.known?.[0]?.learned });
  now += 5 * HOUR;
  expect(await learned()).toBe(then);
  now += 2 * HOUR;
  expect(await learned()).not.toBe(then);
});

test("every plug and meter is studied from the stored readings, whatever it was declared to be, and asked for once", async () => {
  const now = MONDAY + 21 * 24 * HOUR;
  const store = openStore(temporaryFolder(), { log: listeningLog(), clock: { now: () => now } });
  onTestFinished(() => store.close());
  const put = (device: string, plug: Plug) => {
    const key = pathOf(device, "electricalPowerMeasurement.activePower");
    store.appendReadings(lived(plug, 21, 3).buckets.map(({ at, mean }) => reading(at, mean, key)));
  };
  put("TV corner", PLUGS.television);
  put("Dishwasher", PLUGS.dishwasher);
  put("Heat pump", PLUGS.refrigerator);
  store.flush();
  const home = demoHome();
  const yieldNow = () => new Promise<void>((resolve) => setImmediate(resolve));
  const loads = createLoadLearning({ home: () => home, store, now: () => now, yieldNow });
  const [one, other] = await Promise.all([loads(), loads()]);
  expect(other).toBe(one);
  const of = (name: string) => one.loads.find((l) => l.name === name);
  expect(of("TV corner")).toMatchObject({ kind: "use", ok: true });
  expect(of("TV corner")?.standbyW).toBeCloseTo(9, 0);
  expect(of("Dishwasher")).toMatchObject({ kind: "machine", ok: true });
  expect(of("Dishwasher")?.programmes[0]?.kwh).toBeCloseTo(1.2, 1);
  expect(of("Heat pump")).toMatchObject({ kind: "periodic", ok: true });
  expect(of("EV charger")).toMatchObject({ ok: false, note: "only 0 whole days are known" });
  expect(one.leftOut).toBe(0);
});
