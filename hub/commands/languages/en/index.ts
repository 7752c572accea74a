import type { Meaning } from "../../meaning.ts";
import { type Bindings, match } from "../../pattern.ts";
import type { Language, SmallWords } from "../language.ts";
import { type CommandForm, commandForms } from "./commands.ts";
import { kinds } from "./kinds.ts";
import { isOfLater } from "./later.ts";
import { type QuestionForm, questionForms } from "./questions.ts";
import { say } from "./say.ts";
import { amount, modes, states } from "./values.ts";
import { whyReadings } from "./why.ts";
import { isQuestion, stem, words } from "./words.ts";

const MAX_READINGS = 40;

const split = (texts: string): string[][] => texts.split("|").map((t) => t.split(" "));

const small: SmallWords = {
  articles: new Set("the a an my our your this that these those".split(" ")),
  all: new Set(["all", "every", "each", "both", "any", "entire", "whole"]),
  everything: new Set(["everything", "anything"]),
  before: new Set(["in", "on", "of", "at", "from", "inside", "for", "within"]),
  and: new Set(["and"]),
  here: split("in this room|in the room|in this space|this room|in here|here"),
  everywhere: split(
    "in the entire house|in the whole house|in the house|in my house|in the entire home|in the home|at home|in the building|everywhere",
  ),
  home: new Set(["house", "home", "we", "i", "household", "everything", "building"]),
};

/** Words that begin a command, as the forms have them: where a second clause starts. */
const verbs = new Set(
  commandForms.flatMap(({ pattern: [first] }) => (first?.kind === "word" && !first.optional ? [...first.any] : [])),
);

const noun = (bound: Bindings, form: { readonly noun?: readonly string[] }): readonly string[] => {
  const place = bound.get("place");
  const named = bound.get("noun") ?? form.noun ?? (place ? ["everything"] : []);
  return place ? [...named, "in", ...place] : named;
};

function asCommand(form: CommandForm, bound: Bindings): Meaning | undefined {
  if (form.act) return { kind: "act", act: form.act, noun: noun(bound, form) };
  if (form.what) {
    const value = amount(bound.get("amount") ?? []);
    return value && { kind: "act", act: { do: "set", what: form.what, value }, noun: noun(bound, form) };
  }
  const mode = modes.get((bound.get("mode") ?? []).join(" "));
  return mode && { kind: "act", act: { do: "mode", mode }, noun: noun(bound, form) };
}

function asQuestion(form: QuestionForm, bound: Bindings): Meaning | undefined {
  const { ask } = form;
  if (ask.ask !== "state" || ask.state !== undefined)
    return { kind: "ask", ask: ask as Exclude<typeof ask, { state?: undefined }>, noun: noun(bound, form) };
  const state = states.get((bound.get("state") ?? []).join(" "));
  return state && { kind: "ask", ask: { ask: "state", scope: ask.scope, state }, noun: noun(bound, form) };
}

function readings(list: readonly string[], question: boolean): Meaning[] {
  const commands = question
    ? []
    : commandForms.flatMap((f) => match(f.pattern, list).flatMap((b) => asCommand(f, b) ?? []));
  const asks = questionForms.flatMap((f) => match(f.pattern, list).flatMap((b) => asQuestion(f, b) ?? []));
  return [...whyReadings(list), ...commands, ...asks].slice(0, MAX_READINGS);
}

/** "A and B" may be two things of one command, so a split where a verb follows comes first. */
function clauses(list: readonly string[]): string[][][] {
  const joins = (i: number): boolean => list[i] === "then" || list[i] === "and";
  const afterJoin = (i: number): string | undefined => (list[i + 1] === "then" ? list[i + 2] : list[i + 1]);
  const byVerb = splitWhere(list, (i) => joins(i) && (list[i] === "then" || verbs.has(afterJoin(i) ?? "")));
  const anywhere = splitWhere(list, joins);
  return [byVerb, anywhere].filter((parts) => parts.length > 1);
}

function splitWhere(list: readonly string[], at: (index: number) => boolean): string[][] {
  const parts: string[][] = [[]];
  for (const [i, word] of list.entries()) {
    if (at(i)) parts.push([]);
    else parts.at(-1)?.push(word);
  }
  return parts.filter((p) => p.length > 0);
}

/** English. */
export const english: Language = {
  code: "en",
  words,
  stem,
  isQuestion,
  isOfLater,
  readings,
  clauses,
  kinds,
  small,
  say,
};
