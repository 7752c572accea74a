import { stringify } from "yaml";
import { plainIssues } from "../../model/issues.ts";
import { type HomeRule, type RuleDraft, ruleDraft } from "../../model/rule/rule.ts";
import { type Item, plainOf, readDocument } from "../translate/home-assistant/index.ts";

/** The form of a file of rules; a later one has a higher number. */
const FORM = 1;

/** Rules of a file at most. */
const MAX_RULES = 500;

/** Rules as a file that people can read, the oldest first; the same rules give the same file. Yields the share done after each rule. */
export function* writingYaml(rules: readonly HomeRule[], home: string, version: string): Generator<number, string> {
  const oldest = rules.toSorted((a, b) => a.madeAt - b.madeAt || (a.id < b.id ? -1 : 1));
  const head = `# Rules of ${home.replaceAll(/\s+/g, " ")}, written by Inglenook ${version}.\n# To bring them in: Rules, "Read rules from a file". Devices are named by their ids.\n`;
  const drafts = oldest.map(({ id, origin, by, madeAt, changedAt, blueprint, source, ...draft }) => ordered(draft));
  const options = { lineWidth: 100, aliasDuplicateObjects: false };
  const written: string[] = [];
  for (const draft of drafts) {
    // A list of one under the same key: its lines are those that it would have among the others.
    const [, ...lines] = stringify({ rules: [draft] }, options).split("\n");
    written.push(lines.join("\n"));
    yield written.length / drafts.length;
  }
  const list = written.length === 0 ? "rules: []\n" : `rules:\n${written.join("")}`;
  return `${head}inglenookRules: ${FORM}\n${list}`;
}

const FIRST = [
  "title",
  "description",
  "enabled",
  "rank",
  "until",
  "form",
  "mode",
  "most",
  "on",
  "if",
  "variables",
  "while",
];

/** What a person looks for first stands first. */
function ordered(draft: RuleDraft): Record<string, unknown> {
  const rank = (key: string) => FIRST.indexOf(key) + 1 || FIRST.length + 1;
  return Object.fromEntries(Object.entries(draft).toSorted(([a], [b]) => rank(a) - rank(b)));
}

export interface OwnRule {
  readonly line: number;
  readonly title: string;
  readonly draft?: RuleDraft;
  /** What is wrong with it, where it is no rule. */
  readonly faults: readonly { readonly line: number; readonly text: string }[];
  /** The line at which a field of it stands, such as `keep.0.command`, or what holds it. */
  readonly lineOf: (field: string) => number;
}

export type OwnFile =
  | { readonly ok: true; readonly rules: readonly OwnRule[]; readonly left: number }
  | { readonly ok: false; readonly line: number; readonly text: string };

/** Reads a file of rules of ours, in YAML or JSON; undefined where the file is not of ours. */
export function readOwn(text: string): OwnFile | undefined {
  const read = readDocument(text);
  if (!read.ok) return read;
  const form = read.root.map?.get("inglenookRules");
  if (!form) return undefined;
  if (form.scalar !== FORM)
    return {
      ok: false,
      line: form.line,
      text: `The file has form ${String(form.scalar)}, and this hub reads form ${FORM}.`,
    };
  const list = read.root.map?.get("rules")?.list;
  if (!list) return { ok: false, line: form.line, text: "There is no list of rules in the file." };
  return { ok: true, rules: list.slice(0, MAX_RULES).map(ownRule), left: Math.max(0, list.length - MAX_RULES) };
}

function ownRule(item: Item): OwnRule {
  const plain = plainOf(item);
  const title = item.map?.get("title")?.scalar;
  const lineOf = (field: string) => lineAt(item, field.split("."));
  const base = { line: item.line, title: String(title ?? `Rule of line ${item.line}`).slice(0, 120), lineOf };
  const made = ruleDraft.safeParse(plain);
  if (made.success) return { ...base, draft: made.data, faults: [] };
  const faults = plainIssues(made.error.issues, plain).map(({ path, message }) => ({
    line: lineAt(item, path),
    text: `${path.join(".") || "rule"}: ${message}`,
  }));
  return { ...base, faults };
}

/** The line of a place in a rule, or of the nearest that is there. */
function lineAt(item: Item, path: readonly string[]): number {
  let at = item;
  for (const key of path) {
    const next = at.list?.[Number(key)] ?? at.map?.get(key);
    if (!next) break;
    at = next;
  }
  return at.line;
}
