/**
 * What a model made of a question's fixed part, on disk: reading it takes milliseconds where reading the text takes a
 * minute on a small board. Only the fixed part is kept, never a person's words.
 */
import { createHash } from "node:crypto";
import { chmod, mkdir, readdir, readFile, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";

/** What the cache needs of a runtime's sequence. */
export interface Stateful {
  loadStateFromFile(path: string, risk: { acceptRisk: true }): Promise<unknown>;
  saveStateToFile(path: string): Promise<unknown>;
  clearHistory(): Promise<void>;
}

export interface PrefixCache {
  /** Whether the state is in the sequence now. A damaged one is thrown away; it is made anew by whoever asks. */
  load(sequence: Stateful, key: string): Promise<boolean>;
  save(sequence: Stateful, key: string): Promise<void>;
}

export interface CacheLimits {
  readonly files: number;
  readonly bytes: number;
}

const LIMITS: CacheLimits = { files: 6, bytes: 200e6 };
const KEY = 32;

/** A state belongs to exactly one model file, runtime, form and text. */
export const prefixKey = (parts: readonly (string | number)[]): string =>
  createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, KEY);

/** Keeps at most six states and 200 MB in the folder; those unused longest go first. Faults of the disk are no faults here. */
export function openPrefixCache(folder: string, limits: CacheLimits = LIMITS): PrefixCache {
  return {
    load: (sequence, key) => load(folder, sequence, key).catch(() => false),
    save: (sequence, key) => save(folder, sequence, key, limits).catch(() => undefined),
  };
}

/** `<key>.<checksum>.state`: the name says what the file has to be. */
const nameOf = (key: string, sum: number): string => `${key}.${sum.toString(16).padStart(8, "0")}.state`;

async function load(folder: string, sequence: Stateful, key: string): Promise<boolean> {
  // A state that the runtime does not survive is put aside first, so that the next start does without it.
  const trying = join(folder, `${key}.trying`);
  await rm(trying, { force: true });
  const name = (await readdir(folder)).find((n) => n.startsWith(`${key}.`) && n.endsWith(".state"));
  if (!name) return false;
  const path = join(folder, name);
  if (name !== nameOf(key, crc32(await readFile(path)))) {
    await rm(path, { force: true });
    return false;
  }
  await rename(path, trying);
  try {
    await sequence.loadStateFromFile(trying, { acceptRisk: true });
  } catch {
    await rm(trying, { force: true });
    await sequence.clearHistory();
    return false;
  }
  await rename(trying, path);
  const now = new Date();
  await utimes(path, now, now);
  return true;
}

async function save(folder: string, sequence: Stateful, key: string, limits: CacheLimits): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const fresh = join(folder, `${key}.new`);
  await sequence.saveStateToFile(fresh);
  await chmod(fresh, 0o600);
  const sum = crc32(await readFile(fresh));
  for (const old of await readdir(folder))
    if (old.startsWith(`${key}.`) && old.endsWith(".state")) await rm(join(folder, old), { force: true });
  await rename(fresh, join(folder, nameOf(key, sum)));
  await prune(folder, limits);
}

async function prune(folder: string, limits: CacheLimits): Promise<void> {
  const names = (await readdir(folder)).filter((name) => /\.(state|new|trying)$/.test(name));
  const files = await Promise.all(
    names.map(async (name) => {
      const { size, mtimeMs } = await stat(join(folder, name));
      return { path: join(folder, name), size, at: mtimeMs };
    }),
  );
  let bytes = 0;
  const byAge = files.sort((a, b) => b.at - a.at);
  for (const [i, file] of byAge.entries()) {
    bytes += file.size;
    if (i >= limits.files || bytes > limits.bytes) await rm(file.path, { force: true });
  }
}
