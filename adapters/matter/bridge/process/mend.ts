import { cp, mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Problem } from "../../../../hub/model/finding.ts";
import { type Repaired, repairFolder } from "../../process/repair.ts";

/** Without these no other app reaches the bridge any more: its code, its fabrics, its keys, and who may do what. */
const ESSENTIAL = /^fabrics\.|^root\.(operationalCredentials|commissioning)\.|^root\.accessControl\.acl$/;

const PREFIX = "bridge-";
const folderOf = (id: string): string => PREFIX + id;
const placesOf = (storage: string, id: string) => ({
  store: join(storage, folderOf(id)),
  copy: join(`${storage}-backup`, folderOf(id)),
  apart: join(`${storage}-damaged`, folderOf(id)),
});

/**
 * Mends the stores of all bridges file by file out of the last good copy, before any of them is opened and before that copy
 * is made anew. By the bridge's id; nothing for one with which nothing was wrong or which has no copy.
 */
export async function mendAll(storage: string): Promise<Map<string, Repaired>> {
  const mended = new Map<string, Repaired>();
  const names = await Promise.all([storage, `${storage}-backup`].map((folder) => readdir(folder).catch(() => [])));
  for (const name of new Set(names.flat())) {
    if (!name.startsWith(PREFIX)) continue;
    const id = name.slice(PREFIX.length);
    const repaired = await repairFolder({ ...placesOf(storage, id), essential: ESSENTIAL });
    if (repaired) mended.set(id, repaired);
  }
  return mended;
}

/** Takes the whole copy, where the store is whole file by file and matter.js can't read it all the same. */
export async function bringBack(storage: string, id: string): Promise<Repaired | undefined> {
  const { store, copy, apart } = placesOf(storage, id);
  const held = await stat(copy).catch(() => undefined);
  if (!held) return undefined;
  await rm(apart, { recursive: true, force: true });
  await mkdir(dirname(apart), { recursive: true });
  await rename(store, apart).catch(() => undefined);
  await cp(copy, store, { recursive: true });
  return { files: [folderOf(id)], count: 1, copyFrom: held.mtimeMs };
}

/** The copy of a bridge that a person removed: what it was paired with must not come back to a new one of the same id. */
export const dropCopy = (storage: string, id: string): Promise<void> =>
  rm(placesOf(storage, id).copy, { recursive: true, force: true });

export const restoredProblem = (name: string, { files, count, copyFrom }: Repaired): Problem => ({
  code: "bridge-store-restored",
  message:
    `The store of the Matter bridge ${name} was damaged (${count} ${count === 1 ? "file" : "files"}: ${files.join(", ")}) ` +
    `and was restored from the copy of ${new Date(copyFrom).toISOString().slice(0, 16).replace("T", " ")} UTC. ` +
    "No other app has to be paired again.",
  fix: "Look after the memory card or disk: damaged files are often its first sign. What was damaged lies in matter-bridge-damaged.",
});
