import { expect, onTestFinished, test } from "vitest";
import type { Store } from "../../hub/ports.ts";
import { openStore } from "../../hub/storage/open.ts";
import { KEY, listeningLog, reading, temporaryFolder } from "./support.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Five in the morning: the hours since midnight are not rolled up before six. */
const NOW = Date.UTC(2026, 0, 5, 5);
const VOLTAGE = "plug/1/electricalPowerMeasurement.voltage";

function open(): Store {
  const store = openStore(temporaryFolder(), { log: listeningLog(), clock: { now: () => NOW } });
  onTestFinished(() => store.close());
  return store;
}

const pastOf = (store: Store, from = NOW - 4 * HOUR) =>
  store.past({
    ...{ keys: [KEY], every: new Set<string>(), silent: [{ node: "plug", afterMs: 15 * MINUTE }] },
    ...{ from, to: NOW },
  });

test("a device that says the same each minute is not silent, in hours that are not rolled up as well", async () => {
  const store = open();
  for (let at = NOW - 5 * HOUR; at < NOW; at += MINUTE) store.appendReadings([reading(at, 0)]);
  const { columns, silences } = await pastOf(store);
  // What says the same is left out of the column, but for once an hour.
  expect(columns[0]?.ats.length).toBeLessThan(8);
  expect(silences).toEqual([{ node: "plug", stretches: [] }]);
});

test("what a device says of something else counts as heard of it, and its silence is told to five minutes", async () => {
  const store = open();
  store.appendReadings([reading(NOW - 5 * HOUR, 0)]);
  for (let at = NOW - 5 * HOUR; at < NOW; at += MINUTE)
    if (at < NOW - 2 * HOUR || at >= NOW - HOUR) store.appendReadings([reading(at, 230, VOLTAGE)]);
  const { silences } = await pastOf(store);
  expect(silences[0]?.stretches).toEqual([{ from: NOW - 2 * HOUR + 15 * MINUTE, to: NOW - HOUR }]);
});

test("of many readings each comes back in its place, and what stood before the beginning comes first", async () => {
  const store = open();
  const told = Array.from({ length: 3_000 }, (_, i) => ({ at: NOW - 4.5 * HOUR + i * 5_000, value: i % 7 }));
  store.appendReadings(told.map(({ at, value }) => reading(at, value)));
  const { columns } = await pastOf(store, NOW - 3.5 * HOUR);
  const first = told.findIndex(({ at }) => at >= NOW - 3.5 * HOUR) - 1;
  const expected = told.slice(first);
  expect([...(columns[0]?.ats ?? [])]).toEqual(expected.map(({ at }) => at));
  expect([...(columns[0]?.values ?? [])]).toEqual(expected.map(({ value }) => value));
});
