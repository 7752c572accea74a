/** A value of a file, with the line that it stands on. Exactly one of scalar, list and map is there; a tag stands alone. */
export interface Item {
  /** Counted from 1. */
  readonly line: number;
  readonly scalar?: string | number | boolean | null;
  readonly list?: readonly Item[];
  readonly map?: ReadonlyMap<string, Item>;
  /** A tag such as `!secret`: what it names is not here and is never fetched. */
  readonly tag?: string;
  /** Keys of a map that are written more than once, with the line of each but the last, which counts. */
  readonly twice?: readonly { readonly key: string; readonly line: number }[];
}

/** Everything in a value, itself first. */
export function* all(item: Item): Generator<Item> {
  yield item;
  for (const one of item.list ?? []) yield* all(one);
  for (const one of item.map?.values() ?? []) yield* all(one);
}

/** A number or word as text; undefined for what is none. */
export function textOf(item: Item | undefined): string | undefined {
  const value = item?.scalar;
  if (value === undefined || value === null) return undefined;
  return String(value).trim();
}

/** A number, also one that was written in quotes. */
export function numberOf(item: Item | undefined): number | undefined {
  const text = textOf(item);
  if (text === undefined || text === "" || typeof item?.scalar === "boolean") return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/** Whether something is switched on or off in the file: YAML 1.1, which Home Assistant reads, has more words for it. */
export function switchOf(item: Item | undefined): boolean | undefined {
  const text = textOf(item)?.toLowerCase();
  if (text === "true" || text === "on" || text === "yes") return true;
  return text === "false" || text === "off" || text === "no" ? false : undefined;
}

/** Where one may stand as well as several: all of them. */
export function listOf(item: Item | undefined): readonly Item[] {
  if (!item || item.scalar === null) return [];
  return item.list ?? [item];
}

/** Names that may be a list, one name, or several with commas. */
export const namesOf = (item: Item | undefined): readonly { readonly name: string; readonly at: Item }[] =>
  listOf(item).flatMap((at) =>
    (textOf(at) ?? "")
      .split(",")
      .map((name) => name.trim())
      .filter(Boolean)
      .map((name) => ({ name, at })),
  );

/** The value of the first key that is there. */
export function keyOf(item: Item | undefined, ...keys: readonly string[]): Item | undefined {
  for (const key of keys) {
    const found = item?.map?.get(key);
    if (found) return found;
  }
  return undefined;
}

/** Home Assistant works such text out when it runs. */
export const isTemplate = (item: Item | undefined): boolean => /\{\{|\{%/.test(textOf(item) ?? "");

/** Whether a template asks which entity started the automation. */
export const asksWho = (item: Item): boolean =>
  /trigger\.(to_state\.|from_state\.)?(entity_id|name\b|attributes\.friendly_name)/.test(String(item.scalar ?? "")) ||
  (item.list ?? []).some(asksWho) ||
  [...(item.map?.values() ?? [])].some(asksWho);

/** The value without its lines; what a tag names is absent. */
export function plainOf(item: Item): unknown {
  if (item.list) return item.list.map(plainOf);
  if (item.map) return Object.fromEntries([...item.map].map(([key, value]) => [key, plainOf(value)]));
  return item.scalar;
}
