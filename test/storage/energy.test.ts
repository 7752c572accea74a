import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Repair } from "../../hub/model/repair.ts";
import type { Store } from "../../hub/ports.ts";
import { openStore } from "../../hub/storage/open.ts";
import { listeningLog, reading, temporaryFolder } from "./support.ts";

const IMPORTED = "plug/1/electricalEnergyMeasurement.cumulativeEnergyImported";
const POWER = "plug/1/electricalPowerMeasurement.activePower";
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const T0 = Date.UTC(2026, 0, 5);

function open(now: () => number): Store {
  const store = openStore(temporaryFolder(), { log: listeningLog(), clock: { now } });
  onTestFinished(() => store.close());
  return store;
}

const total = (kwh: Float64Array): number => kwh.reduce((sum, part) => sum + (Number.isNaN(part) ? 0 : part), 0);

describe("energy from the store", () => {
  test("is the difference of the counter, whatever the length of the slots", async () => {
    const store = open(() => T0 + 12 * HOUR);
    const told: [number, number][] = [];
    let kwh = 100;
    for (let at = T0; at <= T0 + 6 * HOUR; at += 7 * MINUTE) {
      told.push([at, kwh]);
      kwh = Math.round((kwh + 0.05 + ((at / 1000) % 7) / 100) * 1000) / 1000;
    }
    store.appendReadings(told.map(([at, value]) => reading(at, value, IMPORTED)));
    const difference = (told.at(-1)?.[1] ?? 0) - 100;
    for (const slotMs of [5 * MINUTE, 15 * MINUTE, HOUR]) {
      const [slots] = await store.energy([{ imported: IMPORTED }], T0, T0 + 12 * HOUR, slotMs);
      expect(total(slots?.importedKwh ?? new Float64Array())).toBeCloseTo(difference, 9);
      expect(slots?.basis).toBe("counter");
      expect(slots?.coverage[0]).toBeCloseTo(1);
      expect(slots?.importedKwh.at(-1)).toBeNaN();
    }
  });

  test("comes from the power where there is no counter, and a gap is a gap", async () => {
    const store = open(() => T0 + 12 * HOUR);
    for (let at = T0; at < T0 + 2 * HOUR; at += MINUTE)
      store.appendReadings([reading(at, at < T0 + HOUR ? 1200 : -600, POWER)]);
    const [slots] = await store.energy([{ power: POWER }], T0, T0 + 4 * HOUR, HOUR);
    expect(slots?.basis).toBe("power");
    expect(slots?.importedKwh[0]).toBeCloseTo(1.2);
    expect(slots?.exportedKwh[1]).toBeCloseTo(0.6);
    expect([slots?.coverage[0], slots?.coverage[1]]).toEqual([1, 1]);
    // The last value holds for a quarter of an hour, then nothing is known.
    expect(slots?.coverage[2]).toBeCloseTo((15 * MINUTE - MINUTE) / HOUR);
    expect(slots?.importedKwh[3]).toBeNaN();
  });

  test("a counter that speaks once an hour is spread by the power of that hour", async () => {
    const store = open(() => T0 + 6 * HOUR);
    store.appendReadings([
      reading(T0, 10, IMPORTED),
      reading(T0 + HOUR, 11, IMPORTED),
      reading(T0 + 2 * HOUR, 12, IMPORTED),
    ]);
    for (let at = T0; at < T0 + 2 * HOUR; at += MINUTE)
      store.appendReadings([reading(at, at - T0 >= 15 * MINUTE && at - T0 < 30 * MINUTE ? 4000 : 0, POWER)]);
    const [slots] = await store.energy([{ imported: IMPORTED, power: POWER }], T0, T0 + 2 * HOUR, 15 * MINUTE);
    expect(slots?.importedKwh[0]).toBeCloseTo(0, 6);
    expect(slots?.importedKwh[1]).toBeCloseTo(1, 6);
    expect(slots?.importedKwh[5]).toBeCloseTo(0.25, 6);
    expect(total(slots?.importedKwh ?? new Float64Array())).toBeCloseTo(2, 9);
  });

  test("follows a person's word on a repair at once, with the readings still in hand", async () => {
    const store = open(() => T0 + 6 * HOUR);
    for (let i = 0; i <= 120; i++)
      store.appendReadings([reading(T0 + i * MINUTE, 100 + i / 60 + (i >= 60 ? 300 : 0), IMPORTED)]);
    const of = async () =>
      total(
        (await store.energy([{ imported: IMPORTED, limitW: 3680 }], T0, T0 + 6 * HOUR, HOUR))[0]?.importedKwh ??
          new Float64Array(),
      );
    const from = { at: T0 + 59 * MINUTE, kwh: 100 + 59 / 60 };
    const to = { at: T0 + 60 * MINUTE, kwh: 401 };
    const repair: Repair = {
      ...{
        id: "a",
        key: IMPORTED,
        kind: "jump",
        state: "active",
        from: from.at,
        to: to.at,
        times: 1,
        kwh: 0,
        effectKwh: -300,
      },
      ...{ reason: "", evidence: [from, to], pins: [{ from, to, kwh: null, told: to.kwh - from.kwh }], masks: [] },
    };
    // Without a repair the judge of the past comes to the same, but for the five minutes that hold the jump.
    expect(await of()).toBeCloseTo(2 - 5 / 60, 6);
    store.repairs.put(repair);
    expect(await of()).toBeCloseTo(2 - 1 / 60, 6);
    store.repairs.put({ ...repair, state: "undone" });
    expect(await of()).toBeCloseTo(302, 6);
    store.repairs.put({ ...repair, state: "adjusted", adjustedKwh: 0.5 });
    expect(await of()).toBeCloseTo(2 - 1 / 60 + 0.5, 6);
    store.repairs.remove("a");
    expect(await of()).toBeCloseTo(2 - 5 / 60, 6);
  });

  test("of one counter that runs both ways: its rise is imported, its fall exported, a slip neither", async () => {
    const store = open(() => T0 + 6 * HOUR);
    const net = [500, 500.5, 501, 500.2, 499.4, 499.9, 0, 499.9, 500.4];
    for (const [i, kwh] of net.entries()) store.appendReadings([reading(T0 + i * 15 * MINUTE, kwh, IMPORTED)]);
    const [slots] = await store.energy([{ net: IMPORTED, limitW: 10_000 }], T0, T0 + 3 * HOUR, 15 * MINUTE);
    expect(total(slots?.importedKwh ?? new Float64Array())).toBeCloseTo(2, 9);
    expect(total(slots?.exportedKwh ?? new Float64Array())).toBeCloseTo(1.6, 9);
  });

  test("of what has no meter, by what a person says of it, and marked as an estimate", async () => {
    const store = open(() => T0 + 6 * HOUR);
    const on = "lamp/1/onOff.onOff";
    store.appendReadings([
      reading(T0 - HOUR, false, on),
      reading(T0 + HOUR, true, on),
      reading(T0 + 3 * HOUR, false, on),
    ]);
    const [slots] = await store.energy([{ estimate: { on, watts: 60, standbyW: 1 } }], T0, T0 + 4 * HOUR, HOUR);
    expect(slots?.basis).toBe("estimate");
    for (const [i, watts] of [1, 60, 60, 1].entries()) expect(slots?.importedKwh[i]).toBeCloseTo(watts / 1000, 6);
  });

  test("names the field of a question that does not fit", async () => {
    const store = open(() => T0);
    await expect(store.energy([], T0 + 1, T0 + HOUR, HOUR)).rejects.toThrow(/^from:/);
    await expect(store.energy([], T0, T0 + HOUR, 7 * MINUTE)).rejects.toThrow(/^slotMs:/);
    await expect(store.energy([], T0, T0 - 1, HOUR)).rejects.toThrow(/^to:/);
  });

  test("two halves add up to the whole, from any readings", async () => {
    const one = fc.record({ gap: fc.integer({ min: 1, max: 90 }), value: fc.integer({ min: 0, max: 3000 }) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(one, { minLength: 2, maxLength: 40 }),
        fc.integer({ min: 1, max: 47 }),
        async (list, cut) => {
          const store = openStore(temporaryFolder(), { log: listeningLog(), clock: { now: () => T0 + 200 * HOUR } });
          let at = T0;
          let kwh = 500;
          for (const { gap, value } of list) {
            at += gap * MINUTE;
            kwh += (value * gap) / 60_000;
            store.appendReadings([reading(at, kwh, IMPORTED)]);
          }
          const of = async (from: number, to: number, slotMs: number) =>
            total(
              (await store.energy([{ imported: IMPORTED }], from, to, slotMs))[0]?.importedKwh ?? new Float64Array(),
            );
          const middle = T0 + cut * HOUR;
          const whole = await of(T0, T0 + 72 * HOUR, HOUR);
          expect((await of(T0, middle, 15 * MINUTE)) + (await of(middle, T0 + 72 * HOUR, 5 * MINUTE))).toBeCloseTo(
            whole,
            9,
          );
          await store.close();
        },
      ),
      { seed: 4, numRuns: 25 },
    );
  });
});
