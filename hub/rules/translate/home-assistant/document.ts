import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type YAMLMap } from "yaml";
import type { Item } from "./item.ts";

/** Characters of a file. */
export const MAX_FILE = 2_000_000;
const MAX_DEPTH = 60;
/** Values of a file, each use of an anchor counted: an alias must not blow it up. */
const MAX_ITEMS = 200_000;

export type Read =
  | { readonly ok: true; readonly root: Item }
  | { readonly ok: false; readonly line: number; readonly text: string };

/** Reads YAML (or JSON, which is YAML too) with its lines. Tags are kept and never followed. `most`: values that it may have. */
export function readDocument(text: string, most = MAX_ITEMS): Read {
  if (text.length > MAX_FILE) return { ok: false, line: 1, text: `The file has more than ${MAX_FILE} characters.` };
  const counter = new LineCounter();
  // A mark of the byte order would count as a character of the first line. Only without "silent" a second document is a fault.
  const options = { lineCounter: counter, uniqueKeys: false, logLevel: "error", schema: "core" } as const;
  const doc = parseDocument(text.replace(/^\uFEFF/, ""), options);
  const fault = doc.errors[0];
  if (fault) {
    const { line } = counter.linePos(fault.pos[0]);
    if (fault.code === "MULTIPLE_DOCS")
      return { ok: false, line, text: "A second document begins here (---): give each a file of its own." };
    return { ok: false, line, text: `This is no YAML: ${fault.message.split("\n")[0]}` };
  }
  const walk: Walk = { counter, doc, most, items: 0, line: 1 };
  try {
    return { ok: true, root: itemOf(walk, doc.contents, 0) };
  } catch (error) {
    if (error instanceof RangeError) return { ok: false, line: walk.line, text: error.message };
    throw error;
  }
}

interface Walk {
  readonly counter: LineCounter;
  readonly doc: ReturnType<typeof parseDocument>;
  readonly most: number;
  items: number;
  /** The line that was read last. */
  line: number;
}

/** A RangeError names the limit that is passed. */
function itemOf(walk: Walk, node: unknown, depth: number): Item {
  walk.items += 1;
  if (walk.items > walk.most) throw new RangeError(`The file has more than ${walk.most} values.`);
  if (depth > MAX_DEPTH) throw new RangeError(`The file is more than ${MAX_DEPTH} levels deep.`);
  if (isAlias(node)) return itemOf(walk, node.resolve(walk.doc), depth + 1);
  const line = lineOf(walk, node);
  walk.line = line;
  const tag = tagOf(node);
  if (tag) return { line, tag };
  if (isSeq(node)) return { line, list: node.items.map((one) => itemOf(walk, one, depth + 1)) };
  if (isMap(node)) return mapOf(walk, node, line, depth);
  return { line, scalar: isScalar(node) ? plain(node.value) : null };
}

/** Of a key that is written twice the last counts, as in Home Assistant; what `<<` brings in counts least. */
function mapOf(walk: Walk, node: YAMLMap, line: number, depth: number): Item {
  const map = new Map<string, Item>();
  const lines = new Map<string, number>();
  const twice: { key: string; line: number }[] = [];
  const merged: Item[] = [];
  for (const { key, value } of node.items) {
    const name = isScalar(key) ? String(key.value) : "?";
    const at = lineOf(walk, key);
    const item = itemOf(walk, value, depth + 1);
    const found = name === "<<" ? [item, ...(item.list ?? [])].filter((one) => one.map) : [];
    merged.push(...found);
    if (found.length > 0) continue;
    const before = lines.get(name);
    if (before !== undefined) twice.push({ key: name, line: before });
    lines.set(name, at);
    // A key of nothing has no place of its own.
    map.set(name, item.scalar === null ? { ...item, line: at } : item);
  }
  for (const one of merged) for (const [name, item] of one.map ?? []) if (!map.has(name)) map.set(name, item);
  return { line, map, ...(twice.length > 0 ? { twice } : {}) };
}

const plain = (value: unknown): string | number | boolean | null =>
  typeof value === "number" || typeof value === "boolean" || typeof value === "string" ? value : null;

function lineOf({ counter, line }: Walk, node: unknown): number {
  if (!isScalar(node) && !isMap(node) && !isSeq(node)) return line;
  return node.range ? counter.linePos(node.range[0]).line : line;
}

/** Home Assistant's own tags alone: those of YAML itself say no more than the value does. */
function tagOf(node: unknown): string | undefined {
  if (!isScalar(node) && !isMap(node) && !isSeq(node)) return undefined;
  const { tag } = node;
  if (!tag?.startsWith("!")) return undefined;
  return isScalar(node) ? `${tag} ${String(node.value)}`.slice(0, 80).trim() : tag;
}
