import { type ChildProcess, spawn } from "node:child_process";
import { realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { Duplex } from "node:stream";
import { readLines } from "./lines.ts";
import { ALIVE_MS, type ToAdapter } from "./protocol.ts";

const MAX_LINE = 1024 * 1024;
/** About 20,000 readings a second: far above any maker's devices, far below what would hold the house up. */
const PER_SECOND = 4 * 1024 * 1024;
/** Silent for so long, it hangs. */
export const SILENT_MS = 5 * ALIVE_MS;
/** Node starts slowly on a busy small machine. */
const START_MS = 30_000;
const STOP_MS = 3000;
const HEAP_MB = 96;
const TAIL = 500;

export interface ChildEvents {
  readonly line: (line: string) => void;
  /** It ended by itself, or was ended: why, in words. Once. */
  readonly ended: (why: string) => void;
}

/**
 * Least rights: it reads its own folder and the hub's program, writes nothing, starts nothing, and has none of the hub's
 * environment. The network it needs for the broker.
 */
function rights(entry: string, folder: string): string[] {
  const program = realpathSync(dirname(entry));
  const known = process.allowedNodeEnvironmentFlags;
  const permission = known.has("--permission") ? "--permission" : "--experimental-permission";
  return [
    permission,
    `--allow-fs-read=${program}/*`,
    `--allow-fs-read=${folder}/*`,
    ...(known.has("--allow-net") ? ["--allow-net"] : []),
    "--no-warnings",
    `--max-old-space-size=${HEAP_MB}`,
  ];
}

/** One run of an adapter's process. */
export class AdapterChild {
  readonly #child: ChildProcess;
  readonly #pipe: Duplex | undefined;
  readonly #events: ChildEvents;
  #silence: NodeJS.Timeout | undefined;
  readonly #silentMs: number;
  #over = false;
  #why: string | undefined;
  #tail = "";

  constructor(entry: string, folder: string, silentMs: number, events: ChildEvents) {
    this.#silentMs = silentMs;
    this.#events = events;
    const env = Object.fromEntries(
      ["TZ", "LANG"].flatMap((n) => (process.env[n] === undefined ? [] : [[n, process.env[n]]])),
    );
    const child = spawn(
      process.execPath,
      [...rights(entry, folder), join(realpathSync(dirname(entry)), basename(entry))],
      {
        cwd: tmpdir(),
        env,
        stdio: ["ignore", "ignore", "pipe", "pipe"],
      },
    );
    this.#child = child;
    child.stderr?.on("data", (chunk: Buffer) => {
      this.#tail = (this.#tail + chunk.toString("utf8")).slice(-TAIL);
    });
    child.once("error", (error) => this.#end(error.message));
    child.once("exit", (code, signal) => this.#end(this.#why ?? (signal ? `ended by ${signal}` : `exit code ${code}`)));
    const pipe = child.stdio[3];
    this.#pipe = pipe instanceof Duplex ? pipe : undefined;
    this.#pipe?.on("error", () => undefined);
    if (this.#pipe)
      readLines(
        this.#pipe,
        { line: MAX_LINE, perSecond: PER_SECOND },
        (line) => this.#heard(line),
        (why) => this.kill(why),
      );
    this.#watch(START_MS);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** False when nobody is there to hear it. */
  tell(message: ToAdapter): boolean {
    if (this.#over || !this.#pipe?.writable) return false;
    this.#pipe.write(`${JSON.stringify(message)}\n`);
    return true;
  }

  /** Ends it at once; `why` is what is said of it. */
  kill(why: string): void {
    this.#why ??= why;
    this.#child.kill("SIGKILL");
  }

  async stop(): Promise<void> {
    if (this.#over) return;
    const gone = new Promise<void>((resolve) => this.#child.once("exit", () => resolve()));
    if (!this.tell({ kind: "stop" })) this.kill("told to end");
    const force = setTimeout(() => this.kill("told to end"), STOP_MS);
    await gone;
    clearTimeout(force);
  }

  #heard(line: string): void {
    if (this.#over || this.#why !== undefined) return;
    this.#watch(this.#silentMs);
    this.#events.line(line);
  }

  #watch(silentMs: number): void {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.kill(`it hung: nothing was heard of it for ${silentMs / 1000} s`), silentMs);
    this.#silence.unref();
  }

  #end(why: string): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#silence);
    this.#pipe?.destroy();
    const last = this.#tail.trim().split("\n").at(-1) ?? "";
    this.#events.ended(last && this.#why === undefined ? `${why}: ${last.slice(0, 200)}` : why);
  }
}
