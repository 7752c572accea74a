import { describe, expect, test } from "vitest";
import { languageCodes } from "../../hub/model/language.ts";
import type { Device, Problem } from "../../hub/planner/schedule/problem.ts";
import type { Block, ReasonKind, Schedule } from "../../hub/planner/schedule/schedule.ts";
import { blockInWords, brokenInWords, factsOf } from "../../hub/planner/schedule/words.ts";
import {
  battery,
  car,
  HOUR,
  house,
  kwhOf,
  panels,
  plan,
  reasoned,
  room,
  START,
  tank,
  washer,
  withDevices,
} from "./schedule-support.ts";

const need = (kwh: number, by: number, priority: 1 | 4 = 1) => [
  { by: START + by * HOUR, storedKwh: 20 + 0.9 * kwh, wish: { goal: "trip", priority } as const },
];
const words = { nameOf: (d: string) => d, goalOf: (g: string) => g, timeZone: "Europe/Berlin", currency: "EUR" };

const blockAt = (schedule: Schedule, device: string, t: number): Block => {
  const found = schedule.blocks.find((b) => b.device === device && b.first <= t && t <= b.last);
  if (!found) throw new Error(`no block of ${device} in slot ${t}`);
  return found;
};
const kindAt = (schedule: Schedule, device: string, t: number): ReasonKind | undefined =>
  blockAt(schedule, device, t).reason?.kind;

/** The same problem in which the device may not run in the block. */
const without = (problem: Problem, block: Block): Problem => ({
  ...problem,
  devices: problem.devices.map(
    (d): Device =>
      d.id === block.device ? { ...d, blocked: problem.slots.map((_, t) => t >= block.first && t <= block.last) } : d,
  ),
});

/** The block's device does not do the same there any more. */
const moves = (block: Block, problem: Problem): void => {
  const before = kwhOf(plan(problem), block.device);
  const there = before.slice(block.first, block.last + 1).reduce((a, b) => a + b, 0);
  expect(Math.abs(there - block.kwh)).toBeGreaterThan(0.3);
};

describe("a block's reason is true: without its cause the block moves", () => {
  test("price: the car charges at night because it is cheap, and says what the day would cost", () => {
    const base = house(24, (_, hour) => ({ importPrice: hour < 2 ? 0.2 : 0.3 }));
    const p = withDevices(base, car(base, { needs: need(20, 12) }));
    const schedule = reasoned(p);
    const block = blockAt(schedule, "car", 0);
    expect(block.reason).toMatchObject({
      kind: "price",
      price: expect.closeTo(0.2, 5),
      otherPrice: expect.closeTo(0.3, 5),
    });
    expect(plan(without(p, block)).costs.total - schedule.costs.total).toBeCloseTo(
      block.reason?.extraCost ?? Number.NaN,
      2,
    );
    moves(block, { ...p, slots: p.slots.map((s, t) => ({ ...s, importPrice: t < 2 ? 0.3 : 0.2 })) });
    expect(blockInWords(block, words, "car")).toMatch(
      /^car charges from 00:00 to 0\d:00: electricity costs €0\.200 a kWh then; otherwise it would be €0\.300, from 0\d:00\. To do otherwise would cost €\d\.\d\d more\.$/,
    );
  });

  test("price: it is not charging now because the night is cheaper", () => {
    const base = house(24, (_, hour) => ({ importPrice: hour >= 6 && hour < 9 ? 0.2 : 0.3 }));
    const p = withDevices(base, car(base, { needs: need(20, 12) }));
    const block = blockAt(reasoned(p), "car", 0);
    expect(block).toMatchObject({
      mode: "off",
      reason: {
        kind: "price",
        price: expect.closeTo(0.3, 5),
        otherPrice: expect.closeTo(0.2, 5),
        otherwise: START + 6 * HOUR,
      },
    });
    expect(blockInWords(block, words, "car")).toBe(
      "car does not charge from 00:00 to 06:00: electricity costs €0.300 a kWh then and €0.200 from 06:00, when it is its turn. To charge then would cost €1.80 more.",
    );
  });

  test.each([
    [
      "hold",
      "battery",
      "battery keeps what it has from 05:00 to 07:00: done otherwise, more electricity would be needed.",
    ],
    ["on", "room", "battery heats from 05:00 to 07:00: done otherwise, more electricity would be needed."],
    ["off", "room", "battery does not heat from 05:00 to 07:00: done otherwise, more electricity would be needed."],
    [
      "followLoad",
      "battery",
      "battery follows the house from 05:00 to 07:00: done otherwise, more electricity would be needed.",
    ],
  ] as const)("price: at the same price %s is not said to be dearer or cheaper elsewhen", (mode, kind, said) => {
    const [from, to] = [START + 5 * HOUR, START + 7 * HOUR];
    const reason = { kind: "price", extraCost: 0.06, price: 0.31, otherPrice: 0.31, otherwise: START } as const;
    const block = { device: "battery", mode, from, to, first: 5, last: 6, kwh: 0, reason };
    expect(blockInWords(block, words, kind).slice(0, said.length)).toBe(said);
    const earlier = { ...block, mode: "hold", reason: { ...reason, otherPrice: 0.42 } } as const;
    expect(blockInWords(earlier, words, "battery")).toContain("electricity is worth more at another time");
  });

  test("price: what is not published yet is called about so much", () => {
    const base = house(40, (t) => ({ importPrice: t >= 30 ? 0.1 : 0.3 }));
    const p = withDevices(base, car(base, { needs: need(20, 38) }));
    const block = blockAt(reasoned({ ...p, slots: p.slots.map((s, t) => ({ ...s, priceKnown: t < 24 })) }), "car", 0);
    expect(block.reason).toMatchObject({ kind: "price", foreseen: true });
    expect(blockInWords(block, words)).toMatch(/costs €0\.300 a kWh then and about €0\.100 from/);
  });

  test("sun: the machine runs at noon on what would be exported", () => {
    const base = house(24, (_, hour) => ({ pvKwh: hour === 11 || hour === 12 ? 3 : 0 }));
    const p = withDevices(base, washer({ by: START + 20 * HOUR }));
    const schedule = reasoned(p);
    const block = blockAt(schedule, "washer", 11);
    expect(block.reason).toMatchObject({ kind: "sun", sunKwh: expect.closeTo(2.5, 3) });
    expect(block.reason?.extraCost).toBeCloseTo(2.5 * (0.3 - 0.08), 3);
    expect(kindAt(schedule, "washer", 0)).toBe("sun");
    moves(block, { ...p, slots: p.slots.map((s) => ({ ...s, pvKwh: 0 })) });
  });

  test("deadline: it charges although it is dear, because it would not be ready", () => {
    const base = house(24, (_, hour) => ({ importPrice: hour < 4 ? 0.5 : 0.2 }));
    const p = withDevices(base, car(base, { needs: need(40, 4) }));
    const block = blockAt(reasoned(p), "car", 1);
    expect(block.reason).toMatchObject({ kind: "deadline", broken: [{ kind: "ready", goal: "trip", unit: "kWh" }] });
    moves(block, withDevices(base, car(base, { needs: need(40, 20) })));
    expect(blockInWords(block, words)).toMatch(
      /: else it would not be ready in time\. To do otherwise would spare €\d+\.\d\d, but car would be 36\.0 kWh short at 04:00 \(trip\)\.$/,
    );
  });

  test("comfort: the room is heated because it would be too cold", () => {
    const base = house(24);
    const p = withDevices(base, room(base, { temperatureC: 20, outsideC: base.slots.map(() => -10) }));
    const block = blockAt(reasoned(p), "room", 1);
    expect(block.reason).toMatchObject({ kind: "comfort", broken: [{ kind: "tooCold", device: "room" }] });
    moves(
      block,
      withDevices(
        base,
        room(base, { temperatureC: 20, outsideC: base.slots.map(() => -10), lowC: base.slots.map(() => 12) }),
      ),
    );
  });

  test("comfort: no hot water is made before it is needed because the tank only loses it", () => {
    const base = house(24, () => ({}));
    const water = tank(base, { lossKwPerK: 0.01, drawKwh: base.slots.map((_, t) => (t === 20 ? 4 : 0)) });
    expect(["price", "tie"]).toContain(kindAt(reasoned(withDevices(base, water)), "tank", 0));
  });

  test("peak: it does not charge faster because of the peak charge", () => {
    const base = {
      ...house(24, (t) => ({ loadKwh: t === 2 ? 6 : 0.4, importPrice: t === 2 ? 0.29 : 0.3 })),
      house: { peak: { perKw: 4, soFarKw: 6 } },
    };
    const p = withDevices(base, car(base, { needs: need(20, 7) }));
    const schedule = reasoned(p);
    expect(blockAt(schedule, "car", 2)).toMatchObject({ mode: "off", reason: { kind: "peak" } });
    expect(kwhOf(plan({ ...p, house: {} }), "car")[2]).toBeGreaterThan(5);
  });

  test("fuse: it waits because the fuse would carry too much", () => {
    const base = {
      ...house(24, (t) => ({ loadKwh: t < 3 ? 7.5 : 0.4, importPrice: t < 3 ? 0.2 : 0.3 })),
      house: { fuseKw: 8 },
    };
    const p = withDevices(base, washer());
    const schedule = reasoned(p);
    expect(blockAt(schedule, "washer", 0)).toMatchObject({
      mode: "off",
      reason: { kind: "fuse", broken: [{ kind: "fuse", unit: "kW" }] },
    });
    expect(kwhOf(plan({ ...p, house: {} }), "washer")[0]).toBe(2);
  });

  test("reserve: the battery is filled for an outage", () => {
    const own = battery({ storedKwh: 1, reserve: { kwh: 5, wish: { goal: "outage", priority: 1 } } });
    const p = withDevices(house(24), own);
    const block = blockAt(reasoned(p), "battery", 0);
    expect(block).toMatchObject({ mode: "chargeFromGrid", reason: { kind: "reserve" } });
    moves(block, withDevices(house(24), battery({ storedKwh: 1 })));
  });

  test("price: the battery is held for the evening", () => {
    const base = house(24, (_, hour) => ({ importPrice: hour >= 17 && hour < 21 ? 0.5 : 0.3, loadKwh: 0.6 }));
    const p = withDevices(base, battery({ fromGrid: false, storedKwh: 2.5 }));
    const block = blockAt(reasoned(p), "battery", 3);
    expect(block).toMatchObject({
      mode: "hold",
      reason: { kind: "price", price: expect.closeTo(0.3, 3), otherPrice: expect.closeTo(0.5, 3) },
    });
    moves(block, { ...p, slots: p.slots.map((s) => ({ ...s, importPrice: 0.3 })) });
  });

  test("held back: panels give less because one would have to pay for exporting", () => {
    const base = house(24, (_, hour) => ({ pvKwh: hour === 12 ? 3 : 0, exportPrice: hour === 12 ? -0.1 : 0.08 }));
    const p = withDevices(base, panels(base));
    const block = blockAt(reasoned(p), "panels", 12);
    expect(block).toMatchObject({ mode: "curtailed", reason: { kind: "price", extraCost: expect.closeTo(0.26, 3) } });
  });

  test("it makes no difference: said so, and costs nothing", () => {
    const base = house(24);
    const schedule = reasoned(withDevices(base, washer({ by: START + 20 * HOUR })));
    expect(blockAt(schedule, "washer", 0).reason).toMatchObject({ kind: "tie", extraCost: 0 });
    expect(kindAt(schedule, "washer", 5)).toBe("done");
  });

  test("away, not allowed, full: nothing to be decided", () => {
    const base = house(24);
    const away = car(base, { id: "away", present: base.slots.map((_, t) => t > 5), needs: [] });
    const full = car(base, { id: "full", storedKwh: 60, needs: [] });
    const quiet = washer({ id: "quiet", blocked: base.slots.map((_, t) => t < 6), by: START + 10 * HOUR });
    const schedule = reasoned(withDevices(base, away, full, quiet));
    expect([kindAt(schedule, "away", 0), kindAt(schedule, "full", 0), kindAt(schedule, "quiet", 0)]).toEqual([
      "away",
      "done",
      "blocked",
    ]);
    expect(kindAt(schedule, "away", 8)).toBe("price");
  });
});

describe("reasons as a whole", () => {
  test("every block of the next day has one, with a sentence that has no hole, and its cost is that of planning anew", () => {
    const base = house(30, (_, hour) => ({
      importPrice: hour < 6 ? 0.18 : hour >= 17 && hour < 21 ? 0.42 : 0.3,
      pvKwh: hour > 9 && hour < 15 ? 2.5 : 0,
    }));
    const p = withDevices(base, battery(), car(base), tank(base), washer());
    const schedule = reasoned(p);
    for (const block of schedule.blocks.filter((b) => b.from < START + 24 * HOUR)) {
      expect(block.reason, `${block.device} ${block.first}`).toBeDefined();
      for (const language of languageCodes) {
        const own = { ...words, language };
        const told = blockInWords(block, own, schedule.devices.find((d) => d.id === block.device)?.kind);
        expect(told).not.toMatch(/undefined|NaN/);
        const wish = block.reason?.broken?.[0];
        const source = [...Object.values(factsOf(block, own)), wish && brokenInWords(wish, own)].join(" ");
        for (const figure of told.match(/\d+(?:[.,:]\d+)*/g) ?? []) expect(source, told).toContain(figure);
      }
      if (block.mode !== "on" && block.mode !== "sun") continue;
      const again = plan(without(p, block));
      const extra = again.costs.total - again.costs.broken - (schedule.costs.total - schedule.costs.broken);
      if (block.reason?.kind !== "tie") expect(Math.abs(extra - (block.reason?.extraCost ?? 0))).toBeLessThan(0.02);
    }
  }, 90_000);

  test("an hour's schedule without any is told in words as well", () => {
    const block = plan(withDevices(house(6), washer())).blocks[0];
    expect(block && blockInWords(block, words)).toMatch(/^washer (runs|waits) from 00:00 to \d\d:00\.$/);
  });
});
