import { type Translated, translate } from "./automation.ts";
import type { Find } from "./desk.ts";
import { readDocument } from "./document.ts";
import { type Item, keyOf } from "./item.ts";

export type { Translated } from "./automation.ts";
export type { Find, Meant } from "./desk.ts";
export { readDocument } from "./document.ts";
export { type Item, plainOf } from "./item.ts";

/** Automations of one file. */
export const MAX_AUTOMATIONS = 500;

export type TranslatedFile =
  | { readonly ok: true; readonly automations: readonly Translated[]; readonly left: number }
  | { readonly ok: false; readonly line: number; readonly text: string };

/**
 * Translates a file of Home Assistant's automations: a list of them, one of them, or a package that holds some. `left`:
 * how many of them are too many. `find` tells what its entities are in this home.
 */
export function translateFile(text: string, find: Find): TranslatedFile {
  const read = readDocument(text);
  if (!read.ok) return read;
  const all = automationsIn(read.root);
  if (all.length === 0) return { ok: false, line: 1, text: "There are no automations in the file." };
  const automations = all.slice(0, MAX_AUTOMATIONS).map((item) => translate(item, find));
  return { ok: true, automations, left: Math.max(0, all.length - MAX_AUTOMATIONS) };
}

function automationsIn(root: Item): readonly Item[] {
  if (isAutomation(root)) return [root];
  // What is none of them, such as an included file, is listed like one that can not be translated.
  if (root.list) return root.list.some(isAutomation) ? root.list : [];
  return [...(root.map ?? [])].flatMap(([key, value]) =>
    /^automation( |$)/.test(key) ? (value.list ?? [value]).filter(isAutomation) : [],
  );
}

const isAutomation = (item: Item): boolean =>
  keyOf(item, "triggers", "trigger", "use_blueprint") !== undefined && keyOf(item, "platform") === undefined;
