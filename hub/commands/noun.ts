/** Takes a noun phrase apart: how many are meant, in which room, and the words that name the thing. */
import type { Target } from "./directory.ts";
import type { Language } from "./languages/language.ts";

export interface Phrase {
  /** Stems of what names the thing; empty: only a room, or nothing, was said. */
  readonly core: readonly string[];
  /** The room that was said, as stems. */
  readonly room: readonly string[] | undefined;
  /** "all", "everything", "in the house": every one is meant. */
  readonly all: boolean;
  readonly everything: boolean;
  /** The last word of the core is a plural. */
  readonly plural: boolean;
  /** "here", but it is not known where that is. */
  readonly lost: boolean;
}

/** Every way of taking the words apart, the one that leaves them whole first; at most 8. */
export function phrasesOf(
  noun: readonly string[],
  targets: readonly Target[],
  language: Language,
  speakersRoom: string | undefined,
): Phrase[] {
  const { small, stem, words } = language;
  const [afterHere, here] = cut(noun, small.here);
  const [afterEverywhere, everywhere] = cut(afterHere, small.everywhere);
  const left = afterEverywhere.filter((w) => !small.articles.has(w) && !small.all.has(w) && !small.everything.has(w));
  const stems = left.map(stem);
  const everything = afterEverywhere.some((w) => small.everything.has(w));
  const common = {
    all: everywhere || everything || afterEverywhere.some((w) => small.all.has(w)),
    everything,
    lost: here && speakersRoom === undefined,
  };
  const hereStems = here && speakersRoom !== undefined ? words(speakersRoom).map(stem) : undefined;
  const plural = (core: readonly string[]): boolean => {
    const last = left.findLast((w) => stem(w) === core.at(-1));
    return last !== undefined && stem(last) !== last;
  };
  const whole: Phrase = { ...common, core: stems, room: hereStems, plural: plural(stems) };
  if (hereStems) return [whole];
  return [
    whole,
    ...roomReadings(stems, targets, small.before).map((r) => ({ ...common, ...r, plural: plural(r.core) })),
  ].slice(0, 8);
}

/** Takes a word sequence out of a phrase, and the little word before it is part of the sequence. */
function cut(noun: readonly string[], sequences: readonly (readonly string[])[]): [readonly string[], boolean] {
  for (const sequence of sequences) {
    const at = indexOf(noun, sequence);
    if (at >= 0) return [[...noun.slice(0, at), ...noun.slice(at + sequence.length)], true];
  }
  return [noun, false];
}

function indexOf(list: readonly string[], part: readonly string[]): number {
  for (let i = 0; i + part.length <= list.length; i++) if (part.every((w, k) => list[i + k] === w)) return i;
  return -1;
}

function lastIndexOf(list: readonly string[], part: readonly string[]): number {
  for (let i = list.length - part.length; i >= 0; i--) if (part.every((w, k) => list[i + k] === w)) return i;
  return -1;
}

/** "light in the kitchen" and "kitchen light" both name the room; longer room names first. */
function roomReadings(
  stems: readonly string[],
  targets: readonly Target[],
  before: ReadonlySet<string>,
): { core: string[]; room: readonly string[] }[] {
  const rooms = new Map(targets.filter((t) => t.roomStems.length > 0).map((t) => [t.roomStems.join(" "), t.roomStems]));
  const joined = [...rooms.values()]
    .filter((r) => r.length > 1)
    .map((r): [string[], readonly string[]] => [[r.join("")], r]);
  const spelled: [readonly string[], readonly string[]][] = [
    ...[...rooms.values()].map((r): [readonly string[], readonly string[]] => [r, r]),
    ...joined,
  ];
  const found: { core: string[]; room: readonly string[] }[] = [];
  for (const [said, room] of spelled.sort(([a], [b]) => b.length - a.length)) {
    // The last mention first: "the kitchen light in the kitchen" says the room at the end.
    for (const at of new Set([lastIndexOf(stems, said), indexOf(stems, said)])) {
      if (at < 0) continue;
      const start = at > 0 && before.has(stems[at - 1] ?? "") ? at - 1 : at;
      found.push({ core: [...stems.slice(0, start), ...stems.slice(at + said.length)], room });
    }
  }
  return found;
}
