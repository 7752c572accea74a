/**
 * "Why is it not charging?" in the other languages of the house, put into the English question that the grammar reads. Only such
 * questions: what moves something is never read from another language than the one that the box understands whole.
 */
import type { LanguageCode } from "../model/language.ts";
import type { State } from "./meaning.ts";
import { type Clocks, clockIn, clocksOf } from "./why/clock.ts";
import { de } from "./why/de.ts";
import { es } from "./why/es.ts";
import { fr } from "./why/fr.ts";
import { nl } from "./why/nl.ts";
import type { Tongue } from "./why/tongue.ts";

/** A question with "why", or with "when" of what is to come, in another language than English. */
export interface WhySaid {
  readonly language: LanguageCode;
  /** The same in English, the likeliest first: with the thing by its own name, then by what its words mean. */
  readonly texts: readonly string[];
  /** What is said where it is not clear. */
  readonly say: Tongue["say"];
}

const MAX_CHARACTERS = 200;

/** What is asked of a thing, by a word of a language: a state, or whether it is heated. */
type Doing = State | "warm" | "cold";

/** What heats, in English. A fridge that is cold runs. */
const HEATERS = /(?:water heater|thermostat|heat pump)$/;

/** States whose English word is another one. */
const WORDS: Readonly<Partial<Record<State, string>>> = { pluggedIn: "plugged in", clear: "empty" };

/** Words by what they are without accents and in small letters, and as they were typed. */
interface Said {
  readonly plain: readonly string[];
  readonly typed: readonly string[];
}

function wordsOf(text: string): Said {
  const typed = text.normalize("NFC").match(/[\p{L}\p{N}]+/gu) ?? [];
  const plain = typed.map((word) =>
    word.toLowerCase().replaceAll("ß", "ss").replaceAll("œ", "oe").normalize("NFD").replace(/\p{M}/gu, ""),
  );
  return { plain, typed };
}

interface Compiled {
  readonly tongue: Tongue;
  readonly why: RegExp;
  readonly polite: RegExp;
  /** "It is cold. Why?" */
  readonly atEnd: RegExp;
  readonly filler: RegExp;
  readonly not: RegExp;
  readonly times: readonly (readonly [RegExp, string])[];
  readonly clocks: Clocks;
  readonly forms: readonly RegExp[];
  readonly when: RegExp;
  readonly whenForms: readonly RegExp[];
  readonly doings: readonly (readonly [RegExp, Doing])[];
  readonly small: RegExp;
  readonly within: RegExp;
}

const word = (source: string): RegExp => new RegExp(`(?:^|(?<= ))(?:${source})(?= |$)`, "g");

function compile(tongue: Tongue): Compiled {
  const doings: [Doing, string][] = [
    ...(Object.entries(tongue.doings) as [State, string][]),
    ["warm", tongue.warm],
    ["cold", tongue.cold],
  ];
  const doing = doings.map(([, words]) => words).join("|");
  const form = (source: string): RegExp =>
    new RegExp(`^${source.replace("THING", "(?<thing>.+?)").replace("DOING", `(?<doing>${doing})`)}$`);
  // The longest first, so that "noch immer" is not left as "immer".
  const longest = tongue.filler.split("|").sort((a, b) => b.length - a.length);
  return {
    tongue,
    why: new RegExp(`^(?:${tongue.why}) `),
    polite: new RegExp(`^(?:${tongue.polite}) (?=(?:${tongue.why}|${tongue.when}) )`),
    atEnd: new RegExp(`^(?<rest>.+) (?<why>${tongue.why})$`),
    filler: word(longest.join("|")),
    not: word(tongue.not),
    times: tongue.times.map(([pattern, english]) => [word(pattern), english]),
    clocks: clocksOf(tongue),
    forms: tongue.forms.map(form),
    when: new RegExp(`^(?:${tongue.when}) `),
    whenForms: tongue.whenForms.map(form),
    doings: doings.map(([state, words]) => [new RegExp(`^(?:${words})$`), state]),
    small: new RegExp(`^(?:${tongue.small}) `),
    within: new RegExp(`^(?<head>.+?) (?:${tongue.within}) (?<room>.+)$`),
  };
}

const tongues: readonly Compiled[] = [de, fr, es, nl].map(compile);

const spaced = (text: string): string => text.replace(/ +/g, " ").trim();

/** The words as they were typed, where they stand in the sentence one after another; else as they were read. */
function asTyped(plain: string, said: Said): string {
  const words = plain.split(" ");
  const at = said.plain.findIndex((_, i) => words.every((w, k) => said.plain[i + k] === w));
  return at < 0 ? plain : said.typed.slice(at, at + words.length).join(" ");
}

const own = (table: Readonly<Record<string, string>>, key: string): string | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

/** "Flurlampe": a room and a thing in one word, in English. */
function joinedOf(named: string, { joined, rooms, things }: Tongue): string | undefined {
  if (joined === undefined) return undefined;
  for (const [room, where] of Object.entries(rooms)) {
    if (!named.startsWith(room)) continue;
    const rest = named.slice(room.length);
    const kind = own(things, rest) ?? own(things, rest.replace(new RegExp(`^(?:${joined})`), ""));
    if (kind !== undefined) return `${where} ${kind}`;
  }
  return undefined;
}

/** Ways to name a thing to the English grammar: as it was said, by its kind, by its kind in the room as said and in English. */
function nounsOf(thing: string, said: Said, { tongue, small, within }: Compiled): string[] {
  const named = thing.replace(small, "");
  const { head = "", room = "" } = within.exec(named)?.groups ?? {};
  const kind = own(tongue.things, head) ?? (head && asTyped(head, said));
  const rooms = room ? [asTyped(room, said), own(tongue.rooms, room)] : [];
  return [
    asTyped(named, said),
    own(tongue.things, named),
    joinedOf(named, tongue),
    ...rooms.map((where) => where && `${where} ${kind}`),
    own(tongue.rooms, named),
  ].flatMap((noun) => noun || []);
}

/** What is said back, with the thing as it was typed: the grammar knows it in its English dress alone. */
const sayOf = ({ say }: Tongue, thing: string): Tongue["say"] => ({
  ...say,
  which: (_, names) => say.which(thing, names),
  whichRoom: () => say.whichRoom(thing),
  nothingCalled: () => say.nothingCalled(thing),
});

/** The time that is asked about, in English, and the text without it. */
function timeIn(text: string, c: Compiled): { rest: string; when: string } {
  let rest = text;
  let day = "";
  for (const [pattern, english] of c.times) {
    if (day !== "" || rest.search(pattern) < 0) continue;
    rest = rest.replace(pattern, " ");
    day = ` ${english}`;
  }
  const clock = clockIn(spaced(rest), c.clocks);
  return clock ? { rest: clock.rest, when: `${day} ${clock.english}` } : { rest, when: day };
}

function read(said: Said, c: Compiled): WhySaid | undefined {
  const asked = said.plain.join(" ").replace(c.polite, "");
  const { rest: told, why } = c.atEnd.exec(asked)?.groups ?? {};
  const whole = told === undefined ? asked : `${why} ${told}`;
  const soon = c.when.test(whole);
  if (!soon && !c.why.test(whole)) return undefined;
  const { rest: timeless, when } = timeIn(whole.replace(soon ? c.when : c.why, ""), c);
  const plain = spaced(spaced(timeless).replace(c.filler, " "));
  const denied = plain.search(c.not) >= 0;
  const rest = spaced(plain.replace(c.not, " "));
  for (const form of soon ? c.whenForms : c.forms) {
    const { thing = "", doing = "" } = form.exec(rest)?.groups ?? {};
    const found = c.doings.find(([pattern]) => pattern.test(doing))?.[1];
    if (!found || thing === "") continue;
    const warmth = found === "cold" || found === "warm";
    const state = warmth ? "running" : found;
    // When it will be is told as why it is not yet.
    const isNot = soon || denied !== (found === "cold");
    const put = (noun: string, is: State): string =>
      `why is the ${noun}${isNot ? " not" : ""} ${WORDS[is] ?? is}${soon ? "" : when}`;
    const nouns = nounsOf(thing, said, c);
    // A room is warmed by what heats it; one that does not tell whether it runs tells whether it is on.
    const heaters = [...nouns.filter((noun) => HEATERS.test(noun)), ...nouns.map((noun) => `${noun} thermostat`)];
    const warmed = (["running", "on"] as const).flatMap((is) => heaters.map((noun) => put(noun, is)));
    const texts = [...(warmth ? [] : nouns.map((noun) => put(noun, state))), ...(state === "running" ? warmed : [])];
    return { language: c.tongue.code, texts, say: sayOf(c.tongue, asTyped(thing.replace(c.small, ""), said)) };
  }
  return undefined;
}

/** The same question in English; undefined where it is none of these. */
export function whySaid(text: string): WhySaid | undefined {
  if (text.length > MAX_CHARACTERS) return undefined;
  const said = wordsOf(text);
  for (const tongue of tongues) {
    const found = read(said, tongue);
    if (found) return found;
  }
  return undefined;
}
