import { type Translated, translate } from "./automation.ts";
import type { Blueprint } from "./blueprint.ts";
import type { Find } from "./desk.ts";
import { MAX_FILE, readDocument } from "./document.ts";
import { holdingsOf } from "./library.ts";
import type { WrittenNumber } from "./numbers.ts";

export type { Translated } from "./automation.ts";
export { type Find, LINK, type Meant } from "./desk.ts";
export { readDocument } from "./document.ts";
export { type Item, plainOf } from "./item.ts";
export { linksIn } from "./library.ts";
export type { WrittenNumber } from "./numbers.ts";

/** Automations, scripts and scenes of files that come together. */
export const MAX_AUTOMATIONS = 500;

/** A file as it was opened. */
export interface GivenFile {
  readonly name: string;
  readonly text: string;
}

type Numbers = ReadonlyMap<string, WrittenNumber>;

export type TranslatedFiles =
  | { readonly ok: true; readonly things: readonly Translated[]; readonly left: number; readonly numbers: Numbers }
  | { readonly ok: false; readonly file: string; readonly line: number; readonly text: string };

/**
 * Translates files of Home Assistant that belong together: automations, scripts, scenes, or packages that hold some. `left`:
 * how many of them are too many; `numbers`: what they say of numbers and counters that Home Assistant keeps. `find` tells what its entities are in this home.
 */
export function translateFiles(files: readonly GivenFile[], find: Find): TranslatedFiles {
  const roots: Blueprint[] = [];
  let size = 0;
  for (const { name, text } of files) {
    size += text.length;
    const read: ReturnType<typeof readDocument> =
      size > MAX_FILE
        ? { ok: false, line: 1, text: `The files have more than ${MAX_FILE} characters together.` }
        : readDocument(text);
    if (!read.ok) return { ...read, file: name };
    roots.push({ name, root: read.root });
  }
  const holdings = holdingsOf(roots, find);
  const all = holdings.things;
  if (all.length === 0)
    return { ok: false, file: files[0]?.name ?? "", line: 1, text: "There are no automations in the file." };
  const things = all.slice(0, MAX_AUTOMATIONS).map((thing) => translate(thing, holdings, find));
  return { ok: true, things, left: Math.max(0, all.length - MAX_AUTOMATIONS), numbers: holdings.library.numbers };
}
