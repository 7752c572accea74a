import type { Command } from "commander";
import { createModels, type ModelRoom } from "../llm/models.ts";
import { modelsFolder } from "../main/folders.ts";
import { createModelSettings } from "../main/model-settings.ts";
import type { ModelStatus } from "../ports.ts";
import { addModelBench, asBench } from "./model-bench.ts";
import { UsageError } from "./usage-error.ts";

const MIB = 2 ** 20;

/** `inglenook model list | pull ID | use ID | add | remove ID | bench ID`. A running hub notices a new choice with its next question. */
export function addModel(program: Command): void {
  const model = program.command("model").description("language models of this machine");
  model
    .command("list")
    .description("models that can be had and what is here of them")
    .option("--json", "print JSON")
    .action(async ({ json }: { json?: boolean }) => {
      const room = await open();
      if (json) return console.log(JSON.stringify({ models: room.list(), advice: room.advice() }));
      console.log(room.list().map(asText).join("\n"));
      const { id, why } = room.advice();
      console.log(`Recommended here: ${id ?? "none"} (${why}).`);
    });
  model
    .command("pull <id>")
    .description("fetch a model; goes on where it was cut off")
    .action((id: string) => pull(id));
  model
    .command("use <id>")
    .description("answer with this model from now on")
    .action(async (id: string) => {
      const room = await open();
      known(() => room.use(id));
      console.log(`${id} answers from now on.`);
    });
  model
    .command("add <id> <url> <sha256>")
    .description("add any GGUF file by its address and hash")
    .option("--name <name>", "how it is shown")
    .option("--licence <licence>", "under which licence")
    .action(async (id: string, url: string, sha256: string, more: { name?: string; licence?: string }) => {
      const room = await open();
      known(() => room.add({ id, url, sha256, name: more.name ?? id, licence: more.licence }));
      console.log(`${id} is in the list; fetch it with: inglenook model pull ${id}`);
    });
  model
    .command("remove <id>")
    .description("delete a model's file; one that was added goes from the list as well")
    .action(async (id: string) => {
      const room = await open();
      await room.remove(id).catch((error: unknown) =>
        known(() => {
          throw error;
        }),
      );
      console.log(`${id} is no longer here.`);
    });
  addModelBench(model, open);
}

function open(tell: () => void = () => {}): Promise<ModelRoom> {
  const folder = modelsFolder();
  const log = { info() {}, warn() {}, error: (_: object, message: string) => console.error(message) };
  return createModels({ folder, log, store: createModelSettings(folder), tell });
}

/** Words for what is not in the list, or does not fit. */
function known<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    const reason = error instanceof Error ? error.message : "unknown";
    throw new UsageError(
      "no-model",
      /^\w+:/.test(reason) ? reason : `id: ${reason}`,
      "run `inglenook model list` for the names and what is here",
    );
  }
}

async function pull(id: string): Promise<void> {
  let shown = 0;
  const room = await open(() => {
    const status = room?.list().find((m) => m.id === id);
    if (!status || Date.now() - shown < 500) return;
    shown = Date.now();
    if (process.stderr.isTTY) process.stderr.write(`\r${asProgress(status).padEnd(78)}`);
    else process.stderr.write(`${asProgress(status)}\n`);
  });
  known(() => room.pull(id));
  process.once("SIGINT", () => room.cancel(id));
  await room.settled();
  const status = room.list().find((m) => m.id === id);
  if (status?.state === "present" || status?.state === "inUse" || status?.state === "loaded")
    return console.log(`\n${id} is here, SHA-256 ${status.sha256}. ${status.note}`);
  throw new UsageError(
    "not-fetched",
    `${id} was not fetched: ${status?.note ?? "unknown"}`,
    "try again (what was fetched is kept), or put the file into the models folder by hand",
  );
}

const asProgress = (m: ModelStatus): string =>
  `${m.id}: ${Math.round(m.fetchedBytes / MIB)} of ${Math.round(m.sizeBytes / MIB)} MiB, ${Math.floor((m.fetchedBytes / m.sizeBytes) * 100)} %  ${m.note}`.slice(
    0,
    120,
  );

const asText = (m: ModelStatus): string =>
  `${m.id.padEnd(26)} ${m.state.padEnd(9)} ${String(Math.round(m.sizeBytes / MIB)).padStart(6)} MiB  ${m.licence.padEnd(12)} ${m.name}${m.recommended ? "  (recommended here)" : ""}${m.fits ? "" : "  (too large here)"}${m.bench ? `\n    ${asBench(m.bench)}` : ""}`;
