/** What the judgement rests on, said plainly. */
import { parsePath } from "../../model/path.ts";
import { partsOf } from "../../rules/check/walk.ts";
import { pathInWords } from "../../rules/words/value.ts";
import type { Lived } from "./live.ts";
import type { Found } from "./report.ts";
import type { Trial } from "./trial.ts";

const DAY = 86_400_000;
const HOUR = 3_600_000;
/** Shares of the time below this are not worth a sentence. */
const WORTH_SAYING = 0.01;
const MAX_NOTES = 14;

export function notesOf(trial: Trial, lived: Lived, found: Found, name: (id: string) => string): string[] {
  const { rule, view, reads } = trial;
  const { exactFrom, fineFrom } = found.grains;
  const notes: string[] = [];
  const reader = reads.keys.size > 0;
  if (reader && exactFrom > view.from && exactFrom < view.to)
    notes.push(
      `Judged by every reading from ${dayOf(exactFrom, view.timeZone)} on; before that by values of five minutes, in which anything shorter can't be seen.`,
    );
  if (reader && exactFrom >= view.to)
    notes.push("Judged by values of five minutes, in which anything shorter can't be seen.");
  if (reader && fineFrom > view.from)
    notes.push(`Before ${dayOf(fineFrom, view.timeZone)} only values of an hour are kept.`);
  if (found.grains.asked < view.from) notes.push(`Nothing is kept of before ${dayOf(view.from, view.timeZone)}.`);
  for (const key of reads.keys) {
    const column = view.columns.get(key);
    const words = pathInWords(key, name);
    if (!column) {
      notes.push(`${words} has no past here: what depends on it is not known.`);
      continue;
    }
    const begins = column.ats[0] ?? view.from;
    if (begins > view.from + DAY) notes.push(`${words} is known from ${dayOf(begins, view.timeZone)} on.`);
    if (column.kind === "text" && exactFrom > view.from)
      notes.push(`${words} is told in words, which are kept as long as single readings: before that it is not known.`);
    const silent = (view.silences.get(parsePath(key)?.node ?? "") ?? []).reduce(
      (sum, s) => sum + Math.max(0, s.to - Math.max(s.from, view.from)),
      0,
    );
    if (silent > (view.to - view.from) * WORTH_SAYING)
      notes.push(
        `${name(parsePath(key)?.node ?? "")} was silent for ${Math.round(silent / HOUR)} hours: stale, so not known.`,
      );
  }
  const off = trial.off.reduce((sum, o) => sum + (o.to - o.from), 0);
  if (off > 0)
    notes.push(
      `For ${Math.round(off / HOUR)} hours nothing was heard of any device: the rule would not have run then.`,
    );
  if (lived.asks.length > 0)
    notes.push(
      `A device that the rule switched counts as switched until it is recorded to change by itself or by a hand, or until the rule's next word. What that would have changed elsewhere${trial.warmed.length > 0 ? ", but for the warmth that is told," : ", for example a temperature,"} stays as it was recorded.`,
      "Other rules take part by what they really asked for then. What rules made since would have asked for is not in it; what they and this one want against each other is told when it is checked.",
    );
  notes.push(...questionNotes(trial), ...switchingNotes(trial, lived));
  if (trial.warmed.length > 0)
    notes.push(
      "How warm it would have been, and what its heating would have taken, is told by a model learned from this home's past: what was measured, and by how much the rule changes it.",
    );
  if (trial.uses.size > 0)
    notes.push(
      "What people use counts as switched on again by a hand where its power was recorded to rise from standby.",
    );
  if (found.energy.untold.size > 0 && found.energy.days.size > 0)
    notes.push(
      "Of some of what it changes nothing tells the power, or it makes up for it later, as a tank does: it is in no figure.",
    );
  if (reads.mode && (view.house[0]?.at ?? 0) > view.from)
    notes.push(`The house's mode is known from ${dayOf(view.house[0]?.at ?? 0, view.timeZone)} on.`);
  if (reads.restarts)
    notes.push("When the hub was started in the past is not known: that trigger starts nothing here.");
  if (rule.form === "when" && rule.if && JSON.stringify(rule.if).includes("forMinutes"))
    notes.push("How long something has been so counts, in a condition, from when the rule first looked.");
  if (lived.to < view.to)
    notes.push(`It comes so often that only the time until ${dayOf(lived.to, view.timeZone)} was looked at.`);
  notes.push("Rooms, names, prices of contracts and special days are those of now, laid onto the past.");
  return notes.slice(0, MAX_NOTES);
}

/** What people are asked. */
const questionNotes = ({ rule }: Trial): string[] =>
  partsOf(rule).steps.some(({ it }) => it.kind === "ask")
    ? [
        "What people would have answered can't be known: each question counts as not answered, and what is done without an answer is done at the end of its time. What its answers would have done is in no figure.",
      ]
    : [];

/** Rules that it switches. */
function switchingNotes({ rule, view }: Trial, { switchings }: Lived): string[] {
  return [...switchings]
    .slice(0, 3)
    .map(([id, { title, times, lastAt }]) =>
      id === rule.id
        ? `It would have switched itself off on ${dayOf(lastAt, view.timeZone)}: from then on it does nothing here, because nobody switches it on again.`
        : `It would have switched "${title}" on or off ${times === 1 ? "once" : `${times} times`}. What that rule would have done, or left undone, can't be told here.`,
    );
}

const dayOf = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone }).format(at);
