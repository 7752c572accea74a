import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type Sqlite from "better-sqlite3";
import { expect, onTestFinished, test, vi } from "vitest";
import { openBrokerStore } from "../../hub/storage/broker-store.ts";
import { openStore } from "../../hub/storage/open.ts";
import { listeningLog, reading, temporaryFolder } from "./support.ts";

const opened: Sqlite.Database[] = [];

/** The real thing; it only notes which connections there are. */
vi.mock("better-sqlite3", async (importOriginal) => {
  const { default: Real } = await importOriginal<{ default: typeof Sqlite }>();
  return {
    default: class extends Real {
      constructor(...args: ConstructorParameters<typeof Sqlite>) {
        super(...args);
        opened.push(this);
      }
    },
  };
});

/** Connections that can write to a database, and how safely a commit of each is stored: 2 is FULL. */
const writers = () =>
  opened
    .filter((db) => db.open && !db.readonly && db.name.endsWith(".db"))
    .map((db) => [
      db.name.split("/").at(-1),
      db.pragma("synchronous", { simple: true }),
      db.pragma("journal_mode", { simple: true }),
    ]);

test("every connection that can acknowledge anything writes it through to the disk, before, during and after all other work", async () => {
  const folder = temporaryFolder();
  const store = openStore(folder, { log: listeningLog(), times: { tickMs: 1, quietMs: 0 } });
  onTestFinished(() => store.close());
  const broker = openBrokerStore(folder, listeningLog());
  onTestFinished(() => broker.close());
  const full = [
    ["hub.db", 2, "wal"],
    ["broker.db", 2, "wal"],
  ];
  expect(writers()).toEqual(full);
  store.put("rule", "r", {});
  store.appendAudit({ at: 1, by: "ada", what: "w", subject: "s", detail: "d" });
  store.accounts.create({ id: "1", name: "Ada", passwordHash: "h", createdAt: 1 });
  store.keeping.set(store.keeping.get());
  broker.write([{ kind: "retained", key: "a", value: new Uint8Array([1]) }]);
  expect(writers()).toEqual(full);
  // Rollups are made beside it: what can be made again may be written with less care, what is acknowledged meanwhile not.
  const long = Date.now() - 3 * 86_400_000;
  for (let i = 0; i < 500; i++) store.appendReadings([reading(long + i * 60_000, i)]);
  store.flush();
  const key = reading(0, 1).path;
  expect(key).toBeDefined();
  for (let i = 0; i < 20; i++) {
    expect(writers()).toEqual(full);
    store.put("wish", `w${i}`, {});
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(writers()).toEqual(full);
});

test("a database is opened nowhere but where that is seen to", () => {
  const found: string[] = [];
  for (const room of ["hub", "adapters"])
    for (const entry of readdirSync(room, { recursive: true, encoding: "utf8" })) {
      if (!entry.endsWith(".ts")) continue;
      const text = readFileSync(join(room, entry), "utf8");
      if (/new Database\(|from "node:sqlite"/.test(text)) found.push(join(room, entry));
    }
  expect(found.sort()).toEqual(["hub/storage/connect.ts", "hub/storage/folder-lock.ts"]);
});
