import { availableParallelism } from "node:os";
import { beforeAll, describe, expect, test } from "vitest";
import type { Goal } from "../../../hub/model/goal/index.ts";
import type { Policy, PolicyVerdict } from "../../../hub/model/policy.ts";
import { benchOf } from "../bench.ts";
import { idOf } from "../demo-home.ts";
import { livedOf } from "./past.ts";
import { solverThread, tried } from "./trying.ts";

const goals: readonly Goal[] = [
  { kind: "readyBy", node: idOf("EV charger"), what: "stateOfCharge", target: 80, by: "07:00" },
  { kind: "minimise", what: "cost" },
  { kind: "comfort", room: "Living room", minC: 19 },
];
const SEED = Number(process.env.INGLENOOK_SEED ?? 5);

/**
 * A policy tried on 45 days of the simulated home, whose physics the twin does not share, with the real solver in its thread. About a
 * minute on a quiet machine. Another home: `INGLENOOK_SEED=9 npx vitest run --config vitest.long.config.ts test/planner/policy/trial.long.ts`
 */
describe("a policy that is tried on a home's past, hour by hour with what was known then", () => {
  let policy: Policy;
  let verdict: PolicyVerdict;

  beforeAll(async () => {
    const b = benchOf(await livedOf(SEED), 45, goals);
    ({ policy, verdict } = await tried(
      { twin: b.twin, names: b.names, tariff: b.bench.tariff },
      goals,
      solverThread(),
    ));
    const cost = (lived: PolicyVerdict["nothing"]) => (lived.totals.cost / verdict.days).toFixed(2);
    console.info(
      `EUR a day: left alone ${cost(verdict.nothing)}, plain ${cost(verdict.plain)}, policy ${cost(verdict.policy)}, at least ${((verdict.possible?.cost ?? 0) / verdict.days).toFixed(2)} (${Math.round((verdict.possible?.share ?? 0) * 100)} % of what was possible); ` +
        `${verdict.solves.count} plans of ${verdict.solves.meanMs.toFixed(0)} ms, ${availableParallelism()} cores; ${verdict.checks.map((c) => `${c.name}: ${c.detail}`).join("; ")}`,
    );
  }, 1_500_000);

  test("steers the battery, the car, the water and the room that was spoken of", () => {
    expect(policy.devices.map((d) => d.kind).sort()).toEqual(["battery", "car", "room", "tank"]);
  });

  test("lives through two weeks, planned anew each hour, and is never without a plan", () => {
    expect(verdict.days).toBe(14);
    expect(verdict.solves.count).toBeGreaterThanOrEqual(14 * 24 - 1);
    expect(verdict.solves.fallbacks).toBeLessThan(0.02 * verdict.solves.count);
  });

  test("saves at least a quarter of the bill on the demo home's two-price tariff, surely, and costs no comfort", () => {
    expect(verdict.reasons).toEqual([]);
    expect(verdict.policy.totals.cost).toBeLessThan(0.75 * verdict.nothing.totals.cost);
    expect(verdict.perDay.mean - verdict.perDay.band).toBeGreaterThan(0);
    expect(verdict.perDay.overPlain).toBeGreaterThan(0);
  });

  test("comes near to what was possible with all known, and can't be cheaper than that", () => {
    expect(verdict.possible?.share).toBeGreaterThan(0.75);
    expect(verdict.possible?.cost).toBeLessThan(verdict.policy.totals.cost);
  });
});
