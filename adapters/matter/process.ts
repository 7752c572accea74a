/** The Matter controller as a process of its own: it may crash, hang or lose its store without the house going down. */

import { configure, MatterHost } from "./process/host.ts";
import { captureLog, withoutSecrets } from "./process/journal.ts";
import { createOutbox } from "./process/outbox.ts";
import { ALIVE_MS, type ToProcess } from "./protocol.ts";

const outbox = createOutbox(process);
let host: MatterHost | undefined;
let starting: Promise<void> | undefined;
let ending = false;

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

async function start(storage: string, fabricLabel: string): Promise<void> {
  captureLog((level, message) => outbox.send({ kind: "log", level, message }));
  configure(storage);
  try {
    host = await MatterHost.open(storage, fabricLabel, outbox);
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

async function commission({ job, code, searchMs }: Extract<ToProcess, { kind: "commission" }>): Promise<void> {
  await starting;
  if (!host) return outbox.send({ kind: "failed", job, problem: "Matter can't start; the hub's log says why." });
  try {
    const outcome = await host.commission(code, searchMs, (step) => outbox.send({ kind: "step", job, step }));
    outbox.send(
      outcome.ok
        ? { kind: "commissioned", job, node: outcome.node }
        : { kind: "failed", job, problem: outcome.problem },
    );
  } catch (error) {
    outbox.send({ kind: "failed", job, problem: `Pairing failed: ${words(error)}` });
  }
}

function answer(request: number, work: ReturnType<MatterHost["send"]> | undefined): void {
  const late = work ?? Promise.resolve({ ok: false, reason: "Matter is still starting" } as const);
  late.then(
    (result) => outbox.send({ kind: "answer", request, result }),
    (error) => outbox.send({ kind: "answer", request, result: { ok: false, reason: words(error) } }),
  );
}

process.on("message", (message: ToProcess) => {
  switch (message.kind) {
    case "configure":
      starting = start(message.storage, message.fabricLabel);
      break;
    case "commission":
      void commission(message);
      break;
    case "send":
      answer(message.request, host?.send(message.command));
      break;
    case "remove":
      answer(message.request, host?.remove(message.node));
      break;
    case "stop":
      end(0);
  }
});
process.once("disconnect", () => end(0));
process.once("SIGTERM", () => end(0));
process.on("SIGINT", () => undefined);
