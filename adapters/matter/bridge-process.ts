/** The hub's Matter bridges as a process of their own: they may crash, hang or lose their store without the house going down. */
import { mkdirSync } from "node:fs";
import { BridgeHost } from "./bridge/process/host.ts";
import type { FromBridge, ToBridge } from "./bridge/protocol.ts";
import { configure } from "./process/host.ts";
import { captureLog, withoutSecrets } from "./process/journal.ts";
import { ALIVE_MS } from "./protocol.ts";

let host: BridgeHost | undefined;
let ending = false;

/** The exit code 3 tells the parent that it could not start at all. */
const CANNOT_START = 3;
/** No longer than this for goodbyes to controllers. */
const GOODBYE_MS = 5000;

const send = (message: FromBridge): void => {
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
};

function end(code: number): void {
  if (ending) return;
  ending = true;
  setTimeout(() => process.exit(code), GOODBYE_MS).unref();
  (host?.close() ?? Promise.resolve()).then(
    () => process.exit(code),
    () => process.exit(code),
  );
}

function start(storage: string): void {
  captureLog((level, message) => send({ kind: "log", level, message }));
  try {
    mkdirSync(storage, { recursive: true, mode: 0o700 });
    configure(storage);
    host = new BridgeHost(storage, send);
  } catch (error) {
    const reason = withoutSecrets(error instanceof Error ? error.message : String(error));
    const message = `The Matter bridge can't start: ${reason}`;
    const fix = "If its store is damaged, stop the hub and put the folder's -backup copy in its place.";
    send({ kind: "log", level: "error", message });
    send({ kind: "problem", problem: { code: "bridge-cannot-start", message, fix } });
    end(CANNOT_START);
    return;
  }
  send({ kind: "ready" });
  setInterval(() => send({ kind: "alive", rss: process.memoryUsage.rss() }), ALIVE_MS);
}

process.on("message", (message: ToBridge) => {
  if (message.kind === "configure") start(message.storage);
  else if (message.kind === "stop") end(0);
  else host?.take(message);
});
// The hub was killed: another one starts, with a process that has the same keys and names on the network. This one must not
// stand beside it, and its goodbyes would be taken for the other's.
process.once("disconnect", () => process.exit(0));
process.once("SIGTERM", () => end(0));
process.on("SIGINT", () => undefined);
