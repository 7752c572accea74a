/**
 * Power cuts, which kill -9 can't show: there the kernel keeps the pages. All hundred of the house's promise:
 * INGLENOOK_CUTS=100 npx vitest run --config vitest.long.config.ts test/storage/power-cut
 */

import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import type { Store } from "../../../hub/ports.ts";
import { openStore } from "../../../hub/storage/open.ts";
import { bundle, exited, listeningLog, run, temporaryFolder } from "../support.ts";
import { fusePython, LossyDisk } from "./disk.ts";

const CUTS = Number(process.env.INGLENOOK_CUTS ?? 15);
const SEED = Number(process.env.INGLENOOK_SEED ?? 1);
const UP_AGAIN_MS = 10_000;
const kinds = ["nodeSettings", "rule", "plan"] as const;

const fuse = fusePython();
if ("missing" in fuse) console.warn(`SKIPPED: the power can't be cut here: ${fuse.missing}`);

/** What the program said last under a word. */
const last = (lines: readonly string[], word: string): number =>
  Number(lines.findLast((line) => line.startsWith(`${word} `))?.slice(word.length + 1) ?? 0);

const BEGIN = 1_699_999_800_000;
const KEY = "plug/1/electricalPowerMeasurement.activePower";

/** Fifty readings of ten minutes for each fifth number; all that were told as written are there once, rolled up or not. */
async function noneDoubled(store: Store, from: number, to: number): Promise<void> {
  const begin = BEGIN + (from + 1) * 600_000;
  const buckets = await store.history({ key: KEY, from: begin, to: BEGIN + (to + 1) * 600_000, bucketMs: 300_000 });
  expect(buckets.map(({ count }) => count)).toEqual(Array.from({ length: (2 * (to - from)) / 5 }, () => 25));
}

describe.skipIf("missing" in fuse)("a house whose power is cut while it writes", () => {
  test(`has all that it acknowledged, and is up again at once, ${CUTS} times`, async () => {
    if ("missing" in fuse) return;
    const program = await bundle("test/storage/power-cut/acknowledge.ts");
    const worker = await bundle("hub/storage/history-worker.ts");
    const disk = new LossyDisk(fuse.python, temporaryFolder());
    onTestFinished(() => disk.remove());
    let reached = 0;
    let reachedBefore = 0;
    let slowest = 0;
    for (let round = 1; round <= CUTS; round++) {
      reachedBefore = reached;
      await disk.mount(SEED * 1000 + round);
      const { child, lines } = run(program, disk.folder, String(reached), worker);
      const enough = 5 + ((round * 7919) % 120);
      await vi.waitFor(() => expect(lines.length).toBeGreaterThan(enough), { timeout: 60_000, interval: 2 });
      child.kill("SIGKILL");
      await exited(child);
      await disk.cut();

      await disk.mount(SEED * 1000 + round);
      const before = performance.now();
      const log = listeningLog();
      const store = openStore(disk.folder, { log });
      slowest = Math.max(slowest, performance.now() - before);
      const kept = last(lines, "kept");
      const ends: number[] = [];
      for (const kind of kinds) {
        const newest = new Map(store.list<{ n: number }>(kind).map(({ n }) => [n % 300, n]));
        for (let n = Math.max(1, kept - 299); n <= kept; n++)
          expect(
            newest.get(n % 300) ?? -1,
            `${kind} ${n} of round ${round}; kept ${kept}, there are ${newest.size}`,
          ).toBeGreaterThanOrEqual(n);
        ends.push(Math.max(0, ...newest.values()));
      }
      const logged = new Set(store.audit({ limit: 1000 }).map(({ detail }) => Number(detail)));
      for (let n = Math.max(1, kept - 299); n <= kept; n++) expect(logged.has(n), `entry ${n}`).toBe(true);
      // The next life goes on where all of them were.
      reached = Math.min(...ends, Math.max(0, ...logged));
      const flushed = last(lines, "flushed");
      const newest = [...store.lastValues()][0]?.at ?? 0;
      if (flushed > 0) expect(newest).toBeGreaterThanOrEqual(BEGIN + (flushed * 50 + 49) * 12_000);
      if (flushed > reachedBefore) await noneDoubled(store, reachedBefore, flushed);
      await store.close();
      const db = new Database(join(disk.folder, "hub.db"), { readonly: true });
      expect(db.pragma("integrity_check", { simple: true })).toBe("ok");
      db.close();
      await disk.cut();
    }
    expect(slowest).toBeLessThan(UP_AGAIN_MS);
    console.info(`${CUTS} cuts: nothing acknowledged was lost; up again in at most ${slowest.toFixed(0)} ms`);
  });
});
