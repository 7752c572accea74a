/** Reads a wish in any of the languages into goals by grammar alone, and says what it did not understand. */
import type { Goal, Wish } from "../model/plan.ts";
import type { LocalDate } from "../model/tariff-book.ts";
import { inOneGo } from "../rules/in-one-go.ts";
import { datesOf } from "./goals/demand.ts";
import { allKinds } from "./goals/index.ts";
import type { Chosen, Draft } from "./goals/kind.ts";
import { asks, partsIn } from "./goals/read/clauses.ts";
import { type Compiled, languageOf, preparing } from "./goals/read/compiled.ts";
import { markDates } from "./goals/read/dates.ts";
import { markDays } from "./goals/read/days.ts";
import { canonical, fold, MAX_TEXT, mend } from "./goals/read/fold.ts";
import { markRanges } from "./goals/read/hours.ts";
import type { Part } from "./goals/read/part.ts";
import { wordsOfNames } from "./goals/read/targets.ts";
import { GENERAL, TIMED, TOO_MUCH, timesIn, unheld } from "./goals/read/unheld.ts";
import { Kept } from "./kept.ts";
import type { Names } from "./names.ts";

/** A part that gave no goal. `part` is there when nothing of it was understood, so that somebody else may try. */
interface Unread {
  readonly said: string;
  readonly reason: string;
  readonly part?: Part;
}

/** Of a part as it is shown, characters. */
const MAX_SAID = 200;

export interface Reading {
  readonly goals: readonly Goal[];
  /** What was taken for granted, by the goal's place in `goals`. */
  readonly assumed: NonNullable<Wish["assumed"]>;
  readonly notUnderstood: readonly Unread[];
}

/** The words of each part as they were typed: from its first word that stands in the wish to the next part's. */
function asSaid(parts: readonly Part[], wish: string, c: Compiled): readonly string[] {
  const typed = [...wish.matchAll(/\S+/g)].map((m) => ({ word: fold(m[0]).replace(/[,.;!?]+$/, ""), at: m.index }));
  let next = 0;
  const starts = parts.map(({ text }, k) => {
    const words = new Set(text.split(" "));
    const found = k === 0 ? 0 : typed.findIndex((t, i) => i > next && t.word.length > 1 && words.has(t.word));
    next = found < 0 ? next : found;
    return typed[next]?.at ?? 0;
  });
  const joint = new RegExp(`(?:[\\s,.;!?]|(?<=\\s)(?:${c.language.and})$)+$`, "iu");
  return parts.map(
    ({ text }, k) =>
      wish
        .slice(starts[k], starts[k + 1])
        .replace(joint, "")
        .replace(joint, "")
        .slice(0, MAX_SAID) || text,
  );
}

/** What a part says by the grammar; a reason in words where it speaks of a goal but does not say enough, or more than it can hold. */
function heard(part: Part, names: Names, chosen: Chosen): readonly Draft[] | string {
  const fitting = allKinds.filter((kind) => kind.heard(part));
  const alone = fitting.find((kind) => !kind.beside);
  const drafts: Draft[] = [];
  for (const kind of alone ? [alone] : fitting) {
    const found = kind.fill(part, names, chosen);
    if (typeof found === "string") return found;
    drafts.push(...found);
  }
  return (drafts.length > 0 && unheld(part, drafts)) || drafts;
}

/** A wish in one spelling with its times, days and ranges marked, and its language. Yields where it may be interrupted. */
function* prepared(
  wish: string,
  names: Names,
  today: LocalDate | undefined,
): Generator<number, { text: string; language: Compiled }> {
  const folded = fold(wish);
  const language = languageOf(folded, wish.normalize("NFC").slice(0, MAX_TEXT));
  yield 0;
  const mended = mend(folded, language, wordsOfNames(names));
  yield 0;
  const dated = today ? markDates(mended, language, today) : mended;
  yield 0;
  const text = canonical(dated, language);
  yield 0;
  return { text: markRanges(markDays(text, language), language), language };
}

/** A kind of goal that knows no days or hours holds always, and whoever named some must hear of it. */
function undated(part: Part, { goal }: Draft): string | undefined {
  const { days, dates } = part;
  const daily = days !== undefined && !("days" in goal);
  if (daily || (dates && Object.keys(datesOf(goal)).length === 0))
    return "this kind of goal holds always: it can't be meant for some days only";
  if (timesIn(part).length > 0 && !TIMED.has(goal.kind))
    return "this kind of goal holds always: it can't be meant for some hours only";
  if (part.numbered && GENERAL.has(goal.kind)) return "this kind of goal has no number: as little as possible is meant";
  return undefined;
}

/**
 * Reads a wish of at most 500 characters. Never throws; what gave no goal is named with the reason. Without `today` no date is read: one
 * without a year would be of any. Yields where it may be interrupted: the first time all languages are made ready.
 */
export function* readingWish(wish: string, names: Names, today?: LocalDate): Generator<number, Reading> {
  yield* preparing();
  const { text, language } = yield* prepared(wish, names, today);
  yield 0;
  const kept = new Kept(names);
  const notUnderstood: Unread[] = [];
  const parts = yield* partsIn(text, names, language);
  yield 0;
  const typed = asSaid(parts, wish.slice(0, MAX_TEXT), language);
  for (const [k, part] of parts.entries()) {
    const said = typed[k] ?? part.text;
    if (asks(part, language)) {
      notUnderstood.push({ said, reason: "it is a question" });
      continue;
    }
    yield k / parts.length;
    const found = heard(part, names, {});
    if (typeof found === "string") notUnderstood.push({ said, reason: found });
    else if (found.length === 0) {
      const reason = part.beyond ? TOO_MUCH : part.unclear;
      notUnderstood.push(reason ? { said, reason } : { said, reason: "", part });
    } else
      for (const draft of found) {
        const reason = kept.add(draft) ?? undated(part, draft);
        if (reason) notUnderstood.push({ said, reason });
      }
  }
  return { goals: kept.goals, assumed: kept.assumed, notUnderstood };
}

/** The same in one go. */
export const readWish = (wish: string, names: Names, today?: LocalDate): Reading =>
  inOneGo(readingWish(wish, names, today));
