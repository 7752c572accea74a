import { useId, useState } from "preact/hooks";
import { isMap, isSeq, LineCounter, parseDocument, stringify } from "yaml";
import type { RuleDraft, RuleProblem } from "../../../hub/http/schemas.ts";
import type { FieldProblem } from "../../api.ts";

interface Props {
  readonly draft: RuleDraft;
  readonly gaps: readonly FieldProblem[];
  readonly problems: readonly RuleProblem[];
  readonly onChange: (draft: RuleDraft) => void;
  /** Whether what is written makes no rule at all. */
  readonly onBroken: (isBroken: boolean) => void;
}

interface Fault {
  readonly line: number;
  readonly text: string;
}

/** A longer text is no rule that the hub would take. */
const MAX_TEXT = 100_000;

/** As a person would write it down, whatever came first in the form. */
const ORDER = [
  "form",
  "title",
  "description",
  "enabled",
  "on",
  "if",
  "variables",
  "do",
  "while",
  "keep",
  "otherwise",
  "mode",
  "most",
  "rank",
  "until",
];

function written(draft: RuleDraft): string {
  const place = ([key]: readonly [string, unknown]) => (ORDER.indexOf(key) + ORDER.length + 1) % (ORDER.length + 1);
  return stringify(Object.fromEntries(Object.entries(draft).sort((a, b) => place(a) - place(b))), { lineWidth: 110 });
}

/** A rule as YAML: all that the language has, also what the form can't show. */
export function RuleText({ draft, gaps, problems, onChange, onBroken }: Props) {
  const id = useId();
  const [text, setText] = useState(() => written(draft));
  const [made, setMade] = useState(draft);
  const [broken, setBroken] = useState<readonly Fault[]>([]);
  // Changed from elsewhere, by a proposed fix: the text follows.
  if (draft !== made) {
    setMade(draft);
    setText(written(draft));
    setBroken([]);
    onBroken(false);
  }
  const take = (next: string) => {
    setText(next);
    const read = readText(next);
    setBroken(read.faults);
    onBroken(read.faults.length > 0);
    if (!read.draft) return;
    setMade(read.draft);
    onChange(read.draft);
  };
  const faults = broken.length > 0 ? broken : faultsOf(text, gaps, problems);
  return (
    <>
      <div class="field">
        <label for={id}>The rule as text (YAML)</label>
        <textarea
          id={id}
          class="rule-text"
          spellcheck={false}
          autocapitalize="off"
          rows={Math.min(34, Math.max(12, text.split("\n").length + 1))}
          maxLength={MAX_TEXT}
          value={text}
          aria-invalid={faults.length > 0}
          aria-describedby={`${id}-faults`}
          onInput={(e) => take(e.currentTarget.value)}
        />
      </div>
      <div id={`${id}-faults`} role="status">
        {faults.length > 0 ? (
          <ul class="rule-gaps">
            {faults.map((f) => (
              <li key={`${f.line} ${f.text}`}>
                <strong>Line {f.line}</strong>: {f.text}
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </>
  );
}

function readText(text: string): { readonly draft?: RuleDraft; readonly faults: readonly Fault[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0)
    return {
      faults: document.errors.slice(0, 5).map((e) => ({ line: lines.linePos(e.pos[0]).line, text: e.message })),
    };
  if (!isMap(document.contents))
    return { faults: [{ line: 1, text: "write it as fields, beginning with form: when, or form: while" }] };
  const form = document.get("form");
  if (form !== "when" && form !== "while") return { faults: [{ line: 1, text: "form must be when or while" }] };
  try {
    // Aliases may be few: a text of nested ones would grow without end. What else it holds, the hub's check reads.
    return { draft: document.toJS({ maxAliasCount: 50 }) as RuleDraft, faults: [] };
  } catch (error) {
    return { faults: [{ line: 1, text: error instanceof Error ? error.message : "it can't be read" }] };
  }
}

function faultsOf(text: string, gaps: readonly FieldProblem[], problems: readonly RuleProblem[]): readonly Fault[] {
  if (gaps.length === 0 && problems.length === 0) return [];
  const lines = new LineCounter();
  const { contents } = parseDocument(text, { lineCounter: lines });
  const lineOf = (field: string) => lines.linePos(startOf(contents, field)).line;
  return [
    ...gaps.map((g) => ({ line: lineOf(g.field), text: `${g.field || "the rule"} ${g.message}` })),
    ...problems.map((p) => ({ line: lineOf(p.field), text: p.text })),
  ];
}

/** Where a field stands in the text; of one that is missing, the nearest that holds it. */
function startOf(root: unknown, field: string): number {
  let at = root;
  let start = 0;
  for (const part of field.split(".").filter(Boolean)) {
    if (isMap(at)) {
      const pair = at.items.find((p) => String(p.key) === part);
      if (!pair) break;
      start = rangeOf(pair.key) ?? start;
      at = pair.value;
    } else if (isSeq(at)) {
      at = at.items[Number(part)];
      start = rangeOf(at) ?? start;
    } else break;
  }
  return start;
}

function rangeOf(node: unknown): number | undefined {
  if (typeof node !== "object" || node === null || !("range" in node) || !Array.isArray(node.range)) return undefined;
  const [start]: unknown[] = node.range;
  return typeof start === "number" ? start : undefined;
}
