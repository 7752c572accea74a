/** Rules that were begun and not saved, kept by this browser until they are saved or let go. */
import type { RuleDraft } from "../../../hub/http/schemas.ts";
import { isWhole } from "./guided/whole.ts";

const PREFIX = "inglenook.begun-rule.";
/** The oldest goes for an eleventh. */
const MOST = 10;
/** Characters; a greater one is not kept. */
const LONGEST = 100_000;

interface Kept {
  readonly at: number;
  readonly draft: RuleDraft;
}

/** What was begun at this place and not saved; undefined for nothing, and for what can't be read. */
export function readKept(place: string): RuleDraft | undefined {
  return parsed(read(PREFIX + place))?.draft;
}

/** Notes a draft; where the browser keeps nothing, it is not kept. */
export function keep(place: string, draft: RuleDraft): void {
  const text = JSON.stringify({ at: Date.now(), draft } satisfies Kept);
  if (text.length > LONGEST) return;
  try {
    const others = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX) && key !== PREFIX + place);
    const byAge = others.toSorted((a, b) => (parsed(read(b))?.at ?? 0) - (parsed(read(a))?.at ?? 0));
    for (const key of byAge.slice(MOST - 1)) localStorage.removeItem(key);
    localStorage.setItem(PREFIX + place, text);
  } catch {
    // A browser without room, or one that keeps nothing.
  }
}

export function letGo(place: string): void {
  try {
    localStorage.removeItem(PREFIX + place);
  } catch {
    // Nothing was kept.
  }
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function parsed(text: string | null): Kept | undefined {
  if (text === null) return undefined;
  try {
    const found = JSON.parse(text) as Partial<Kept>;
    const { draft, at } = found;
    if (typeof at !== "number" || typeof draft !== "object" || draft === null) return undefined;
    return (draft.form === "when" || draft.form === "while") && isWhole(draft) ? { at, draft } : undefined;
  } catch {
    return undefined;
  }
}
