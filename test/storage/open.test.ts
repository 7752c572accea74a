import { createHash } from "node:crypto";
import { closeSync, openSync, readFileSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Store } from "../../hub/ports.ts";
import { connect, remakable } from "../../hub/storage/connect.ts";
import { StoreError } from "../../hub/storage/error.ts";
import { migrations } from "../../hub/storage/migrations/index.ts";
import { openStore, type StoreOptions } from "../../hub/storage/open.ts";
import { bundle, KEY, listeningLog, reading, temporaryFolder } from "./support.ts";

const open = (folder: string, options: Partial<StoreOptions> = {}): Store => {
  const store = openStore(folder, { log: listeningLog(), ...options });
  onTestFinished(() => store.close());
  return store;
};

function refusal(work: () => unknown): StoreError {
  try {
    work();
  } catch (error) {
    if (error instanceof StoreError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

const hash = (file: string) => createHash("sha256").update(readFileSync(file)).digest("hex");

describe("opening the store", () => {
  test("says what to do when the folder can not be made", () => {
    const file = join(temporaryFolder(), "a-file");
    writeFileSync(file, "");
    const error = refusal(() => openStore(join(file, "data"), { log: listeningLog() }));
    expect(error).toMatchObject({ code: "not-writable", fix: expect.stringContaining("--data DIR") });
    expect(error.message).toContain(join(file, "data"));
  });

  test("says what to do on a file system that takes no files", () => {
    expect(refusal(() => openStore("/proc/inglenook", { log: listeningLog() }))).toMatchObject({
      code: "not-writable",
    });
  });

  test("is refused while another hub has the folder, also within one process, and free again after it", async () => {
    const folder = temporaryFolder();
    const first = open(folder);
    const error = refusal(() => open(folder));
    expect(error.code).toBe("in-use");
    expect(error.message).toContain(String(process.pid));
    await first.close();
    open(folder).put("wish", "w", {});
  });

  test("heals a damaged database: the damaged file stays as it was, what can be read is there again, the rest is named", async () => {
    const folder = temporaryFolder();
    const file = join(folder, "hub.db");
    const store = open(folder);
    for (let i = 0; i < 400; i++) store.put("finding", `f${i}`, { text: "x".repeat(500) });
    await store.close();
    const page = openSync(file, "r+");
    for (let at = 20 * 4096; at < 40 * 4096; at += 4096) writeSync(page, Buffer.alloc(2048, 0xa5), 0, 2048, at);
    closeSync(page);
    // The last end was not orderly.
    writeFileSync(join(folder, "hub.pid"), "1\n");
    const before = hash(file);
    const healed = open(folder);
    const { rescue } = healed;
    expect(hash(rescue?.aside ?? "")).toBe(before);
    const there = healed.list<{ text: string }>("finding");
    expect(there.length).toBeGreaterThan(200);
    expect(there.length).toBeLessThan(400);
    expect(new Set(there.map(({ text }) => text))).toEqual(new Set(["x".repeat(500)]));
    expect(rescue?.kept).toContain(`settings, rules, plans and approvals: ${there.length}`);
    // Each that is lost is named, as long as the list does not get too long.
    expect(rescue?.lost.join()).toMatch(/settings, rules, plans and approvals: finding f\d+; .* and \d+ more/);
    healed.put("rule", "r", {});
    await healed.close();
    expect(open(folder).rescue).toBeUndefined();
  });

  test("is never begun anew in silence: without its head, or without the people of the house, a damaged one is left as it is", async () => {
    const folder = temporaryFolder();
    const file = join(folder, "hub.db");
    const store = open(folder);
    for (let i = 0; i < 60; i++)
      store.accounts.create({ id: `i${i}`, name: `Ada ${i}`, passwordHash: "h".repeat(900), createdAt: 1 });
    await store.close();
    const db = new Database(file);
    const pages = db
      .prepare("SELECT pageno FROM dbstat WHERE name = 'account' ORDER BY pageno")
      .pluck()
      .all() as number[];
    db.close();
    const disk = openSync(file, "r+");
    for (const page of pages) writeSync(disk, Buffer.alloc(4096, 0xa5), 0, 4096, (page - 1) * 4096);
    closeSync(disk);
    writeFileSync(join(folder, "hub.pid"), "1\n");
    const before = hash(file);
    expect(refusal(() => open(folder))).toMatchObject({ code: "damaged", message: expect.stringContaining("people") });
    expect(hash(file)).toBe(before);
  });

  test("refuses a file that is no database, or another program's, or a newer hub's", async () => {
    const folder = temporaryFolder();
    const file = join(folder, "hub.db");
    writeFileSync(file, "this is not a database, and it is long enough to be looked at as one ".repeat(20));
    const before = hash(file);
    expect(refusal(() => open(folder)).code).toBe("damaged");
    expect(hash(file)).toBe(before);

    const foreign = temporaryFolder();
    new Database(join(foreign, "hub.db")).exec("CREATE TABLE theirs (x)").close();
    expect(refusal(() => open(foreign)).message).toContain("another program");

    const newer = temporaryFolder();
    await open(newer).close();
    const db = new Database(join(newer, "hub.db"));
    db.pragma("user_version = 99");
    db.close();
    expect(refusal(() => open(newer)).code).toBe("newer");
  });

  test("writes the way that outlives a power cut: WAL and synchronous FULL, also after work that can be made again", () => {
    const db = connect({ file: join(temporaryFolder(), "hub.db"), migrations, check: false });
    onTestFinished(() => {
      db.close();
    });
    const how = () => [db.pragma("journal_mode", { simple: true }), db.pragma("synchronous", { simple: true })];
    expect(how()).toEqual(["wal", 2]);
    expect(() =>
      remakable(db, () => {
        throw new Error("in between");
      }),
    ).toThrow();
    expect(how()).toEqual(["wal", 2]);
  });
});

describe("what was acknowledged", () => {
  test("is there after the hub was closed and opened", async () => {
    const folder = temporaryFolder();
    const first = open(folder, { clock: { now: () => 1_000 } });
    first.put("rule", "b", { n: 1 });
    first.put("rule", "a", { n: 2 });
    first.put("rule", "b", { n: 3 });
    first.put("rule", "c", { n: 4 });
    first.remove("rule", "c");
    const entry = first.appendAudit({ at: 5, by: "ada", what: "plan-approved", subject: "p1", detail: "d" });
    first.accounts.create({ id: "1", name: "Ada", passwordHash: "h", createdAt: 1 });
    first.accounts.addSession({ tokenHash: "t", account: "1", createdAt: 1, expiresAt: 2_000 });
    first.accounts.addSession({ tokenHash: "old", account: "1", createdAt: 1, expiresAt: 900 });
    await first.close();
    const store = open(folder, { clock: { now: () => 1_000 } });
    expect(store.list("rule")).toEqual([{ n: 3 }, { n: 2 }]);
    expect(store.get("rule", "c")).toBeUndefined();
    expect(store.audit({ limit: 10, subject: "p1" })).toEqual([entry]);
    expect(store.audit({ limit: 10, before: entry.id })).toEqual([]);
    expect(store.accounts.byName("ada")?.id).toBe("1");
    expect(store.accounts.session("t")?.account).toBe("1");
    expect(store.accounts.session("old")).toBeUndefined();
    store.accounts.endSessionsOf("1");
    expect(store.accounts.session("t")).toBeUndefined();
    expect(refusal(() => store.accounts.create({ id: "2", name: "ADA", passwordHash: "h", createdAt: 1 })).code).toBe(
      "conflict",
    );
  });

  test("is bounded: a document over a mebibyte is refused by name, an audit entry's detail is cut", () => {
    const store = open(temporaryFolder());
    const error = refusal(() => store.put("plan", "p", { text: "x".repeat(1_100_000) }));
    expect(error.code).toBe("too-large");
    expect(error.message).toContain("plan p");
    expect(store.get("plan", "p")).toBeUndefined();
    const { detail } = store.appendAudit({ at: 1, by: "a", what: "w", subject: "s", detail: "x".repeat(100_000) });
    expect(detail).toHaveLength(16_384 + " … (cut)".length);
  });
});

describe("readings", () => {
  const base = 1_700_000_000_000;

  test("come back as last values and extents after a restart, of every kind, without the retained ones", async () => {
    const folder = temporaryFolder();
    const first = open(folder);
    first.appendReadings([
      reading(base, 20.5, "s/1/temperatureMeasurement.measuredValue"),
      reading(base + 5, 21.5, "s/1/temperatureMeasurement.measuredValue"),
      reading(base + 2, 19, "s/1/temperatureMeasurement.measuredValue"),
      reading(base, true, "s/1/onOff.onOff"),
      reading(base, "heizen ❄", "s/1/thermostat.state"),
      { ...reading(base, 99, "s/1/onOff.old"), ageUnknown: true },
      reading(base, Number.NaN, "s/1/onOff.nan"),
      reading(-1, 1, "s/1/onOff.before"),
    ]);
    await first.close();
    const store = open(folder);
    expect([...store.lastValues()].map(({ key, value, at }) => [key, value, at])).toEqual([
      ["s/1/temperatureMeasurement.measuredValue", 21.5, base + 5],
      ["s/1/onOff.onOff", true, base],
      ["s/1/thermostat.state", "heizen ❄", base],
    ]);
    expect(await store.extents()).toContainEqual({
      key: "s/1/temperatureMeasurement.measuredValue",
      from: base,
      to: base + 5,
    });
    expect(store.facts()).toMatchObject({ readings: 5, oldest: base });
    expect(await store.history({ key: "s/1/thermostat.state", from: base, to: base + 1e6, bucketMs: 60_000 })).toEqual(
      [],
    );
    const switched = await store.history({ key: "s/1/onOff.onOff", from: base, to: base + 1e6, bucketMs: 300_000 });
    expect(switched).toMatchObject([{ min: 1, max: 1, last: 1, count: 1 }]);
  });

  test("are seen in history before they are written, and a wrong question names its field", async () => {
    const store = open(temporaryFolder(), { clock: { now: () => base + 60_000 } });
    store.appendReadings([reading(base, 7)]);
    expect(await store.history({ key: KEY, from: base, to: base + 1, bucketMs: 60_000 })).toMatchObject([{ last: 7 }]);
    await expect(store.history({ key: KEY, from: base, to: base, bucketMs: 60_000 })).rejects.toThrow(/^to:/);
    await expect(store.history({ key: KEY, from: base, to: base + 1, bucketMs: 10 })).rejects.toThrow(/^bucketMs:/);
    await expect(store.history({ key: KEY, from: 0, to: base, bucketMs: 60_000 })).rejects.toThrow(/at most 20000/);
    expect(await store.history({ key: "no/1/such.thing", from: base, to: base + 1, bucketMs: 60_000 })).toEqual([]);
  });

  test("are answered for by a worker thread, which comes back when it dies", async () => {
    const workerEntry = await bundle("hub/storage/history-worker.ts");
    const store = open(temporaryFolder(), { workerEntry });
    store.appendReadings([reading(base, 7)]);
    store.flush();
    const ask = () => store.history({ key: KEY, from: base, to: base + 60_000, bucketMs: 60_000 });
    expect(await ask()).toMatchObject([{ last: 7, count: 1 }]);
    const many = await Promise.allSettled(Array.from({ length: 80 }, ask));
    expect(many.filter(({ status }) => status === "fulfilled")).toHaveLength(64);
    expect(await ask()).toMatchObject([{ last: 7 }]);
  });
});
