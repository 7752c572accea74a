import { useState } from "preact/hooks";
import type { IncomingRules } from "../../../hub/http/schemas.ts";
import { Choice } from "../../parts/field.tsx";
import { Notice } from "../../parts/notice.tsx";

type Rule = IncomingRules["rules"][number];
type How = "keep" | "replace" | "leave";
type Keep = { readonly places: readonly number[]; readonly replace: readonly number[]; readonly sure: boolean };

interface Props {
  readonly found: IncomingRules;
  readonly busy: boolean;
  readonly onKeep: (keep: Keep) => void;
}

/** A scene comes with what it sets in words. */
const canKeep = (rule: Rule): boolean =>
  rule.kind === "scene"
    ? rule.words !== ""
    : rule.draft !== undefined && !rule.problems.some((p) => p.level === "error");

/** The rules of a file, each in words with what speaks against it; the chosen ones are kept. */
export function IncomingList({ found, busy, onKeep }: Props) {
  const [said, setSaid] = useState<Readonly<Record<number, How>>>({});
  // What is there already is left alone unless a person says otherwise.
  const howOf = (rule: Rule): How => said[rule.place] ?? (rule.same ? "leave" : "keep");
  const open = found.rules.filter((rule) => canKeep(rule) && rule.kept?.id === undefined);
  const chosen = open.filter((rule) => howOf(rule) !== "leave");
  const warned = chosen.filter((rule) => rule.kept?.why === "warned" || rule.kept?.why === "needs");
  const fresh = chosen.filter((rule) => !warned.includes(rule));
  const keep = (rules: readonly Rule[], sure: boolean) =>
    onKeep({
      places: rules.map((rule) => rule.place),
      replace: rules.filter((rule) => howOf(rule) === "replace").map((rule) => rule.place),
      sure,
    });
  return (
    <section class="stack" aria-label="Rules of the file" aria-busy={busy}>
      <h2>
        {found.rules.length} {found.rules.length === 1 ? "rule" : "rules"} in the file
      </h2>
      {found.left > 0 ? (
        <Notice tone="warn">{found.left} more were not looked at: 500 are read at a time.</Notice>
      ) : null}
      <Kept found={found} />
      {fresh.length > 0 ? (
        <p>
          <button type="button" disabled={busy} onClick={() => keep(fresh, false)}>
            Keep {fresh.length} {fresh.length === 1 ? "rule" : "rules"}
          </button>
        </p>
      ) : null}
      {warned.length > 0 ? (
        <Notice tone="warn">
          <p>
            {warned.length === 1 ? "One was not kept yet" : `${warned.length} were not kept yet`}: something speaks
            against
            {warned.length === 1 ? " it" : " them"}, as is written below. Look at it, then say so.
          </p>
          <button type="button" disabled={busy} onClick={() => keep(warned, true)}>
            Keep {warned.length === 1 ? "it" : `these ${warned.length}`} all the same
          </button>
        </Notice>
      ) : null}
      <ul class="stack plain-list">
        {found.rules.map((rule) => (
          <li key={rule.place} class="card stack">
            <h3>
              {rule.title}
              {rule.kind === "scene" ? " (scene)" : ""}
            </h3>
            {rule.file ? <p class="quiet">{rule.file}</p> : null}
            {rule.words ? <p>{rule.words}</p> : null}
            {rule.makes && rule.kept?.id === undefined ? (
              <p>With it would be made, for the house to keep: {rule.makes.join(", ")}.</p>
            ) : null}
            <Doubts rule={rule} />
            {open.includes(rule) ? (
              <How rule={rule} how={howOf(rule)} onChange={(how) => setSaid({ ...said, [rule.place]: how })} />
            ) : null}
            {rule.kept ? <p class="quiet">{WHY[rule.kept.why ?? "kept"]}</p> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

const WHY = {
  kept: "Kept.",
  warned: "Not kept yet: something speaks against it.",
  needs: "Not kept yet: what it starts was not kept. Kept all the same, it comes switched off.",
  same: "Left alone: it is there already.",
  faulty: "It could not be kept: it is no rule of this home.",
  full: "It could not be kept: there are too many rules, or switches of the house.",
} as const;

function Kept({ found }: { readonly found: IncomingRules }) {
  const kept = found.rules.filter((rule) => rule.kept?.id !== undefined).length;
  if (kept === 0) return null;
  return (
    <Notice tone="good">
      {kept} kept. <a href="#/rules">See the rules</a>
    </Notice>
  );
}

interface HowProps {
  readonly rule: Rule;
  readonly how: How;
  readonly onChange: (how: How) => void;
}

/** Whether it is kept; one that is there already takes its place, or is left alone. */
function How({ rule, how, onChange }: HowProps) {
  if (rule.same)
    return (
      <Choice
        label={`"${rule.same.title}" is there already`}
        value={how}
        options={[
          { value: "leave", label: "Leave it as it is" },
          { value: "replace", label: "Replace it by this one" },
        ]}
        onChange={(value) => onChange(value === "replace" ? "replace" : "leave")}
      />
    );
  return (
    <label class="row">
      <input type="checkbox" checked={how === "keep"} onChange={() => onChange(how === "keep" ? "leave" : "keep")} />
      <span>{rule.draft && !rule.draft.enabled ? "Keep it, switched off" : "Keep it"}</span>
    </label>
  );
}

function Doubts({ rule }: { readonly rule: Rule }) {
  const missed = rule.misses.filter((m) => m.level === "missed");
  const wrong = rule.misses.filter((m) => m.level === "wrong");
  const notes = rule.misses.filter((m) => m.level === "note");
  return (
    <>
      {missed.length > 0 ? (
        <Notice tone="warn">
          <p>Not translated:</p>
          <Lines of={missed} />
        </Notice>
      ) : null}
      {wrong.length > 0 ? (
        <Notice tone="bad">
          <p>It can't be read as a rule. Mend the file and choose it again:</p>
          <Lines of={wrong} />
        </Notice>
      ) : null}
      {notes.length > 0 ? <Lines of={notes} /> : null}
      {rule.problems.map((p) => (
        <Notice key={`${p.code}${p.field}`} tone={p.level === "error" ? "bad" : "warn"}>
          {p.line === undefined ? "" : `Line ${p.line}, ${p.field}: `}
          {p.text}
          {p.fix ? ` To mend it: ${p.fix.text}.` : ""}
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
