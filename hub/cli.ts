import { Command } from "commander";
import { addDoctor } from "./cli/doctor.ts";
import { addModel } from "./cli/model.ts";
import { addReplay } from "./cli/replay.ts";
import { addStart } from "./cli/start.ts";
import { version } from "./cli/version.ts";
import { isFault } from "./main/fault.ts";

const program = new Command("inglenook")
  .description("A smart-home hub for a Raspberry Pi")
  .version(version)
  .showHelpAfterError();
addStart(program);
addModel(program);
addReplay(program);
addDoctor(program);

try {
  await program.parseAsync();
} catch (error) {
  if (!isFault(error)) throw error;
  console.error(`${error.message}\n  Fix: ${error.fix}`);
  process.exit(1);
}
