import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { sizeOf } from "../files.ts";
import type { FetchJob, Source, SourceResult } from "./source.ts";

const MAX_FILES_LOOKED_AT = 1000;

/** A model file that lies in one of the folders already, by name or by size. It is used in place, not copied. */
export const localSource = (folders: readonly string[]): Source => ({
  name: "a local file",
  async fetch(job): Promise<SourceResult> {
    for (const folder of folders) {
      const path = await findIn(folder, job);
      if (path) return { ok: true, path, from: `the file ${path}` };
    }
    return { ok: false, reason: "no such file in the models' folders" };
  },
});

async function findIn(folder: string, { model }: FetchJob): Promise<string | undefined> {
  let names: string[];
  try {
    names = (await readdir(folder))
      .filter((name) => name.toLowerCase().endsWith(".gguf"))
      .slice(0, MAX_FILES_LOOKED_AT);
  } catch {
    return undefined;
  }
  const official = model.url ? basename(new URL(model.url).pathname) : undefined;
  const known = new Set([`${model.id}.gguf`, official?.toLowerCase()]);
  for (const name of names) {
    const path = join(folder, name);
    const size = await sizeOf(path);
    // A size that differs is another file; without a known size only the name can tell.
    if (model.sizeBytes === undefined ? known.has(name.toLowerCase()) : size === model.sizeBytes) return path;
  }
  return undefined;
}
