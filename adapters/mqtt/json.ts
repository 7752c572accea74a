/** JSON from outside: parsed once, read with own-key checks, walked with limits. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** Keys that would reach an object's prototype when they are used as plain keys later. */
const forbidden = new Set(["__proto__", "constructor", "prototype"]);

/** False for names that must never become a key. */
export const usableName = (name: string): boolean => name.length > 0 && name.length <= 120 && !forbidden.has(name);

/** No maker nests deeper; what walks or writes a body by recursion must not run out of stack. */
const MAX_DEPTH = 200;

function isTooDeep(text: string): boolean {
  if (text.length <= 2 * MAX_DEPTH) return false;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 34) {
      do at = text.indexOf('"', at + 1);
      while (at > 0 && isEscaped(text, at));
      if (at < 0) return false;
    } else if (code === 91 || code === 123) {
      depth += 1;
      if (depth > MAX_DEPTH) return true;
    } else if (code === 93 || code === 125) depth -= 1;
  }
  return false;
}

/** Whether an odd number of backslashes stands before. */
function isEscaped(text: string, at: number): boolean {
  let before = at;
  while (text.charCodeAt(before - 1) === 92) before -= 1;
  return (at - before) % 2 === 1;
}

/** The parsed text, or undefined where it is no JSON, or nested deeper than 200. */
export function parseJson(text: string): Json | undefined {
  const first = text.charCodeAt(0);
  // Most bodies are either plainly JSON or plainly words; exceptions cost a hundred times more than this look.
  if (text.length === 0 || (first >= 65 && first <= 90) || isTooDeep(text)) return undefined;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

export const isObject = (json: Json | undefined): json is JsonObject =>
  typeof json === "object" && json !== null && !Array.isArray(json);

export function parseObject(text: string): JsonObject | undefined {
  const json = text.startsWith("{") || text.trimStart().startsWith("{") ? parseJson(text) : undefined;
  return isObject(json) ? json : undefined;
}

/** An own property, or undefined. */
export const get = (object: Json | undefined, key: string): Json | undefined =>
  isObject(object) && Object.hasOwn(object, key) ? object[key] : undefined;

/** An own property of an object, when it is text of a sane length. */
export function textOf(object: Json | undefined, key: string): string | undefined {
  const value = get(object, key);
  return typeof value === "string" && value.length > 0 && value.length <= 256 ? value : undefined;
}

export function numberOf(object: Json | undefined, key: string): number | undefined {
  const value = get(object, key);
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

export function listOf(object: Json | undefined, key: string): readonly Json[] {
  const value = get(object, key);
  return Array.isArray(value) ? value : [];
}

/** Own entries with usable names. */
export function entriesOf(json: Json | undefined, limit: number): readonly (readonly [string, Json])[] {
  if (!isObject(json)) return [];
  const found: (readonly [string, Json])[] = [];
  for (const key of Object.keys(json)) {
    if (found.length >= limit) break;
    const value = json[key];
    if (usableName(key) && value !== undefined) found.push([key, value]);
  }
  return found;
}

/** JSON text of a part; undefined where it is nested too deep to be written. */
export function jsonText(json: unknown): string | undefined {
  try {
    return JSON.stringify(json);
  } catch {
    return undefined;
  }
}

/**
 * Calls back for every leaf with its path, joined by dots. At most 512 leaves, depth 6; arrays count by index, and
 * empty objects and arrays have no leaves.
 */
export function eachLeaf(json: Json, visit: (path: string, value: Json) => void): void {
  let left = 512;
  const walk = (value: Json, path: string, depth: number): void => {
    if (left <= 0 || path.length > 120) return;
    if (typeof value !== "object" || value === null) {
      left -= 1;
      visit(path, value);
      return;
    }
    if (depth >= 6) return;
    const entries: readonly (readonly [string, Json])[] = Array.isArray(value)
      ? value.slice(0, 64).map((item: Json, index) => [String(index), item] as const)
      : entriesOf(value, 256);
    for (const [key, item] of entries) walk(item, path ? `${path}.${key}` : key, depth + 1);
  };
  walk(json, "", 0);
}
