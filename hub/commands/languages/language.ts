/** What a language brings. A new language is one folder with these parts and one line in index.ts. */
import type { Known } from "../../model/reading.ts";
import type { Act, Ask, Meaning, Measure } from "../meaning.ts";

/** The words that go with a thing's name without being part of it. */
export interface SmallWords {
  /** the, my … */
  readonly articles: ReadonlySet<string>;
  /** all, every … */
  readonly all: ReadonlySet<string>;
  /** everything: all that can be meant, of whatever kind. */
  readonly everything: ReadonlySet<string>;
  /** in, on, of … before a room. */
  readonly before: ReadonlySet<string>;
  /** and, or a comma. */
  readonly and: ReadonlySet<string>;
  /** "in here", "in this room": where the sentence is said; longest first. */
  readonly here: readonly (readonly string[])[];
  /** "in the house": everywhere; longest first. */
  readonly everywhere: readonly (readonly string[])[];
  /** The house itself, as one that uses power. */
  readonly home: ReadonlySet<string>;
}

/** One reading told of one thing. */
export interface Told {
  readonly name: string;
  readonly room?: string;
  readonly measure: Measure | "energyToday";
  readonly known: Known;
  readonly unit: string;
}

/** Every sentence that the house says back. */
export interface Phrases {
  doing(act: Act, names: readonly string[]): string;
  leftAlone(names: readonly string[]): string;
  which(what: string, names: readonly string[]): string;
  whichRoom(what: string): string;
  nothingCalled(what: string): string;
  cannot(name: string, act: Act): string;
  cannotTell(name: string): string;
  misfit(name: string, why: string): string;
  notByKind(what: string): string;
  notUnderstood(): string;
  /** To what is to be done at another time than now. */
  later(): string;
  tooLong(limit: number): string;
  tooMany(limit: number): string;
  oneThing(): string;
  yesNo(
    yes: boolean | undefined,
    state: string,
    told: readonly { name: string; is: boolean | undefined; known: Known }[],
    scope: "one" | "any" | "all",
  ): string;
  listed(state: string, names: readonly string[], unknown: readonly string[], count: boolean): string;
  told(told: readonly Told[]): string;
  homePower(use: number | undefined, grid: number | undefined, solar: number | undefined): string;
  homeEnergy(use: number | undefined, grid: number | undefined): string;
  energyToday(name: string, kwh: number | undefined): string;
  stateWord(ask: Ask): string;
}

export interface Language {
  readonly code: string;
  /** The sentence's words in one spelling: lower case, numbers as digits, contractions undone, politeness dropped. */
  words(text: string): string[];
  /** One form for singular and plural. */
  stem(word: string): string;
  /** A question never moves anything, however it ends. */
  isQuestion(text: string, words: readonly string[]): boolean;
  /** It speaks of another time than now: a command of it would be a rule. */
  isOfLater(words: readonly string[]): boolean;
  /** Commands first; for a question only its questions. At most 40 readings, the likeliest first. */
  readings(words: readonly string[], question: boolean): Meaning[];
  /** Ways of splitting "do this and then that", the likeliest first; none when it is one clause. At most 3. */
  clauses(words: readonly string[]): string[][][];
  /** Kinds by their words: stemmed and joined by a space, to names of device types. */
  readonly kinds: ReadonlyMap<string, ReadonlySet<string>>;
  readonly small: SmallWords;
  readonly say: Phrases;
}
