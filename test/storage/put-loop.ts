import { openStore } from "../../hub/storage/open.ts";

// Acknowledges each setting on its own line as soon as it is stored, and readings as far as they are; ended from outside, at any moment.
// What it writes is long past, so that the worker rolls it up beside.
const [folder = "", from = "0", workerEntry = ""] = process.argv.slice(2);
const quiet = { info: () => {}, warn: () => {}, error: () => {} };
const store = openStore(folder, { log: quiet, workerEntry, times: { tickMs: 5, quietMs: 0, lookMs: 20 } });
const path = { node: "plug", endpoint: 1, capability: "onOff", attribute: "onOff" };
let n = Number(from);

function more(): void {
  for (let i = 0; i < 20; i++) {
    n++;
    store.put("nodeSettings", `n${n % 500}`, { n });
    store.appendAudit({ at: n, by: "test", what: "put", subject: "s", detail: String(n) });
    store.appendReadings([{ path, value: n % 2 === 0, at: 1_699_999_800_000 + n * 60_000, source: "test" }]);
    process.stdout.write(`${n}\n`);
  }
  store.flush();
  process.stdout.write(`flushed ${n}\n`);
  setImmediate(more);
}
more();
