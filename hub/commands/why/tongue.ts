/** What a language brings to questions with "why": words, no code. Patterns are regular expressions on folded text (small letters, no accents). */
import type { LanguageCode } from "../../model/language.ts";
import type { Phrases } from "../languages/language.ts";
import type { State } from "../meaning.ts";

export interface Tongue {
  readonly code: Exclude<LanguageCode, "en">;
  /** How such a question begins. */
  readonly why: string;
  /** What may stand before it out of politeness and asks nothing more. */
  readonly polite: string;
  /** What means nothing here and is dropped wherever it stands. */
  readonly filler: string;
  /** Times, by what English says; they may stand anywhere. The longer ones first. */
  readonly times: readonly (readonly [pattern: string, english: string])[];
  /** The hours from one to twelve in words, and how an hour is said: the pattern, H for the hour, M for minutes, and what is added to it. */
  readonly hours: string;
  readonly clocks: readonly (readonly [pattern: string, minutes: number])[];
  /** After an hour: what makes 7 into 19:00, and what says that it is 07:00. */
  readonly late: string;
  readonly early: string;
  /** How a question begins that asks when something will be, and its forms; what is planned is told as the reason that it is not yet. */
  readonly when: string;
  readonly whenForms: readonly string[];
  /** What is warm, and what is not: of a room, whether what heats it runs. */
  readonly warm: string;
  readonly cold: string;
  /** A room and a thing in one word: the letters between them, where the language has such words. */
  readonly joined?: string;
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
