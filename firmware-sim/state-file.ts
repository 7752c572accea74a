import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { isObject } from "./devices/device.ts";
import { type HomeParams, initialState, type WorldState } from "./world-state.ts";

const version = 1;

export interface SavedWorld {
  readonly home: string;
  readonly seed: number;
  readonly state: WorldState;
}

/** Written beside and renamed, so that a power cut leaves the old file or the new one. */
export function saveState(file: string, saved: SavedWorld): void {
  const beside = `${file}.new`;
  writeFileSync(beside, JSON.stringify({ version, ...saved }));
  renameSync(beside, file);
}

/**
 * The world as it was left, or undefined when there is no such file yet.
 * Throws with the fix when the file is damaged or belongs to another home or seed.
 */
export function loadState(file: string, home: string, seed: number, params: HomeParams): WorldState | undefined {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  const fix = `remove it to start the world again from --since`;
  let saved: unknown;
  try {
    saved = JSON.parse(text);
  } catch {
    throw new Error(`the state file ${file} is not JSON; ${fix}`);
  }
  if (!isObject(saved) || saved.version !== version)
    throw new Error(`the state file ${file} is of another version; ${fix}`);
  if (saved.home !== home || saved.seed !== seed) {
    throw new Error(`the state file ${file} belongs to home ${saved.home} with seed ${saved.seed}; ${fix}`);
  }
  const wrong = difference(initialState(0, params), saved.state, "state");
  if (wrong) throw new Error(`the state file ${file} is damaged at ${wrong}; ${fix}`);
  return saved.state as WorldState;
}

/** The path of the first field that has not the template's kind; null in the template also allows a number. */
function difference(template: unknown, value: unknown, path: string): string | undefined {
  if (template === null) return value === null || Number.isFinite(value) ? undefined : path;
  if (typeof template !== typeof value) return path;
  if (typeof template === "number") return Number.isFinite(value) ? undefined : path;
  if (!isObject(template)) return undefined;
  if (!isObject(value)) return path;
  for (const [key, inner] of Object.entries(template)) {
    const wrong = difference(inner, Object.hasOwn(value, key) ? value[key] : undefined, `${path}.${key}`);
    if (wrong) return wrong;
  }
  return undefined;
}
