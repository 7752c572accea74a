import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { buildSync } from "esbuild";
import { beforeAll, describe, expect, test } from "vitest";
import type { Goal } from "../../hub/model/plan.ts";
import { optionsOf, tuning } from "../../hub/planner/greedy.ts";
import { verifying } from "../../hub/planner/verify.ts";
import { benchOf, run, STEP } from "./bench.ts";
import { idOf } from "./demo-home.ts";
import { bucketsOf } from "./past-of-simulator.ts";

const DAYS = 45;
const SINCE = "2026-10-05T00:00:00+02:00";
const UNTIL = "2026-11-19T00:00:00+01:00";
const root = join(import.meta.dirname, "../..");
const goals: readonly Goal[] = [
  { kind: "readyBy", node: idOf("EV charger"), what: "stateOfCharge", target: 80, by: "07:00" },
  { kind: "minimise", what: "cost" },
  { kind: "comfort", room: "Living room", minC: 19 },
];

/** The past of the simulated home, whose physics the twin does not share. */
async function pastOf(seed: number) {
  const folder = join(root, "node_modules/.cache/inglenook-test");
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, `firmware-sim-${process.pid}.mjs`);
  const entryPoints = [join(root, "firmware-sim/main.ts")];
  buildSync({ entryPoints, outfile, bundle: true, platform: "node", format: "esm", packages: "external" });
  const args = ["past", "--home", "demo", "--seed", String(seed), "--since", SINCE, "--until", UNTIL];
  const child = spawn(process.execPath, [outfile, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  return bucketsOf(createInterface({ input: child.stdout }), STEP);
}

describe("the simulated home", () => {
  let b: ReturnType<typeof benchOf>;
  beforeAll(async () => {
    b = benchOf(await pastOf(5), DAYS, goals);
  }, 360_000);

  test("is met by the twin: its bill of unseen days within a tenth, its battery, tank and car as they are sold", () => {
    expect(b.bench.bill.note).toMatch(/off by -?\d % on average/);
    expect(b.bench.bill.ok).toBe(true);
    const facts = (kind: string) => b.twin.models.find((m) => m.kind === kind)?.facts ?? {};
    expect(facts("battery").capacityKwh).toBeGreaterThan(6.4 * 0.93);
    expect(facts("battery").capacityKwh).toBeLessThan(6.4 * 1.07);
    expect(facts("car").full).toBe(90);
    expect(facts("corner").standbyW).toBeCloseTo(14, 0);
  });

  test("has a saving in the car, the battery, the tank, the machine and the standby, and loses no comfort for it", () => {
    const found = optionsOf(b.facts).flatMap((option) => {
      const proposal = run(tuning(option, b.facts, b.names, b.bench));
      const context = { home: b.home, goals, names: b.names, others: [] };
      const verdict = proposal && run(verifying(proposal, context, b.bench));
      return verdict?.ok ? [[option.strategy.name, verdict.perDay.mean] as const] : [];
    });
    const saving = new Map(found);
    expect(saving.get("evCheapHours")).toBeGreaterThan(0.8);
    for (const name of ["batteryModes", "waterHeaterCheapHours", "applianceShift", "standbyCutoff"])
      expect([name, (saving.get(name) ?? 0) > 0]).toEqual([name, true]);
  });
});
