import { createHash, randomUUID } from "node:crypto";
import { totalmem } from "node:os";
import { join } from "node:path";
import { createLlama } from "../llm/llama.ts";
import { createModels } from "../llm/models.ts";
import { createPlanning } from "../planning.ts";
import type { Clock, Hub, Log, Models, Planning, Store } from "../ports.ts";
import { createSentences } from "../sentences.ts";
import type { Bus } from "./bus.ts";
import type { Core } from "./core.ts";
import { entryPath } from "./entries.ts";
import { createCommand } from "./facade.ts";
import { modelsFolder } from "./folders.ts";
import { createModelSettings } from "./model-settings.ts";
import type { HubSettings } from "./settings.ts";
import { createTraces } from "./traces.ts";

const REVIEW_MS = 60 * 60_000;
const LEAST_REVIEW_MS = 5000;

export interface MindParts {
  readonly settings: HubSettings;
  readonly store: Store;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly log: Log;
  readonly core: Core;
}

export interface Mind {
  readonly planning: Planning;
  readonly models: Models;
  readonly sentence: Hub["sentence"];
  stop(): Promise<void>;
}

/** What reads wishes and sentences: the models, the planning desk, the grammar. */
export async function createMind(parts: MindParts): Promise<Mind> {
  const { settings, store, clock, bus, log, core } = parts;
  const folder = modelsFolder(settings.models);
  const tell = () => bus.tell({ type: "models" });
  const models = await createModels({
    folder,
    memoryBytes: totalmem(),
    log,
    store: createModelSettings(folder),
    tell,
    loaded: () => llama.loaded(),
  });
  const llama = createLlama({
    entry: entryPath("llm-process"),
    modelPath: () => models.path(),
    log,
    stateFolder: join(folder, "state"),
  });
  const planning = createPlanning({
    home: () => core.state.home,
    store,
    clock,
    languageModel: llama,
    tariff: () => core.state.tariff,
    sha256: (text) => createHash("sha256").update(text).digest("hex"),
    newId: () => randomUUID(),
    tell: bus.tell,
    audit: (entry) => store.appendAudit(entry),
    rulesChanged: (rules) => core.put({ kind: "rulesSet", rules }),
    yieldNow: () => new Promise((resolve) => setImmediate(resolve)),
  });
  const command = createCommand({ ...core, clock });
  const { why } = createTraces({ state: core.state, store, clock });
  const sentence = createSentences({ home: core.state.home, clock, command, energy: store.energy, why });
  // Once an hour of the home's time, and when a device comes or goes, assumptions are looked over; days that have ended are measured.
  const look = () => {
    planning.review();
    planning.measureDue().catch((error: unknown) => log.warn({ error: String(error) }, "a plan could not be measured"));
  };
  const hourly = setInterval(look, Math.max(LEAST_REVIEW_MS, REVIEW_MS / settings.speed));
  const quit = bus.subscribe((event) => {
    if (event.type === "node" && !core.state.home.nodes.has(event.id)) planning.review();
  });
  return {
    planning,
    models,
    sentence,
    async stop() {
      clearInterval(hourly);
      quit();
      await llama.stop();
      await models.stop();
    },
  };
}
