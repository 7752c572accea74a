/** From a template's text to the parser's tree, within limits, so that nothing deep or endless is ever run. */
import { parse, tokenize } from "@huggingface/jinja";
import { TemplateError } from "./python.ts";

const MAX_LENGTH = 8_192;
const MAX_TOKENS = 3_000;
const MAX_NESTING = 48;

/** A part of the parser's tree; which fields are there depends on the type. */
export interface Node {
  readonly type: string;
  readonly value?: unknown;
  readonly body?: readonly Node[];
  readonly alternate?: readonly Node[];
  readonly defaultBlock?: readonly Node[];
  readonly test?: Node;
  readonly loopvar?: Node;
  readonly iterable?: Node;
  readonly assignee?: Node;
  readonly object?: Node;
  readonly property?: Node;
  readonly computed?: boolean;
  readonly callee?: Node;
  readonly args?: readonly Node[];
  readonly operator?: { readonly value: string };
  readonly left?: Node;
  readonly right?: Node;
  readonly operand?: Node;
  readonly filter?: Node;
  readonly lhs?: Node;
  readonly negate?: boolean;
  readonly argument?: Node;
  readonly start?: Node | undefined;
  readonly stop?: Node | undefined;
  readonly step?: Node | undefined;
  readonly key?: Node;
  readonly condition?: Node;
  readonly trueExpr?: Node;
  readonly falseExpr?: Node;
}

type Token = ReturnType<typeof tokenize>[number];

const opens = new Set(["OpenParen", "OpenSquareBracket", "OpenCurlyBracket"]);
const closes = new Set(["CloseParen", "CloseSquareBracket", "CloseCurlyBracket"]);

/** The parser goes as deep as the text says; depth is counted before it. */
function measure(tokens: readonly Token[]): void {
  if (tokens.length > MAX_TOKENS) throw new TemplateError("is too long");
  let [depth, blocks, unary] = [0, 0, 0];
  tokens.forEach((token, i) => {
    if (opens.has(token.type)) depth += 1;
    if (closes.has(token.type)) depth -= 1;
    const starts = tokens[i - 1]?.type === "OpenStatement";
    if (starts && /^(if|elif|for|filter)$/.test(token.value)) blocks += 1;
    if (starts && /^end/.test(token.value)) blocks -= 1;
    unary = /^(not|[-+]|else)$/.test(token.value) ? unary + 1 : token.type.startsWith("Close") ? 0 : unary;
    if (depth > MAX_NESTING || blocks > MAX_NESTING || unary > MAX_NESTING * 4)
      throw new TemplateError("is nested too deep");
  });
}

const TEST_ENDS = new Set(["and", "or", "else", "if", "is", "in", "not"]);

/**
 * The parser knows tests by name only: `is in x` becomes `in x`; a test with arguments becomes a filter of the same
 * name with `is ` before it, which binds as tests do.
 */
function testsAsFilters(tokens: readonly Token[]): Token[] {
  const out: Token[] = [];
  const like = (value: string, type: Token["type"]): Token => ({ value, type });
  for (let i = 0; i < tokens.length; i += 1) {
    const [token, next, third] = [tokens[i], tokens[i + 1], tokens[i + 2]];
    if (!token) break;
    const negate = next?.value === "not" && next.type === "Identifier";
    const name = negate ? third : next;
    const at = i + (negate ? 3 : 2);
    const argument = tokens[at];
    if (token.type !== "Identifier" || token.value !== "is" || name?.type !== "Identifier" || !argument) {
      out.push(token);
      continue;
    }
    if (name.value === "in") {
      if (negate) out.push(like("not", "Identifier"));
      out.push(name);
      i = at - 1;
      continue;
    }
    const bare =
      /^(NumericLiteral|StringLiteral)$/.test(argument.type) ||
      (argument.type === "Identifier" && !TEST_ENDS.has(argument.value));
    if (argument.type !== "OpenParen" && !bare) {
      out.push(token);
      continue;
    }
    out.push(like("|", "Pipe"), like(`is ${negate ? "not " : ""}${name.value}`, "Identifier"));
    i = at - 1;
    if (!bare) continue;
    out.push(like("(", "OpenParen"), argument, like(")", "CloseParen"));
    i = at;
  }
  return out;
}

/** `\d` in a template's text is a backslash and a d, as in Python; the tokenizer knows only the listed escapes. */
const escapes = (source: string): string =>
  source.replace(/\{[{%][\s\S]*?[%}]\}/g, (block) =>
    block.replace(/\\([\s\S])/g, (whole, next) => (/[ntrbfv'"\\xu]/.test(next) ? whole : `\\${whole}`)),
  );

/** The tree of a template, or a TemplateError that says why there is none. */
export function treeOf(source: string): readonly Node[] {
  if (source.length > MAX_LENGTH || /\s{257}/.test(source)) throw new TemplateError("is too long");
  try {
    const tokens = testsAsFilters(tokenize(escapes(source)));
    measure(tokens);
    return parse(tokens).body;
  } catch (error) {
    if (error instanceof TemplateError) throw error;
    const why = error instanceof Error ? error.message.slice(0, 80) : "";
    throw new TemplateError(`is not valid${why ? ` (${why})` : ""}`);
  }
}
