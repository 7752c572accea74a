/** Formulas: what kind of value they come to, and where that is not what is wanted. */
import type { ValueType } from "../../../model/capability.ts";
import type { Expression } from "../../../model/rule/expression.ts";
import type { RuleDraft } from "../../../model/rule/rule.ts";
import { isTimed } from "../../../model/rule/time.ts";
import type { Trigger } from "../../../model/rule/trigger.ts";
import type { Desk } from "../desk.ts";
import { error, type Found } from "../found.ts";
import type { Scope } from "../walk.ts";
import { lookUp } from "./attributes.ts";
import type { Places } from "./targets.ts";

export type Kind = "number" | "boolean" | "string";

/** Undefined: nobody can tell before it runs. */
export type Kinds = ReadonlySet<Kind> | undefined;

const words: Readonly<Record<Kind, string>> = { number: "a number", boolean: "true or false", string: "a word" };

/** What formulas are checked with. */
export interface Bench {
  readonly desk: Desk;
  readonly places: Places;
  readonly draft: RuleDraft;
  readonly faults: Found[];
  /** Variables that are being worked out: one that needs itself is known by nobody. */
  readonly open: Set<string>;
}

export const kindOfType = ({ type }: ValueType): Kind => (type === "enum" ? "string" : type);
const only = (kind: Kind): Kinds => new Set([kind]);

/** The kinds that a formula may come to; its faults are noted on the way. */
export function kindOf(bench: Bench, e: Expression, field: string, scope: Scope): Kinds {
  if (typeof e === "number") return only("number");
  if (typeof e === "boolean") return only("boolean");
  if (typeof e === "string") return only("string");
  if ("read" in e) return readKind(bench, e, field);
  if ("variable" in e) return variableKind(bench, e.variable, field, scope);
  if ("now" in e) return only("number");
  if ("trigger" in e) return triggerKind(bench, e.trigger, field, scope);
  if ("if" in e) {
    want(bench, e.if, `${field}.if`, scope, "boolean");
    const then = kindOf(bench, e.then, `${field}.then`, scope);
    const otherwise = kindOf(bench, e.else, `${field}.else`, scope);
    return then && otherwise && new Set([...then, ...otherwise]);
  }
  return operationKind(bench, e, field, scope);
}

/** Notes it where a formula can't come to the kind that is wanted. */
export function want(bench: Bench, e: Expression, field: string, scope: Scope, kind: Kind): void {
  const kinds = kindOf(bench, e, field, scope);
  if (kinds === undefined || kinds.has(kind)) return;
  const is = [...kinds].map((k) => words[k]).join(" or ");
  bench.faults.push(error("formula", field, `Here ${words[kind]} is wanted, and this comes to ${is}.`));
}

function readKind({ desk, places, faults }: Bench, e: Extract<Expression, { read: string }>, field: string): Kinds {
  const found = lookUp(desk, places, e.target, e.read, field);
  if ("faults" in found) {
    faults.push(...found.faults.map((f) => ({ ...f, field: f.field.replace(/\.of$/, ".read"), fix: undefined })));
    return undefined;
  }
  const kinds = new Set(found.types.map(kindOfType));
  if (e.take === undefined) return kinds;
  if (e.take === "count") return only("number");
  const wanted: Kind = e.take === "any" || e.take === "all" ? "boolean" : "number";
  if (!kinds.has(wanted))
    faults.push(
      error(
        "formula",
        `${field}.take`,
        `"${e.take}" is taken of ${wanted === "number" ? "numbers" : "what is true or false"}, and these devices tell ${[...kinds].map((k) => words[k]).join(" or ")}.`,
      ),
    );
  return only(wanted);
}

function variableKind(bench: Bench, name: string, field: string, scope: Scope): Kinds {
  const { draft, faults, open } = bench;
  if (!scope.variables.has(name)) {
    const known = [...scope.variables];
    const all = draft.form === "when" ? Object.keys(draft.variables ?? {}) : [];
    const why = all.includes(name)
      ? `The variable "${name}" has no value here yet: it is worked out later.`
      : `This rule has no variable "${name}"${known.length > 0 ? `, only ${known.join(", ")}` : ""}.`;
    faults.push(error("unknown-variable", field, why));
    return undefined;
  }
  const given =
    draft.form === "when" && Object.hasOwn(draft.variables ?? {}, name) ? draft.variables?.[name] : undefined;
  // A step may set it to something of another kind.
  if (
    given === undefined ||
    open.has(name) ||
    (draft.form === "when" && JSON.stringify(draft.do).includes(`"variable":${JSON.stringify(name)},"to"`))
  )
    return undefined;
  open.add(name);
  const kinds = kindOf({ ...bench, faults: [] }, given, field, scope);
  open.delete(name);
  return kinds;
}

const telling: ReadonlySet<Trigger["kind"]> = new Set(["becomes", "crosses", "event"]);

function triggerKind(
  { desk, places, faults }: Bench,
  which: "value" | "before",
  field: string,
  { triggers }: Scope,
): Kinds {
  const fitting = (triggers ?? []).filter((t) => telling.has(t.kind) || (which === "value" && isTimed(t)));
  if (fitting.length === 0) {
    const why = triggers
      ? "nothing that starts this rule has a value"
      : "nothing starts this, so that there is no such value";
    faults.push(error("no-trigger-value", field, `The value that started the rule is asked for, but ${why}.`));
    return undefined;
  }
  const kinds = new Set<Kind>();
  for (const t of fitting) {
    if (!("of" in t)) {
      kinds.add("number");
      continue;
    }
    const found = lookUp(desk, places, t.target, t.of, field);
    if ("faults" in found) return undefined;
    for (const type of found.types) kinds.add(kindOfType(type));
  }
  return kinds;
}

type Operation = Extract<Expression, { op: string }>;

function operationKind(bench: Bench, e: Operation, field: string, scope: Scope): Kinds {
  switch (e.op) {
    case "and":
    case "or":
    case "not":
      wantAll(bench, e, field, scope, "boolean");
      return only("boolean");
    case "=":
    case "!=":
      same(bench, e, field, scope);
      return only("boolean");
    case "<":
    case "<=":
    case ">":
    case ">=":
      wantAll(bench, e, field, scope, "number");
      two(bench, e, field);
      return only("boolean");
    default:
      wantAll(bench, e, field, scope, "number");
      return only("number");
  }
}

function wantAll(bench: Bench, e: Operation, field: string, scope: Scope, kind: Kind): void {
  for (const [i, part] of e.of.entries()) want(bench, part, `${field}.of.${i}`, scope, kind);
}

function same(bench: Bench, e: Operation, field: string, scope: Scope): void {
  const [a, b] = e.of.map((part, i) => kindOf(bench, part, `${field}.of.${i}`, scope));
  two(bench, e, field);
  if (!a || !b || [...a].some((k) => b.has(k))) return;
  const is = [a, b].map((kinds) => [...kinds].map((k) => words[k]).join(" or "));
  bench.faults.push(
    error(
      "formula",
      field,
      `${is[0]} is held against ${is[1]}: they are never the same.`.replace(/^./, (c) => c.toUpperCase()),
    ),
  );
}

function two({ faults }: Bench, e: Operation, field: string): void {
  if (e.of.length > 2)
    faults.push(error("formula", field, `"${e.op}" holds two values against each other, and here are ${e.of.length}.`));
}
