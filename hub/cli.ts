import { Command } from "commander";
import { addDoctor } from "./cli/doctor.ts";
import { addEnergyBench } from "./cli/energy-bench.ts";
import { addExport } from "./cli/export.ts";
import { addImport } from "./cli/import.ts";
import { addKit } from "./cli/kit.ts";
import { addModel } from "./cli/model.ts";
import { addReplay } from "./cli/replay.ts";
import { addSchedule } from "./cli/schedule.ts";
import { addSim } from "./cli/sim.ts";
import { addStart } from "./cli/start.ts";
import { version } from "./cli/version.ts";
import { isFault } from "./main/fault.ts";

// A reader that has enough (`replay … | head -1`) closes the pipe; that is no fault.
process.stdout.on("error", () => process.exit(0));

const program = new Command("inglenook")
  .description("A smart-home hub for a Raspberry Pi")
  .version(version)
  .showHelpAfterError("  Fix: add --help to see what can be given");
addStart(program);
addModel(program);
addReplay(program);
addDoctor(program);
addKit(program);
addExport(program);
addEnergyBench(program);
addImport(program);
addSchedule(program);
addSim(program);

try {
  await program.parseAsync();
} catch (error) {
  console.error(inWords(error));
  process.exit(1);
}

/** What a person can act on; where the code knows no fix, the fault is its own and the stack is for its makers. */
function inWords(error: unknown): string {
  if (isFault(error)) return `${error.message}\n  Fix: ${error.fix}`;
  const { message, stack = "" } = error instanceof Error ? error : new Error(String(error));
  if (process.env.INGLENOOK_LOG === "debug") return stack;
  return `Inglenook met a fault of its own: ${message}\n  Fix: run it again with INGLENOOK_LOG=debug and report what it prints`;
}
