import { openStore } from "../../hub/storage/open.ts";

// Acknowledges each setting on its own line as soon as it is stored, and readings as far as they are; ended from outside, at any moment.
const folder = process.argv[2] ?? "";
const quiet = { info: () => {}, warn: () => {}, error: () => {} };
const store = openStore(folder, { log: quiet });
const path = { node: "plug", endpoint: 1, capability: "onOff", attribute: "onOff" };
let n = Number(process.argv[3] ?? 0);

function more(): void {
  for (let i = 0; i < 20; i++) {
    n++;
    store.put("nodeSettings", `n${n % 500}`, { n });
    store.appendAudit({ at: n, by: "test", what: "put", subject: "s", detail: String(n) });
    store.appendReadings([{ path, value: n % 2 === 0, at: 1_700_000_000_000 + n, source: "test" }]);
    process.stdout.write(`${n}\n`);
  }
  store.flush();
  process.stdout.write(`flushed ${n}\n`);
  setImmediate(more);
}
more();
