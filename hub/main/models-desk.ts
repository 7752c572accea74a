import { type BenchOptions, runBench } from "../llm/bench/run.ts";
import { createLlama, type LocalModel } from "../llm/llama.ts";
import type { InUse, ModelRoom } from "../llm/models.ts";
import type { ServerModel } from "../llm/server/model.ts";
import { keepServer, keptServer } from "../llm/server/settings.ts";
import type { Log, ModelStatus, Models } from "../ports.ts";
import type { createModelSettings } from "./model-settings.ts";

export interface DeskParts {
  readonly room: ModelRoom;
  /** The model that answers the house; it makes room while another is measured. */
  readonly local: LocalModel;
  readonly server: ServerModel;
  readonly store: ReturnType<typeof createModelSettings>;
  readonly entry: string;
  readonly stateFolder: string;
  readonly house: () => BenchOptions["house"];
  readonly now: () => number;
  readonly log: Log;
  readonly tell: () => void;
  readonly audit: (by: string, what: string, subject: string, detail: string) => void;
}

export interface ModelsDesk extends Models {
  /** Resolves when nothing is being measured. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

interface Running {
  readonly id: string;
  readonly abort: AbortController;
  status: NonNullable<ModelStatus["benching"]>;
}

/** What people see and do about models: the catalogue, measuring, and the home's own server. */
export function createModelsDesk(parts: DeskParts): ModelsDesk {
  const { room, local, server, store, tell, audit } = parts;
  let running: Running | undefined;
  let ended: Promise<void> = Promise.resolve();
  const failed = new Map<string, string>();

  const measure = async (run: Running, model: InUse): Promise<void> => {
    const result = await measured(parts, model, run.abort.signal, (part, note) => {
      run.status = { part, note };
      tell();
    });
    if (result.ok) room.benches.keep(model.id, model.sha256, result.result);
    else failed.set(model.id, `measuring ended: ${result.reason}`);
    running = undefined;
    tell();
  };
  const benching = (id: string): ModelStatus["benching"] => (running?.id === id ? running.status : undefined);

  return {
    list: () => room.list(benching).map((m) => (failed.has(m.id) ? { ...m, note: failed.get(m.id) ?? m.note } : m)),
    advice: () => room.advice(),
    pull: (id) => room.pull(id),
    cancel: (id) => room.cancel(id),
    use: (id) => room.use(id),
    add(model, by) {
      room.add(model);
      audit(by, "model-added", model.id, model.url);
    },
    async remove(id, by) {
      if (running?.id === id) running.abort.abort();
      if (room.inUse()?.id === id) await local.unload();
      await room.remove(id);
      failed.delete(id);
      audit(by, "model-removed", id, "");
    },
    bench(id) {
      const model = room.here(id);
      if (running) throw new RangeError(`${running.id} is being measured; one at a time`);
      failed.delete(id);
      const run = { id, abort: new AbortController(), status: { part: 0, note: "loading it" } };
      running = run;
      ended = measure(run, model);
      tell();
    },
    cancelBench(id) {
      if (running?.id === id) running.abort.abort();
    },
    server() {
      const { on, url, model, key } = keptServer(store);
      return { on, url, model, keySet: Boolean(key), note: on ? server.note() : "" };
    },
    setServer(wish, by) {
      keepServer(store, wish);
      audit(by, wish.on ? "model-server-on" : "model-server-off", wish.model, wish.url);
      tell();
    },
    async tryServer() {
      const answer = await server.ask(TRIAL);
      tell();
      return answer.ok ? { ok: true, note: server.note() } : { ok: false, note: answer.reason };
    },
    settled: () => ended,
    async stop() {
      running?.abort.abort();
      await ended;
      await room.stop();
    },
  };
}

const TRIAL = {
  system: "You answer with one word.",
  user: "Is water wet?",
  jsonSchema: {
    type: "object",
    properties: { answer: { enum: ["yes", "no"] } },
    required: ["answer"],
    additionalProperties: false,
  },
  maxTokens: 20,
  timeoutMs: 60_000,
};

async function measured(parts: DeskParts, model: InUse, signal: AbortSignal, onProgress: BenchOptions["onProgress"]) {
  // Two models in memory at once would measure each other.
  await parts.local.unload();
  const { entry, stateFolder, log, now } = parts;
  const alone = createLlama({ entry, stateFolder, log, modelPath: () => model.path, traits: () => model });
  const result = await runBench({ model: alone, house: parts.house(), signal, onProgress, now });
  await alone.stop();
  return result;
}
