/** Small changes of a source, one at a time, all in one text: which of them counts is asked as it runs. */
import ts from "typescript";

/** One change: the place in the source, and what becomes of it. */
export interface Mutant {
  readonly id: number;
  readonly file: string;
  readonly line: number;
  readonly was: string;
  readonly is: string;
  /** It lies outside of any function, and counts only in a program that begins with it. */
  readonly isStatic: boolean;
}

const operators = new Map<string, readonly string[]>(
  Object.entries({
    "<": ["<=", ">="],
    "<=": ["<", ">"],
    ">": [">=", "<="],
    ">=": [">", "<"],
    "===": ["!=="],
    "!==": ["==="],
    "&&": ["||"],
    "||": ["&&"],
    "+": ["-"],
    "-": ["+"],
    "*": ["/"],
    "/": ["*"],
  }),
);
const methods = new Map<string, string>(
  Object.entries({
    ...{ some: "every", every: "some", min: "max", max: "min", ceil: "floor", floor: "ceil", shift: "pop" },
  }),
);

/** What one place may become instead, as source text. */
function instead(node: ts.Node, text: (n: ts.Node) => string): readonly string[] {
  if (ts.isBinaryExpression(node)) {
    const { left, operatorToken, right } = node;
    const sign = text(operatorToken);
    if (sign === "??") return [text(left)];
    return (operators.get(sign) ?? []).map((other) => `${text(left)} ${other} ${text(right)}`);
  }
  if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) return [text(node.operand)];
  if (ts.isConditionalExpression(node))
    return [`${text(node.condition)} ? ${text(node.whenFalse)} : ${text(node.whenTrue)}`];
  if (node.kind === ts.SyntaxKind.TrueKeyword) return ["false"];
  if (node.kind === ts.SyntaxKind.FalseKeyword) return ["true"];
  if (ts.isNumericLiteral(node)) return [`${text(node)} + 1`];
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && !node.questionDotToken) {
    const { expression, name, questionDotToken } = node.expression;
    const other = methods.get(name.text);
    const isChained = ts.isPropertyAccessExpression(node.parent) || questionDotToken !== undefined;
    if (other && !isChained) return [`${text(expression)}.${other}(${node.arguments.map(text).join(", ")})`];
  }
  return [];
}

const isInFunction = (node: ts.Node): boolean =>
  ts.findAncestor(node, (n) => ts.isFunctionLike(n) || ts.isGetAccessor(n)) !== undefined;

/** A name that stands before a colon is no value. */
const isName = (node: ts.Node): boolean => ts.isPropertyAssignment(node.parent) && node.parent.name === node;

const isLeftOut = (node: ts.Node): boolean =>
  ts.isTypeNode(node) ||
  ts.isInterfaceDeclaration(node) ||
  ts.isTypeAliasDeclaration(node) ||
  ts.isImportDeclaration(node) ||
  ts.isExportDeclaration(node);

/** A source with all its changes in it; `globalThis.mutant` is the number of the one that counts. `from`: the first free number. */
export function mutated(
  file: string,
  source: string,
  from: number,
): { readonly text: string; readonly mutants: Mutant[] } {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true);
  const mutants: Mutant[] = [];
  const text = (n: ts.Node): string => source.slice(n.getStart(tree), n.getEnd());
  const noted = (node: ts.Node, is: string): string => {
    const line = tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
    const id = from + mutants.length;
    mutants.push({ id, file, line, was: text(node), is, isStatic: !isInFunction(node) });
    return `globalThis.mutant === ${id}`;
  };
  const whole = (node: ts.Node): string => {
    let out = "";
    let at = node.getStart(tree);
    ts.forEachChild(node, (child) => {
      out += source.slice(at, child.getStart(tree)) + one(child);
      at = child.getEnd();
    });
    return out + source.slice(at, node.getEnd());
  };
  const one = (node: ts.Node): string => {
    if (isLeftOut(node)) return text(node);
    let out = whole(node);
    if (isName(node)) return out;
    for (const other of instead(node, text)) out = `(${noted(node, other)} ? (${other}) : (${out}))`;
    const isTest = ts.isIfStatement(node.parent) && node.parent.expression === node;
    if (isTest)
      for (const other of [`!(${text(node)})`, "false"]) out = `(${noted(node, other)} ? (${other}) : (${out}))`;
    if (ts.isReturnStatement(node) && node.expression && text(node.expression) !== "undefined")
      return `{ if (${noted(node, "return undefined")}) return undefined; ${out} }`;
    const isCall = ts.isExpressionStatement(node) && !ts.isAwaitExpression(node.expression);
    return isCall ? `{ if (!(${noted(node, "left out")})) { ${out} } }` : out;
  };
  return { text: whole(tree), mutants };
}
