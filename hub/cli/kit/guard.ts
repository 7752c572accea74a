import { fork } from "node:child_process";
import { UsageError } from "../usage-error.ts";

/** Tells the process that it is the inner one. */
const INNER = "INGLENOOK_KIT_INNER";

/** The last word of a check that came to its end. */
export const DONE = "done";

export const isInner = (): boolean => process.env[INNER] === "1" && process.send !== undefined;

/**
 * Runs this same command once more in a process of its own, and ends it when it says nothing for so long: an adapter that
 * never comes back can't be interrupted from within. Resolves with its exit code. Rejects with UsageError when it was ended.
 */
export function guarded(patienceMs: number): Promise<number> {
  const [, program = "", ...args] = process.argv;
  const child = fork(program, args, {
    env: { ...process.env, [INNER]: "1" },
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  let rule = "its start";
  return new Promise((resolve, reject) => {
    let late: NodeJS.Timeout;
    const watch = (): void => {
      clearTimeout(late);
      late = setTimeout(() => {
        child.kill("SIGKILL");
        const words = `The check was ended: at ${rule} the adapter did not come back for ${patienceMs / 1000} s.`;
        reject(
          new UsageError(
            "adapter-hangs",
            words,
            "look for a loop without an end in decode() or encode(), or give it more --patience",
          ),
        );
      }, patienceMs);
    };
    watch();
    child.on("message", (message) => {
      rule = String(message);
      watch();
    });
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      clearTimeout(late);
      // What it refused it has said itself, and ends with 1.
      if (rule === DONE || code === 1) resolve(code ?? 1);
      else {
        const words = `The adapter ended the check at ${rule}, ${signal === null ? `with exit code ${code}` : `by ${signal}`}.`;
        reject(
          new UsageError("adapter-broke", words, "an adapter never ends its process, and has to do with little memory"),
        );
      }
    });
  });
}

/** For the inner process: says which rule is under way, and ends with the outer one. */
export function report(rule: string): void {
  if (isInner()) process.send?.(rule);
}
