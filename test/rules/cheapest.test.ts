import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clockText, inBand } from "../../hub/energy/clock.ts";
import { evaluate, type Picture } from "../../hub/rules/evaluate.ts";

const SLOT = 15 * 60_000;
const timeZone = "Europe/Berlin";

const pictureAt = (now: number, price: Picture["price"]): Picture => ({
  now,
  timeZone,
  memory: new Map(),
  price,
  surplusW: () => undefined,
  known: () => ({ status: "unknown", reason: "not asked for" }),
});

/** All quarter hours around now that lie in the same unbroken run of the window. */
function windowAround(band: { from: string; to: string }, now: number): number[] {
  const slot = Math.floor(now / SLOT) * SLOT;
  const within = (at: number) => inBand(band, at, timeZone);
  const startsAgain = (at: number) => within(at) && band.from === clockAt(at);
  let first = slot;
  while (!startsAgain(first) && within(first - SLOT)) first -= SLOT;
  const slots = [first];
  for (let at = first + SLOT; within(at) && !startsAgain(at); at += SLOT) slots.push(at);
  return slots;
}

const wall = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit" });
const clockAt = (at: number): string => wall.format(at);

describe("the cheapest hours of a window", () => {
  test("are those that sorting the whole window gives, whatever the prices, also asked again and on days of clock changes", () => {
    const starts = ["2026-03-02T00:00:00Z", "2026-03-28T12:00:00Z", "2026-10-24T12:00:00Z"].map(Date.parse);
    fc.assert(
      fc.property(
        fc.constantFrom(...starts),
        fc.integer({ min: 0, max: 95 }),
        fc.integer({ min: 1, max: 95 }),
        fc.integer({ min: 0, max: 40 }),
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 24, maxLength: 24 }),
        (start, fromSlot, lengthSlots, wanted, prices) => {
          const from = clockText(fromSlot * 15);
          const to = clockText((fromSlot + lengthSlots) * 15);
          // The hour that is there twice can not be told apart by a clock on the wall: windows do not begin or end in it.
          fc.pre(![from, to].some((t) => t.startsWith("02:")));
          const price: Picture["price"] = (at) => prices[Math.floor(at / (4 * SLOT)) % 24] ?? 0;
          const condition = { kind: "cheapest", hours: wanted / 4, from, to } as const;
          const wrong: string[] = [];
          for (let now = start; now < start + 26 * 4 * SLOT; now += SLOT) {
            const slots = inBand(condition, now, timeZone) ? windowAround(condition, now) : [];
            const chosen = [...slots].sort((a, b) => price(a) - price(b) || a - b).slice(0, wanted);
            if (evaluate(condition, pictureAt(now, price)).holds !== chosen.includes(now)) wrong.push(clockAt(now));
          }
          expect(wrong).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("follow a new tariff at once, in the middle of a window", () => {
    const condition = { kind: "cheapest", hours: 1, from: "20:00", to: "08:00" } as const;
    const now = Date.parse("2026-03-02T22:30:00+01:00");
    expect(
      evaluate(
        condition,
        pictureAt(now, () => 0.2),
      ).holds,
    ).toBe(false);
    expect(
      evaluate(
        condition,
        pictureAt(now, (at) => (at === now ? 0.1 : 0.2)),
      ).holds,
    ).toBe(true);
  });
});
