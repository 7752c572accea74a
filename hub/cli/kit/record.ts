import { existsSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Command } from "commander";
import { record } from "../../../adapters/kit/record.ts";
import { type Recording, recordingText } from "../../../adapters/kit/recording.ts";
import { UsageError } from "../usage-error.ts";
import { brokerGiven, filtersGiven, progress, several, untilTold, withBroker } from "./mqtt-option.ts";

interface Given {
  readonly mqtt: string;
  readonly topics?: readonly string[];
  readonly orders?: readonly string[];
  readonly for?: string;
  readonly out: string;
  readonly row?: true;
  readonly ask?: true;
  readonly keepAddresses?: true;
  readonly force?: true;
}

const SECONDS = { s: 1, m: 60, h: 3600 } as const;
const LONGEST_S = 7 * 86_400;

/** `inglenook kit record`: a real device's messages as a file, without its secrets. */
export function addKitRecord(kit: Command): void {
  withBroker(kit.command("record").description("listen to a real device and write what it says, without secrets"))
    .option("--topics <filter>", "what to listen to (default everything); may be given again", several)
    .option("--orders <filter>", "topics that are said to the device, where its commands are not known", several)
    .option("--for <time>", "how long, such as 90s, 10m or 2h (default until Ctrl-C)")
    .option("--out <file>", "the file", "recording.jsonl")
    .option("--row", "write one row for `inglenook replay --corpus` instead of lines")
    .option("--ask", "ask devices what a hub would ask, so that their answers are there too")
    .option("--keep-addresses", "leave MAC, IP and serial numbers as they are")
    .option("--force", "write over a file that is there")
    .action(async (given: Given) => {
      const file = fileFor(given);
      const seconds = given.for === undefined ? undefined : durationOf(given.for);
      const recording = await record({
        broker: brokerGiven(given.mqtt),
        topics: filtersGiven("--topics", given.topics ?? ["#"]),
        orders: filtersGiven("--orders", given.orders ?? []),
        signal: untilTold(),
        ...(seconds === undefined ? {} : { seconds }),
        ask: given.ask === true,
        keepAddresses: given.keepAddresses === true,
        onProgress: (messages, chars, at) =>
          progress(`${messages} messages, ${Math.round(chars / 1024)} kB, ${Math.round(at)} s; Ctrl-C ends and writes`),
      });
      progress("", true);
      writeFileSync(`${file}.part`, recordingText(recording, given.row ? "row" : "lines"));
      renameSync(`${file}.part`, file);
      console.log(summary(recording, given.out));
    });
}

/** Before anything is listened to: what can't be written later should be known now. */
function fileFor({ out, force }: Given): string {
  const file = resolve(out);
  if (existsSync(file) && (!force || !statSync(file).isFile()))
    throw new UsageError(
      "file-there",
      `--out: ${out} is there already.`,
      "choose another name, or add --force to write over the file",
    );
  if (!existsSync(dirname(file)))
    throw new UsageError("no-folder", `--out: the folder of ${out} does not exist.`, "make it, or choose another");
  return file;
}

function durationOf(text: string): number {
  const [, number = "", unit = "s"] = /^(\d+(?:\.\d+)?)([smh])?$/.exec(text) ?? [];
  const seconds = Number(number) * SECONDS[unit as keyof typeof SECONDS];
  if (number !== "" && seconds > 0 && seconds <= LONGEST_S) return seconds;
  throw new UsageError("bad-time", `--for: ${text} is no time up to 7 days.`, "write it like 90s, 10m or 2h");
}

function summary({ head, messages }: Recording, out: string): string {
  const replaced = Object.entries(head.replaced).map(([sort, n]) => `${n} ${sort}`);
  const orders = messages.filter((m) => m.dir === "to-device").length;
  return [
    `Wrote ${out}: ${messages.length} messages in ${Math.round(head.seconds)} s, ${messages.filter((m) => m.kept).length} of them from before, ${orders} said to devices.`,
    `Replaced by made-up ones: ${replaced.join(", ") || "nothing"}. Names that people gave stay: look through it before you give it away.`,
    ...head.notes,
  ].join("\n");
}
