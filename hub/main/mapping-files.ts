import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** A mapping of 64 values is well below that. */
const MAX_FILE = 128 * 1024;

export type MappingFile =
  | { readonly name: string; readonly id: string; readonly json: unknown }
  /** What is wrong with the file, or with the folder itself. */
  | { readonly name: string; readonly wrong: string };

/** Every `*.json` of a folder, by name, with the id that the name makes. */
export function readMappingFolder(folder: string): readonly MappingFile[] {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
    return names.sort().map((name) => readOne(folder, name));
  } catch {
    return [{ name: folder, wrong: "is no folder that can be read" }];
  }
}

function readOne(folder: string, name: string): MappingFile {
  const id = name
    .slice(0, -".json".length)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40);
  if (!id) return { name, wrong: "must have a name of letters and digits" };
  try {
    const path = join(folder, name);
    if (statSync(path).size > MAX_FILE) return { name, wrong: `must have at most ${MAX_FILE / 1024} KiB` };
    return { name, id, json: JSON.parse(readFileSync(path, "utf8")) };
  } catch (error) {
    return { name, wrong: error instanceof SyntaxError ? "is no JSON" : "can't be read" };
  }
}
