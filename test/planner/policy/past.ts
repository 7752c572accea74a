import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { buildSync } from "esbuild";
import { STEP } from "../bench.ts";
import { bucketsOf } from "../past-of-simulator.ts";

const root = join(import.meta.dirname, "../../..");
const SINCE = "2026-10-05T00:00:00+02:00";
const UNTIL = "2026-11-19T00:00:00+01:00";

/** 45 days of the simulated home, whose physics the twin does not share. */
export async function livedOf(seed: number) {
  const folder = join(root, "node_modules/.cache/inglenook-test");
  mkdirSync(folder, { recursive: true });
  const outfile = join(folder, `firmware-sim-${process.pid}.mjs`);
  const entryPoints = [join(root, "firmware-sim/main.ts")];
  buildSync({ entryPoints, outfile, bundle: true, platform: "node", format: "esm", packages: "external" });
  const args = ["past", "--home", "demo", "--seed", String(seed), "--since", SINCE, "--until", UNTIL];
  const child = spawn(process.execPath, [outfile, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  return bucketsOf(createInterface({ input: child.stdout }), STEP);
}
