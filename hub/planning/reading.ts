/** From a person's words to goals: by grammar, and where there is a model, by both. */
import type { Goal } from "../model/plan.ts";
import { goalInWords } from "../planner/goal.ts";
import { mergeGoals } from "../planner/merge.ts";
import type { Names } from "../planner/names.ts";
import { type Parsed, parseAnswer } from "../planner/parse.ts";
import { questionOf } from "../planner/question.ts";
import { readWish } from "../planner/read-wish.ts";
import type { LanguageModel } from "../ports.ts";

const MAX_TOKENS = 600;
const TIMEOUT_MS = 90_000;

export interface Understood {
  readonly goals: readonly Goal[];
  /** Who read it: `grammar` or `model:<name>`. */
  readonly readBy: string;
  readonly ranking: Parsed["ranking"];
  readonly refused: Parsed["refused"];
  /** What was taken for granted, not understood, or went wrong with the model, in words. */
  readonly notes: readonly string[];
}

const NO_MODEL = { ranking: [], refused: [], goals: [] } as const;

async function askModel(
  text: string,
  names: Names,
  options: readonly string[],
  model: LanguageModel,
  signal: AbortSignal,
): Promise<{ parsed: Parsed; name?: string; note?: string }> {
  if (model.ready() === undefined)
    return { parsed: NO_MODEL, note: "there is no language model: the built-in planner plans" };
  const { vocabulary, ...asked } = questionOf(text, names, options);
  const answer = await model.ask({ ...asked, maxTokens: MAX_TOKENS, timeoutMs: TIMEOUT_MS }, signal);
  if (!answer.ok)
    return {
      parsed: NO_MODEL,
      note: `the language model gave no answer (${answer.reason}): the built-in planner plans`,
    };
  return { parsed: parseAnswer(answer.text, vocabulary, names), name: answer.model };
}

/** Reads a wish. The model can add goals and an order; it can take nothing away, and without it everything still works. */
export async function understand(
  text: string,
  names: Names,
  options: readonly string[],
  model: LanguageModel,
  signal: AbortSignal,
): Promise<Understood> {
  const read = readWish(text, names);
  const { parsed, name, note } = await askModel(text, names, options, model, signal);
  const merged = mergeGoals(text, read, parsed.goals, names);
  const added = merged.goals.length > read.goals.length;
  const open = added ? [] : read.notUnderstood.map((part) => `not understood: "${part}"`);
  const assumed = read.assumed.map((part) => `taken for granted: ${part}`);
  return {
    goals: merged.goals,
    readBy: name ? `model:${name}` : "grammar",
    ranking: parsed.ranking,
    refused: [...parsed.refused, ...merged.refused],
    notes: [...(note ? [note] : []), ...assumed, ...open],
  };
}

export const goalsInWords = (goals: readonly Goal[], names: Names): string =>
  goals.map((goal) => goalInWords(goal, names)).join("; ");
