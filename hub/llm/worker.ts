/** One run of the model's process, from fork to exit. */
import { GRACE_MS, openChannel } from "./channel.ts";
import type { AskOptions, FromModel, LoadOptions, ModelAnswer } from "./protocol.ts";

type Loaded = { readonly ok: true; readonly ms: number } | { readonly ok: false; readonly reason: string };

const UNLOAD_MS = 10_000;

export interface Worker {
  readonly pid: number | undefined;
  alive(): boolean;
  /** Bounded by `limitMs`, and by two seconds after the signal; a process that takes longer is killed. */
  load(options: LoadOptions, limitMs: number, signal: AbortSignal | undefined): Promise<Loaded>;
  /** One at a time. Bounded by the question's own time and two seconds' grace; then the process is killed. */
  ask(question: AskOptions, signal: AbortSignal | undefined): Promise<ModelAnswer>;
  /** Lets the process save its state and go; killed after 10 s. */
  unload(): Promise<void>;
  kill(): void;
}

/** Starts a process that waits to be told which model to load. `onExit` says in words how it ended. */
export function startWorker(entry: string, onExit: (how: string) => void): Worker {
  const channel = openChannel(entry, onExit);
  let nextId = 1;
  return {
    pid: channel.pid,
    alive: channel.alive,
    async load(options, limitMs, signal) {
      const reply = await channel.request({ type: "load", ...options }, limitMs, (m) => m.type === "loaded", signal);
      return reply.type === "loaded" ? { ok: true, ms: reply.ms } : failure(reply);
    },
    async ask(question, signal) {
      const id = nextId++;
      const fits = (m: FromModel): boolean => m.type === "answer" && m.id === id;
      const reply = await channel.request(
        { type: "ask", id, ...question },
        question.timeoutMs + GRACE_MS,
        fits,
        signal,
      );
      return reply.type === "answer" ? reply.answer : failure(reply);
    },
    async unload() {
      const timer = setTimeout(channel.kill, UNLOAD_MS);
      channel.send({ type: "unload" });
      await channel.exited;
      clearTimeout(timer);
    },
    kill: channel.kill,
  };
}

const failure = (reply: FromModel): { ok: false; reason: string } => ({
  ok: false,
  reason: reply.type === "failed" ? reply.reason : "the model's process answered nonsense",
});
