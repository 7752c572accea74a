import { createHash, randomUUID } from "node:crypto";
import { join } from "node:path";
import { eitherModel } from "../llm/choice.ts";
import { createLlama } from "../llm/llama.ts";
import { createModels } from "../llm/models.ts";
import { createServerModel } from "../llm/server/model.ts";
import { serverInUse } from "../llm/server/settings.ts";
import { keptFromPlans } from "../model/home.ts";
import { createPlanning } from "../planning.ts";
import type { FindsDesk } from "../ports/finds.ts";
import type { Policies } from "../ports/policies.ts";
import type { Clock, Hub, Log, Models, Planning, Store } from "../ports.ts";
import { createSentences } from "../sentences.ts";
import type { Bus } from "./bus.ts";
import { checkContextOf } from "./check-context.ts";
import type { Core } from "./core.ts";
import { TrialThreads, type Tries } from "./dry-run/threads.ts";
import { entryPath } from "./entries.ts";
import { createCommand } from "./facade.ts";
import { createFindsRoom } from "./finds.ts";
import { modelsFolder } from "./folders.ts";
import type { Jobs } from "./jobs.ts";
import { benchHouse } from "./model-house.ts";
import { createModelSettings } from "./model-settings.ts";
import { createModelsDesk } from "./models-desk.ts";
import { createPolicyRoom } from "./policies.ts";
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
  readonly jobs: Jobs;
}

export interface Mind {
  readonly planning: Planning;
  readonly policies: Policies;
  readonly finds: FindsDesk;
  readonly models: Models;
  /** Where rules are tried on the past. */
  readonly tries: Tries;
  readonly sentence: Hub["sentence"];
  stop(): Promise<void>;
}

/** What reads wishes and sentences: the models, the planning desk, the grammar. */
export async function createMind(parts: MindParts): Promise<Mind> {
  const { settings, store, clock, bus, log, core } = parts;
  const { models, languageModel, stopModels } = await createLanguage(parts);
  const planning = createPlanning({
    home: () => core.state.home,
    store,
    clock,
    languageModel,
    tariff: () => core.state.tariff,
    house: () => checkContextOf(core.state, clock.now()),
    sha256: (text) => createHash("sha256").update(text).digest("hex"),
    newId: () => randomUUID(),
    tell: bus.tell,
    audit: (entry) => store.appendAudit(entry),
    rulesChanged: (rules) => core.put({ kind: "rulesSet", rules }),
    notify: (notice) => void core.put({ kind: "noticeRaised", notice, at: clock.now() }),
    remember: (what, source, by) => policies.remember(what, source, by),
    yieldNow: () => new Promise((resolve) => setImmediate(resolve)),
  });
  const policies = createPolicyRoom({ store, clock, bus, log, core, speed: settings.speed });
  const tries = new TrialThreads(entryPath("trial-worker"), settings.data);
  const finds = createFindsRoom({ ...parts, planning, languageModel });
  const command = createCommand({ ...core, clock });
  const { why } = createTraces({ state: core.state, store, clock });
  const sentence = createSentences({
    home: core.state.home,
    clock,
    command,
    energy: store.energy,
    why,
    planned: policies.why,
  });
  // Once an hour of the home's time, and when a device comes or goes, assumptions are looked over; days that have ended are measured.
  const look = () => {
    planning.review();
    planning.measureDue().catch((error: unknown) => log.warn({ error: String(error) }, "a plan could not be measured"));
  };
  const hourly = setInterval(look, Math.max(LEAST_REVIEW_MS, REVIEW_MS / settings.speed));
  const quit = bus.subscribe((event) => {
    if (event.type !== "node") return;
    const node = core.state.home.nodes.get(event.id);
    if (!node || keptFromPlans(node)) planning.review();
  });
  return {
    planning,
    policies,
    finds,
    models,
    tries,
    sentence,
    async stop() {
      clearInterval(hourly);
      quit();
      await tries.close();
      await finds.stop();
      await policies.stop();
      await stopModels();
    },
  };
}

/** The language model that answers, and all that people can do about models. */
async function createLanguage({ settings, clock, bus, log, store: home }: MindParts) {
  const folder = modelsFolder(settings.models);
  const tell = () => bus.tell({ type: "models" });
  const store = createModelSettings(folder);
  const stateFolder = join(folder, "state");
  const entry = entryPath("llm-process");
  const room = await createModels({
    folder,
    log,
    store,
    tell,
    loaded: () => local.loaded(),
    note: () => local.note(),
  });
  const inUse = () => room.inUse();
  const local = createLlama({ entry, modelPath: () => inUse()?.path, traits: inUse, log, stateFolder, tell });
  const server = createServerModel(() => serverInUse(store), log);
  const models = createModelsDesk({
    ...{ room, local, server, store, entry, stateFolder, log, tell },
    house: benchHouse,
    now: () => clock.now(),
    audit: (by, what, subject, detail) => home.appendAudit({ at: clock.now(), by, what, subject, detail }),
  });
  return {
    models,
    languageModel: eitherModel(local, server),
    async stopModels() {
      await local.stop();
      await models.stop();
    },
  };
}
