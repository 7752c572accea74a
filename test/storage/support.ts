import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { build } from "esbuild";
import { onTestFinished } from "vitest";
import type { Value } from "../../hub/model/capability.ts";
import { parsePath } from "../../hub/model/path.ts";
import type { Reading } from "../../hub/model/reading.ts";
import type { Log } from "../../hub/ports.ts";

const root = new URL("../..", import.meta.url).pathname;

export interface Line {
  readonly level: string;
  readonly message: string;
}

/** A log that keeps its lines. */
export function listeningLog(): Log & { readonly lines: Line[] } {
  const lines: Line[] = [];
  const at = (level: string) => (_fields: object, message: string) => {
    lines.push({ level, message });
  };
  return { lines, info: at("info"), warn: at("warn"), error: at("error") };
}

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "inglenook-store-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const KEY = "plug/1/electricalPowerMeasurement.activePower";

export function reading(at: number, value: Value, key = KEY): Reading {
  const path = parsePath(key);
  if (!path) throw new Error(`${key} is no path`);
  return { path, value, at, source: "test" };
}

/** Bundles an entry into .data/, from where it finds node_modules; the file is removed after the test. */
export async function bundle(entry: string): Promise<string> {
  mkdirSync(join(root, ".data"), { recursive: true });
  const folder = mkdtempSync(join(root, ".data", "test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const outfile = join(folder, "entry.mjs");
  await build({
    entryPoints: [join(root, entry)],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    logLevel: "error",
  });
  return outfile;
}

/** Starts a bundled program; `lines` collects what it prints. Ended with the test. */
export function run(file: string, ...args: string[]): { readonly child: ChildProcess; readonly lines: string[] } {
  const child = spawn(process.execPath, [file, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const lines: string[] = [];
  if (child.stdout) createInterface({ input: child.stdout }).on("line", (line) => lines.push(line));
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  return { child, lines };
}

export const exited = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((resolve) => child.once("exit", () => resolve()));
