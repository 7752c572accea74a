/** From the words of a noun to the things they mean. Never guesses between two. */
import { isKeptHere } from "../model/house-switch.ts";
import { offered, type Target } from "./directory.ts";
import type { Language } from "./languages/language.ts";
import { type Phrase, phrasesOf } from "./noun.ts";

export type Resolved =
  /** `byKind`: meant by what they are, not by name. `kind`: the device types that were said, if any. */
  | {
      readonly kind: "found";
      readonly targets: readonly Target[];
      readonly byKind: boolean;
      readonly types: ReadonlySet<string>;
    }
  | { readonly kind: "several"; readonly targets: readonly Target[] }
  /** Named, but it cannot do or tell that. */
  | { readonly kind: "unable"; readonly target: Target }
  | { readonly kind: "lost" }
  | { readonly kind: "none" };

export interface Search {
  readonly targets: readonly Target[];
  readonly language: Language;
  /** Where the sentence is said. */
  readonly room: string | undefined;
  /** Whether a thing can do or tell what is wanted. */
  readonly can: (target: Target) => boolean;
  /** What makes two things the same for this search. */
  readonly sameAs: (target: Target) => string;
  /** Kinds that are meant when only a room, or nothing, is named; undefined: anything that can; empty: nothing. */
  readonly implied: ReadonlySet<string> | undefined;
  /** Answers an ask-back: whether this is the thing that was chosen. */
  readonly chosen?: ((target: Target) => boolean) | undefined;
  /** A question: a plural means all of the home, and a room all that is in it. */
  readonly wide: boolean;
}

/** Kinds whose words differ: a door is no window, though one sensor serves both. */
const WORDS_DIFFER = ["contactSensor", "windowCovering"];
const MAX_PARTS = 6;

/** Asks back, or takes the chosen one of those that it would ask back with. */
function asking(targets: readonly Target[], { chosen }: Search): Resolved {
  const one = chosen && offered(targets).find(chosen);
  return one ? { kind: "found", targets: [one], byKind: false, types: noTypes } : { kind: "several", targets };
}

const none: Resolved = { kind: "none" };
const noTypes: ReadonlySet<string> = new Set();

/** The things that a noun means; "the lamp and the fan" are looked for one by one if not found as one name. */
export function resolve(noun: readonly string[], search: Search): Resolved {
  const whole = resolvePhrase(noun, search);
  if (whole.kind !== "none" && whole.kind !== "unable") return whole;
  const parts = splitAt(noun, search.language.small.and);
  if (parts.length < 2 || parts.length > MAX_PARTS) return whole;
  const found: Target[] = [];
  let byKind = false;
  const types = new Set<string>();
  for (const part of parts) {
    const one = resolvePhrase(part, search);
    if (one.kind !== "found") return one;
    for (const target of one.targets) if (!found.includes(target)) found.push(target);
    for (const type of one.types) types.add(type);
    byKind ||= one.byKind;
  }
  return { kind: "found", targets: found, byKind, types };
}

function splitAt(words: readonly string[], at: ReadonlySet<string>): string[][] {
  const parts: string[][] = [[]];
  for (const word of words) {
    if (at.has(word)) parts.push([]);
    else parts.at(-1)?.push(word);
  }
  return parts.filter((p) => p.length > 0);
}

function resolvePhrase(noun: readonly string[], search: Search): Resolved {
  const phrases = phrasesOf(noun, search.targets, search.language, search.room);
  // A command must know where "here" is; to a question every room may answer.
  if (!search.wide && phrases.some((p) => p.lost)) return { kind: "lost" };
  let unable: Target | undefined;
  for (const step of [byName, byKind, byPartOfName]) {
    for (const phrase of phrases) {
      const result = step(phrase, search);
      if (result.kind === "unable") unable ??= result.target;
      else if (result.kind !== "none") return result;
    }
  }
  return unable ? { kind: "unable", target: unable } : none;
}

const sameRoom = (phrase: Phrase, target: Target): boolean =>
  phrase.room === undefined || target.roomStems.join(" ") === phrase.room.join(" ");

/** The whole name, however it is written: "livingroom light" is "Living room light". */
function byName(phrase: Phrase, search: Search): Resolved {
  const said = phrase.core.join("");
  if (said === "") return none;
  const named = search.targets.filter((t) => sameRoom(phrase, t) && t.names.some((n) => n.join("") === said));
  if (named.length === 0) return none;
  // "the kitchen lights" are all lights of the kitchen, though one of them is called "Kitchen light".
  if ((phrase.plural || phrase.all) && byKindInRoom(phrase, search).length > named.length) return none;
  const able = named.filter(search.can);
  if (able.length === 0) return named[0] ? { kind: "unable", target: named[0] } : none;
  return settle(able, phrase, search, { byKind: false, types: noTypes });
}

/** Names are taken apart here as phrases are: "kitchen lights" is a room and a kind. */
function byKindInRoom(phrase: Phrase, search: Search): readonly Target[] {
  for (const other of phrasesOf([...phrase.core], search.targets, search.language, undefined)) {
    const types = search.language.kinds.get(other.core.join(" "));
    if (types) return ofKind(types, other, search);
  }
  return [];
}

function ofKind(types: ReadonlySet<string>, phrase: Phrase, search: Search): Target[] {
  return search.targets.filter(
    (t) => search.can(t) && sameRoom(phrase, t) && t.types.some((x) => types.has(x)) && !isOtherWord(phrase, t, search),
  );
}

/** Whether the thing's name says that it is another member of a kind with several words. */
function isOtherWord(phrase: Phrase, target: Target, { language }: Search): boolean {
  const said = phrase.core.join(" ");
  const own = target.names[0] ?? [];
  if (said === "" || own.join(" ").includes(said)) return false;
  const differing = target.types.filter((t) => WORDS_DIFFER.includes(t));
  return differing.some((type) =>
    [...language.kinds].some(([words, types]) => types.has(type) && words !== said && own.includes(words)),
  );
}

function byKind(phrase: Phrase, search: Search): Resolved {
  const types = phrase.core.length > 0 ? search.language.kinds.get(phrase.core.join(" ")) : search.implied;
  if (phrase.core.length > 0 && types === undefined) return none;
  const onlyARoom = phrase.core.length === 0 && !phrase.everything && types?.size === 0;
  if (onlyARoom && phrase.room === undefined) return none;
  const candidates =
    types === undefined || onlyARoom || (phrase.everything && phrase.core.length === 0)
      ? search.targets.filter((t) => search.can(t) && sameRoom(phrase, t) && !isKeptHere(t.node.description))
      : ofKind(types, phrase, search);
  if (candidates.length === 0) return none;
  // "turn off the kitchen" may mean its light, or all of it: whoever says so is asked.
  if (onlyARoom && !search.wide) return asking(candidates, search);
  return settle(candidates, phrase, search, { byKind: true, types: types ?? noTypes });
}

/** Some words of the name, with its room and kind as help: "the fridge" is the only thing with that word. */
function byPartOfName(phrase: Phrase, search: Search): Resolved {
  if (phrase.core.length === 0) return none;
  const kindWords = (t: Target): string[] =>
    [...search.language.kinds]
      .filter(([, types]) => t.types.some((x) => types.has(x)))
      .flatMap(([words]) => words.split(" "));
  const fitting = search.targets.filter((t) => {
    // A word that only names the room names nothing in it.
    const tells = (w: string): boolean => t.names.some((n) => n.includes(w)) && !t.roomStems.includes(w);
    if (!sameRoom(phrase, t) || !phrase.core.some(tells)) return false;
    const known = new Set([...t.names.flat(), ...t.roomStems, ...kindWords(t)]);
    return phrase.core.every((w) => known.has(w));
  });
  const able = fitting.filter(search.can);
  if (able.length === 0) return fitting[0] ? { kind: "unable", target: fitting[0] } : none;
  // "the door" is a word of "Garage door", and yet a kind: neither it nor "the door blinds" names that door.
  const types = kindsOf(phrase.core, search.language);
  return settle(able, phrase, search, { byKind: types !== undefined, types: types ?? noTypes });
}

/** The kinds that words say together, or each for itself; undefined where a word is no kind. */
function kindsOf(core: readonly string[], { kinds }: Language): ReadonlySet<string> | undefined {
  const together = kinds.get(core.join(" "));
  if (together) return together;
  const each = core.map((word) => kinds.get(word));
  return each.every((types) => types !== undefined) ? new Set(each.flatMap((types) => [...types])) : undefined;
}

/** One is meant, or all, or it must be asked. The room in which the sentence is said decides where no room was named. */
function settle(
  candidates: readonly Target[],
  phrase: Phrase,
  search: Search,
  how: { byKind: boolean; types: ReadonlySet<string> },
): Resolved {
  const found = (targets: readonly Target[]): Resolved => ({ kind: "found", targets, ...how });
  const keys = candidates.map(search.sameAs);
  const able = candidates.filter((_, i) => keys.indexOf(keys[i] ?? "") === i);
  if (able.length === 1) return found(able);
  if (phrase.all || phrase.lost) return found(able);
  const near = phrase.room === undefined && search.room !== undefined ? able.filter((t) => t.room === search.room) : [];
  if (near.length === 1) return found(near);
  const many = phrase.plural || (search.wide && phrase.core.length === 0 && phrase.room !== undefined);
  if (many && near.length > 0) return found(near);
  if (many && (phrase.room !== undefined || search.wide)) return found(able);
  const onlyRoom = how.byKind && phrase.core.length === 0 && phrase.room !== undefined && how.types.size > 0;
  if (onlyRoom) return found(able);
  return asking(near.length > 0 ? near : able, search);
}
