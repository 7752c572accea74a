/** The step that asks people something: the run waits for the first answer, or for the end of its time. */
import type { Notice, Question } from "../../model/house.ts";
import type { Op } from "../../rules/run/program.ts";
import type { Run } from "../../rules/run/run.ts";
import { noticeChanged, noticeOf, raiseNotice } from "../notices.ts";
import type { CoreState, Effect } from "../state.ts";
import { spanInWords } from "./happen.ts";
import type { KeptEventRule } from "./state.ts";
import { noticeFrom } from "./tell.ts";
import { note } from "./tracing.ts";

/** Asks, and goes on with the steps of the answer. A clock that is set back makes no wait longer than it was meant to be. */
export function ask(
  state: CoreState,
  run: Run,
  rule: KeptEventRule,
  op: Extract<Op, { op: "ask" }>,
  now: number,
  effects: Effect[],
): "waits" | "next" {
  const { step } = op;
  if (run.wakeAt === undefined) {
    run.waitMs = step.atMostMinutes * 60_000;
    run.wakeAt = now + run.waitMs;
    put(state, run, rule, op, now, effects);
  }
  run.wakeAt = Math.min(run.wakeAt, now + (run.waitMs ?? 0));
  const given = run.answer;
  if (given) return onward(run, now, op.to[given.index] ?? op.none, given.words);
  if (now < run.wakeAt) {
    keepTime(state, run, run.wakeAt, effects);
    return "waits";
  }
  const nobody = run.asked === undefined ? "nobody could be asked" : "nobody answered";
  const words = `${nobody} within ${spanInWords(run.waitMs ?? 0)}`;
  close(state, run, words, now, effects);
  return onward(run, now, op.none, words);
}

function put(
  state: CoreState,
  run: Run,
  rule: KeptEventRule,
  { step }: Extract<Op, { op: "ask" }>,
  now: number,
  effects: Effect[],
): void {
  const answers = step.answers.map((a) => a.name);
  const question: Question = { answers, until: run.wakeAt ?? now };
  const raised = raiseNotice(state, { ...noticeFrom(state, run, rule, step, now), question }, run.nodes, now);
  for (const effect of raised) {
    effects.push(effect);
    if (effect.kind === "keepNotice") run.asked = effect.notice.id;
  }
  const wasHeldBack = run.asked === undefined;
  note(
    run,
    now,
    wasHeldBack
      ? `"${step.title}" was not asked: too many messages. Its time passes without an answer`
      : `asked people "${step.title}": ${answers.join(" / ")}`,
    wasHeldBack,
  );
}

function onward(run: Run, now: number, place: number, words: string): "next" {
  note(run, now, words);
  // What is kept next may wait for the very same moment.
  Object.assign(run, { wakeAt: undefined, waitMs: undefined, keptFor: undefined, asked: undefined, answer: undefined });
  run.said = words;
  run.place = place;
  return "next";
}

/** The hub's clock was set: people see until when they can answer. */
function keepTime(state: CoreState, { asked }: Run, until: number, effects: Effect[]): void {
  const notice = asked === undefined ? undefined : noticeOf(state, asked);
  if (!notice?.question || notice.question.until === until) return;
  for (const effect of noticeChanged(state, { ...notice, question: { ...notice.question, until } }))
    effects.push(effect);
}

/** Takes the open question of a run off everyone's screen, and says why. */
export function close(state: CoreState, { asked }: Run, words: string, now: number, effects: Effect[]): void {
  const notice = asked === undefined ? undefined : noticeOf(state, asked);
  if (notice?.question && !notice.question.over)
    for (const e of settled(state, notice, { words }, now)) effects.push(e);
}

/** It is over: kept so, and told to the ways out that had shown it. */
function settled(state: CoreState, notice: Notice, over: { words: string; answer?: string }, at: number): Effect[] {
  const { question } = notice;
  if (!question) return [];
  const now: Notice = { ...notice, read: true, question: { ...question, over: { at, ...over } } };
  return [...noticeChanged(state, now), { kind: "notify", notice: now }];
}

/** An answer to a question, as it comes in. */
export interface Answered {
  /** Of the giving of it: what became of it is told under this id. */
  readonly id: string;
  readonly notice: string;
  readonly answer: string;
  /** A person's name, or by which way it came. */
  readonly by: string;
  readonly at: number;
}

/** Takes the first answer that was offered, in time; says of any other why it does nothing. */
export function questionAnswered(state: CoreState, { id, notice: of, answer, by, at }: Answered): Effect[] {
  const refused = (reason: string): Effect[] => [{ kind: "settle", id, outcome: { state: "refused", reason } }];
  const notice = noticeOf(state, of);
  const question = notice?.question;
  if (!notice || !question) return refused("There is no such question.");
  if (question.over) return refused(`This question is over: ${question.over.words}.`);
  const run = [...state.automation.runs.values()].find((r) => r.asked === of);
  if (run?.wakeAt === undefined || run.cancelled !== undefined || at >= run.wakeAt)
    return refused("The time for an answer is over.");
  const index = question.answers.indexOf(answer);
  if (index < 0) return refused(`It can be answered with ${question.answers.join(", ")}.`);
  const words = `${by} answered ${answer}`;
  run.answer = { index, words };
  state.automation.due.add(run.id);
  return [
    ...settled(state, notice, { words, answer }, at),
    {
      kind: "audit",
      entry: { at, by, what: "question-answered", subject: notice.rule ?? of, detail: `${notice.title}: ${answer}` },
    },
    { kind: "settle", id, outcome: { state: "accepted" } },
  ];
}
