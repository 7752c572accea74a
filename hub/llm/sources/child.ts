import { spawn } from "node:child_process";

export type ChildResult =
  | { readonly ok: true }
  /** `missing`: the program itself is not installed. */
  | { readonly ok: false; readonly reason: string; readonly missing?: true };

const KEPT_OUTPUT = 4000;

/** Runs a program to its end; only the last 4,000 characters of what it says are kept. Rejects when the signal aborts. */
export function runChild(
  program: string,
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv; timeoutMs: number; signal: AbortSignal },
): Promise<ChildResult> {
  return new Promise((resolve, reject) => {
    options.signal.throwIfAborted();
    const child = spawn(program, [...args], {
      cwd: options.cwd,
      env: options.env,
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill("SIGKILL");
    }, options.timeoutMs);
    const stop = (): boolean => child.kill("SIGTERM");
    options.signal.addEventListener("abort", stop, { once: true });
    const settle = (result: ChildResult): void => {
      clearTimeout(timer);
      options.signal.removeEventListener("abort", stop);
      if (options.signal.aborted) reject(options.signal.reason);
      else resolve(result);
    };
    child.stderr.setEncoding("utf8");
    child.stderr.on("data", (text: string) => {
      said = (said + text).slice(-KEPT_OUTPUT);
    });
    child.on("error", (error: NodeJS.ErrnoException) =>
      settle({ ok: false, reason: error.message, ...(error.code === "ENOENT" && { missing: true as const }) }),
    );
    child.on("close", (code) => {
      if (code === 0) return settle({ ok: true });
      const last = said.trim().split("\n").at(-1) ?? "";
      const why = timedOut ? `took longer than ${options.timeoutMs / 1000} s` : last || `ended with code ${code}`;
      settle({ ok: false, reason: why.slice(0, 300) });
    });
  });
}
