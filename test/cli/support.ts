import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { root } from "../support/sources.ts";

export const entry = join(root, "dist", "inglenook.mjs");

/** Which processes there are is read from here; without it what is left behind can't be seen. */
export const hasProc = existsSync("/proc/self/environ");

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly ms: number;
}

export interface Place {
  /** The home folder of everything that is started here, which also marks its processes. */
  readonly home: string;
  readonly path: (...names: string[]) => string;
  start(args: readonly string[], env?: Readonly<Record<string, string>>): ChildProcess;
  /** Runs to the end, at most 20 s. */
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ended>;
  /** Processes that were started here, by themselves or by others of here, and still run. */
  running(): number[];
  remove(): void;
}

const LIMIT_MS = 20_000;

/** A temporary home in which the built program runs, without any settings of whoever runs the tests. */
export function place(): Place {
  const home = mkdtempSync(join(tmpdir(), "inglenook-cli-"));
  const outer = Object.entries(process.env).filter(([name]) => !/^(INGLENOOK_|XDG_)/.test(name));
  const start: Place["start"] = (args, env = {}) =>
    spawn(process.execPath, [entry, ...args], {
      cwd: home,
      env: { ...Object.fromEntries(outer), HOME: home, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
  return {
    home,
    path: (...names) => join(home, ...names),
    start,
    run: (args, env) => toItsEnd(start(args, env)),
    running: () => processesWith(`HOME=${home}`),
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}

function toItsEnd(child: ChildProcess): Promise<Ended> {
  const startedAt = performance.now();
  const said = { out: "", err: "" };
  child.stdout?.on("data", (data: Buffer) => {
    said.out += data.toString();
  });
  child.stderr?.on("data", (data: Buffer) => {
    said.err += data.toString();
  });
  const timer = setTimeout(() => child.kill("SIGKILL"), LIMIT_MS);
  return new Promise((resolve) => {
    child.once("close", (code) => {
      clearTimeout(timer);
      resolve({ code, ...said, ms: performance.now() - startedAt });
    });
  });
}

function processesWith(variable: string): number[] {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => has(pid, variable)).map(Number);
}

function has(pid: string, variable: string): boolean {
  try {
    // A process that has ended but was not yet waited for has no environment any more.
    return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(variable);
  } catch {
    return false;
  }
}

/** Takes a free port of this machine, until it is given back. */
export async function takenPort(): Promise<{ readonly port: number; free(): Promise<void> }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { port, free: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** One message, one fix, no stack, a bad exit code, soon, and nothing left running. */
export function expectRefusal(ended: Ended, words: RegExp, at: Place): void {
  expect(ended.err).toMatch(words);
  expect(ended.err.match(/Fix: /g)).toHaveLength(1);
  expect(ended.err).not.toMatch(/^\s+at /m);
  expect(ended.err).not.toContain("fault of its own");
  expect(ended.out).toBe("");
  expect(ended.code).toBe(1);
  expect(ended.ms).toBeLessThan(10_000);
  if (hasProc) expect(at.running()).toEqual([]);
}

/** Waits for a line of a running program, at most 20 s. */
export function line(child: ChildProcess, words: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    const timer = setTimeout(() => reject(new Error(`${words} was not said:\n${said}`)), LIMIT_MS);
    const hear = (data: Buffer) => {
      said += data.toString();
      if (!words.test(said)) return;
      clearTimeout(timer);
      resolve(said);
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.once("exit", (code) => reject(new Error(`it ended with ${code}:\n${said}`)));
  });
}

/** How long a program takes to end, and with which code. */
export function end(child: ChildProcess, signal: NodeJS.Signals): Promise<{ code: number | null; ms: number }> {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    child.once("exit", (code) => resolve({ code, ms: performance.now() - startedAt }));
    child.kill(signal);
  });
}
