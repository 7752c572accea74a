import { once } from "node:events";
import { closeSync, existsSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { type Command, Option } from "commander";
import type { Wanted } from "./house/house.ts";
import { addHouse, openHouse } from "./house/open.ts";
import { stoppable } from "./house/work.ts";
import { UsageError } from "./usage-error.ts";

interface Options {
  readonly format: Wanted["format"];
  readonly resolution: Wanted["resolution"];
  readonly from?: string;
  readonly to?: string;
  readonly key?: readonly string[];
  readonly output?: string;
  readonly force?: boolean;
}

const MIB = 1_048_576;
const ends = { csv: "csv", sqlite: "db", parquet: "parquet" } as const;

/** `inglenook export`: the history as a file, out of a folder or from a running hub. */
export function addExport(program: Command): void {
  const command = program.command("export").description("the history as a file");
  addHouse(command)
    .addOption(new Option("--format <format>", "kind of file").choices(["csv", "sqlite", "parquet"]).default("csv"))
    .addOption(new Option("--resolution <r>", "how finely").choices(["raw", "5m", "hour", "day"]).default("hour"))
    .option("--from <time>", "beginning, ISO 8601 (default: the first)")
    .option("--to <time>", "end, ISO 8601 (default: now)")
    .option("--key <path>", "only this attribute; may be given more than once", (key, all: string[] = []) => [
      ...all,
      key,
    ])
    .option("-o, --output <file>", "file to write; - is standard output (default: inglenook-RESOLUTION-DAY.FORMAT)")
    .option("--force", "write over a file that is there")
    .action((options: Options) => stoppable((stop) => run(command, options, stop)));
}

async function run(command: Command, options: Options, stop: AbortSignal): Promise<void> {
  const { format, resolution, from, to, key = [], force = false } = options;
  const day = new Date().toISOString().slice(0, 10);
  const output = options.output ?? `inglenook-${resolution}-${day}.${ends[format]}`;
  if (output !== "-" && !force && existsSync(output))
    throw new UsageError("there-already", `${output} is there already.`, "give another name with -o, or add --force");
  const house = await openHouse(command);
  try {
    const bytes = await house.exported({ format, resolution, from, to, keys: key });
    const written = await (output === "-" ? toOutput(bytes, stop) : toFile(output, bytes, stop));
    if (!stop.aborted) console.error(`${output === "-" ? "Written" : output}: ${(written / MIB).toFixed(1)} MiB`);
  } finally {
    await house.close();
  }
}

/** Under another name until it is whole: a file that was cut off must not look like one. */
async function toFile(output: string, bytes: AsyncIterable<Uint8Array>, stop: AbortSignal): Promise<number> {
  const part = `${output}.part`;
  const file = openPart(part);
  let written = 0;
  let told = 0;
  try {
    for await (const piece of bytes) {
      if (stop.aborted) break;
      for (let at = 0; at < piece.length; ) at += writeSync(file, piece, at);
      written += piece.length;
      if (written - told < 16 * MIB) continue;
      told = written;
      console.error(`${Math.floor(written / MIB)} MiB`);
    }
    closeSync(file);
    if (!stop.aborted) renameSync(part, output);
  } finally {
    rmSync(part, { force: true });
  }
  return written;
}

function openPart(part: string): number {
  try {
    return openSync(part, "w");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError("not-writable", `The file can't be written (${why}).`, "give another place with -o");
  }
}

async function toOutput(bytes: AsyncIterable<Uint8Array>, stop: AbortSignal): Promise<number> {
  let written = 0;
  for await (const piece of bytes) {
    if (stop.aborted) break;
    written += piece.length;
    if (!process.stdout.write(piece)) await once(process.stdout, "drain");
  }
  return written;
}
