import { describe, expect, test } from "vitest";
import { Bench, DAY, HOUR, MINUTE, run, T0 } from "./bench.ts";

const half = { from: T0, to: T0 + 6 * HOUR, everyMs: 30_000, start: 500, watts: 1000 };
const highest = (bench: Bench, to = T0 + DAY): number =>
  Math.max(...bench.slots(T0 - DAY, to, 15 * MINUTE).importedKwh.map((kwh) => (Number.isNaN(kwh) ? 0 : kwh)));

describe("the shapes that people repair by hand elsewhere", () => {
  test("a plug that sends 0 once, as a message that comes twice", () => {
    const bench = new Bench();
    run(bench, half, (kwh, at, i) => {
      if (i !== 100) return kwh;
      bench.tell([at, 0], [at + 40, 0]);
      return 0;
    });
    expect(bench.kinds).toEqual(["dip"]);
    expect(bench.total(T0, T0 + DAY)).toBeCloseTo(6, 6);
    expect(bench.total(T0, T0 + DAY, HOUR, true)).toBeCloseTo(6, 6);
    expect(highest(bench)).toBeCloseTo(0.25, 3);
    expect(bench.repairs[0]).toMatchObject({ effectKwh: expect.closeTo(-500.8, 0), times: 1 });
  });

  test("a meter that is replaced by one with another stand", () => {
    const bench = new Bench();
    run(bench, { ...half, to: T0 + 2 * HOUR });
    run(bench, { ...half, from: T0 + 3 * HOUR, start: 12.5 });
    expect(bench.kinds).toEqual(["replaced"]);
    expect(bench.total(T0, T0 + DAY)).toBeCloseTo(5, 6);
    expect(highest(bench)).toBeCloseTo(0.25, 3);
  });

  test("a Shelly that begins at zero when it starts again, and the hub with it", () => {
    const bench = new Bench();
    run(bench, { ...half, to: T0 + 2 * HOUR });
    run(bench, { ...half, from: T0 + 2 * HOUR + 30_000, to: T0 + 2 * HOUR + 60_000, start: 0.001 });
    bench.restart();
    run(bench, { ...half, from: T0 + 2 * HOUR + 90_000, start: 0.018 });
    expect(bench.kinds).toEqual(["reset"]);
    expect(bench.total(T0, T0 + DAY)).toBeCloseTo(6, 1);
    expect(highest(bench)).toBeCloseTo(0.25, 2);
  });

  test("a Tasmota whose total of the day was taken for its counter", () => {
    const bench = new Bench();
    let start = 3;
    for (let day = 0; day < 5; day++) {
      run(bench, { from: T0 + day * DAY, to: T0 + (day + 1) * DAY - MINUTE, everyMs: MINUTE, start, watts: 1000 });
      start = 1 / 60;
    }
    expect(bench.kinds.every((kind) => kind.startsWith("reset"))).toBe(true);
    expect(bench.total(T0, T0 + 5 * DAY)).toBeCloseTo(120, 0);
    expect(highest(bench, T0 + 6 * DAY)).toBeCloseTo(0.25, 1);
  });

  test("a house meter whose day and night registers come in turn", () => {
    const bench = new Bench(25_000);
    let day = 4000;
    let night = 6000;
    for (let hour = 0; hour < 72; hour++) {
      const isDay = hour % 24 >= 7 && hour % 24 < 22;
      const start = isDay ? day : night;
      const end = run(bench, {
        from: T0 + hour * HOUR,
        to: T0 + (hour + 1) * HOUR - 10_000,
        everyMs: 10_000,
        start,
        watts: 800,
      });
      if (isDay) day = end;
      else night = end;
    }
    expect(bench.total(T0, T0 + 3 * DAY)).toBeGreaterThan(57);
    expect(bench.total(T0, T0 + 3 * DAY)).toBeLessThan(58);
    expect(highest(bench, T0 + 4 * DAY)).toBeCloseTo(0.2, 2);
  });

  test("an inverter that tells yesterday's total once it wakes", () => {
    const bench = new Bench(10_000);
    run(bench, { from: T0 + 8 * HOUR, to: T0 + 16 * HOUR, everyMs: MINUTE, start: 0.02, watts: 1500 });
    const total = bench.told.at(-1)?.kwh ?? 0;
    for (let i = 0; i < 5; i++) bench.tell([T0 + DAY + i * MINUTE, 0]);
    bench.tell([T0 + DAY + 8 * HOUR, total], [T0 + DAY + 8 * HOUR + MINUTE, 0]);
    run(bench, {
      from: T0 + DAY + 8 * HOUR + 2 * MINUTE,
      to: T0 + DAY + 16 * HOUR,
      everyMs: MINUTE,
      start: 0.02,
      watts: 1500,
    });
    expect(bench.kinds).toEqual(["dip", "reset"]);
    expect(bench.total(T0, T0 + 2 * DAY)).toBeCloseTo(24, 0);
    expect(highest(bench, T0 + 3 * DAY)).toBeLessThan(0.5);
  });

  test("a plug that counts Wh after an update of its firmware, and kWh after the next", () => {
    const bench = new Bench();
    const isWh = (at: number) => at >= T0 + 2 * HOUR && at < T0 + 4 * HOUR;
    run(bench, half, (kwh, at) => (isWh(at) ? Math.round(kwh * 1000) : kwh));
    expect(bench.kinds).toEqual(["unit x2"]);
    expect(bench.total(T0, T0 + DAY)).toBeCloseTo(6, 2);
    expect(highest(bench)).toBeLessThan(0.27);
    bench.restart();
    run(bench, { ...half, from: T0 + 6 * HOUR + 30_000, to: T0 + 7 * HOUR, start: 506.01 });
    expect(bench.total(T0, T0 + DAY)).toBeCloseTo(7, 1);
  });

  test("messages that come twice, and late ones", () => {
    const bench = new Bench();
    run(bench, half, (kwh, at, i) => {
      if (i % 5 === 0) bench.tell([at, kwh], [at, kwh]);
      if (i % 11 === 10) bench.tell([at, bench.told.at(-3)?.kwh ?? kwh]);
      return kwh;
    });
    expect(bench.total(T0, T0 + DAY)).toBeCloseTo(6, 6);
    expect(highest(bench)).toBeCloseTo(0.25, 3);
  });

  test("a clock that goes back by a day and is put right after an hour", () => {
    const bench = new Bench();
    run(bench, { ...half, to: T0 + 30 * HOUR });
    const start = bench.told.at(-1)?.kwh ?? 0;
    const after = run(bench, { ...half, from: T0 + 6 * HOUR, to: T0 + 7 * HOUR, start });
    bench.restart();
    run(bench, { ...half, from: T0 + 31 * HOUR, to: T0 + 40 * HOUR, start: after });
    expect(bench.kinds).toEqual(["clock"]);
    expect(bench.total(T0, T0 + 2 * DAY)).toBeCloseTo(40, 4);
    expect(highest(bench, T0 + 3 * DAY)).toBeLessThan(0.55);
  });

  test("a clock that stays a day behind: the day lived twice has the energy of two", () => {
    const bench = new Bench();
    run(bench, { ...half, to: T0 + 30 * HOUR });
    run(bench, { ...half, from: T0 + 6 * HOUR, to: T0 + 40 * HOUR, start: bench.told.at(-1)?.kwh ?? 0 });
    expect(bench.total(T0, T0 + 2 * DAY)).toBeCloseTo(30 + 34, 1);
    expect(highest(bench, T0 + 3 * DAY)).toBeLessThan(0.55);
  });

  test("a clock that is ten years ahead for an hour, and one that begins in 1970", () => {
    const bench = new Bench();
    const later = Date.UTC(2036, 0, 5);
    bench.tell([60_000, 499.9], [120_000, 499.95]);
    const first = run(bench, { ...half, to: T0 + 2 * HOUR });
    const second = run(bench, { ...half, from: later, to: later + HOUR, start: first });
    run(bench, { ...half, from: T0 + 3 * HOUR, to: T0 + 6 * HOUR, start: second });
    expect(bench.kinds).toContain("clock");
    expect(bench.total(T0, T0 + DAY)).toBeCloseTo(6, 4);
    expect(highest(bench)).toBeCloseTo(0.25, 2);
    expect(bench.total(later - HOUR, later + 2 * HOUR)).toBe(0);
  });

  test("a register that ends at 99999.9 kWh, and one of 32 bits in Wh", () => {
    for (const end of [100_000, 2 ** 32 / 1000]) {
      const bench = new Bench();
      run(bench, { ...half, start: end - 3 }, (kwh) => (kwh >= end ? Math.round((kwh - end) * 1000) / 1000 : kwh));
      expect(bench.kinds).toEqual(["rollover"]);
      expect(bench.total(T0, T0 + DAY)).toBeCloseTo(6, 2);
      expect(highest(bench)).toBeCloseTo(0.25, 1);
    }
  });

  test("a tenth of a kWh less for a moment is not two hundred more", () => {
    const bench = new Bench();
    run(bench, half, (kwh, _at, i) => (i === 200 ? kwh - 0.1 : kwh));
    expect(bench.total(T0, T0 + DAY)).toBeCloseTo(6, 6);
  });

  test("a rise that no socket can carry is not used, and the person is told", () => {
    const bench = new Bench();
    run(bench, half, (kwh, at) => (at > T0 + 3 * HOUR ? kwh + 250 : kwh));
    expect(bench.kinds).toEqual(["jump"]);
    expect(bench.repairs[0]?.reason).toContain("250 kWh");
    expect(bench.total(T0, T0 + DAY)).toBeCloseTo(6, 1);
    const [repair] = bench.repairs;
    if (repair) bench.repairs = [{ ...repair, state: "undone" }];
    expect(bench.total(T0, T0 + DAY)).toBeCloseTo(256, 1);
    if (repair) bench.repairs = [{ ...repair, state: "adjusted", adjustedKwh: 2 }];
    expect(bench.total(T0, T0 + DAY)).toBeCloseTo(8, 1);
  });

  test("the counter of a whole kWh that ticks once in an hour", () => {
    const bench = new Bench();
    run(bench, half, (kwh) => Math.floor(kwh));
    expect(bench.kinds).toEqual([]);
    expect(bench.total(T0, T0 + DAY)).toBeCloseTo(6, 6);
    expect(highest(bench)).toBeLessThan(0.3);
  });

  test("a night without the hub: what was counted meanwhile is spread over it", () => {
    const bench = new Bench();
    run(bench, { ...half, to: T0 + HOUR });
    bench.restart();
    run(bench, { ...half, from: T0 + 9 * HOUR, to: T0 + 10 * HOUR, start: 504 });
    expect(bench.kinds).toEqual(["gap"]);
    expect(bench.total(T0, T0 + DAY)).toBeCloseTo(5, 6);
    expect(bench.slots(T0, T0 + DAY, 15 * MINUTE).coverage[8]).toBeLessThan(0.1);
  });

  test("a past that is told later fills the silence, which then was none", () => {
    const bench = new Bench();
    bench.tell([T0, 500]);
    run(bench, { ...half, from: T0 + DAY, to: T0 + DAY + HOUR, start: 524 });
    expect(bench.kinds).toEqual(["gap"]);
    const now = T0 + DAY + HOUR;
    for (let i = 1; i < 1440; i++) bench.past(now, [{ at: T0 + i * MINUTE, kwh: 500 + i / 60 }]);
    expect(bench.kinds).toEqual([]);
    expect(bench.total(T0, T0 + 2 * DAY)).toBeCloseTo(25, 6);
    expect(bench.slots(T0, T0 + DAY, 15 * MINUTE).coverage[8]).toBe(1);
  });
});
