/** From a person's words to goals: by grammar, and where there is a model, by both. */
import type { Goal } from "../model/plan.ts";
import { goalInWords } from "../planner/goal.ts";
import { mergeGoals } from "../planner/merge.ts";
import type { Names } from "../planner/names.ts";
import { type Parsed, parseAnswer } from "../planner/parse.ts";
import { CONTROLS, questionOf } from "../planner/question.ts";
import { type Reading, readWish } from "../planner/read-wish.ts";
import type { LanguageModel } from "../ports.ts";

/** Three measures with reasons and seven sorted parts take at most about 400. */
const MAX_TOKENS = 500;
/** A Pi reads the whole question once in about a minute; later ones only the wish. */
const TIMEOUT_MS = 120_000;

export interface Understood {
  readonly goals: readonly Goal[];
  /** Who read it: `grammar` or `model:<name>`. */
  readonly readBy: string;
  readonly ranking: Parsed["ranking"];
  readonly refused: Parsed["refused"];
  /** What was taken for granted, not understood, or went wrong with the model, in words. */
  readonly notes: readonly string[];
}

/** What this home has to offer, as shown to people. */
export interface Offers {
  readonly all: readonly string[];
  readonly fitting: (goals: readonly Goal[]) => readonly string[];
}

interface Asked {
  readonly parsed: Parsed;
  readonly name?: string;
  readonly note?: string;
}

const NOTHING: Parsed = { read: [], ranking: [], refused: [], controlsWrong: 0 };

async function askModel(
  wish: string,
  read: Reading,
  names: Names,
  offers: Offers,
  model: LanguageModel,
  signal: AbortSignal,
): Promise<Asked> {
  if (model.ready() === undefined)
    return { parsed: NOTHING, note: "there is no language model: the built-in planner plans" };
  // A part in brackets was read and does not fit this home: nothing is open about it.
  const parts = read.notUnderstood.filter((part) => !part.endsWith(")"));
  const fitting = parts.length > 0 ? offers.all : offers.fitting(read.goals);
  const posed = questionOf({ wish, parts, fitting }, names, offers.all);
  if (!posed) return { parsed: NOTHING };
  const { vocabulary, ...question } = posed;
  const answer = await model.ask({ ...question, maxTokens: MAX_TOKENS, timeoutMs: TIMEOUT_MS }, signal);
  if (!answer.ok)
    return {
      parsed: NOTHING,
      note: `the language model gave no answer (${answer.reason}): the built-in planner plans`,
    };
  const parsed = parseAnswer(answer.text, vocabulary, names);
  return { parsed, name: answer.model, ...noteOn(parsed, answer.model) };
}

/** What a person should know of an answer that was not used in full. */
function noteOn(parsed: Parsed, name: string): { note?: string } {
  const wrong = parsed.controlsWrong;
  if (wrong === 0) return {};
  const used = parsed.ranking.length > 0 ? "only its order of the measures is used" : "the built-in planner plans";
  return { note: `${name} got ${wrong} of ${CONTROLS.length} test sentences wrong: ${used}` };
}

/** Reads a wish. The model can add goals and an order; it can take nothing away, and without it everything still works. */
export async function understand(
  text: string,
  names: Names,
  offers: Offers,
  model: LanguageModel,
  signal: AbortSignal,
): Promise<Understood> {
  const read = readWish(text, names);
  const { parsed, name, note } = await askModel(text, read, names, offers, model, signal);
  const merged = mergeGoals(read, parsed.read, names);
  const used = parsed.read.length + parsed.ranking.length > 0;
  return {
    goals: merged.goals,
    readBy: name && used ? `model:${name}` : "grammar",
    ranking: parsed.ranking,
    refused: parsed.refused,
    notes: [
      ...(note ? [note] : []),
      ...merged.taken,
      ...read.assumed.map((part) => `taken for granted: ${part}`),
      ...merged.notUnderstood.map((part) => `not understood: "${part}"`),
    ],
  };
}

export const goalsInWords = (goals: readonly Goal[], names: Names): string =>
  goals.map((goal) => goalInWords(goal, names)).join("; ");
