/** What can happen to the disk beneath a running hub besides being full: each is said, stops nothing, and heals where it can. */
import { closeSync, openSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, onTestFinished, test } from "vitest";
import { openStore } from "../../hub/storage/open.ts";
import { listeningLog, reading, temporaryFolder } from "./support.ts";

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
  }, 20_000);

  test("loses pages in the middle says so where they are read, and nowhere else", async () => {
    const folder = temporaryFolder();
    const { store } = house(folder);
    for (let i = 0; i < 50; i++) {
      store.appendReadings(readings(4000, AT + i * 4_000_000));
      store.flush();
    }
    await store.close();
    const file = join(folder, "hub.db");
    // History's pages lie behind those of the settings.
    const pages = Math.floor(statSync(file).size / 4096);
    const disk = openSync(file, "r+");
    for (let page = Math.floor(pages / 2); page < pages - 4; page++)
      writeSync(disk, Buffer.alloc(4096, 0xa5), 0, 4096, page * 4096);
    closeSync(disk);
    const log = listeningLog();
    // The last end was orderly, so that nothing is looked over: the damage shows while the hub runs.
    const again = refusal(() => {
      const store = openStore(folder, { log, times });
      onTestFinished(() => store.close());
      expect(store.get("rule", "before")).toEqual({ n: 1 });
      store.put("rule", "after", { n: 2 });
      expect(store.list("rule")).toHaveLength(2);
      store.appendReadings(readings(10, AT + 90_000_000_000));
      store.flush();
      return store;
    });
    if (again) expect(again).toMatchObject({ code: "damaged", fix: expect.stringContaining("recover") });
    else expect(log.lines.filter((line) => line.level === "error")).toEqual([]);
  });
});
