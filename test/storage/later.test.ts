import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, onTestFinished, test, vi } from "vitest";
import { openStore } from "../../hub/storage/open.ts";
import { listeningLog, temporaryFolder } from "./support.ts";

function opened() {
  const folder = temporaryFolder();
  const log = listeningLog();
  const store = openStore(folder, { log });
  onTestFinished(() => store.close());
  return { folder, log, store };
}
const entry = (detail: string) => ({ at: 1, by: "hub", what: "command-outcome", subject: "lamp", detail });

test("what waits to be written is seen by the next question, and goes before the next write", () => {
  const { store } = opened();
  store.later("one", () => store.appendAudit(entry("first")));
  store.later("two", () => store.put("run", "r", { n: 1 }));
  expect(store.get("run", "r")).toEqual({ n: 1 });
  store.later("three", () => store.appendAudit(entry("second")));
  store.appendAudit(entry("third"));
  expect(store.audit({ limit: 9 }).map((e) => e.detail)).toEqual(["third", "second", "first"]);
});

test("a newer write under a name takes the place of the older, and one that fails takes no other with it", () => {
  const { store, log } = opened();
  store.later("run", () => store.put("run", "r", { n: 1 }));
  store.later("broken", () => {
    throw new Error("no");
  });
  store.later("run", () => store.put("run", "r", { n: 2 }));
  store.later("other", () => store.put("run", "s", {}));
  expect(store.list("run")).toEqual([{ n: 2 }, {}]);
  expect(log.lines.map((l) => l.message)).toContain("could not be written");
});

test("it is on the disk soon, also when nobody asks, and at the store's end", async () => {
  const { folder, store } = opened();
  const disk = new Database(join(folder, "hub.db"), { readonly: true });
  onTestFinished(() => void disk.close());
  const count = () => disk.prepare("SELECT count(*) FROM audit").pluck().get();
  store.later("one", () => store.appendAudit(entry("of itself")));
  expect(count()).toBe(0);
  await vi.waitFor(() => expect(count()).toBe(1), { timeout: 9000, interval: 10 });
  store.later("two", () => store.appendAudit(entry("of a person")), true);
  await new Promise((done) => setImmediate(() => setImmediate(done)));
  expect(count()).toBe(2);
  store.later("three", () => store.appendAudit(entry("at the end")));
  await store.close();
  expect(count()).toBe(3);
});
