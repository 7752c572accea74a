/** Brings a model file here from the first source that can, and lets no byte pass that the hash does not cover. */
import { mkdir, open, readdir, rename } from "node:fs/promises";
import { join } from "node:path";
import type { CatalogueModel } from "./catalogue/model.ts";
import { findChecked, flushFile, freeBytes, lock, recordChecked, remove, sha256Of, sizeOf } from "./files.ts";
import { megabytes } from "./memory.ts";
import { localSource } from "./sources/local.ts";
import { officialSource } from "./sources/official.ts";
import type { FetchJob, Source } from "./sources/source.ts";
import { wheelsSource } from "./sources/wheels.ts";

/** Left free on the disk for the rest of the house. */
const DISK_MARGIN_BYTES = 256 * 1024 ** 2;

export interface FetchOptions {
  /** Where models live; made if absent. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Bytes of the file here so far, and what is going on, in words. */
  readonly onProgress: (bytes: number, note: string) => void;
  /** Tried in order; default: {@link defaultSources}. */
  readonly sources?: readonly Source[];
}

export type Fetched =
  | { readonly ok: true; readonly path: string; readonly note: string }
  | { readonly ok: false; readonly reason: string };

/** A local file first, then the publisher, then the mirror of wheels. `folders`: where a person may have put files. */
export const defaultSources = (folders: readonly string[]): readonly Source[] => [
  localSource(folders),
  officialSource(),
  wheelsSource(),
];

/**
 * Fetches and checks one model. Resumes what an earlier try left. Rejects only when the signal aborts; the bytes so
 * far are kept then. A file with a wrong hash is deleted if it was fetched, and left alone if it is the person's own.
 */
export async function fetchModel(model: CatalogueModel, options: FetchOptions): Promise<Fetched> {
  const { folder } = options;
  await mkdir(folder, { recursive: true });
  const here = findChecked(folder, model.id, model.sha256);
  if (here) return { ok: true, path: here.path, note: "already here" };
  const unlock = await lock(join(folder, `${model.id}.lock`));
  if (!unlock) return { ok: false, reason: "another process is fetching it" };
  try {
    return await fromAnySource(model, options);
  } finally {
    await unlock();
  }
}

async function fromAnySource(model: CatalogueModel, options: FetchOptions): Promise<Fetched> {
  const { folder, signal, onProgress } = options;
  const failures: string[] = [];
  const sources = options.sources ?? defaultSources([folder]);
  for (const source of sources) {
    signal.throwIfAborted();
    onProgress(await sizeOf(partPathOf(folder, model)), `asking ${source.name}`);
    const result = await trySource(source, model, options);
    if (result.ok) return { ...result, note: [result.note, ...failures.slice(1)].join("; ") };
    failures.push(`${source.name}: ${result.reason}`);
  }
  return {
    ok: false,
    reason: `No source has it. ${failures.join("; ")}. Put the file into ${folder}, or try again later.`,
  };
}

const partPathOf = (folder: string, model: CatalogueModel): string => join(folder, `${model.id}.part`);

async function trySource(source: Source, model: CatalogueModel, options: FetchOptions): Promise<Fetched> {
  const { folder, signal, onProgress } = options;
  const partPath = partPathOf(folder, model);
  const short = source.name === "a local file" ? undefined : await roomMissing(folder, model, partPath);
  if (short) return { ok: false, reason: short };
  const job: FetchJob = {
    model,
    folder,
    partPath,
    signal,
    onBytes: (bytes) => onProgress(bytes, `fetching from ${source.name}`),
  };
  const result = await source.fetch(job);
  return result.ok ? await accept(result.path, result.from, job, onProgress) : result;
}

/** Says what the disk lacks, or undefined. */
async function roomMissing(folder: string, model: CatalogueModel, partPath: string): Promise<string | undefined> {
  const needed = (model.sizeBytes ?? 0) - (await sizeOf(partPath)) + DISK_MARGIN_BYTES;
  const free = await freeBytes(folder);
  if (free >= needed) return undefined;
  return `the disk has ${megabytes(free)} free, and ${megabytes(needed)} are needed`;
}

async function accept(
  path: string,
  from: string,
  job: FetchJob,
  onProgress: FetchOptions["onProgress"],
): Promise<Fetched> {
  const { model, folder, partPath } = job;
  const fetched = path === partPath;
  if (fetched) await flushFile(path);
  const size = await sizeOf(path);
  const problem = (await isGguf(path))
    ? await wrongHash(path, model, job.signal, () => onProgress(size, `checking the hash of ${from}`))
    : "it is no GGUF file";
  if (problem) {
    if (fetched) await Promise.all([remove(partPath), remove(`${partPath}.json`)]);
    return { ok: false, reason: `${from}: ${problem}${fetched ? "; what was fetched is deleted" : ""}` };
  }
  const final = fetched ? join(folder, `${model.id}.gguf`) : path;
  if (fetched) await rename(partPath, final);
  await remove(`${partPath}.json`);
  await recordChecked(folder, model.id, final, model.sha256);
  return { ok: true, path: final, note: `from ${from}; SHA-256 matches` };
}

async function wrongHash(
  path: string,
  model: CatalogueModel,
  signal: AbortSignal,
  onBytes: () => void,
): Promise<string | undefined> {
  const hash = await sha256Of(path, signal, onBytes);
  return hash === model.sha256 ? undefined : `its SHA-256 is ${hash}, not ${model.sha256}`;
}

/** GGUF files begin with the four letters (gguf specification, ggml-org). */
async function isGguf(path: string): Promise<boolean> {
  const handle = await open(path, "r");
  try {
    const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString("latin1") === "GGUF";
  } finally {
    await handle.close();
  }
}

/** Removes temporary folders that a killed hub left behind. Call once, before anything is fetched. */
export async function sweep(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  await Promise.all(names.filter((name) => name.startsWith(".fetching-")).map((name) => remove(join(folder, name))));
}
