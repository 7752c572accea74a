/** What is here of each model, and the carrying of one download into it. */
import { statSync } from "node:fs";
import { join } from "node:path";
import type { BenchResult, Log, ModelStatus } from "../ports.ts";
import { catalogue } from "./catalogue/index.ts";
import type { CatalogueModel } from "./catalogue/model.ts";
import { fits, memoryHere } from "./catalogue/recommend.ts";
import { fetchModel } from "./download.ts";
import { findChecked, sizeOf } from "./files.ts";
import type { Source } from "./sources/source.ts";

export interface Entry {
  readonly model: CatalogueModel;
  path: string | undefined;
  fetchedBytes: number;
  note: string;
  state: "absent" | "fetching" | "present" | "failed";
  /** While fetching or waiting for its turn. */
  abort: AbortController | undefined;
}

const TELL_EVERY_MS = 500;

/** The entry of a model whose file is not here. */
export const emptyEntry = (model: CatalogueModel): Entry => ({
  model,
  path: undefined,
  fetchedBytes: 0,
  note: "",
  state: "absent",
  abort: undefined,
});

/** The entry as the folder has it. */
export async function entryOf(folder: string, model: CatalogueModel): Promise<Entry> {
  const entry = emptyEntry(model);
  if (refresh(entry, folder)) return entry;
  const part = await sizeOf(join(folder, `${model.id}.part`));
  return { ...entry, fetchedBytes: part, note: part > 0 ? "partly here; pull goes on where it ended" : "" };
}

/** Looks again whether the file is here: another process may have fetched it, or a person removed it. */
export function refresh(entry: Entry, folder: string): boolean {
  if (entry.path !== undefined && exists(entry.path)) return true;
  const checked = entry.abort ? undefined : findChecked(folder, entry.model.id, entry.model.sha256);
  if (checked)
    change(entry, { path: checked.path, fetchedBytes: checked.sizeBytes, note: checked.path, state: "present" });
  else if (entry.path !== undefined)
    change(entry, { path: undefined, fetchedBytes: 0, note: "its file is gone", state: "absent" });
  return checked !== undefined;
}

/** Carries one download into the entry; never rejects. */
export async function fetchInto(
  entry: Entry,
  signal: AbortSignal,
  { folder, sources, log, tell }: { folder: string; sources: readonly Source[]; log: Log; tell: () => void },
): Promise<void> {
  let toldAt = 0;
  const onProgress = (bytes: number, note: string): void => {
    if (signal.aborted) return;
    change(entry, { fetchedBytes: bytes, note });
    const now = performance.now();
    if (now - toldAt < TELL_EVERY_MS) return;
    toldAt = now;
    tell();
  };
  try {
    const result = await fetchModel(entry.model, { folder, signal, sources, onProgress });
    if (result.ok) {
      const fetchedBytes = await sizeOf(result.path);
      change(entry, { state: "present", path: result.path, note: result.note, fetchedBytes });
      log.info({ model: entry.model.id, bytes: fetchedBytes }, `model ${entry.model.id} is here: ${result.note}`);
    } else {
      change(entry, { state: "failed", note: result.reason });
      log.warn({ model: entry.model.id }, `model ${entry.model.id} could not be fetched: ${result.reason}`);
    }
  } catch (error) {
    if (signal.aborted) return;
    const note = error instanceof Error ? error.message : String(error);
    change(entry, { state: "failed", note });
    log.error({ model: entry.model.id }, `model ${entry.model.id} could not be fetched: ${note}`);
  }
}

/** What holds for all models of this moment. */
export interface Now {
  readonly recommended: string | undefined;
  readonly inUse: Entry | undefined;
  readonly loaded: boolean;
  /** Memory of this machine, bytes. */
  readonly machineBytes: number;
  readonly bench: (model: CatalogueModel) => BenchResult | undefined;
  readonly benching: (id: string) => ModelStatus["benching"];
}

/** What people see of a model. */
export function statusOf(entry: Entry, now: Now): ModelStatus {
  const { model } = entry;
  const inUse = entry === now.inUse;
  const sizeBytes = model.sizeBytes ?? entry.fetchedBytes;
  const bench = now.bench(model);
  const benching = now.benching(model.id);
  const memoryBytes = memoryHere(model, bench, sizeBytes);
  return {
    id: model.id,
    name: model.name,
    licence: model.licence,
    ...(model.licenceNote !== undefined && { licenceNote: model.licenceNote }),
    sizeBytes,
    sha256: model.sha256,
    hashFrom: model.hashFrom,
    state: inUse ? (now.loaded ? "loaded" : "inUse") : entry.state,
    fetchedBytes: entry.fetchedBytes,
    note: entry.note,
    recommended: model.id === now.recommended,
    memoryBytes,
    memoryMeasured: bench?.rssBytes !== undefined,
    fits: fits(memoryBytes, now.machineBytes),
    added: !catalogue.some((m) => m.id === model.id),
    ...(bench && { bench }),
    ...(benching && { benching }),
  };
}

/** Whether a file is there now. */
function exists(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** Changes some fields of an entry. */
export const change = (entry: Entry, to: Partial<Entry>): Entry => Object.assign(entry, to);
