/** The models of this hub: what there is, what is here, what is being fetched, which one answers. */
import { mkdir } from "node:fs/promises";
import type { Log, Models } from "../ports.ts";
import { type AddedModel, addedBefore, keepAdded, type ModelSettings } from "./added.ts";
import { catalogue, recommend } from "./catalogue/index.ts";
import { defaultSources, sweep } from "./download.ts";
import { change, type Entry, emptyEntry, entryOf, fetchInto, refresh, statusOf } from "./shelf.ts";
import type { Source } from "./sources/source.ts";

export interface ModelsOptions {
  /** Where models live. */
  readonly folder: string;
  /** Further folders that a person keeps model files in. */
  readonly localFolders?: readonly string[];
  /** Memory of the whole machine, bytes. */
  readonly memoryBytes: number;
  readonly log: Log;
  readonly store: ModelSettings;
  /** Called when list() would read differently; at most twice a second while bytes come in. */
  readonly tell: () => void;
  /** Whether the model in use is in memory now. */
  readonly loaded?: () => boolean;
  readonly sources?: readonly Source[];
}

export interface ModelRoom extends Models {
  /** The file of the model in use; undefined for none. */
  path(): string | undefined;
  /** The id of the model in use; undefined for none. */
  chosen(): string | undefined;
  /** Throws RangeError naming the field; at most 20 models can be added. */
  add(model: AddedModel): void;
  /** Resolves when what is being fetched has ended, however it ended. */
  settled(): Promise<void>;
  /** Stops fetching; what is here stays. */
  stop(): Promise<void>;
}

/** Opens the models' folder. Models that were checked before are there at once; nothing is fetched until asked. */
export async function createModels(options: ModelsOptions): Promise<ModelRoom> {
  const { folder, log, store, tell } = options;
  await mkdir(folder, { recursive: true });
  await sweep(folder);
  const sources = options.sources ?? defaultSources([folder, ...(options.localFolders ?? [])]);
  const recommended = recommend(options.memoryBytes);
  const entries = new Map<string, Entry>();
  for (const model of [...catalogue, ...addedBefore(store)]) entries.set(model.id, await entryOf(folder, model));
  let running: Promise<void> = Promise.resolve();

  const find = (id: string): Entry => {
    const entry = entries.get(id);
    if (!entry) throw new RangeError(`there is no model ${id}; the list names them all`);
    return entry;
  };
  const inUse = (): Entry | undefined => {
    const entry = entries.get(store.get<{ id: string }>("chosen")?.id ?? "");
    return entry && refresh(entry, folder) ? entry : undefined;
  };
  const use = (id: string): void => {
    if (!refresh(find(id), folder)) throw new RangeError(`the model ${id} is not here yet: pull it first`);
    store.put("chosen", { id });
    tell();
  };
  const run = async (entry: Entry, abort: AbortController): Promise<void> => {
    if (!abort.signal.aborted) await fetchInto(entry, abort.signal, { folder, sources, log, tell });
    if (entry.abort === abort) entry.abort = undefined;
    // The first model that comes is used, so that a fresh home need not be told.
    if (entry.state === "present" && !inUse()) use(entry.model.id);
    tell();
  };
  const cancel = (id: string): void => {
    const entry = find(id);
    if (!entry.abort) return;
    entry.abort.abort();
    change(entry, { abort: undefined, state: "absent", note: "stopped; what is here is kept" });
    tell();
  };

  return {
    list: () => {
      for (const entry of entries.values()) refresh(entry, folder);
      const now = { recommended, inUse: inUse(), loaded: options.loaded?.() ?? false };
      return [...entries.values()].map((entry) => statusOf(entry, now));
    },
    pull(id) {
      const entry = find(id);
      if (entry.abort || refresh(entry, folder)) return;
      const abort = new AbortController();
      change(entry, { abort, state: "fetching", note: "waiting for its turn" });
      // One at a time: two downloads would halve each other and double the room they need.
      running = running.then(() => run(entry, abort));
      tell();
    },
    cancel,
    use,
    path: () => inUse()?.path,
    chosen: () => inUse()?.model.id,
    add(model) {
      if (entries.has(model.id)) throw new RangeError(`id: there is a model ${model.id} already`);
      entries.set(model.id, emptyEntry(keepAdded(store, model)));
      tell();
    },
    settled: () => running,
    async stop() {
      for (const id of entries.keys()) cancel(id);
      await running;
    },
  };
}
