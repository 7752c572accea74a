/** The models of this hub: what there is, what is here, what is being fetched, which one answers. */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { AddedModel, Log, ModelAdvice, ModelStatus } from "../ports.ts";
import { addedBefore, dropAdded, keepAdded, type ModelSettings } from "./added.ts";
import { type Benches, keptBenches } from "./bench/kept.ts";
import { catalogue } from "./catalogue/index.ts";
import { memoryHere, recommend } from "./catalogue/recommend.ts";
import { defaultSources, sweep } from "./download.ts";
import { remove } from "./files.ts";
import type { Traits } from "./llama.ts";
import { type Memory, readMemory } from "./memory.ts";
import { change, type Entry, emptyEntry, entryOf, fetchInto, type Now, refresh, statusOf } from "./shelf.ts";
import type { Source } from "./sources/source.ts";

export interface ModelsOptions {
  /** Where models live. */
  readonly folder: string;
  /** Further folders that a person keeps model files in. */
  readonly localFolders?: readonly string[];
  /** Of the machine or its container; default: as it is now. */
  readonly memory?: () => Memory;
  readonly log: Log;
  readonly store: ModelSettings;
  /** Called when list() would read differently; at most twice a second while bytes come in. */
  readonly tell: () => void;
  /** Whether the model in use is in memory now. */
  readonly loaded?: () => boolean;
  /** Why it is not, where memory was the reason. */
  readonly note?: () => string | undefined;
  readonly sources?: readonly Source[];
}

/** The model in use and what is known of it. */
export type InUse = Traits & { readonly id: string; readonly path: string };

export interface ModelRoom {
  list(benching?: Now["benching"]): readonly ModelStatus[];
  advice(): ModelAdvice;
  pull(id: string): void;
  cancel(id: string): void;
  use(id: string): void;
  add(model: AddedModel): void;
  remove(id: string): Promise<void>;
  /** The model in use; undefined for none. */
  inUse(): InUse | undefined;
  /** A model that is here, in use or not. Throws RangeError for one that is not. */
  here(id: string): InUse;
  readonly benches: Benches;
  /** Resolves when what is being fetched has ended, however it ended. */
  settled(): Promise<void>;
  /** Stops fetching; what is here stays. */
  stop(): Promise<void>;
}

/** Opens the models' folder. Models that were checked before are there at once; nothing is fetched until asked. */
export async function createModels(options: ModelsOptions): Promise<ModelRoom> {
  await mkdir(options.folder, { recursive: true });
  await sweep(options.folder);
  const entries = new Map<string, Entry>();
  for (const model of [...catalogue, ...addedBefore(options.store)])
    entries.set(model.id, await entryOf(options.folder, model));
  return new Room(options, entries);
}

class Room implements ModelRoom {
  readonly benches: Benches;
  private readonly options: ModelsOptions;
  private readonly entries: Map<string, Entry>;
  private readonly sources: readonly Source[];
  private running: Promise<void> = Promise.resolve();

  constructor(options: ModelsOptions, entries: Map<string, Entry>) {
    this.options = options;
    this.entries = entries;
    this.benches = keptBenches(options.store);
    this.sources = options.sources ?? defaultSources([options.folder, ...(options.localFolders ?? [])]);
  }

  list(benching: Now["benching"] = () => undefined): readonly ModelStatus[] {
    const { options, entries } = this;
    for (const entry of entries.values()) refresh(entry, options.folder);
    const machineBytes = this.memory().totalBytes;
    const bench = this.benches.read();
    const now: Now = {
      recommended: this.recommended(machineBytes, bench).id,
      inUse: this.chosen(),
      loaded: options.loaded?.() ?? false,
      machineBytes,
      bench: (model) => bench(model.id, model.sha256),
      benching,
    };
    return [...entries.values()].map((entry) => statusOf(entry, now));
  }

  advice(): ModelAdvice {
    const { totalBytes, availableBytes } = this.memory();
    const note = this.options.note?.();
    return {
      ...this.recommended(totalBytes, this.benches.read()),
      memoryBytes: totalBytes,
      availableBytes,
      ...(note !== undefined && { note }),
    };
  }

  pull(id: string): void {
    const entry = this.find(id);
    if (entry.abort || refresh(entry, this.options.folder)) return;
    const abort = new AbortController();
    change(entry, { abort, state: "fetching", note: "waiting for its turn" });
    // One at a time: two downloads would halve each other and double the room they need.
    this.running = this.running.then(() => this.run(entry, abort));
    this.options.tell();
  }

  cancel(id: string): void {
    const entry = this.find(id);
    if (!entry.abort) return;
    entry.abort.abort();
    change(entry, { abort: undefined, state: "absent", note: "stopped; what is here is kept" });
    this.options.tell();
  }

  use(id: string): void {
    if (!refresh(this.find(id), this.options.folder))
      throw new RangeError(`the model ${id} is not here yet: pull it first`);
    this.options.store.put("chosen", { id });
    this.options.tell();
  }

  add(model: AddedModel): void {
    if (this.entries.has(model.id)) throw new RangeError(`id: there is a model ${model.id} already`);
    this.entries.set(model.id, emptyEntry(keepAdded(this.options.store, model)));
    this.options.tell();
  }

  async remove(id: string): Promise<void> {
    const { folder, store } = this.options;
    const entry = this.find(id);
    this.cancel(id);
    const own = ["gguf", "part", "part.json", "checked.json"].map((end) => join(folder, `${id}.${end}`));
    // A file that a person keeps elsewhere, or under a name of their own, is theirs to delete.
    await Promise.all(own.map(remove));
    const elsewhere = entry.path === own[0] ? undefined : entry.path;
    change(entry, {
      path: undefined,
      fetchedBytes: 0,
      state: "absent",
      note: elsewhere ? `the file ${elsewhere} was left where it is` : "",
    });
    this.benches.drop(id);
    if (addedBefore(store).some((m) => m.id === id)) {
      dropAdded(store, id);
      this.entries.delete(id);
    }
    this.options.tell();
  }

  inUse(): InUse | undefined {
    const entry = this.chosen();
    return entry && this.traitsOf(entry);
  }

  here(id: string): InUse {
    const entry = this.find(id);
    const found = refresh(entry, this.options.folder) ? this.traitsOf(entry) : undefined;
    if (!found) throw new RangeError(`the model ${id} is not here yet: pull it first`);
    return found;
  }

  settled(): Promise<void> {
    return this.running;
  }

  async stop(): Promise<void> {
    for (const id of this.entries.keys()) this.cancel(id);
    await this.running;
  }

  private memory(): Memory {
    return (this.options.memory ?? readMemory)();
  }

  private recommended(machineBytes: number, results: ReturnType<Benches["read"]>) {
    const known = [...this.entries.values()].map(({ model }) => {
      const bench = results(model.id, model.sha256);
      return { model, bench, memoryBytes: memoryHere(model, bench) };
    });
    return recommend(known, machineBytes);
  }

  private find(id: string): Entry {
    const entry = this.entries.get(id);
    if (!entry) throw new RangeError(`there is no model ${id}; the list names them all`);
    return entry;
  }

  private chosen(): Entry | undefined {
    const entry = this.entries.get(this.options.store.get<{ id: string }>("chosen")?.id ?? "");
    return entry && refresh(entry, this.options.folder) ? entry : undefined;
  }

  private traitsOf({ model, path, fetchedBytes }: Entry): InUse | undefined {
    if (path === undefined) return undefined;
    const memoryBytes = memoryHere(model, this.benches.read()(model.id, model.sha256), model.sizeBytes ?? fetchedBytes);
    return { id: model.id, path, sha256: model.sha256, form: model.form, memoryBytes };
  }

  private async run(entry: Entry, abort: AbortController): Promise<void> {
    const { folder, log, tell } = this.options;
    const { sources } = this;
    if (!abort.signal.aborted) await fetchInto(entry, abort.signal, { folder, sources, log, tell });
    if (entry.abort === abort) entry.abort = undefined;
    // The first model that comes is used, so that a fresh home need not be told.
    if (entry.state === "present" && !this.chosen()) this.use(entry.model.id);
    tell();
  }
}
