/** Files of models: sizes, hashes, room on the disk, and the record of what was checked. */
import { createHash } from "node:crypto";
import { createReadStream, readFileSync, statSync } from "node:fs";
import { open, readFile, rename, rm, stat, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Bytes of a file; 0 where there is none. */
export async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch {
    return 0;
  }
}

/**
 * SHA-256 of a file in lower-case hex. Read in pieces of 256 KiB, so that a slow processor gives the loop back
 * every few milliseconds.
 */
export async function sha256Of(path: string, signal: AbortSignal, onBytes: (bytes: number) => void): Promise<string> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024, signal })) {
    hash.update(chunk);
    bytes += chunk.length;
    onBytes(bytes);
  }
  return hash.digest("hex");
}

/** Free bytes for an ordinary user on the disk that holds the folder. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** Writes through a temporary name, flushed, so that a power cut leaves the old file or the new one. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = `${path}.new`;
  await writeFile(temporary, text, { flush: true });
  await rename(temporary, path);
}

export async function flushFile(path: string): Promise<void> {
  const handle = await open(path, "r+");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A JSON file's content; undefined when absent or damaged. */
export async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch {
    return undefined;
  }
}

/** Where a checked model file lies and what it looked like when its hash was right. */
export interface CheckedFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  readonly sha256: string;
}

const recordPath = (folder: string, id: string): string => join(folder, `${id}.checked.json`);

/** Notes that the file has the hash, so that a restart need not read a gigabyte again. */
export async function recordChecked(folder: string, id: string, path: string, sha256: string): Promise<void> {
  const { size, mtimeMs } = await stat(path);
  const record: CheckedFile = { path, sizeBytes: size, modifiedMs: mtimeMs, sha256 };
  await writeWhole(recordPath(folder, id), JSON.stringify(record));
}

/**
 * The checked file, if it is still the one that was checked (same size and time of change). Reads one small file at
 * once, so that a list of models can see what another process fetched meanwhile.
 */
export function findChecked(folder: string, id: string, sha256: string): CheckedFile | undefined {
  try {
    const record = JSON.parse(readFileSync(recordPath(folder, id), "utf8")) as Partial<CheckedFile>;
    if (typeof record.path !== "string" || record.sha256 !== sha256) return undefined;
    const { size, mtimeMs } = statSync(record.path);
    if (size !== record.sizeBytes || mtimeMs !== record.modifiedMs) return undefined;
    return { path: record.path, sizeBytes: size, modifiedMs: mtimeMs, sha256 };
  } catch {
    return undefined;
  }
}

export const remove = (path: string): Promise<void> => rm(path, { recursive: true, force: true });

const held = new Set<string>();

/**
 * Takes a file as lock for this process, so that the hub and the command line never write one part file together.
 * Undefined: a living process holds it. A lock whose process is gone is taken over.
 */
export async function lock(path: string): Promise<(() => Promise<void>) | undefined> {
  for (let round = 0; round < 2; round++) {
    try {
      await writeFile(path, String(process.pid), { flag: "wx" });
      held.add(path);
      return () => {
        held.delete(path);
        return remove(path);
      };
    } catch {
      const holder = Number(await readJson(path));
      // In a container the hub may get its predecessor's number: then only `held` tells whose lock it is.
      if (holder === process.pid ? held.has(path) : isAlive(holder)) return undefined;
      await remove(path);
    }
  }
  return undefined;
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 1) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
