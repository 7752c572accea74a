import type { Command } from "commander";
import { addOptions } from "../options.ts";
import { readSettings } from "../settings.ts";
import { UsageError } from "../usage-error.ts";
import type { House } from "./house.ts";
import { openFolder } from "./local.ts";
import { signIn } from "./remote.ts";

const HELP = `
While a hub runs, nothing else may write into its folder: give its address with --hub, your name with --name and your password by
INGLENOOK_PASSWORD, and the hub does the work. Without --hub the folder is opened here, which is refused while a hub has it.

Exit code: 0 done, 1 refused or failed, 130 stopped with Ctrl+C.`;

/** The options that say which house is meant. */
export function addHouse(command: Command): Command {
  addOptions(command, ["data", "config"]);
  return command
    .option("--hub <url>", "address of a running hub, such as http://192.168.1.20:4477")
    .option("--name <name>", "who you are to that hub; the password by INGLENOOK_PASSWORD")
    .addHelpText("after", HELP);
}

export async function openHouse(command: Command): Promise<House> {
  const { hub, name } = command.opts<{ hub?: string; name?: string }>();
  if (hub === undefined) return openFolder(readSettings(command).data);
  const password = process.env.INGLENOOK_PASSWORD;
  if (!name || !password)
    throw new UsageError(
      "no-sign-in",
      "A running hub wants to know who asks.",
      "give --name NAME, and the password by the environment variable INGLENOOK_PASSWORD",
    );
  return signIn(hub, name, password);
}
