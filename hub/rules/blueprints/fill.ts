/** Makes a rule of a ready-made one: places are filled in, nothing is carried out. */
import type { Blueprint, Template } from "../../model/blueprint/blueprint.ts";
import type { BlueprintAnswer, BlueprintAnswers } from "../../model/blueprint/input.ts";
import { plainIssues } from "../../model/issues.ts";
import { type RuleDraft, ruleDraft } from "../../model/rule/rule.ts";
import { answersOf } from "./answers.ts";

export interface Fault {
  /** An input's name as `inputs.NAME`, or a place in the blueprint such as `rule.do.0.target`. */
  readonly field: string;
  readonly text: string;
}

type Filled =
  | { readonly ok: true; readonly draft: RuleDraft; readonly answers: BlueprintAnswers }
  | { readonly ok: false; readonly faults: readonly Fault[] };

type Made =
  | { readonly ok: true; readonly draft: RuleDraft }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** The rule that these answers make; what was left out has its default. `title`: what the person calls it. */
export function fill(of: Blueprint, given: BlueprintAnswers, title?: string): Filled {
  const checked = answersOf(of.inputs, given);
  if (checked.faults.length > 0) return { ok: false, faults: checked.faults };
  const made = withAnswers(of, checked.answers, title);
  return made.ok ? { ...made, answers: checked.answers } : made;
}

/** As {@link fill}, with answers that are known to fit. */
export function withAnswers(of: Blueprint, answers: BlueprintAnswers, title?: string): Made {
  const places = new Map<string, string>([["", "rule"]]);
  const rule = put({ answers: new Map(Object.entries(answers)), places }, of.rule, "", "rule");
  const read = ruleDraft.safeParse({
    title: of.title,
    ...(typeof rule === "object" ? rule : {}),
    ...(title === undefined ? {} : { title }),
  });
  if (read.success) return { ok: true, draft: read.data };
  const faults = plainIssues(read.error.issues).map(({ path, message }) => ({
    field: placeOf(places, path),
    text: message,
  }));
  return { ok: false, faults };
}

interface Filling {
  readonly answers: ReadonlyMap<string, BlueprintAnswer>;
  /** Where in the blueprint a place of the rule comes from. */
  readonly places: Map<string, string>;
}

/** What is nothing is left out of the list or the object that holds it. */
const NOTHING = Symbol("nothing");

function put(filling: Filling, part: Template, to: string, from: string): unknown {
  filling.places.set(to, from);
  if (typeof part !== "object" || part === null) return part;
  if (isList(part)) return list(filling, part, to, from);
  const special = specialOf(part);
  switch (special?.kind) {
    case "input":
      return reckoned(filling.answers.get(special.name), special) ?? NOTHING;
    case "given": {
      const answer = filling.answers.get(special.name);
      const isGiven = answer !== undefined && answer !== false;
      const used = isGiven ? "use" : "else";
      const then = special.parts.get(used);
      return then === undefined ? NOTHING : put(filling, then, to, `${from}.${used}`);
    }
    case "choice": {
      const answer = String(filling.answers.get(special.name));
      const then = special.parts.get(answer);
      return then === undefined ? NOTHING : put(filling, then, to, `${from}.of.${answer}`);
    }
    default:
      return object(filling, part, to, from);
  }
}

/** Digits that counting in binary adds are no part of what a person wrote. */
const PRECISION = 1e9;

const reckoned = (answer: BlueprintAnswer | undefined, { times, plus }: { times: number; plus: number }) =>
  typeof answer === "number" ? Math.round((answer * times + plus) * PRECISION) / PRECISION : answer;

function list(filling: Filling, part: readonly Template[], to: string, from: string): unknown[] {
  const out: unknown[] = [];
  for (const [i, one] of part.entries()) {
    const made = put(filling, one, join(to, out.length), `${from}.${i}`);
    if (made !== NOTHING) out.push(made);
  }
  return out;
}

function object(filling: Filling, part: object, to: string, from: string): object {
  return Object.fromEntries(
    Object.entries(part).flatMap(([key, one]) => {
      const made = put(filling, one, join(to, key), `${from}.${key}`);
      return made === NOTHING ? [] : [[key, made] as const];
    }),
  );
}

const join = (to: string, key: string | number): string => (to === "" ? String(key) : `${to}.${key}`);

/** The place in the blueprint that a fault of the rule comes from, or the nearest above it. */
function placeOf(places: ReadonlyMap<string, string>, path: readonly string[]): string {
  for (let length = path.length; length >= 0; length--) {
    const found = places.get(path.slice(0, length).join("."));
    if (found === undefined) continue;
    return [found, ...path.slice(length)].join(".");
  }
  return "rule";
}

export const isList = (part: Template): part is readonly Template[] => Array.isArray(part);

type Special =
  | { readonly kind: "input"; readonly name: string; readonly times: number; readonly plus: number }
  | { readonly kind: "given" | "choice"; readonly name: string; readonly parts: ReadonlyMap<string, Template> };

/**
 * A place that is filled in: `{ input: NAME }`, a number also with `times` and `plus`; `{ given: NAME, use: …, else: … }`, there only if NAME was answered (and not
 * with no); `{ choice: NAME, of: { VALUE: … } }`. Undefined for any other part.
 */
export function specialOf(part: { readonly [key: string]: Template }): Special | undefined {
  const keys = Object.keys(part);
  const only = (...allowed: string[]) => keys.every((key) => allowed.includes(key));
  if (typeof part.input === "string" && only("input", "times", "plus")) {
    const { input: name, times = 1, plus = 0 } = part;
    if (typeof times === "number" && typeof plus === "number") return { kind: "input", name, times, plus };
  }
  if (typeof part.given === "string" && only("given", "use", "else"))
    return { kind: "given", name: part.given, parts: new Map(Object.entries(part).filter(([key]) => key !== "given")) };
  if (typeof part.choice !== "string" || !only("choice", "of") || typeof part.of !== "object" || part.of === null)
    return undefined;
  return { kind: "choice", name: part.choice, parts: new Map(Object.entries(part.of)) };
}
