/**
 * Home Assistant's templates: Jinja2 written by strangers, read by a maintained parser and run here with a budget.
 * Most are a plain path into the JSON, and those are not run at all.
 */
import { expression } from "./expressions.ts";
import { type Eval, Frame, Output, Run } from "./frame.ts";
import { type Node, treeOf } from "./node.ts";
import { plainPath, references, wordsIn } from "./paths.ts";
import { isDict, item, TemplateError } from "./python.ts";
import { block } from "./statements.ts";

/** Different templates kept ready; all are dropped when there are more. */
const MAX_CACHED = 4_096;

/** What a template gave; `reason` is for the finding. */
export type Rendered = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly reason: string };

export interface Template {
  /** Path into the JSON (empty: the whole body) where the template is nothing else. */
  readonly path: readonly string[] | undefined;
  /** Every path into the JSON that it looks at. */
  readonly paths: readonly (readonly string[])[];
  /** Texts that it names: words that it compares with or gives. */
  readonly words: readonly string[];
  /** Why it can't be run at all. */
  readonly broken: string | undefined;
  /** `vars` are the documented names: value, value_json and such. `at` is epoch ms. Never throws. */
  readonly run: (vars: Readonly<Record<string, unknown>>, at: number) => Rendered;
}

const cache = new Map<string, Template>();

/** One expression alone gives its value as it is; anything else is text. */
function program(nodes: readonly Node[]): (frame: Frame) => unknown {
  const parts = nodes.filter(
    (n) => n.type !== "Comment" && !(n.type === "StringLiteral" && String(n.value).trim() === ""),
  );
  const [only] = parts;
  if (only && parts.length === 1 && !/^(If|For|Set|FilterStatement)$/.test(only.type)) return expression(only) as Eval;
  const run = block(nodes);
  return (frame) => {
    const out = new Output();
    run(frame, out);
    return out.text().trim();
  };
}

function make(source: string): Template {
  try {
    const nodes = treeOf(source);
    const evaluate = program(nodes);
    const paths = references(nodes);
    return {
      path: plainPath(nodes),
      paths,
      words: wordsIn(nodes),
      broken: undefined,
      run: (vars, at) => {
        try {
          return { ok: true, value: evaluate(new Frame(new Run(at), new Map(Object.entries(vars)))) };
        } catch (error) {
          const reason = error instanceof TemplateError ? error.message : "cannot be worked out";
          return { ok: false, reason };
        }
      },
    };
  } catch (error) {
    const broken = error instanceof TemplateError ? error.message : "is not valid";
    return { path: undefined, paths: [], words: [], broken, run: () => ({ ok: false, reason: broken }) };
  }
}

/** The template of this text, made once. Never throws: what is not valid is `broken`. */
export function compile(source: string): Template {
  const known = cache.get(source);
  if (known) return known;
  if (cache.size >= MAX_CACHED) cache.clear();
  const made = make(source);
  cache.set(source, made);
  return made;
}

/** What stands at a path of own keys; undefined when it is not there. */
export function at(json: unknown, path: readonly string[]): unknown {
  let value = json;
  for (const key of path) {
    if (Array.isArray(value)) value = value[Number(key)];
    else if (isDict(value)) value = item(value, key);
    else return undefined;
  }
  return value;
}
