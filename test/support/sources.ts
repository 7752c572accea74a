import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import ts from "typescript";

export const root = join(import.meta.dirname, "..", "..");

export interface Source {
  /** Path from the root, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly lines: number;
  /** Paths of relative imports, and names of the others; type-only imports are marked. */
  readonly imports: readonly { readonly to: string; readonly local: boolean; readonly typeOnly: boolean }[];
  /** Lines of each function that is longer than a screen, by name. */
  readonly functions: readonly { readonly name: string; readonly lines: number }[];
}

/** All hand-written TypeScript of a top-level folder. */
export function sourcesOf(folder: string): Source[] {
  const found: Source[] = [];
  const walk = (path: string) => {
    for (const entry of readdirSync(join(root, path), { withFileTypes: true })) {
      const child = `${path}/${entry.name}`;
      if (entry.isDirectory()) walk(child);
      else if (/\.tsx?$/.test(entry.name)) found.push(readSource(child));
    }
  };
  walk(folder);
  return found;
}

function readSource(path: string): Source {
  const text = readFileSync(join(root, path), "utf8");
  const file = ts.createSourceFile(
    path,
    text,
    ts.ScriptTarget.ES2023,
    true,
    path.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );
  const imports: { to: string; local: boolean; typeOnly: boolean }[] = [];
  const functions: { name: string; lines: number }[] = [];
  const visit = (node: ts.Node) => {
    const target = importOf(node);
    if (target) imports.push({ ...target, ...resolve(path, target.to) });
    if (ts.isFunctionLike(node) && "body" in node && node.body)
      functions.push({ name: nameOf(node), lines: span(file, node) });
    ts.forEachChild(node, visit);
  };
  visit(file);
  return { path, text, lines: text.split("\n").length - 1, imports, functions };
}

function importOf(node: ts.Node): { to: string; typeOnly: boolean } | undefined {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier))
    return { to: node.moduleSpecifier.text, typeOnly: node.importClause?.isTypeOnly ?? false };
  if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier))
    return { to: node.moduleSpecifier.text, typeOnly: node.isTypeOnly };
  const [argument] =
    ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword ? node.arguments : [];
  return argument && ts.isStringLiteral(argument) ? { to: argument.text, typeOnly: false } : undefined;
}

function resolve(from: string, to: string) {
  return to.startsWith(".") ? { to: normalize(join(dirname(from), to)), local: true } : { to, local: false };
}

const nameOf = (node: ts.FunctionLikeDeclaration | ts.SignatureDeclaration): string =>
  node.name?.getText() ?? (ts.isVariableDeclaration(node.parent) ? node.parent.name.getText() : "(anonymous)");

const span = (file: ts.SourceFile, node: ts.Node): number =>
  file.getLineAndCharacterOfPosition(node.end).line - file.getLineAndCharacterOfPosition(node.getStart()).line + 1;
