/** All parts of a draft with their places in it. */
import type { Condition } from "../../model/rule/condition.ts";
import type { Expression } from "../../model/rule/expression.ts";
import type { RuleDraft } from "../../model/rule/rule.ts";
import { type CommandStep, listsIn, type Step } from "../../model/rule/step.ts";
import type { Target } from "../../model/rule/target.ts";
import type { Trigger } from "../../model/rule/trigger.ts";

/** What a formula can speak of at its place. */
export interface Scope {
  readonly variables: ReadonlySet<string>;
  /** Undefined: nothing started it. */
  readonly triggers: readonly Trigger[] | undefined;
}

export interface At<T> {
  readonly field: string;
  readonly it: T;
  readonly scope: Scope;
}

/** Everything of a kind, each with its place. Conditions and formulas with all their parts; `roots` are the whole ones. */
export interface Parts {
  readonly roots: At<Condition>[];
  readonly conditions: At<Condition>[];
  readonly formulas: At<Expression>[];
  readonly targets: At<Target>[];
  readonly triggers: At<Trigger>[];
  readonly commands: At<CommandStep>[];
  readonly steps: At<Step>[];
}

const nothing: Scope = { variables: new Set(), triggers: undefined };

/** Takes a draft apart. It must not be too deep: see {@link import("./size.ts")}. */
export function partsOf(draft: RuleDraft): Parts {
  const parts: Parts = { roots: [], conditions: [], formulas: [], targets: [], triggers: [], commands: [], steps: [] };
  if (draft.form === "while") {
    root(parts, { field: "while", it: draft.while, scope: nothing });
    for (const [i, it] of draft.keep.entries()) step(parts, { field: `keep.${i}`, it, scope: nothing });
    for (const [i, it] of (draft.otherwise ?? []).entries())
      step(parts, { field: `otherwise.${i}`, it, scope: nothing });
    return parts;
  }
  const started: Scope = { variables: new Set(), triggers: draft.on };
  for (const [i, it] of draft.on.entries()) trigger(parts, { field: `on.${i}`, it, scope: nothing });
  if (draft.if) root(parts, { field: "if", it: draft.if, scope: started });
  const names = Object.keys(draft.variables ?? {});
  for (const [i, [name, it]] of Object.entries(draft.variables ?? {}).entries())
    formula(parts, { field: `variables.${name}`, it, scope: { ...started, variables: new Set(names.slice(0, i)) } });
  const scope: Scope = { ...started, variables: new Set([...names, ...setIn(draft.do)]) };
  for (const [i, it] of draft.do.entries()) step(parts, { field: `do.${i}`, it, scope });
  return parts;
}

/** Variables that some step sets. */
function setIn(steps: readonly Step[]): string[] {
  return steps.flatMap((s) => {
    if (s.kind === "set") return [s.variable];
    return listsIn(s).flatMap(setIn);
  });
}

function trigger(parts: Parts, at: At<Trigger>): void {
  parts.triggers.push(at);
  const { it, field, scope } = at;
  if (it.kind === "holds") root(parts, { field: `${field}.condition`, it: it.condition, scope });
  if ("target" in it) parts.targets.push({ field: `${field}.target`, it: it.target, scope });
}

function root(parts: Parts, at: At<Condition>): void {
  parts.roots.push(at);
  condition(parts, at);
}

function condition(parts: Parts, at: At<Condition>): void {
  parts.conditions.push(at);
  const { it, field, scope } = at;
  if (it.kind === "all" || it.kind === "any")
    for (const [i, part] of it.of.entries()) condition(parts, { field: `${field}.of.${i}`, it: part, scope });
  if (it.kind === "not") condition(parts, { field: `${field}.of`, it: it.of, scope });
  if (it.kind === "state") parts.targets.push({ field: `${field}.target`, it: it.target, scope });
  if (it.kind === "formula") formula(parts, { field: `${field}.is`, it: it.is, scope });
}

function formula(parts: Parts, at: At<Expression>): void {
  parts.formulas.push(at);
  const { it, field, scope } = at;
  if (typeof it !== "object") return;
  if ("op" in it)
    for (const [i, part] of it.of.entries()) formula(parts, { field: `${field}.of.${i}`, it: part, scope });
  if ("read" in it) parts.targets.push({ field: `${field}.target`, it: it.target, scope });
  if (!("if" in it)) return;
  formula(parts, { field: `${field}.if`, it: it.if, scope });
  formula(parts, { field: `${field}.then`, it: it.then, scope });
  formula(parts, { field: `${field}.else`, it: it.else, scope });
}

function step(parts: Parts, at: At<Step>): void {
  parts.steps.push(at);
  const { it, field, scope } = at;
  const inner = (list: readonly Step[], place: string): void => {
    for (const [i, part] of list.entries()) step(parts, { field: `${field}.${place}.${i}`, it: part, scope });
  };
  switch (it.kind) {
    case "command":
      parts.commands.push({ field, it, scope });
      parts.targets.push({ field: `${field}.target`, it: it.target, scope });
      for (const [name, e] of Object.entries(it.args ?? {}))
        formula(parts, { field: `${field}.args.${name}`, it: e, scope });
      return;
    case "wait":
      formula(parts, { field: `${field}.minutes`, it: it.minutes, scope });
      return;
    case "waitUntil":
      root(parts, { field: `${field}.condition`, it: it.condition, scope });
      return;
    case "choose":
      for (const [i, o] of it.options.entries()) {
        root(parts, { field: `${field}.options.${i}.if`, it: o.if, scope });
        inner(o.do, `options.${i}.do`);
      }
      inner(it.otherwise ?? [], "otherwise");
      return;
    case "repeat":
      if (it.while) root(parts, { field: `${field}.while`, it: it.while, scope });
      inner(it.do, "do");
      return;
    case "set":
      formula(parts, { field: `${field}.to`, it: it.to, scope });
      return;
    case "notify":
    case "ask":
      for (const [i, { value }] of (it.values ?? []).entries())
        formula(parts, { field: `${field}.values.${i}.value`, it: value, scope });
      if (it.kind === "notify") return;
      for (const [i, answer] of it.answers.entries()) inner(answer.do, `answers.${i}.do`);
      inner(it.otherwise ?? [], "otherwise");
      return;
    default:
      return;
  }
}
