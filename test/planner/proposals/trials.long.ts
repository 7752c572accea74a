/**
 * Policies through their whole trial, with the real solver, each planned anew for 336 hours of its home's past. What is good or bad is so by
 * how the tariff and the goals are made. In the gate one good and one bad; all 28 good and 12 bad, about 20 minutes:
 * INGLENOOK_TRIALS=28 npx vitest run --config vitest.long.config.ts test/planner/proposals/trials.long.ts
 */
import { beforeAll, describe, expect, test } from "vitest";
import type { Goal } from "../../../hub/model/goal/index.ts";
import type { PricedTariff } from "../../../hub/model/tariff.ts";
import { MONDAY } from "../bench.ts";
import { demoTariff } from "../demo-home.ts";
import { solverThread, tried } from "../policy/trying.ts";
import { live } from "../simulated-home.ts";
import { synthetic } from "../synthetic.ts";
import { hourly } from "./bad-weeks.ts";
import { REASONABLE, TARIFFS } from "./good.ts";
import { houseOf, type Lived, learned } from "./house.ts";

const GOOD = Number(process.env.INGLENOOK_TRIALS ?? 1);
const BAD = Math.ceil((GOOD * 3) / 7);
const DAYS = 36;
const COST: Goal = { kind: "minimise", what: "cost" };
const FLAT: PricedTariff = { ...demoTariff, importBands: [], importPerKwh: 0.3 };

interface Bad {
  readonly what: string;
  readonly tariff: PricedTariff;
  readonly goals: readonly Goal[];
}

const badOnes = (k: number): readonly Bad[] => [
  {
    what: "one week of spikes, else one price",
    tariff: hourly(DAYS, (at, hour) => {
      const day = Math.floor((at - MONDAY) / 86_400_000);
      return day >= DAYS - 9 - k && day < DAYS - 2 - k && hour >= 16 && hour < 22 ? 1.5 + k : 0.3;
    }),
    goals: [COST],
  },
  {
    what: "a battery that is to stay nearly full",
    tariff: FLAT,
    goals: [COST, { kind: "batteryReserve", percent: 90 + 2 * k }],
  },
  {
    what: "a room far warmer than it ever was, at one price",
    tariff: FLAT,
    goals: [COST, { kind: "comfort", room: "Living room", minC: 24 + k, maxC: 28 }],
  },
];

interface Outcome {
  readonly what: string;
  readonly ok: boolean;
  readonly why: string;
}

describe("policies that live through two weeks of a home's past before anybody is asked", () => {
  const good: Outcome[] = [];
  const bad: Outcome[] = [];

  beforeAll(async () => {
    const solver = solverThread();
    const homes: Lived[] = [learned(synthetic({ seed: 41, from: MONDAY, days: DAYS }), DAYS)];
    if (GOOD > 7) {
      for (const seed of [51, 52]) homes.push(learned(synthetic({ seed, from: MONDAY, days: DAYS }), DAYS));
      homes.push(learned(live(3, MONDAY, DAYS).buckets, DAYS));
    }
    const put = async (home: number, tariff: PricedTariff, goals: readonly Goal[], what: string): Promise<Outcome> => {
      const { verdict } = await tried(houseOf(homes[home % homes.length] as Lived, tariff), goals, solver);
      const outcome = { what: `home ${home % homes.length}: ${what}`, ok: verdict.ok };
      const { mean, band, overPlain } = verdict.perDay;
      const figures = `${mean.toFixed(2)} give or take ${band.toFixed(2)} EUR a day, over plain ${overPlain.toFixed(2)}`;
      const why = `${verdict.reasons.join("; ") || "let through"} (${figures})`;
      console.info(`${outcome.ok ? "let through" : "stopped"}: ${outcome.what}: ${why}`);
      return { ...outcome, why };
    };
    for (let i = 0; i < GOOD; i++) {
      const [tariff, goals] = [TARIFFS[i % 4]?.(DAYS), REASONABLE[i % 7]];
      if (tariff && goals)
        good.push(await put(Math.floor(i / 7), tariff, goals, `good, goals ${i % 7}, tariff ${i % 4}`));
    }
    for (let i = 0; i < BAD; i++) {
      const one = badOnes(Math.floor(i / 3))[i % 3];
      if (one) bad.push(await put(Math.floor(i / 3), one.tariff, one.goals, `bad, ${one.what}`));
    }
  }, 6_000_000);

  test("are stopped where they can't be worth it", () => {
    expect(bad).toHaveLength(BAD);
    expect(bad.filter((o) => o.ok)).toEqual([]);
  });

  test("pass where they are", () => {
    expect(good).toHaveLength(GOOD);
    expect(good.filter((o) => o.ok).length).toBeGreaterThanOrEqual(0.95 * GOOD);
  });
});
