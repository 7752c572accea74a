import { spawn } from "node:child_process";
import type { Command } from "commander";
import { entryPath } from "../main/entries.ts";

/** What a shell says of a program that Ctrl-C ended before it could end itself. */
const SIGNALLED = 130;

/**
 * `inglenook sim HOME.json`: simulated devices for makers, on any broker, without a hub. It is a program of its own, which also
 * works alone; everything behind `sim` is its business.
 */
export function addSim(program: Command): void {
  program
    .command("sim")
    .description("simulated devices on a broker, for makers; --help tells more")
    .argument("[words...]", "a home file and options, as `inglenook sim --help` tells")
    .allowUnknownOption()
    .helpOption(false)
    .action(async (_words: readonly string[], _options: unknown, command: Command) => {
      process.exitCode = await run(command.args);
    });
}

/** Its exit code. Ctrl-C reaches it by the terminal; it then takes its leave of the broker while this process waits. */
function run(args: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [entryPath("firmware-sim"), "sim", ...args], {
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => resolve(code ?? SIGNALLED));
  });
}
