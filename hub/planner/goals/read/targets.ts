/** Devices and rooms that a text names, by their own names or by a language's words for such things. */
import type { Names, Thing } from "../../names.ts";
import { languages } from "../languages/index.ts";
import { type Compiled, whole } from "./compiled.ts";
import { fold } from "./fold.ts";

interface Hit<T> {
  readonly what: T;
  readonly at: number;
  readonly end: number;
  /** By its own name. */
  readonly own: boolean;
}

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");

function hitsOf<T>(text: string, what: T, pattern: RegExp | undefined, own: boolean): Hit<T>[] {
  if (!pattern) return [];
  return [...text.matchAll(pattern)].map((m) => ({ what, at: m.index, end: m.index + m[0].length, own }));
}

const patterns = new Map<string, RegExp>();
/** Names and rooms whose patterns and meanings are remembered; more than any home has. */
const MAX_REMEMBERED = 1000;

function nameOf(name: string): RegExp {
  const known = patterns.get(name);
  if (known) return known;
  if (patterns.size >= MAX_REMEMBERED) patterns.clear();
  const folded = fold(name);
  // An "ev" has no ending that makes it an "ever".
  const ending = folded.length > 3 ? "(?:s|e|n|en|es|er)?" : "s?";
  const made = whole(`${escaped(folded)}${ending}`, "g");
  patterns.set(name, made);
  return made;
}

/** A longer name wins over a word inside it. */
const longest = <T>(hits: readonly Hit<T>[]): Hit<T>[] =>
  hits
    .filter((hit) => !hits.some((o) => o.at <= hit.at && o.end >= hit.end && o.end - o.at > hit.end - hit.at))
    .sort((a, b) => a.at - b.at);

/** What people call such a thing: what it is for, and its device types. Types of things of no known part are too general ("plug"). */
const conceptsOf = (thing: Thing): readonly string[] => [thing.kind, ...thing.types];

const conceptOf = (room: string): string | undefined => {
  const folded = fold(room);
  for (const language of languages)
    for (const [concept, source] of Object.entries(language.rooms))
      if (new RegExp(`^(?:${source})$`, "u").test(folded)) return concept;
  return undefined;
};

const concepts = new Map<string, string | undefined>();

function rememberedConcept(room: string): string | undefined {
  if (!concepts.has(room)) {
    if (concepts.size >= MAX_REMEMBERED) concepts.clear();
    concepts.set(room, conceptOf(room));
  }
  return concepts.get(room);
}

const roomHits = (text: string, names: Names, c: Compiled): readonly Hit<string>[] => {
  const hits = names.allRooms.flatMap((room) => {
    const concept = rememberedConcept(room);
    return [
      ...hitsOf(text, room, nameOf(room), true),
      ...(concept ? hitsOf(text, room, c.rooms.get(concept), false) : []),
    ];
  });
  return longest(hits);
};

/** Rooms that are named, in order. */
export const roomsIn = (text: string, names: Names, c: Compiled): readonly string[] => [
  ...new Set(roomHits(text, names, c).map((hit) => hit.what)),
];

/** Where things are named by their own names, a room in them perhaps. */
const ownHits = (text: string, names: Names): readonly Hit<Thing>[] =>
  names.things.flatMap((thing) => hitsOf(text, thing, nameOf(thing.name), true));

/** Things that are named, in order; of several lights or thermostats those in the named rooms. At most 200 are looked for. */
export function thingsIn(text: string, names: Names, c: Compiled, rooms: readonly string[]): readonly Thing[] {
  const hits = names.things.flatMap((thing) => [
    ...hitsOf(text, thing, nameOf(thing.name), true),
    ...conceptsOf(thing).flatMap((concept) => hitsOf(text, thing, c.things.get(concept), false)),
    ...(c.language.code === "en" ? thing.words.flatMap((word) => hitsOf(text, thing, nameOf(word), false)) : []),
  ]);
  const places = roomHits(text, names, c);
  // The bath of "bathroom" is no bath.
  const best = longest(hits).filter(
    (h) => !places.some((p) => p.at <= h.at && p.end >= h.end && p.end - p.at > h.end - h.at),
  );
  const inRooms = new Set(best.filter((h) => rooms.includes(h.what.room ?? "")).map((h) => h.what.kind));
  const ownNames = new Set(best.filter((h) => h.own).map((h) => `${h.at}`));
  return best
    .filter((h) => h.own || !ownNames.has(`${h.at}`))
    .filter((h) => h.own || !inRooms.has(h.what.kind) || rooms.includes(h.what.room ?? ""))
    .map((hit) => hit.what)
    .filter((thing, k, all) => all.findIndex((other) => other.node === thing.node) === k);
}

/** A room that a text names and that this home does not have, even where a room of the home is part of its name. */
export function missingRoomIn(text: string, names: Names, c: Compiled): string | undefined {
  const here = new Set(names.allRooms.map(rememberedConcept));
  const absent = [...c.rooms].flatMap(([concept, pattern]) => (here.has(concept) ? [] : [pattern]));
  const known = [...roomHits(text, names, c), ...ownHits(text, names)];
  const hits = [...absent, c.anyRoom].flatMap((pattern) => hitsOf(text, undefined, pattern, false));
  const missing = hits.find((hit) => !known.some((room) => room.at <= hit.at && room.end >= hit.end));
  return missing && text.slice(missing.at, missing.end);
}

/** Words of this home's names, so that slips of the finger in them are mended too. */
export const wordsOfNames = (names: Names): ReadonlySet<string> =>
  new Set(
    [...names.things.map((t) => t.name), ...names.allRooms].flatMap((name) => fold(name).match(/\p{L}{5,}/gu) ?? []),
  );
