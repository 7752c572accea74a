import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Stand } from "../../../hub/model/repair.ts";
import { Bench, DAY, HOUR, MINUTE, T0 } from "./bench.ts";

// Full count: INGLENOOK_SEQUENCES=20000 npx vitest run test/energy/hygiene/any-sequence.test.ts
const RUNS = Number(process.env.INGLENOOK_SEQUENCES ?? 2000);
const LIMIT_W = 3680;

/** What a meter, its messages, its clock and the hub go through, one after the other. */
const event = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant("runs"),
      n: fc.integer({ min: 1, max: 40 }),
      watts: fc.integer({ min: 0, max: 3600 }),
      everyS: fc.constantFrom(10, 30, 60, 300, 900),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("silent"),
      minutes: fc.integer({ min: 1, max: 1500 }),
      watts: fc.integer({ min: 0, max: 3600 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("slip"),
      n: fc.integer({ min: 1, max: 6 }),
      to: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e6, noNaN: true })),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("nudge"),
      n: fc.integer({ min: 1, max: 6 }),
      by: fc.double({ min: -2, max: 2, noNaN: true }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("reset"),
      to: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 5000, noNaN: true })),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("unit"), by: fc.constantFrom(1000, 0.001, 100, 10, 0.1, 3_600_000) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("wrap"), at: fc.constantFrom(65.536, 10_000, 100_000, 4_294_967.296) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("twice"), back: fc.integer({ min: 0, max: 20 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("late"),
      back: fc.integer({ min: 1, max: 30 }),
      spoil: fc.double({ min: -3, max: 3, noNaN: true }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("clock"),
      by: fc.constantFrom(-DAY, -HOUR, -10 * MINUTE, HOUR, DAY, 3650 * DAY, -3650 * DAY),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("batch"),
      n: fc.integer({ min: 1, max: 40 }),
      order: fc.constantFrom("first", "last", "any"),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("restart") }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("noise"),
      values: fc.array(fc.double({ min: 0, max: 1e8, noNaN: true }), { minLength: 1, maxLength: 5 }),
    }),
  },
);
type Event = typeof event extends fc.Arbitrary<infer E> ? E : never;

class House {
  readonly bench = new Bench(LIMIT_W);
  at = T0;
  clock = 0;
  kwh: number;
  scale = 1;
  slip: number | undefined;
  wrap = Infinity;

  constructor(start: number) {
    this.kwh = start;
  }

  tell(ms: number, watts: number, spoilt?: number): void {
    this.at += ms;
    this.kwh += (watts * ms) / 3.6e9;
    if (this.kwh >= this.wrap) this.kwh -= this.wrap;
    const told = spoilt ?? Math.round(this.kwh * this.scale * 1000) / 1000;
    this.bench.tell([this.at + this.clock, Math.max(0, told)]);
  }

  /** Stands of each ten minutes that are not told yet, and then a live one. */
  unheard(n: number): Stand[] {
    const stands: Stand[] = [];
    for (let i = 0; i < n; i++) {
      this.at += 10 * MINUTE;
      this.kwh += 0.1;
      if (this.kwh >= this.wrap) this.kwh -= this.wrap;
      stands.push({ at: this.at + this.clock, kwh: Math.round(this.kwh * this.scale * 1000) / 1000 });
    }
    this.tell(MINUTE, 600);
    return stands;
  }

  go(e: Event): void {
    const { told } = this.bench;
    switch (e.kind) {
      case "runs":
        for (let i = 0; i < e.n; i++) this.tell(e.everyS * 1000, e.watts);
        break;
      case "silent":
        this.tell(e.minutes * MINUTE, e.watts);
        break;
      case "slip":
        for (let i = 0; i < e.n; i++) this.tell(30_000, 100, e.to);
        break;
      case "nudge":
        for (let i = 0; i < e.n; i++) this.tell(30_000, 100, this.kwh * this.scale + e.by);
        break;
      case "reset":
        this.kwh = e.to;
        break;
      case "unit":
        this.scale = this.scale === 1 ? e.by : 1;
        break;
      case "wrap":
        this.wrap = e.at;
        this.kwh = Math.min(this.kwh, e.at - 0.02);
        break;
      case "twice": {
        const before = told.at(-1 - e.back);
        if (before) this.bench.tell([this.at + this.clock, before.kwh]);
        break;
      }
      case "late":
        this.bench.past(this.at + this.clock, [
          { at: this.at + this.clock - e.back * MINUTE, kwh: Math.max(0, (told.at(-1)?.kwh ?? 0) + e.spoil) },
        ]);
        break;
      case "clock":
        this.clock = this.clock === 0 ? e.by : 0;
        break;
      case "batch":
        this.bench.past(this.at + this.clock, inOrder(this.unheard(e.n), e.order));
        break;
      case "restart":
        this.bench.restart();
        break;
      case "noise":
        for (const value of e.values) this.tell(20_000, 0, value);
        break;
    }
  }
}

type Order = "first" | "last" | "any";

function inOrder(stands: readonly Stand[], order: Order): readonly Stand[] {
  if (order === "first") return stands;
  if (order === "last") return stands.toReversed();
  // Every seventh, round and round: no order that a batch would have by itself.
  return stands.toSorted((a, b) => (a.at % (7 * 10 * MINUTE)) - (b.at % (7 * 10 * MINUTE)) || a.at - b.at);
}

const sum = (kwh: Float64Array): number => kwh.reduce((all, one) => all + (Number.isNaN(one) ? 0 : one), 0);

describe("from any sequence of all that goes wrong", () => {
  test("no slot is negative, none more than the connection carries, and all lengths add up alike", () => {
    fc.assert(
      fc.property(
        fc.array(event, { minLength: 1, maxLength: 25 }),
        fc.constantFrom(0, 3.5, 65.4, 500, 9999.8, 99_999.5),
        fc.boolean(),
        (events, start, thin) => {
          const house = new House(start);
          for (const e of events) house.go(e);
          const days = Math.ceil((house.at - T0) / DAY) + 3;
          const from = T0 - 2 * DAY;
          const to = from + days * DAY;
          const relived = house.bench.repairs.some((r) => r.kind === "clock");
          const totals = [5 * MINUTE, 15 * MINUTE, HOUR].map((slotMs) => {
            const { importedKwh, coverage } = house.bench.slots(from, to, slotMs, thin);
            // A step of a counter that has told no digits yet may be a whole kWh; a time lived twice holds the energy of two.
            const most = (LIMIT_W * (slotMs / HOUR) * (relived ? 2 : 1)) / 1000 + 1.01;
            for (const [i, kwh] of importedKwh.entries()) {
              if (!Number.isNaN(kwh) && (kwh < 0 || kwh > most))
                throw new Error(`slot ${i} of ${slotMs}: ${kwh} of ${most}`);
              if (!((coverage[i] ?? -1) >= 0 && (coverage[i] ?? 2) <= 1)) throw new Error(`coverage ${coverage[i]}`);
            }
            return sum(importedKwh);
          });
          for (const total of totals)
            expect(Math.abs(total - (totals[0] ?? 0))).toBeLessThan(1e-9 * Math.max(1, total));
          expect(house.bench.repairs.length).toBeLessThan(200);
        },
      ),
      { seed: 11, numRuns: RUNS },
    );
  }, 360_000);
});

/** A sound plug whose messages come in batches, late, in any order and over restarts of the hub. */
const lateEvent = fc.oneof(
  fc.record({ kind: fc.constant("runs"), n: fc.integer({ min: 1, max: 30 }) }),
  fc.record({ kind: fc.constant("silent"), hours: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ kind: fc.constant("unheard"), n: fc.integer({ min: 1, max: 400 }) }),
  fc.record({
    kind: fc.constant("late"),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
    order: fc.constantFrom<Order>("first", "last", "any"),
  }),
  fc.record({ kind: fc.constant("restart") }),
);

describe("from batches that come late, in any order", () => {
  test("sums are what the counter moved, and repairs say what is still silent and nothing else", () => {
    fc.assert(
      fc.property(fc.array(lateEvent, { minLength: 2, maxLength: 14 }), fc.boolean(), (events, thin) => {
        const house = new House(500);
        house.tell(MINUTE, 0);
        let waiting: Stand[] = [];
        for (const e of events) {
          if (e.kind === "runs") for (let i = 0; i < e.n; i++) house.tell(MINUTE, 1200);
          if (e.kind === "silent") house.tell(e.hours * HOUR, 600);
          if (e.kind === "unheard") waiting.push(...house.unheard(e.n));
          if (e.kind === "restart") house.bench.restart();
          if (e.kind === "late") {
            const batch = inOrder(waiting, e.order).slice(0, Math.ceil(waiting.length * e.share));
            waiting = waiting.filter((stand) => !batch.includes(stand));
            house.bench.past(house.at, batch);
          }
        }
        house.tell(HOUR, 600);
        const { told, repairs } = house.bench;
        const to = T0 + Math.ceil((house.at - T0) / DAY + 1) * DAY;
        for (const slotMs of [5 * MINUTE, HOUR]) {
          const { importedKwh } = house.bench.slots(T0 - DAY, to, slotMs, thin);
          const known = importedKwh.filter((kwh) => !Number.isNaN(kwh));
          expect(Math.min(...known)).toBeGreaterThanOrEqual(0);
          expect(Math.max(...known)).toBeLessThanOrEqual((LIMIT_W * slotMs) / HOUR / 1000);
          expect(Math.abs(sum(importedKwh) - ((told.at(-1)?.kwh ?? 0) - 500))).toBeLessThan(1e-6);
        }
        for (const { kind, pins, kwh, times, reason } of repairs) {
          expect(kind).toBe("gap");
          expect(times).toBeGreaterThanOrEqual(pins.length);
          for (const pin of pins) {
            expect(told.some(({ at }) => at > pin.from.at && at < pin.to.at)).toBe(false);
            expect(pin.kwh).toBeCloseTo(pin.to.kwh - pin.from.kwh, 9);
          }
          if (times === pins.length) expect(kwh).toBeCloseTo(sum(Float64Array.from(pins, (pin) => pin.kwh ?? 0)), 9);
          expect(reason).toContain(`The ${Number(kwh.toFixed(kwh < 10 ? 3 : 1))} kWh`);
        }
      }),
      { seed: 13, numRuns: Math.ceil(RUNS / 4) },
    );
  }, 360_000);
});
