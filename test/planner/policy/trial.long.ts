import { availableParallelism } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Goal } from "../../../hub/model/goal/index.ts";
import type { Policy, PolicyVerdict } from "../../../hub/model/policy.ts";
import { comfortOf } from "../../../hub/planner/facts.ts";
import { demandsOf } from "../../../hub/planner/goal.ts";
import { devicesOf, steeredBy } from "../../../hub/planner/policy/devices.ts";
import { policyFor } from "../../../hub/planner/policy/propose.ts";
import { tryPolicy } from "../../../hub/planning/policies/trial.ts";
import { SolverThread } from "../../../hub/solver/thread.ts";
import { root } from "../../support/sources.ts";
import { benchOf } from "../bench.ts";
import { idOf } from "../demo-home.ts";
import { livedOf } from "./past.ts";

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
  const solver = new SolverThread({ entry: join(root, "dist", "solver-worker.mjs") });
  let policy: Policy;
  let verdict: PolicyVerdict;

  beforeAll(async () => {
    const b = benchOf(await livedOf(SEED), 45, goals);
    const found = devicesOf(b.twin.parts, b.twin);
    const demands = demandsOf(goals, { names: b.names, phases: 3, volts: 230 });
    const draft = { id: "p", title: "Spend least", goals, demands, by: "anna", at: 0 };
    const made = policyFor({ ...draft, assumptions: { tariff: "", loadError: 0 } }, found, (text) => text);
    if ("none" in made) throw new Error(made.none);
    policy = made;
    const devices = steeredBy(policy, found);
    if (typeof devices === "string") throw new Error(devices);
    verdict = await tryPolicy(
      {
        ...{ policy, demands, devices, twin: b.twin, tariff: b.bench.tariff, others: [], currency: "EUR" },
        comfort: comfortOf(goals, b.twin.parts),
        schedule: (problem, haste) => solver.schedule(problem, haste),
        solve: (model, limits) => solver.solve(model, { gap: 0, nodes: 1, shadowPrices: false }, limits),
      },
      { now: () => performance.now(), yieldNow: () => new Promise((resolve) => setImmediate(resolve)) },
      () => undefined,
    );
    const cost = (lived: PolicyVerdict["nothing"]) => (lived.totals.cost / verdict.days).toFixed(2);
    console.info(
      `EUR a day: left alone ${cost(verdict.nothing)}, plain ${cost(verdict.plain)}, policy ${cost(verdict.policy)}, at least ${((verdict.possible?.cost ?? 0) / verdict.days).toFixed(2)} (${Math.round((verdict.possible?.share ?? 0) * 100)} % of what was possible); ` +
        `${verdict.solves.count} plans of ${verdict.solves.meanMs.toFixed(0)} ms, ${availableParallelism()} cores; ${verdict.checks.map((c) => `${c.name}: ${c.detail}`).join("; ")}`,
    );
  }, 500_000);

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
