/** The processes of a bench: started, measured by the kernel's own count, ended by their id. */
import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";

const TICKS_A_SECOND = 100;

/** Seconds of processor time of all its threads so far; `/proc/PID/stat`, fields 14 and 15. */
export function cpuOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND;
}

/** Seconds that its main thread was ready to run and had to wait for a core so far; `/proc/PID/task/TID/schedstat`. */
export const waitedOf = (pid: number): number =>
  Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, "utf8").split(" ")[1]) / 1e9;

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** Waits until a process has done what it had to: less than 3 % of a core for half a second. */
export async function idle(pid: number): Promise<void> {
  for (;;) {
    const before = cpuOf(pid);
    await pause(500);
    if (cpuOf(pid) - before <= 0.015) return;
  }
}

export interface Part {
  readonly pid: number;
  /** The answer to one request; the part's own file knows what it means. */
  ask<T>(request: object): Promise<T>;
  end(): Promise<void>;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), 12_000);
  await gone;
  clearTimeout(late);
}

/** This bench's own bundle again, in a part of its own. */
export function part(role: string): Part {
  const child = fork(process.argv[1] ?? "", [role], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  return {
    pid: child.pid ?? 0,
    async ask<T>(request: object): Promise<T> {
      child.send(request);
      const [answer] = (await once(child, "message")) as [T];
      return answer;
    },
    end: () => ended(child),
  };
}

/** The other side of {@link part}: answers request by request until the parent goes. */
export function serveParent(answer: (request: never) => Promise<unknown>): void {
  process.on("message", (request) => {
    answer(request as never).then(
      (result) => process.send?.(result ?? {}),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
  process.on("disconnect", () => process.exit(0));
}

export interface HubProcess {
  readonly pid: number;
  readonly url: string;
  readonly mqttPort: number;
  readonly folder: string;
  /** The session's cookie of the first account. */
  readonly cookie: string;
  end(): Promise<void>;
  remove(): void;
}

/** The built hub, empty, with its own broker; INGLENOOK_DIST names another build than dist/. */
export async function startHub(nodeArgs: readonly string[] = []): Promise<HubProcess> {
  const folder = mkdtempSync(join(tmpdir(), "inglenook-bench-"));
  const entry = resolve(process.env.INGLENOOK_DIST ?? "dist", "inglenook.mjs");
  const args = ["start", "--data", folder, "--port", "0", "--mqtt-port", "0", "--no-matter", "--no-fetch-model"];
  const child = spawn(process.execPath, [...nodeArgs, entry, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const seen = { url: "", token: "", port: "" };
  for await (const line of createInterface({ input: child.stdout })) {
    seen.url ||= /Dashboard\s+(\S+)/.exec(line)?.[1] ?? "";
    seen.token ||= /Sign in\s+\S+\/(\S+)/.exec(line)?.[1] ?? "";
    seen.port ||= /MQTT broker\s+mqtt:\/\/[^:]+:(\d+)/.exec(line)?.[1] ?? "";
    if (seen.url && seen.port) break;
  }
  child.stdout.resume();
  const account = { token: seen.token, name: "bench", password: "a long enough password" };
  const answer = await fetch(`${seen.url}/api/accounts`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(account),
  });
  if (!answer.ok) throw new Error(`no account: ${answer.status} ${await answer.text()}`);
  const cookie = answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  return {
    ...{ pid: child.pid ?? 0, url: seen.url, mqttPort: Number(seen.port), folder, cookie },
    end: () => ended(child),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
