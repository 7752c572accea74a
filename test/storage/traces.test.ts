/** What rules did and why, kept within its bound and found again. */
import { expect, test } from "vitest";
import type { Trace } from "../../hub/model/trace.ts";
import { connect } from "../../hub/storage/connect.ts";
import { migrations } from "../../hub/storage/migrations/index.ts";
import { openStore } from "../../hub/storage/open.ts";
import { TraceLog } from "../../hub/storage/traces.ts";
import { listeningLog, temporaryFolder } from "./support.ts";

const NOON = Date.UTC(2026, 10, 22, 12);
const MINUTE = 60_000;

const trace = (n: number, more: Partial<Trace> = {}): Trace => ({
  id: `run-${n}`,
  at: NOON + n * MINUTE,
  endedAt: NOON + n * MINUTE + 500,
  rule: `rule-${n % 50}`,
  title: `Rule ${n % 50}`,
  kind: n % 3 === 0 ? "nearMiss" : "run",
  cause: `Hall's occupancy is occupied, was clear (${n})`,
  outcome: "done",
  nodes: [`lamp-${n % 100}`, "hall"],
  lines: [
    { at: NOON + n * MINUTE, text: `turn on Lamp ${n % 100}: done, confirmed after 120 ms` },
    { at: NOON + n * MINUTE + 300, text: "told people", bad: true },
  ],
  ...more,
});

const many = (from: number, to: number): Trace[] => Array.from({ length: to - from }, (_, i) => trace(from + i));

function openLog(options: { maxBytes?: number; maxTraces?: number } = {}) {
  const db = connect({ file: `${temporaryFolder()}/hub.db`, migrations, check: false });
  return { db, log: new TraceLog(db, listeningLog(), { batchMs: 30_000, ...options }) };
}

test("a trace comes back as it was told, before and after it is written and after a restart", async () => {
  const folder = temporaryFolder();
  const given = [trace(1), trace(2, { lines: [], nodes: [] })];
  const [first, second] = given;
  const open = () => openStore(folder, { log: listeningLog() });
  const store = open();
  store.traces.append(given);
  expect(store.traces.search({ limit: 10 })).toEqual({ traces: [second, first] });
  store.flush();
  expect(store.traces.search({ limit: 10 })).toEqual({ traces: [second, first] });
  store.traces.append([trace(3)]);
  await store.close();
  const again = open();
  expect(again.traces.search({ limit: 10 }).traces.map((t) => t.id)).toEqual(["run-3", "run-2", "run-1"]);
  await again.close();
});

test("traces are found by device, rule, kind, time and text, page by page, whether written yet or not", () => {
  const { log } = openLog();
  log.append(many(0, 120));
  log.flush();
  log.append(many(120, 200));
  const ids = (query: Omit<Parameters<TraceLog["search"]>[0], "limit">) =>
    log.search({ limit: 200, ...query }).traces.map((t) => Number(t.id.slice(4)));
  expect(ids({ node: "lamp-7" })).toEqual([107, 7]);
  expect(ids({ rule: "rule-7" })).toEqual([157, 107, 57, 7]);
  expect(ids({ rule: "rule-7", node: "lamp-57" })).toEqual([157, 57]);
  expect(ids({ rule: "rule-7", kind: "nearMiss" })).toEqual([57]);
  expect(ids({ from: NOON + 118 * MINUTE, to: NOON + 121 * MINUTE })).toEqual([120, 119, 118]);
  expect(ids({ text: "LAMP 42:" })).toEqual([142, 42]);
  expect(ids({ text: "lamp 42%" })).toEqual([]);
  expect(ids({ text: "confirmed_after" })).toEqual([]);
  expect(ids({ node: "nobody" })).toEqual([]);
  const paged: number[] = [];
  let before: number | undefined;
  do {
    const page = log.search({ limit: 7, node: "hall", before });
    paged.push(...page.traces.map((t) => Number(t.id.slice(4))));
    before = page.more;
  } while (before !== undefined);
  expect(paged).toEqual(Array.from({ length: 200 }, (_, i) => 199 - i));
});

test("upper and lower case are alike in every language, and a field's own name is no text", () => {
  const { log } = openLog();
  log.append([trace(1, { title: "Rollläden im BÜRO zu", cause: "50 % erreicht" }), trace(2)]);
  for (const written of [false, true]) {
    if (written) log.flush();
    expect(log.search({ limit: 9, text: "büro" }).traces.map((t) => t.id)).toEqual(["run-1"]);
    expect(log.search({ limit: 9, text: "50 %" }).traces.map((t) => t.id)).toEqual(["run-1"]);
    expect(log.search({ limit: 9, text: "outcome" }).traces).toEqual([]);
  }
});

test("the oldest go when there are too many or they take too much, and nothing else", () => {
  const few = openLog({ maxTraces: 1000 });
  for (let n = 0; n < 3000; n += 100) {
    few.log.append(many(n, n + 100));
    few.log.flush();
  }
  const kept = few.log.search({ limit: 200, rule: "rule-7" }).traces.map((t) => t.id);
  expect(kept.at(0)).toBe("run-2957");
  expect(few.db.prepare("SELECT count(*), min(n), max(n) FROM trace").raw().get()).toEqual([1000, 2001, 3000]);
  expect(few.db.prepare("SELECT count(*) FROM trace_node WHERE n < 2001").pluck().get()).toBe(0);
  const small = openLog({ maxBytes: 100_000 });
  for (let n = 0; n < 3000; n += 100) {
    small.log.append(many(n, n + 100));
    small.log.flush();
  }
  expect(small.log.bytes()).toBeLessThanOrEqual(100_000);
  expect(small.log.bytes()).toBeGreaterThan(95_000);
  expect(small.log.search({ limit: 1 }).traces[0]?.id).toBe("run-2999");
});

test("what the bound reckons is what the disk holds", () => {
  const { db, log } = openLog();
  const before = Number(db.pragma("page_count", { simple: true }));
  for (let n = 0; n < 5000; n += 500) {
    log.append(many(n, n + 500));
    log.flush();
  }
  const used = (Number(db.pragma("page_count", { simple: true })) - before) * 4096;
  expect(used / log.bytes()).toBeGreaterThan(0.7);
  expect(used / log.bytes()).toBeLessThan(1.25);
});

/** ms of work, whatever else this machine does at the time. */
const busy = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

test("a full table of 50,000 answers in less than 50 ms, by device, by rule, by time and by text", () => {
  const { log } = openLog();
  for (let n = 0; n < 50_000; n += 1000) {
    log.append(many(n, n + 1000));
    log.flush();
  }
  const took = (query: Omit<Parameters<TraceLog["search"]>[0], "limit">): number => {
    const times = Array.from({ length: 5 }, () => {
      const begun = busy();
      log.search({ limit: 50, ...query });
      return busy() - begun;
    });
    return Math.min(...times);
  };
  const worst = {
    node: took({ node: "lamp-7" }),
    rule: took({ rule: "rule-7" }),
    text: took({ text: "no such text" }),
    time: took({ from: NOON, to: NOON + 3 * MINUTE }),
    foreign: took({ text: "schlüssel" }),
  };
  if (process.env.INGLENOOK_MEASURE) console.log(worst, log.bytes());
  for (const [what, ms] of Object.entries(worst)) expect(ms, what).toBeLessThan(50);
});

test("rows are written together, not one by one", () => {
  const { db, log } = openLog();
  log.append(many(0, 10));
  log.flushIfDue();
  expect(db.prepare("SELECT count(*) FROM trace").pluck().get()).toBe(0);
  log.append(many(10, 1100));
  expect(db.prepare("SELECT count(*) FROM trace").pluck().get()).toBe(1100);
});
