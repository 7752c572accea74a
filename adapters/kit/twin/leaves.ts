/** Payloads as single values by path: of JSON every scalar, of anything else the whole text under the empty path. */
import { isObject, type Json, parseJson } from "../../mqtt/json.ts";

export type Leaf = string | number | boolean | null;
/** Keys are JSON texts of key lists, since makers' keys hold dots and slashes. */
export type Leaves = ReadonlyMap<string, Leaf>;

const MOST = 512;
const DEEPEST = 12;

export function leavesOf(payload: string): Leaves {
  const found = new Map<string, Leaf>();
  const walk = (json: Json, path: readonly (string | number)[]): void => {
    if (found.size >= MOST || path.length > DEEPEST) return;
    if (Array.isArray(json)) for (const [n, item] of json.entries()) walk(item, [...path, n]);
    else if (isObject(json)) for (const [key, item] of Object.entries(json)) walk(item, [...path, key]);
    else if (typeof json !== "object" || json === null) found.set(JSON.stringify(path), json);
  };
  const json = parseJson(payload);
  if (typeof json === "object" && json !== null) walk(json, []);
  else found.set("[]", payload);
  return found;
}

/** The last key of a path. */
export const nameOf = (path: string): string => String(JSON.parse(path).at(-1) ?? "");

/** The payload with some leaves changed; those that are not there are left out. Spelling of numbers becomes JavaScript's. */
export function withLeaves(payload: string, changes: Leaves): string {
  const whole = changes.get("[]");
  if (whole !== undefined) return String(whole);
  if (changes.size === 0) return payload;
  const walk = (json: Json, path: readonly (string | number)[]): Json => {
    if (Array.isArray(json)) return json.map((item: Json, n) => walk(item, [...path, n]));
    if (isObject(json))
      return Object.fromEntries(Object.entries(json).map(([key, item]) => [key, walk(item, [...path, key])]));
    return changes.get(JSON.stringify(path)) ?? json;
  };
  const json = parseJson(payload);
  return typeof json === "object" && json !== null ? JSON.stringify(walk(json, [])) : payload;
}

/** The value in the form of the one it replaces: numbers within text stay text. */
export const inForm = (like: Leaf, value: Leaf): Leaf =>
  typeof like === "string" && value !== null ? String(value) : value;

export const numberIn = (leaf: Leaf | undefined): number | undefined => {
  if (typeof leaf === "number") return leaf;
  return typeof leaf === "string" && /^-?\d{1,15}(\.\d{1,12})?$/.test(leaf) ? Number(leaf) : undefined;
};
