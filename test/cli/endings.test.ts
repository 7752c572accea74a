import type { ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { end, hasProc, line, type Place, place } from "./support.ts";

if (!hasProc) console.warn("SKIPPED: which processes are left behind is read from /proc, which this system lacks");

const SECONDS = 1000;

let at: Place;
let hub: ChildProcess;

beforeEach(async () => {
  at = place();
  const args = [
    "start",
    "--demo",
    "--data",
    "data",
    "--port",
    "0",
    "--mqtt-port",
    "0",
    "--days",
    "3",
    "--no-fetch-model",
  ];
  hub = at.start(args);
  await line(hub, /End {2}/);
  // The hub, Matter, the simulated home and its two Matter devices.
  await vi.waitFor(() => expect(at.running().length).toBeGreaterThanOrEqual(5), { timeout: 90 * SECONDS });
});

afterEach(async () => {
  for (const pid of at.running()) process.kill(pid, "SIGKILL");
  await vi.waitFor(() => expect(at.running()).toEqual([]), { timeout: 30 * SECONDS });
  at.remove();
});

describe.skipIf(!hasProc)("however a hub with all its processes ends, none of them is left", () => {
  test.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)("in order, by %s", { timeout: 300 * SECONDS }, async (signal) => {
    const { code, ms } = await end(hub, signal);
    expect(code).toBe(0);
    expect(ms).toBeLessThan(30 * SECONDS);
    // A simulated home that is still starting hears only that its hub is gone.
    await vi.waitFor(() => expect(at.running()).toEqual([]), { timeout: 60 * SECONDS, interval: 200 });
    // The mark of an end that was not in order is gone.
    expect(existsSync(at.path("data", "hub.pid"))).toBe(false);
  });

  test("by force: the others notice that it is gone", { timeout: 300 * SECONDS }, async () => {
    await end(hub, "SIGKILL");
    await vi.waitFor(() => expect(at.running()).toEqual([]), { timeout: 60 * SECONDS, interval: 200 });
  });
});
