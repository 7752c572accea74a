/** The wire to a model's process: one request at a time, each ends by its answer, by the process's exit, or by its time. */
import { type ChildProcess, fork } from "node:child_process";
import { type FromModel, parseFromModel, type ToModel } from "./protocol.ts";

/** After the soft end (asked to stop) comes the hard one (killed). */
export const GRACE_MS = 2000;
const KEPT_OUTPUT = 2000;

export interface Channel {
  readonly pid: number | undefined;
  alive(): boolean;
  /** Resolves with the message that fits, or with `failed`. Past `limitMs` the process is killed. */
  request(
    message: ToModel,
    limitMs: number,
    fits: (message: FromModel) => boolean,
    signal?: AbortSignal,
  ): Promise<FromModel>;
  send(message: ToModel): void;
  kill(): void;
  readonly exited: Promise<void>;
}

interface Process {
  readonly child: ChildProcess;
  /** How it ended. */
  gone: string | undefined;
  doomed: boolean;
  waiting: ((message: FromModel) => void) | undefined;
}

/** Forks the entry. The process gets no environment of the hub's but paths, and none of its Node flags. */
export function openChannel(entry: string, onExit: (how: string) => void): Channel {
  const child = fork(entry, [], { execArgv: [], env: environment(), stdio: ["ignore", "ignore", "pipe", "ipc"] });
  const state: Process = { child, gone: undefined, doomed: false, waiting: undefined };
  child.on("message", (message) => {
    const parsed = parseFromModel(message);
    if (parsed) state.waiting?.(parsed);
  });
  return {
    pid: child.pid,
    alive: () => state.gone === undefined && !state.doomed && child.connected,
    request: (message, limitMs, fits, signal) => request(state, { message, limitMs, fits }, signal),
    send: (message) => send(child, message),
    kill: () => kill(state),
    exited: watch(state, onExit),
  };
}

function watch(state: Process, onExit: (how: string) => void): Promise<void> {
  let said = "";
  state.child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-KEPT_OUTPUT);
  });
  return new Promise((resolve) => {
    const end = (how: string): void => {
      if (state.gone !== undefined) return;
      state.gone = how;
      state.waiting?.({ type: "failed", reason: how });
      onExit(how);
      resolve();
    };
    state.child.on("error", (error) => end(`the model's process could not run: ${error.message}`));
    state.child.on("exit", (code, signal) => end(howItEnded(code, signal, said)));
  });
}

interface Request {
  readonly message: ToModel;
  readonly limitMs: number;
  readonly fits: (message: FromModel) => boolean;
}

function request(state: Process, { message, limitMs, fits }: Request, signal?: AbortSignal): Promise<FromModel> {
  return new Promise((resolve) => {
    if (state.gone !== undefined) return resolve({ type: "failed", reason: state.gone });
    const finish = (result: FromModel): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", stop);
      state.waiting = undefined;
      resolve(result);
    };
    const tooLong = (reason: string): void => {
      kill(state);
      finish({ type: "failed", reason });
    };
    const stop = (): void => {
      if (message.type === "ask") send(state.child, { type: "abort", id: message.id });
      clearTimeout(timer);
      timer = setTimeout(() => tooLong("it was stopped"), GRACE_MS);
    };
    let timer = setTimeout(() => tooLong(`it took longer than ${Math.round(limitMs / 1000)} s`), limitMs);
    state.waiting = (m) => {
      if (m.type === "failed" || fits(m)) finish(m);
    };
    signal?.addEventListener("abort", stop, { once: true });
    send(state.child, message);
    if (signal?.aborted) stop();
  });
}

function kill(state: Process): void {
  state.doomed = true;
  state.child.kill("SIGKILL");
}

/** A closed channel is no fault of the caller's: the exit is told by its own event. */
function send(child: ChildProcess, message: ToModel): void {
  if (child.connected) child.send(message, () => undefined);
}

function howItEnded(code: number | null, signal: NodeJS.Signals | null, said: string): string {
  // The first line says what broke; the rest is the stack.
  const first = said.trim().split("\n")[0]?.slice(0, 200);
  return `the model's process ended (${signal ?? `code ${code}`})${first ? `: ${first}` : ""}`;
}

function environment(): NodeJS.ProcessEnv {
  const kept = ["PATH", "HOME", "LANG", "TMPDIR", "TEMP", "LD_LIBRARY_PATH", "SystemRoot"];
  const env: NodeJS.ProcessEnv = { NODE_LLAMA_CPP_SKIP_DOWNLOAD: "true" };
  for (const name of kept) if (process.env[name] !== undefined) env[name] = process.env[name];
  return env;
}
