/** The Matter controller as a process of its own: it may crash, hang or lose its store without the house going down. */

import { configure, MatterHost } from "./process/host.ts";
import { captureLog, withoutSecrets } from "./process/journal.ts";
import { createOutbox } from "./process/outbox.ts";
import { PairingDesk } from "./process/pairing-desk.ts";
import { ALIVE_MS, type ProcessOptions, type ToProcess } from "./protocol.ts";

const outbox = createOutbox(process);
let host: MatterHost | undefined;
let starting: Promise<void> | undefined;
let ending = false;
const desk = new PairingDesk(outbox, async () => {
  await starting;
  return host;
});

const words = (error: unknown): string => withoutSecrets(error instanceof Error ? error.message : String(error));

/** The exit code 3 tells the parent that it could not start at all. */
const CANNOT_START = 3;
/** No longer than this for goodbyes to devices. */
const GOODBYE_MS = 5000;

function end(code: number): void {
  if (ending) return;
  ending = true;
  setTimeout(() => process.exit(code), GOODBYE_MS).unref();
  (host?.close() ?? Promise.resolve()).then(
    () => process.exit(code),
    () => process.exit(code),
  );
}

async function start(options: ProcessOptions): Promise<void> {
  captureLog((level, message) => outbox.send({ kind: "log", level, message }));
  configure(options.storage);
  try {
    host = await MatterHost.open(options, outbox);
  } catch (error) {
    const message = `Matter can't start: ${words(error)}`;
    outbox.send({ kind: "log", level: "error", message });
    outbox.send({
      kind: "problem",
      problem: {
        code: "matter-cannot-start",
        message,
        fix: "If the Matter store is damaged, stop the hub and put the folder's -backup copy in its place.",
      },
    });
    end(CANNOT_START);
    return;
  }
  outbox.send({ kind: "ready" });
  setInterval(() => outbox.send({ kind: "alive", rss: process.memoryUsage.rss() }), ALIVE_MS);
}

function answer(request: number, work: ReturnType<MatterHost["send"]> | undefined): void {
  const late = work ?? Promise.resolve({ ok: false, reason: "Matter is still starting" } as const);
  late.then(
    (result) => outbox.send({ kind: "answer", request, result }),
    (error) => outbox.send({ kind: "answer", request, result: { ok: false, reason: words(error) } }),
  );
}

async function facts(request: number): Promise<void> {
  await starting;
  const known = await host?.facts();
  const result = known ? { ok: true as const, facts: known } : { ok: false as const, reason: "Matter can't start" };
  outbox.send({ kind: "managed", request, result });
}

async function managed({ request, node, wish }: Extract<ToProcess, { kind: "manage" }>): Promise<void> {
  await starting;
  const result = (await host?.manage(node, wish)) ?? { ok: false as const, reason: "Matter can't start" };
  outbox.send({ kind: "managed", request, result });
}

process.on("message", (message: ToProcess) => {
  switch (message.kind) {
    case "configure":
      starting = start(message);
      break;
    case "commission":
      void desk.commission(message);
      break;
    case "decide":
      desk.decide(message.job, message.accept);
      break;
    case "cancel":
      desk.cancel(message.job);
      break;
    case "send":
      answer(message.request, host?.send(message.command));
      break;
    case "online":
      void starting?.then(() => host?.online(message.online));
      break;
    case "facts":
      void facts(message.request);
      break;
    case "manage":
      void managed(message);
      break;
    case "remove":
      answer(message.request, host?.remove(message.node));
      break;
    case "stop":
      end(0);
  }
});
// The hub was killed: another one starts, with a process that has the same keys and names on the network. This one must not
// stand beside it, and its goodbyes would be taken for the other's.
process.once("disconnect", () => process.exit(0));
process.once("SIGTERM", () => end(0));
process.on("SIGINT", () => undefined);
