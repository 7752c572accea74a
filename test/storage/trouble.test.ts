/** What can happen to the disk beneath a running hub besides being full: each is said, stops nothing, and heals where it can. */
import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { openStore } from "../../hub/storage/open.ts";
import { fusePython, LossyDisk } from "./power-cut/disk.ts";
import { KEY, listeningLog, reading, temporaryFolder } from "./support.ts";

const AT = 1_700_000_000_000;
const readings = (n: number, from = AT) => Array.from({ length: n }, (_, i) => reading(from + i * 1000, i));
const times = { tickMs: 3_600_000, batchMs: 3_600_000 };

function house(folder: string) {
  const log = listeningLog();
  const store = openStore(folder, { log, times });
  onTestFinished(() => store.close());
  store.put("rule", "before", { n: 1 });
  return { log, store };
}

function refusal(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("a running hub whose disk", () => {
  test("is held by another program says so after two seconds at most, and goes on when that lets go", () => {
    const folder = temporaryFolder();
    const { log, store } = house(folder);
    const other = new Database(join(folder, "hub.db"));
    onTestFinished(() => {
      other.close();
    });
    other.exec("BEGIN IMMEDIATE");
    const began = performance.now();
    expect(refusal(() => store.put("rule", "meanwhile", { n: 2 }))).toMatchObject({
      code: "in-use",
      fix: expect.stringContaining("stop the other"),
    });
    store.appendReadings(readings(500));
    store.flush();
    expect(performance.now() - began).toBeLessThan(6000);
    expect(log.lines.at(-1)).toMatchObject({ level: "error", message: expect.stringContaining("another program") });
    expect(store.get("rule", "before")).toEqual({ n: 1 });
    other.exec("ROLLBACK");
    store.flush();
    expect(store.facts().readings).toBe(500);
    store.put("rule", "after", { n: 3 });
    expect(store.list("rule")).toHaveLength(2);
  }, 60_000);

  test("loses pages of history says so where they are read, and the next start heals it: the rest is there, the times lost are named", async () => {
    const folder = temporaryFolder();
    const { store } = house(folder);
    store.accounts.create({ id: "1", name: "Ada", passwordHash: "h", createdAt: 1 });
    store.appendAudit({ at: 1, by: "ada", what: "w", subject: "s", detail: "d" });
    for (let i = 0; i < 50; i++) {
      store.appendReadings(readings(4000, AT + i * 4_000_000));
      store.flush();
    }
    await store.close();
    const file = join(folder, "hub.db");
    const look = new Database(file, { readonly: true });
    const pages = look
      .prepare<[], number>("SELECT pageno FROM dbstat WHERE name = 'raw' AND pagetype = 'leaf' ORDER BY path")
      .pluck()
      .all();
    look.close();
    const log = listeningLog();
    const running = openStore(folder, { log, times });
    const disk = openSync(file, "r+");
    for (const page of pages.slice(pages.length / 2, pages.length / 2 + 8))
      writeSync(disk, Buffer.alloc(4096, 0xa5), 0, 4096, (page - 1) * 4096);
    closeSync(disk);
    const asked = running.history({ key: KEY, from: AT, to: AT + 200_000_000, bucketMs: 60_000 });
    await expect(asked).rejects.toThrow(/malformed|end too early/);
    expect(running.trouble()).toMatchObject({ code: "damaged" });
    running.put("rule", "after", { n: 2 });
    expect(running.list("rule")).toHaveLength(2);
    // Other writes going well does not make it well.
    expect(running.trouble()?.code).toBe("damaged");
    await running.close();

    const healed = openStore(folder, { log, times });
    onTestFinished(() => healed.close());
    expect(healed.trouble()).toBeUndefined();
    expect(healed.rescue?.lost.join()).toMatch(
      /^batches of readings: 2023-11-1\d \d\d:00 UTC to 2023-11-1\d \d\d:00 UTC/,
    );
    expect(healed.list("rule")).toHaveLength(2);
    expect(healed.accounts.byName("ada")).toMatchObject({ id: "1" });
    expect(healed.audit({ limit: 5 })).toMatchObject([{ what: "w" }]);
    const hours = await healed.history({ key: KEY, from: AT, to: AT + 200_000_000, bucketMs: 3_600_000 });
    const count = hours.reduce((sum, hour) => sum + hour.count, 0);
    expect(count).toBeGreaterThan(100_000);
    expect(count).toBeLessThan(200_000);
    expect(healed.facts().readings).toBe(count);
  }, 90_000);
});

const fuse = fusePython();
if ("missing" in fuse) console.warn(`SKIPPED: errors of a disk can't be made here: ${fuse.missing}`);

describe.skipIf("missing" in fuse)("a running hub whose disk (a file system of its own)", () => {
  test.each([
    ["EIO", /reports an error/, "failed"],
    ["EROFS", /./, undefined],
  ])(
    "answers every write with %s says what and since when, loses nothing, and goes on by itself",
    async (how, words, code) => {
      if ("missing" in fuse) return;
      const disk = new LossyDisk(fuse.python, temporaryFolder());
      onTestFinished(() => disk.remove());
      await disk.mount(1);
      let now = AT;
      const log = listeningLog();
      const store = openStore(disk.folder, {
        log,
        times: { tickMs: 20, batchMs: 20, lookMs: 50 },
        clock: { now: () => now },
      });
      onTestFinished(() => store.close());
      store.put("rule", "before", { n: 1 });
      expect(store.trouble()).toBeUndefined();

      disk.fail(how);
      now += 1000;
      expect(refusal(() => store.put("rule", "meanwhile", { n: 2 }))).toMatchObject({
        message: expect.stringMatching(words),
      });
      store.appendReadings(readings(500));
      store.flush();
      now += 60_000;
      expect(store.trouble()).toMatchObject({
        since: AT + 1000,
        waiting: 500,
        lost: 0,
        message: expect.stringMatching(words),
      });
      if (code) expect(store.trouble()?.code).toBe(code);
      expect(store.get("rule", "before")).toEqual({ n: 1 });

      disk.fail(undefined);
      // Nobody asks for anything: the next try is the hub's own.
      await vi.waitFor(() => expect(store.trouble()).toBeUndefined(), { timeout: 36_000, interval: 50 });
      expect(store.facts().readings).toBe(500);
      store.put("rule", "after", { n: 3 });
      expect(store.list("rule")).toEqual([{ n: 1 }, { n: 3 }]);
      await store.close();
      const again = openStore(disk.folder, { log, times });
      onTestFinished(() => again.close());
      expect(again.rescue).toBeUndefined();
      expect(again.facts().readings).toBe(500);
    },
    30_000,
  );
});
