import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** A process of the hub's own, built beside the hub itself. */
export type EntryName =
  | "history-worker"
  | "solver-worker"
  | "trial-worker"
  | "matter-process"
  | "matter-bridge"
  | "llm-process"
  | "firmware-sim"
  | "matter-device"
  | "adapter-process";

/** Where a process's bundle is: beside this bundle, or in dist/ when the hub runs from source (tests). */
export function entryPath(name: EntryName): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const beside = join(here, `${name}.mjs`);
  return existsSync(beside) ? beside : join(here, "..", "..", "dist", `${name}.mjs`);
}

/** What a maker's package is made of: the contract with its types, and the worked example. */
export const kitFolder = (): string => join(dirname(entryPath("history-worker")), "kit");

/** The built dashboard, if there is one. */
export function dashboardFolder(): string | undefined {
  const folder = join(dirname(entryPath("history-worker")), "dashboard");
  return existsSync(join(folder, "index.html")) ? folder : undefined;
}
