import { useEffect, useState } from "preact/hooks";
import type { RuleDraft, RuleReading } from "../../../hub/http/schemas.ts";
import { ApiError, type FieldProblem, inWords, post } from "../../api.ts";

const TYPING_MS = 350;

/** What the hub makes of a draft while it is written. */
export interface Read {
  /** What it last made of one that it could read. */
  readonly reading: RuleReading | undefined;
  /** What keeps it from reading this one: what is missing or does not fit. */
  readonly gaps: readonly FieldProblem[];
  readonly problem: string;
  /** The draft has changed since. */
  readonly isOld: boolean;
}

const NOTHING: Read = { reading: undefined, gaps: [], problem: "", isOld: true };

/** Asks the hub what it makes of a draft, a moment after the last change. */
export function useReading(draft: RuleDraft, id: string | undefined): Read {
  const [read, setRead] = useState<Read>(NOTHING);
  useEffect(() => {
    let isPast = false;
    setRead((before) => ({ ...before, isOld: true }));
    const timer = setTimeout(() => {
      post<RuleReading>("/home-rules/check", { draft, ...(id === undefined ? {} : { id }) }).then(
        (reading) => isPast || setRead({ reading, gaps: [], problem: "", isOld: false }),
        (error: unknown) => isPast || setRead((before) => ({ ...before, ...refusal(error), isOld: false })),
      );
    }, TYPING_MS);
    return () => {
      isPast = true;
      clearTimeout(timer);
    };
  }, [draft, id]);
  return read;
}

const NO_ITEM = "must hold at least one";

/** The schema's words for what is empty are no words for people. */
const plain = (message: string): string =>
  message
    .replace(/^Too small: expected array .*$/, NO_ITEM)
    .replace(/^Too small: expected string .*$/, "must not be empty");

/** What keeps the hub from reading or saving a draft, by field where it names them. */
export function refusal(error: unknown): Pick<Read, "gaps" | "problem"> {
  const fields = error instanceof ApiError ? error.fields : [];
  const gaps = fields.map((f) => ({ message: plain(f.message), field: f.field.replace(/^draft\.?/, "") }));
  return { gaps, problem: gaps.length > 0 ? "" : inWords(error) };
}

const PARTS: Readonly<Record<string, string>> = {
  ...{
    on: "start",
    do: "step",
    keep: "step",
    otherwise: "otherwise",
    options: "choice",
    if: "condition",
    while: "condition",
  },
  ...{
    title: "name",
    target: "devices",
    of: "what",
    value: "value",
    is: "value",
    at: "time",
    minutes: "minutes",
  },
  ...{ condition: "condition", capability: "command", command: "command", args: "values" },
};

/** `on.0.target` as people find it: "start 1, devices". */
export function whereOf(field: string): string {
  const words: string[] = [];
  for (const part of field.split(".").filter(Boolean)) {
    if (/^\d+$/.test(part)) {
      const before = words.pop() ?? "part";
      // Within all, any and not, `of` holds conditions; elsewhere it is what is looked at.
      words.push(`${before === PARTS.of ? "part" : before} ${Number(part) + 1}`);
    } else words.push(Object.hasOwn(PARTS, part) ? (PARTS[part] ?? part) : part);
  }
  return words.join(", ");
}

const WANTED: Readonly<Record<string, string>> = {
  ...{
    title: "give the rule a name",
    target: "choose the devices that are meant",
    do: "add a step",
    keep: "add what is kept so",
  },
  ...{
    capability: "choose what is asked for",
    command: "choose what is asked for",
    scene: "choose a scene",
    rule: "choose a rule",
  },
  ...{ of: "choose what is looked at", minutes: "say how many minutes" },
};
/** These hold lists in some kinds of conditions and starts, and a value in others. */
const LISTS: Readonly<Record<string, string>> = {
  of: "add a condition",
  to: "choose at least one",
  in: "choose at least one",
};

const own = (words: Readonly<Record<string, string>>, key: string) =>
  Object.hasOwn(words, key) ? words[key] : undefined;

/** What the form still wants, by field and in its own words, once each; the hub's words where it has none of its own. */
export function wantedBy(gaps: readonly FieldProblem[]): readonly FieldProblem[] {
  const found = new Map<string, FieldProblem>();
  for (const { field, message } of gaps) {
    const parts = field.split(".");
    const last = parts.at(-1) ?? "";
    const named = parts.length > 1 && last === "title" ? "say what to tell" : own(WANTED, last);
    const words = (message === NO_ITEM ? own(LISTS, last) : undefined) ?? named ?? message;
    const where = words !== message && parts.length > 1 ? parts.slice(0, -1).join(".") : field;
    found.set(`${where} ${words}`, { field: where, message: words });
  }
  return [...found.values()];
}
