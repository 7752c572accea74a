import { createReadStream, statSync } from "node:fs";
import { createInterface } from "node:readline";
import type { Command } from "commander";
import { replayCorpus } from "../../adapters/mqtt/replay.ts";
import { UsageError } from "./usage-error.ts";

/** `inglenook replay`: recorded messages through the dialects, as JSON lines; each row on a hub of its own. */
export function addReplay(program: Command): void {
  program
    .command("replay")
    .description("read recorded MQTT messages through the dialects")
    .requiredOption("--corpus <file>", "JSON lines, one device a line")
    .option("--json", "print JSON lines (the only form there is)", true)
    .action(async ({ corpus }: { corpus: string }) => {
      const stat = statSync(corpus, { throwIfNoEntry: false });
      if (!stat || stat.isDirectory())
        throw new UsageError(
          "no-corpus",
          `--corpus: ${corpus} ${stat ? "is a folder" : "does not exist"}.`,
          "give the path of a file with one JSON object a line",
        );
      const lines = createInterface({ input: createReadStream(corpus, "utf8"), crlfDelay: Number.POSITIVE_INFINITY });
      await replayCorpus(lines, (line) => process.stdout.write(line.endsWith("\n") ? line : `${line}\n`));
    });
}
