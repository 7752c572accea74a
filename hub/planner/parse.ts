/** Reads a model's answer as hostile input: what is not exactly one of the offered words is refused with a reason. */
import { goalMisfit } from "./goal.ts";
import type { Draft } from "./goals/kind.ts";
import type { Part } from "./goals/read/part.ts";
import { unheld } from "./goals/read/unheld.ts";
import { cleanName, type Names } from "./names.ts";
import { ELSE, GOAL_WORDS, MAX_RANKED, MEANINGS, NONE } from "./question.ts";

export interface Refusal {
  readonly title: string;
  readonly reason: string;
}

const MAX_TEXT = 20_000;
/** JSON of the answer; undefined when it is none. */
function jsonOf(text: string): unknown {
  if (text.length > MAX_TEXT) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** An own property; never one of the prototype's. */
const own = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value) && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : undefined;

const listOf = (value: unknown, key: string, most: number): unknown[] => {
  const list = own(value, key);
  return Array.isArray(list) ? list.slice(0, most) : [];
};

/** The kind of goal that an answer names for a part; undefined when it is none or about other words. */
function wordOf(text: string, said: string): string | undefined {
  const json = jsonOf(text);
  const word = own(json, "goal");
  return own(json, "said") === said && typeof word === "string" && GOAL_WORDS.includes(word) ? word : undefined;
}

/**
 * What an answer takes a part of the wish for: goals that fit the home, or the reason why it is refused. Never throws.
 * The model chooses a kind; numbers, times and what it is about are read from the person's words.
 */
export function readSorted(text: string, said: string, part: Part, names: Names): readonly Draft[] | string {
  const word = wordOf(text, said);
  if (!word) return "the answer is of no known kind";
  const meaning = MEANINGS.get(word);
  if (!meaning) return "it is no wish about energy";
  const { kind, what } = meaning;
  if (kind.possible && !kind.possible(part)) return "the words say too little for that";
  const drafts = kind.fill(part, names, what ? { what } : {});
  if (typeof drafts === "string") return drafts;
  const misfit = drafts.map((d) => goalMisfit(d.goal, names)).find((reason) => reason !== undefined);
  return misfit ?? unheld(part, drafts) ?? drafts;
}

/** Whether an answer to a control sentence shows a model that takes one thing for another. */
export const takesAmiss = (text: string, part: string, meant: string): boolean => {
  const word = wordOf(text, part);
  return word !== meant && word !== ELSE;
};

/** Reads an order of measures. Never throws; keeps only what was offered, each once. */
export function readRanking(
  text: string,
  offered: readonly string[],
): { readonly ranking: readonly string[]; readonly refused: readonly Refusal[] } {
  const json = jsonOf(text);
  if (json === undefined) return { ranking: [], refused: [{ title: "the model's answer", reason: "it is no JSON" }] };
  const measures = listOf(json, "measures", MAX_RANKED).filter((measure) => measure !== NONE);
  const known = measures.filter((m): m is string => typeof m === "string" && offered.includes(m));
  const refused = measures
    .filter((measure) => typeof measure !== "string" || !offered.includes(measure))
    .map((measure) => ({
      title: typeof measure === "string" ? cleanName(measure) : "an answer of the model",
      reason: "it is none of the measures that were offered",
    }));
  return { ranking: [...new Set(known)], refused };
}
