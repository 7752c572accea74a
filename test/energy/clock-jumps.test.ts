/** The hub's clock jumps while a plug counts: on the real core and store, with a clock that the test turns. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createBus } from "../../hub/main/bus.ts";
import { createCore } from "../../hub/main/core.ts";
import type { NodeDescription } from "../../hub/model/node.ts";
import { openStore } from "../../hub/storage/open.ts";
import { listeningLog, temporaryFolder } from "../storage/support.ts";

// Full count: INGLENOOK_CLOCKS=2000 npx vitest run test/energy/clock-jumps.test.ts
const RUNS = Number(process.env.INGLENOOK_CLOCKS ?? 60);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEARS = 3653 * DAY;
/** An hour before Berlin's clocks go forward, 2026. */
const T0 = Date.UTC(2026, 2, 29);
const WH = 10;
const LIMIT_W = 3680;
const KEY = "plug/1/electricalEnergyMeasurement.cumulativeEnergyImported";

const plug: NodeDescription = {
  ...{ id: "plug", name: "plug", adapter: "mqtt", dialect: "test", addresses: [] },
  endpoints: [
    {
      number: 1,
      deviceTypes: ["onOffPlugInUnit"],
      capabilities: {
        electricalEnergyMeasurement: { attributes: { cumulativeEnergyImported: { source: "t#energy" } }, commands: {} },
      },
    },
  ],
};

/** A house whose plug counts 10 Wh a minute, whatever its hub takes the time to be. */
class House {
  readonly folder = temporaryFolder();
  /** The time as it is, and how far the hub's clock is off. */
  at = T0;
  off = 0;
  /** Whole Wh, so that sums are exact. */
  wh = 500_000;
  first = this.wh;
  #open = this.#start();

  #start() {
    const log = listeningLog();
    const clock = { now: () => this.at + this.off };
    const times = { tickMs: 3_600_000, quietMs: 0 };
    const store = openStore(this.folder, { log, clock, times });
    const core = createCore({ store, clock, bus: createBus(() => undefined), log, speed: 1 });
    core.put({ kind: "nodeFound", node: plug, at: clock.now() });
    return { store, core };
  }

  run(messages: number): void {
    for (let i = 0; i < messages; i++) {
      this.at += MINUTE;
      this.wh += WH;
      this.tell();
    }
  }

  /** Nothing is used, and nothing heard. */
  rest(ms: number): void {
    this.at += ms;
  }

  tell(): void {
    const path = { node: "plug", endpoint: 1, capability: "electricalEnergyMeasurement" };
    const reading = { path: { ...path, attribute: "cumulativeEnergyImported" }, value: this.wh / 1000 };
    this.#open.core.put({
      kind: "readings",
      readings: [{ ...reading, at: this.at + this.off, source: "t#energy" }],
    });
  }

  /** The clock is set: it is off by so much from now on. */
  set(off: number): void {
    this.off = off;
  }

  async restart(): Promise<void> {
    await this.end();
    this.#open = this.#start();
  }

  async end(): Promise<void> {
    this.#open.core.stop();
    await this.#open.store.close();
  }

  get store() {
    return this.#open.store;
  }

  get repairs() {
    return this.#open.store.repairs.list();
  }

  /** Of the time that was lived, with a day before and after; Wh. */
  async slots(slotMs: number): Promise<number[]> {
    const from = Math.floor((T0 - 3 * DAY) / HOUR) * HOUR;
    const to = Math.ceil((this.at + 3 * DAY) / HOUR) * HOUR;
    const [slots] = await this.store.energy([{ imported: KEY, limitW: LIMIT_W }], from, to, slotMs);
    return Array.from(slots?.importedKwh ?? [], (kwh) => kwh * 1000).filter((wh) => !Number.isNaN(wh));
  }
}

const sum = (parts: readonly number[]): number => parts.reduce((all, part) => all + part, 0);

/** What must hold once the clock is right again. */
async function addsUp(house: House, lived = 1): Promise<void> {
  for (const slotMs of [5 * MINUTE, HOUR]) {
    const slots = await house.slots(slotMs);
    expect(Math.min(...slots)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...slots)).toBeLessThanOrEqual((LIMIT_W * lived * slotMs) / HOUR + 1);
    // Whole Wh of a counter: what is left is the rounding of sums.
    expect(
      Math.abs(sum(slots) - (house.wh - house.first)),
      `${sum(slots)} of ${house.wh - house.first} Wh`,
    ).toBeLessThan(0.01);
  }
  const points = await house.store.history({ key: KEY, from: T0 - 3 * DAY, to: house.at + DAY, bucketMs: HOUR });
  const ats = points.map((p) => p.at);
  expect(ats).toEqual(ats.toSorted((a, b) => a - b));
}

const jumps = [-YEARS, -DAY, -HOUR, -10 * MINUTE, -MINUTE, 0, MINUTE, 30 * MINUTE, HOUR, DAY, 30 * DAY, YEARS, 1970];
const offOf = (house: House, jump: number): number => (jump === 1970 ? MINUTE - house.at : jump);

describe("a hub whose clock jumps", () => {
  test("counts to the Wh from a start in 1970, ten years ahead, a day behind, and right again", async () => {
    const house = new House();
    house.set(offOf(house, 1970));
    house.tell();
    house.run(10);
    for (const off of [0, YEARS, 0, -DAY, 0]) {
      house.set(off);
      house.run(20);
    }
    await addsUp(house, 2);
    await house.restart();
    house.run(5);
    await addsUp(house, 2);
    await house.end();
  });

  test("counts to the Wh whatever the jumps were, with restarts between them", async () => {
    const step = fc.record({
      jump: fc.constantFrom(...jumps),
      messages: fc.integer({ min: 1, max: 90 }),
      restart: fc.constantFrom("before", "after", "no"),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 4 }), fc.boolean(), async (steps, without) => {
        const house = new House();
        if (without) house.set(offOf(house, 1970));
        house.tell();
        // Five minutes are kept by their last stand, but the very first: a clock that goes back beyond that one hides it.
        house.rest(47 * HOUR);
        house.run(3);
        house.set(0);
        house.run(3);
        for (const { jump, messages, restart } of steps) {
          house.set(offOf(house, jump));
          if (restart === "before") await house.restart();
          house.run(messages);
          house.set(0);
          if (restart === "after") await house.restart();
          house.run(3);
          // What is lived a second time is settled once it is over.
          house.rest(2 * DAY + HOUR);
          house.run(3);
        }
        await addsUp(house, steps.length + 1);
        await house.end();
      }),
      { seed: 7, numRuns: RUNS },
    );
  }, 360_000);

  test("counts to the Wh over jumps upon jumps, with no right time between them", async () => {
    const step = fc.record({ jump: fc.constantFrom(...jumps), messages: fc.integer({ min: 1, max: 40 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 6 }), async (steps) => {
        const house = new House();
        house.tell();
        house.rest(47 * HOUR);
        house.run(6);
        for (const { jump, messages } of steps) {
          house.set(offOf(house, jump));
          house.run(messages);
        }
        house.set(0);
        house.run(3);
        house.rest(2 * DAY + HOUR);
        house.run(3);
        await addsUp(house, steps.length + 1);
        await house.end();
      }),
      { seed: 3, numRuns: RUNS },
    );
  }, 360_000);
});
