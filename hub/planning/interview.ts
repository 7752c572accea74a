/** What a language model is asked about one wish, within one time limit for all questions together. */
import type { Goal } from "../model/plan.ts";
import type { ReadPart } from "../planner/merge.ts";
import type { Names } from "../planner/names.ts";
import { type Refusal, readRanking, readSorted, takesAmiss } from "../planner/parse.ts";
import { CONTROLS, MAX_PARTS, type Questions, questionsOf } from "../planner/question.ts";
import type { LanguageModel } from "../ports.ts";

/** Three measures are the longest answer, of at most some fifty tokens each. */
const MAX_TOKENS = 300;
/** For all questions about a wish: a Pi reads the fixed part once in about a minute; later ones only the wish. */
const BUDGET_MS = 120_000;

/** Control sentences that each model got wrong; asked once in the hub's life. */
export type Exams = Map<string, number>;

/** What this home has to offer, as shown to people. */
export interface Offers {
  readonly all: readonly string[];
  readonly fitting: (goals: readonly Goal[]) => readonly string[];
}

interface Asking {
  readonly model: LanguageModel;
  readonly exams: Exams;
  readonly signal: AbortSignal;
}

/** One wish's talk with the model. The first question without an answer is the last one put. */
export class Interview {
  /** Who answered; undefined as long as nobody did. */
  name: string | undefined;
  readonly notes: string[] = [];
  readonly refused: Refusal[] = [];
  private readonly questions: Questions;
  private readonly names: Names;
  private readonly offers: Offers;
  private readonly asking: Asking;
  private over: boolean;
  private spentMs = 0;

  constructor(names: Names, offers: Offers, asking: Asking) {
    this.questions = questionsOf(names, offers.all);
    this.names = names;
    this.offers = offers;
    this.asking = asking;
    this.over = asking.model.ready() === undefined;
    if (this.over) this.notes.push("there is no language model: the built-in planner plans");
  }

  /** What the model takes the parts for; nothing where it failed its exam. Beyond four parts they stay not understood. */
  async sort(parts: readonly string[]): Promise<ReadPart[]> {
    const read: ReadPart[] = [];
    if (parts.length === 0 || !(await this.passes())) return read;
    for (const part of parts.slice(0, MAX_PARTS)) {
      const text = await this.ask(this.questions.sort(part));
      if (text === undefined) break;
      const goal = readSorted(text, part, this.questions.vocabulary, this.names);
      if (typeof goal === "string") this.refused.push({ title: `what the model made of "${part}"`, reason: goal });
      else read.push({ part, goal });
    }
    return read;
  }

  /** The model's order of what the goals call for. */
  async rank(wish: string, goals: readonly Goal[]): Promise<readonly string[]> {
    const fitting = this.offers.fitting(goals);
    const text = fitting.length > 1 ? await this.ask(this.questions.rank(wish, fitting)) : undefined;
    if (text === undefined) return [];
    const { ranking, refused } = readRanking(text, this.questions.vocabulary);
    this.refused.push(...refused);
    if (ranking.length === 0) this.notes.push(`${this.name} answered nothing of use: the built-in planner plans`);
    return ranking;
  }

  private async passes(): Promise<boolean> {
    const { exams, model } = this.asking;
    const name = model.ready() ?? "";
    if (!exams.has(name)) {
      let wrong = 0;
      for (const [part, goal] of CONTROLS) {
        const text = await this.ask(this.questions.sort(part));
        if (text === undefined) return false;
        if (takesAmiss(text, part, goal)) wrong++;
      }
      exams.set(name, wrong);
    }
    const wrong = exams.get(name) ?? 0;
    if (wrong > 0)
      this.notes.push(`${name} got ${wrong} of ${CONTROLS.length} test sentences wrong: its reading is not used`);
    return wrong === 0;
  }

  private async ask(question: ReturnType<Questions["sort"]>): Promise<string | undefined> {
    if (this.over) return undefined;
    const { model, signal } = this.asking;
    const answer = await model.ask({ ...question, maxTokens: MAX_TOKENS, timeoutMs: BUDGET_MS - this.spentMs }, signal);
    if (answer.ok) {
      this.spentMs = Math.min(BUDGET_MS, this.spentMs + answer.ms);
      this.name = answer.model;
      return answer.text;
    }
    this.over = true;
    this.notes.push(`the language model gave no answer (${answer.reason}): the built-in planner plans`);
    return undefined;
  }
}
