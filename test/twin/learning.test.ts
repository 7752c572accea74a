import { expect, onTestFinished, test } from "vitest";
import { createLearning } from "../../hub/planning/learning.ts";
import { openStore } from "../../hub/storage/open.ts";
import { MONDAY, STEP } from "../planner/bench.ts";
import { demoHome } from "../planner/demo-home.ts";
import { synthetic } from "../planner/synthetic.ts";
import { listeningLog, reading, temporaryFolder } from "../storage/support.ts";

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
    yieldNow: () => new Promise((resolve) => setImmediate(resolve)),
  });
  const [one, other] = await Promise.all([learned(), learned()]);
  expect(other).toBe(one);
  expect(one.days).toBe(DAYS);
  expect(one.testedDays).toBe(DAYS / 4);
  const battery = one.models.find((m) => m.kind === "battery");
  expect(battery).toMatchObject({ ok: true, name: "Home battery" });
  expect(battery?.facts[0]).toMatch(/^Holds (5\.[789]|6\.[0-3]) kWh/);
  expect(one.models.find((m) => m.name === "Office light")?.ok).toBe(false);
  now += 5 * HOUR;
  expect(await learned()).toBe(one);
  now += 2 * HOUR;
  expect(await learned()).not.toBe(one);
});
