/** Entry of the model's own process: a native crash or a hunger for memory ends here, not in the hub. */
import { setPriority } from "node:os";
import { type Engine, openEngine } from "./engine.ts";
import type { FromModel, ModelAnswer, ToModel } from "./protocol.ts";

let engine: Engine | undefined;
let current: { readonly id: number; readonly abort: AbortController } | undefined;

const tell = (message: FromModel): void => {
  if (process.connected) process.send?.(message);
};

const describe = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 500);

async function load(message: Extract<ToModel, { type: "load" }>): Promise<void> {
  const startedAt = performance.now();
  try {
    engine = await openEngine(message);
    tell({ type: "loaded", ms: performance.now() - startedAt });
  } catch (error) {
    tell({ type: "failed", reason: describe(error) });
  }
}

async function ask(message: Extract<ToModel, { type: "ask" }>): Promise<void> {
  const abort = new AbortController();
  current = { id: message.id, abort };
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    abort.abort();
  }, message.timeoutMs);
  let answer: ModelAnswer;
  try {
    answer = engine ? await engine.ask(message, abort.signal) : { ok: false, reason: "no model is loaded" };
    if (late && !answer.ok)
      answer = { ok: false, reason: `it took longer than ${Math.round(message.timeoutMs / 1000)} s` };
  } catch (error) {
    answer = { ok: false, reason: describe(error) };
  }
  clearTimeout(timer);
  current = undefined;
  tell({ type: "answer", id: message.id, answer });
}

async function unload(): Promise<void> {
  await engine?.close().catch(() => undefined);
  process.exit(0);
}

process.on("message", (message: ToModel) => {
  if (message.type === "load") void load(message);
  else if (message.type === "ask") void ask(message);
  else if (message.type === "unload") void unload();
  else if (message.id === current?.id) current.abort.abort();
});
// The hub is gone: nobody would ever stop this process.
process.on("disconnect", () => process.exit(0));
// The hub ends this process in its own order; a Ctrl-C in the terminal reaches both.
process.on("SIGINT", () => undefined);
// The home comes first: switching a light must not wait for a sentence being written.
setPriority(10);
