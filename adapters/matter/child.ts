import { type ChildProcess, fork } from "node:child_process";
import type { Log } from "../../hub/ports.ts";
import { ALIVE_MS } from "./protocol.ts";

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;
/** So many ends in a row may be bad luck, and the home is without its devices meanwhile; more are a fault that stays. */
const PATIENT_ENDS = 5;
/** A process that ran for so long is healthy: the next wait starts small again. */
const HEALTHY_MS = 60_000;
/** Silent for so long, it hangs. Longer than the start of a large store on a slow card. */
const SILENT_MS = 6 * ALIVE_MS + 30_000;
const STOP_MS = 7000;
const HEAP_MB = 256;
const NURSERY_MB = 16;
const TAIL = 1000;

export interface ChildEvents<From> {
  /** It runs and waits for its first message. */
  readonly up: () => void;
  readonly message: (message: From) => void;
  readonly down: () => void;
}

/** What kind of process it is: its bundle, its name in the log, and the two sides of its protocol. */
export interface ChildKind<To extends object, From> {
  readonly entry: string;
  /** As in "the Matter process ended". */
  readonly name: string;
  readonly isFrom: (message: unknown) => message is From;
  /** What asks it to end by itself. */
  readonly stop: To;
}

/** Keeps one process running: restarts it after 1 s, from the sixth time on 2, 4 ... 60 s, and ends one that no longer answers. */
export class WatchedChild<To extends object, From> {
  readonly #kind: ChildKind<To, From>;
  readonly #log: Log;
  readonly #events: ChildEvents<From>;
  #child: ChildProcess | undefined;
  #ends = 0;
  #restart: NodeJS.Timeout | undefined;
  #silence: NodeJS.Timeout | undefined;
  #stopped = true;

  constructor(kind: ChildKind<To, From>, log: Log, events: ChildEvents<From>) {
    this.#kind = kind;
    this.#log = log;
    this.#events = events;
  }

  /** The process's id while it runs. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  start(): void {
    if (!this.#stopped) return;
    this.#stopped = false;
    this.#spawn();
  }

  /** False when there is no process to tell. */
  send(message: To): boolean {
    if (!this.#child?.connected) return false;
    this.#child.send(message, () => undefined);
    return true;
  }

  /** Asks it to end and waits; ends it by force after 7 s. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#restart);
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    if (!this.send(this.#kind.stop)) child.kill("SIGTERM");
    const force = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
    await gone;
    clearTimeout(force);
  }

  #spawn(): void {
    const startedAt = performance.now();
    const child = fork(this.#kind.entry, [], {
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      // A larger nursery: descriptions of many endpoints are built and dropped at once, and a third of the start went into it.
      execArgv: [`--max-old-space-size=${HEAP_MB}`, `--max-semi-space-size=${NURSERY_MB}`],
      env: ownEnvironment(),
    });
    this.#child = child;
    let tail = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      tail = (tail + chunk.toString("utf8")).slice(-TAIL);
    });
    child.on("message", (message) => {
      this.#heard();
      if (this.#kind.isFrom(message)) this.#events.message(message);
    });
    let ended = false;
    const end = (why: string): void => {
      if (ended) return;
      ended = true;
      clearTimeout(this.#silence);
      if (this.#child === child) this.#child = undefined;
      this.#events.down();
      if (!this.#stopped) this.#again(why, performance.now() - startedAt, tail);
    };
    child.once("error", (error) => end(error.message));
    child.once("exit", (code, signal) => end(signal ? `ended by ${signal}` : `exit code ${code}`));
    this.#heard();
    this.#events.up();
  }

  #again(why: string, ranMs: number, tail: string): void {
    if (ranMs > HEALTHY_MS) this.#ends = 0;
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, ++this.#ends - PATIENT_ENDS));
    const lastWords = tail.replace(/\d{7,}/g, "…").trim();
    this.#log.warn({ why, ranMs: Math.round(ranMs), againInMs: wait, lastWords }, `${this.#kind.name} ended`);
    this.#restart = setTimeout(() => this.#spawn(), wait);
  }

  #heard(): void {
    clearTimeout(this.#silence);
    const child = this.#child;
    this.#silence = setTimeout(() => {
      this.#log.error({ silentMs: SILENT_MS }, `${this.#kind.name} no longer answers and is ended`);
      child?.kill("SIGKILL");
    }, SILENT_MS);
    this.#silence.unref();
  }
}

/** Only what the process needs: the hub's own secrets in the environment are none of its business. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const names = ["PATH", "HOME", "TZ", "LANG", "NODE_ENV", "INGLENOOK_MDNS_INTERFACE"];
  return Object.fromEntries(
    names.filter((name) => process.env[name] !== undefined).map((name) => [name, process.env[name]]),
  );
}
