import { openStore } from "../../../hub/storage/open.ts";

// Says on a line of its own what is acknowledged, as soon as it is: settings, rules, approvals, the log of who did what, and readings
// as far as they are written. Its power is cut at any moment.
const [folder = "", from = "0", workerEntry = ""] = process.argv.slice(2);
const quiet = { info: () => {}, warn: () => {}, error: () => {} };
// With the worker, as the hub has it: it rolls up, deletes, trims and carries over beside.
const store = openStore(folder, { log: quiet, workerEntry, times: { tickMs: 5, quietMs: 0, lookMs: 20 } });
const path = { node: "plug", endpoint: 1, capability: "electricalPowerMeasurement", attribute: "activePower" };
const kinds = ["nodeSettings", "rule", "plan"] as const;
let n = Number(from);

function more(): void {
  for (let i = 0; i < 5; i++) {
    n++;
    for (const kind of kinds) store.put(kind, `n${n % 300}`, { n });
    store.appendAudit({ at: n, by: "test", what: "put", subject: "s", detail: String(n) });
    process.stdout.write(`kept ${n}\n`);
  }
  for (let i = 0; i < 50; i++)
    store.appendReadings([{ path, value: i, at: 1_699_999_800_000 + (n * 50 + i) * 12_000, source: "test" }]);
  store.flush();
  process.stdout.write(`flushed ${n}\n`);
  setImmediate(more);
}
more();
