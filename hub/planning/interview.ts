/** What a language model is asked about one wish, within one time limit for all questions together. */
import type { ReadPart } from "../planner/merge.ts";
import type { Names } from "../planner/names.ts";
import { type Refusal, readRanking, readSorted, takesAmiss } from "../planner/parse.ts";
import { CONTROLS, MAX_PARTS, MOST_AMISS, type Questions, questions } from "../planner/question.ts";
import type { Reading } from "../planner/read-wish.ts";
import type { LanguageModel } from "../ports.ts";

/** Three measures are the longest answer, of at most some fifty tokens each. */
const MAX_TOKENS = 300;
/** For all questions about a wish: a Pi reads the fixed part once in about a minute; later ones only the wish. */
const BUDGET_MS = 120_000;

/** Control sentences that each model got wrong; asked once in the hub's life. */
export type Exams = Map<string, number>;

export interface Asking {
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
  private readonly names: Names;
  private readonly asking: Asking;
  private over: boolean;
  private spentMs = 0;

  constructor(names: Names, asking: Asking) {
    this.names = names;
    this.asking = asking;
    this.over = asking.model.ready() === undefined;
    if (this.over) this.notes.push("there is no language model: the built-in planner plans");
  }

  /** What the model takes the parts for; nothing where it failed its exam. Beyond four parts they stay not understood. */
  async sort(unread: Reading["notUnderstood"]): Promise<ReadPart[]> {
    const read: ReadPart[] = [];
    const open = unread.flatMap(({ said, part }) => (part ? [{ said, part }] : []));
    if (open.length === 0 || !(await this.passes())) return read;
    for (const { said, part } of open.slice(0, MAX_PARTS)) {
      const text = await this.ask(questions.sort(said, part));
      if (text === undefined) break;
      const drafts = readSorted(text, said, part, this.names);
      if (typeof drafts === "string") this.refused.push({ title: `what the model made of "${said}"`, reason: drafts });
      else read.push({ said, drafts });
    }
    return read;
  }

  /** The model's order of what is offered, in the words shown to people. */
  async rank(wish: string, offered: readonly string[]): Promise<readonly string[]> {
    const text = offered.length > 1 ? await this.ask(questions.rank(wish, offered)) : undefined;
    if (text === undefined) return [];
    const { ranking, refused } = readRanking(text, offered);
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
        const text = await this.ask(questions.sort(part));
        if (text === undefined) return false;
        if (takesAmiss(text, part, goal)) wrong++;
      }
      exams.set(name, wrong);
    }
    const wrong = exams.get(name) ?? 0;
    if (wrong > MOST_AMISS)
      this.notes.push(`${name} got ${wrong} of ${CONTROLS.length} test sentences wrong: its reading is not used`);
    return wrong <= MOST_AMISS;
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
