import { join } from "node:path";
import type { Command } from "commander";
import { runBench } from "../llm/bench/run.ts";
import { createLlama } from "../llm/llama.ts";
import type { ModelRoom } from "../llm/models.ts";
import { entryPath } from "../main/entries.ts";
import { modelsFolder } from "../main/folders.ts";
import { benchHouse } from "../main/model-house.ts";
import type { BenchResult } from "../ports.ts";
import { UsageError } from "./usage-error.ts";

/** `inglenook model bench ID`: measures the model here, prints and keeps the result. */
export function addModelBench(model: Command, open: () => Promise<ModelRoom>): void {
  model
    .command("bench <id>")
    .description("measure a model on this machine: speed, memory, how well it reads wishes")
    .option("--json", "print JSON")
    .action(async (id: string, { json }: { json?: boolean }) => {
      const result = await bench(await open(), id);
      console.log(json ? JSON.stringify({ id, ...result }) : table(id, result));
    });
}

/** Measures and keeps. Throws UsageError for a model that is not here, and when it was stopped or failed. */
async function bench(room: ModelRoom, id: string): Promise<BenchResult> {
  const here = found(room, id);
  const log = { info() {}, warn() {}, error: (_: object, message: string) => console.error(message) };
  const model = createLlama({
    entry: entryPath("llm-process"),
    modelPath: () => here.path,
    traits: () => here,
    stateFolder: join(modelsFolder(), "state"),
    log,
  });
  const abort = new AbortController();
  process.once("SIGINT", () => abort.abort());
  const onProgress = (part: number, note: string): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r${Math.round(part * 100)} %  ${note}`.padEnd(78));
  };
  const result = await runBench({ model, house: benchHouse(), signal: abort.signal, onProgress, now: Date.now });
  await model.stop();
  if (process.stderr.isTTY) process.stderr.write("\n");
  if (!result.ok)
    throw new UsageError(
      "no-result",
      `${id} was not measured: ${result.reason}`,
      "free memory or choose a smaller one",
    );
  room.benches.keep(id, here.sha256, result.result);
  return result.result;
}

function found(room: ModelRoom, id: string) {
  try {
    return room.here(id);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError("no-model", `id: ${reason}`, "run `inglenook model list` for what is here");
  }
}

const percent = ({ right, of }: BenchResult["alone"]): string => `${right} of ${of}`;
const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;
const memory = (bytes: number | undefined): string =>
  bytes === undefined ? "unknown" : `${Math.round(bytes / 1e6)} MB`;

function table(id: string, r: BenchResult): string {
  const rows: readonly (readonly [string, string])[] = [
    ["loads in", seconds(r.loadMs)],
    ["reads", `${r.promptPerSecond} tokens/s`],
    ["writes", `${r.tokensPerSecond} tokens/s`],
    ["memory at most", memory(r.rssBytes)],
    ["reads wishes alone", percent(r.alone)],
    ["with the house's grammar", percent(r.house)],
    ["invented names", String(r.inventedNames)],
    ["puts measures in order in", seconds(r.proposalMs)],
    ["measured", `load ${r.load} on ${r.cores} cores`],
  ];
  return [id, ...rows.map(([what, value]) => `  ${what.padEnd(26)} ${value}`)].join("\n");
}

/** One line of what a model did here. */
export const asBench = (r: BenchResult): string =>
  `here: reads ${r.promptPerSecond}, writes ${r.tokensPerSecond} tokens/s, ${memory(r.rssBytes)}, wishes ${percent(r.house)} (alone ${percent(r.alone)}), proposal ${seconds(r.proposalMs)}`;
