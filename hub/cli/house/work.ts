import { UsageError } from "../usage-error.ts";
import type { Tell } from "./house.ts";

/** Does a piece of work that Ctrl+C stops in order; exit code 130 then. */
export async function stoppable(work: (stop: AbortSignal) => Promise<void>): Promise<void> {
  const stop = new AbortController();
  const told = () => stop.abort();
  process.once("SIGINT", told);
  process.once("SIGTERM", told);
  try {
    await work(stop.signal);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
    console.error("Stopped.");
  } finally {
    process.off("SIGINT", told);
    process.off("SIGTERM", told);
  }
  if (stop.signal.aborted) process.exitCode = 130;
}

/** Progress on a terminal in one line; elsewhere, every tenth. */
export function teller(): Tell {
  let shown = -1;
  return (share, words) => {
    const step = Math.floor(share * (process.stderr.isTTY ? 100 : 10));
    if (step === shown) return;
    shown = step;
    const line = `${Math.floor(share * 100)} %  ${words}`.slice(0, 76);
    process.stderr.write(process.stderr.isTTY ? `\r${line.padEnd(78)}` : `${line}\n`);
  };
}

export const notBroughtIn = (detail: string): UsageError =>
  new UsageError(
    "not-brought-in",
    `It was not brought in whole: ${detail}.`,
    "see --list; --remove takes out what came in",
  );
