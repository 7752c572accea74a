/** What a language brings to questions with "why": words, no code. Patterns are regular expressions on folded text (small letters, no accents). */
import type { LanguageCode } from "../../model/language.ts";
import type { Phrases } from "../languages/language.ts";
import type { State } from "../meaning.ts";

export interface Tongue {
  readonly code: Exclude<LanguageCode, "en">;
  /** How such a question begins. */
  readonly why: string;
  /** What means nothing here and is dropped wherever it stands. */
  readonly filler: string;
  /** Times, by what English says; they may stand anywhere. The longer ones first. */
  readonly times: readonly (readonly [pattern: string, english: string])[];
  /** Words for a state or a doing, by what is asked. */
  readonly doings: Readonly<Partial<Record<State, string>>>;
  /** After the beginning, without times, small words and "not": with THING and DOING. */
  readonly forms: readonly string[];
  /** The word for "not", wherever it stands. */
  readonly not: string;
  /** Articles and such before a thing. */
  readonly small: string;
  /** Between a thing and its room. */
  readonly within: string;
  /** Kinds of things and rooms, in English. */
  readonly things: Readonly<Record<string, string>>;
  readonly rooms: Readonly<Record<string, string>>;
  /** What is said where such a question is not clear. */
  readonly say: Pick<Phrases, "which" | "whichRoom" | "nothingCalled" | "cannotTell" | "notUnderstood">;
}

/** Weekdays, Monday first, as English says them; each language gives its own words in the same order. */
export const weekdayTimes = (names: readonly string[]): (readonly [string, string])[] =>
  ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"].map((english, i) => [
    names[i] ?? "",
    `on ${english}`,
  ]);
