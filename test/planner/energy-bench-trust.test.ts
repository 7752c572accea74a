import { describe, expect, test } from "vitest";
import { StorageKeeper } from "../../hub/planner/storage/keeper.ts";
import { PriceAhead } from "../../hub/planner/storage/price-ahead.ts";
import { Trust } from "../../hub/planner/storage/trust.ts";
import { battery, evening, madeUpHome } from "./energy-bench-homes.ts";

const usual = battery(6.4, 5, 0.9);
const home = madeUpHome(40, 1);
const hourOf = (t: number) => ({
  netKwh: (home.load[t] ?? 0) - (home.sun[t] ?? 0),
  price: evening(t % 24),
  exportPrice: 0,
});
const nothing = () => 0;
/** Gives nothing, ever. */
const idle = { charge: 0, give: 6.4, store: 6.4 };
/** Gives only in the evening. */
const wise = (t: number) => ({ charge: 0, give: evening(t % 24) > 0.3 ? 0 : 6.4, store: 6.4 });

describe("a plan that costs more than the battery's habit", () => {
  test("is left within days, and followed again once it has been ahead for a while", () => {
    const trust = new Trust(usual, 0, 0, 0);
    const left: number[] = [];
    for (let t = 0; t < 24 * 6; t++) {
      trust.passed(idle, hourOf(t), nothing);
      if (!trust.earned) left.push(t);
    }
    expect(left[0]).toBeGreaterThanOrEqual(71);
    expect(left[0]).toBeLessThan(24 * 4);
    let back = -1;
    for (let t = 24 * 6; t < 24 * 40 && back < 0; t++) {
      trust.passed(wise(t), hourOf(t), nothing);
      if (trust.earned) back = t;
    }
    expect(back).toBeGreaterThan(24 * 7);
  });

  test("is not blamed for what it still holds", () => {
    const trust = new Trust(usual, 0, 0, 0);
    // What is stored is worth as much as it costs in the evening: then holding it loses nothing.
    for (let t = 0; t < 24 * 3 + 12; t++) trust.passed(wise(t), hourOf(t), (kwh) => -0.45 * kwh);
    expect(trust.earned).toBe(true);
  });
});

describe("a keeper whose home turns its days upside down", () => {
  test("never costs noticeably more than the battery's habit", () => {
    // Prices say one thing and the home does another: what was learned is wrong every few days.
    const keeper = new StorageKeeper(usual);
    let [stored, alone, bill, habit] = [0, 0, 0, 0];
    for (let t = 0; t < 24 * 40; t++) {
      const turned = Math.floor(t / 72) % 2 === 0;
      const clock = turned ? t % 24 : (t + 12) % 24;
      const load = home.load[Math.floor(t / 24) * 24 + clock] ?? 0;
      const sun = turned ? (home.sun[t] ?? 0) : 0;
      const price = Float64Array.from({ length: 48 }, (_, k) => evening((t + k) % 24));
      const hour = 24 * 19_000 + t;
      const { limits } = keeper.decide({ hour, price, exportPrice: new Float64Array(48), storedKwh: stored });
      const run = (kwh: number, follow: boolean) => {
        const net = load - sun;
        const room = (6.4 - kwh) / usual.chargeEfficiency;
        const charge = Math.max(
          limits.mode === "chargeFromGrid" && !follow
            ? Math.min(5, (limits.chargeToKwh - kwh) / usual.chargeEfficiency)
            : 0,
          net < 0 ? Math.min(-net, 5, room) : 0,
          0,
        );
        const gives = net > 0 && (follow || limits.mode === "followLoad");
        const floor = follow ? 0 : limits.dischargeToKwh;
        const give = gives ? Math.min(net, 5, Math.max(0, kwh - floor) * usual.dischargeEfficiency) : 0;
        const grid = net + charge - give;
        return {
          kwh: kwh + charge * usual.chargeEfficiency - give / usual.dischargeEfficiency,
          cost: Math.max(0, grid) * (price[0] ?? 0),
        };
      };
      const [ours, its] = [run(stored, false), run(alone, true)];
      stored = ours.kwh;
      alone = its.kwh;
      bill += ours.cost;
      habit += its.cost;
      keeper.passed(hour, load, sun);
    }
    expect(bill).toBeLessThan(habit * 1.01);
  });
});

describe("prices that nobody has published yet", () => {
  test("are guessed from the same hour of the last days, the newer the louder; what is published counts, also anew", () => {
    const prices = new PriceAhead();
    const day = (perKwh: number) => new Float64Array(24).fill(perKwh);
    expect(prices.at(240)).toBeNaN();
    prices.publish(240, day(0.2));
    prices.publish(264, day(0.4));
    expect(prices.at(250)).toBe(0.2);
    expect(prices.at(290)).toBeGreaterThan(0.3);
    expect(prices.at(290)).toBeLessThan(0.4);
    prices.publish(264, Float64Array.of(0.9, Number.NaN));
    expect([prices.at(264), prices.at(265)]).toEqual([0.9, 0.4]);
  });
});
