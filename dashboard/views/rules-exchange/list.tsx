import { useState } from "preact/hooks";
import type { IncomingRules } from "../../../hub/http/schemas.ts";
import { Notice } from "../../parts/notice.tsx";

type Rule = IncomingRules["rules"][number];

interface Props {
  readonly found: IncomingRules;
  readonly busy: boolean;
  readonly onKeep: (places: readonly number[]) => void;
}

const canKeep = (rule: Rule): boolean => rule.draft !== undefined && !rule.problems.some((p) => p.level === "error");

/** The rules of a file, each in words with what speaks against it; the chosen ones are kept. */
export function IncomingList({ found, busy, onKeep }: Props) {
  const [left, setLeft] = useState<readonly number[]>([]);
  const kept = found.rules.filter((rule) => rule.kept?.id !== undefined).length;
  const done = found.rules.some((rule) => rule.kept !== undefined);
  const chosen = found.rules.filter((rule) => canKeep(rule) && !left.includes(rule.place)).map((rule) => rule.place);
  const toggle = (place: number) =>
    setLeft(left.includes(place) ? left.filter((one) => one !== place) : [...left, place]);
  return (
    <section class="stack" aria-label="Rules of the file" aria-busy={busy}>
      <h2>
        {found.rules.length} {found.rules.length === 1 ? "rule" : "rules"} in the file
      </h2>
      {found.left > 0 ? (
        <Notice tone="warn">{found.left} more were not looked at: a file holds 500 at most.</Notice>
      ) : null}
      {done ? (
        <Notice tone="good">
          {kept} kept. <a href="#/rules">See the rules</a>
        </Notice>
      ) : (
        <p>
          <button type="button" disabled={busy || chosen.length === 0} onClick={() => onKeep(chosen)}>
            Keep {chosen.length} {chosen.length === 1 ? "rule" : "rules"}
          </button>
        </p>
      )}
      <ul class="stack plain-list">
        {found.rules.map((rule) => (
          <li key={rule.place} class="card stack">
            <h3>{rule.title}</h3>
            {rule.words ? <p>{rule.words}</p> : null}
            <Doubts rule={rule} />
            {!done && canKeep(rule) ? (
              <label class="row">
                <input type="checkbox" checked={!left.includes(rule.place)} onChange={() => toggle(rule.place)} />
                <span>{rule.draft?.enabled ? "Keep it" : "Keep it, switched off"}</span>
              </label>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Doubts({ rule }: { readonly rule: Rule }) {
  const missed = rule.misses.filter((m) => m.level === "missed");
  const notes = rule.misses.filter((m) => m.level === "note");
  return (
    <>
      {missed.length > 0 ? (
        <Notice tone="warn">
          <p>Not translated:</p>
          <Lines of={missed} />
        </Notice>
      ) : null}
      {notes.length > 0 ? <Lines of={notes} /> : null}
      {rule.problems.map((p) => (
        <Notice key={`${p.code}${p.field}`} tone={p.level === "error" ? "bad" : "warn"}>
          {p.text}
        </Notice>
      ))}
    </>
  );
}

const Lines = ({ of }: { readonly of: Rule["misses"] }) => (
  <ul class="quiet">
    {of.map((m, i) => (
      <li key={`${m.line}-${i}`}>
        Line {m.line}: {m.text}
      </li>
    ))}
  </ul>
);
