import { useEffect, useState } from "preact/hooks";
import type { RuleDraft, RuleProblem, RuleSaveAnswer } from "../../../hub/http/schemas.ts";
import { announcement } from "../../acting.ts";
import { type FieldProblem, post, put } from "../../api.ts";
import { lazy } from "../../lazy.tsx";
import { Notice } from "../../parts/notice.tsx";
import { go, route } from "../../router.ts";
import { RuleForm } from "./form.tsx";
import { keep, letGo, readKept } from "./kept.ts";
import { Preview } from "./preview.tsx";
import { refusal, useReading, wantedBy, whereOf } from "./reading.ts";
import { readHomeRules } from "./state.ts";

const DryRun = lazy(async () => (await import("./dry-run.tsx")).DryRun);
const RuleText = lazy(async () => (await import("./text.tsx")).RuleText);

const TABS = [
  ["form", "Form"],
  ["text", "As text"],
] as const;
type Tab = (typeof TABS)[number][0];

interface Props {
  readonly start: RuleDraft;
  /** Of the rule that is changed; absent for a new one. */
  readonly id: string | undefined;
  /** Where what is begun here is kept until it is saved. */
  readonly place: string;
}

/** The desk at which a rule is written: form or text on one side, what the hub reads in it on the other. */
export function RuleDesk({ start, id, place }: Props) {
  const [begun, setBegun] = useState(() => readKept(place));
  const [draft, setOnly] = useState(begun ?? start);
  const setDraft = (next: RuleDraft) => {
    setOnly(next);
    keep(place, next);
  };
  const [tab, setTab] = useState<Tab>("form");
  /** The text does not make a rule: what is shown and would be saved is not what is written. */
  const [isBroken, setBroken] = useState(false);
  const read = useReading(draft, id);
  const text = tab === "text";
  // What was said of the last whole draft says nothing of one with gaps.
  const problems = read.gaps.length === 0 ? (read.reading?.problems ?? []) : [];
  return (
    <>
      {begun ? (
        <Begun
          onDrop={() => {
            letGo(place);
            setOnly(start);
            setBegun(undefined);
          }}
        />
      ) : null}
      <div class="rule-desk">
        <div class="stack rule-side">
          <Tabs tab={tab} onTab={setTab} />
          <div role="tabpanel" id="rule-panel" aria-labelledby={`rule-tab-${tab}`} class="stack">
            {text ? (
              <RuleText draft={draft} gaps={read.gaps} problems={problems} onChange={setDraft} onBroken={setBroken} />
            ) : (
              <RuleForm draft={draft} onChange={setDraft} />
            )}
          </div>
        </div>
        <div class="stack rule-side">
          <Preview read={read} onFix={setDraft} onAgain={() => setDraft({ ...draft })} />
          <Save
            draft={draft}
            id={id}
            place={place}
            isBroken={text && isBroken}
            warnings={problems.filter((p) => p.level === "warn").length}
          />
        </div>
      </div>
      <DryRun draft={draft} id={id} isBroken={text && isBroken} atOnce={route.value.query === "try=past"} />
    </>
  );
}

/** What was begun before is shown, not what is kept of the rule. */
const Begun = ({ onDrop }: { readonly onDrop: () => void }) => (
  <Notice tone="warn">
    <p>You began this earlier and did not save it.</p>
    <button type="button" onClick={onDrop}>
      Begin anew
    </button>
  </Notice>
);

function Tabs({ tab, onTab }: { readonly tab: Tab; readonly onTab: (tab: Tab) => void }) {
  const other: Tab = tab === "form" ? "text" : "form";
  return (
    <div
      role="tablist"
      class="rule-tabs"
      aria-label="How to write it"
      onKeyDown={(e) => {
        if (e.key !== "ArrowLeft" && e.key !== "ArrowRight") return;
        onTab(other);
        document.getElementById(`rule-tab-${other}`)?.focus();
      }}
    >
      {TABS.map(([value, label]) => (
        <button
          key={value}
          type="button"
          role="tab"
          id={`rule-tab-${value}`}
          aria-selected={tab === value}
          aria-controls="rule-panel"
          tabIndex={tab === value ? 0 : -1}
          onClick={() => onTab(value)}
        >
          {label}
        </button>
      ))}
    </div>
  );
}

interface SaveProps {
  readonly draft: RuleDraft;
  readonly id: string | undefined;
  readonly place: string;
  readonly isBroken: boolean;
  readonly warnings: number;
}

interface Refused {
  readonly words: string;
  readonly gaps: readonly FieldProblem[];
  readonly problems: readonly RuleProblem[];
}

function Save({ draft, id, place, isBroken, warnings }: SaveProps) {
  const [sure, setSure] = useState(false);
  const [refused, setRefused] = useState<Refused | undefined>(undefined);
  const [busy, setBusy] = useState(false);
  // Text that is no rule yet is kept nowhere: the browser asks before it is gone.
  useEffect(() => {
    if (!isBroken) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [isBroken]);
  // What was refused, or seen, was about the draft as it stood then.
  useEffect(() => {
    setRefused(undefined);
    setSure(false);
  }, [draft]);
  const save = async () => {
    setBusy(true);
    try {
      const body = { draft, sure };
      const answer = await (id === undefined
        ? post<RuleSaveAnswer>("/home-rules", body)
        : put<RuleSaveAnswer>(`/home-rules/${encodeURIComponent(id)}`, body));
      if (!answer.saved) {
        setRefused({ words: "It is not saved:", gaps: [], problems: answer.problems });
        return;
      }
      letGo(place);
      await readHomeRules();
      announcement.value = `${draft.title}: saved`;
      go("#/rules");
    } catch (error) {
      const { gaps, problem } = refusal(error);
      setRefused({ words: problem || "It is not saved yet. Still to be filled in:", gaps, problems: [] });
    } finally {
      setBusy(false);
    }
  };
  return (
    <section class="stack" aria-label="Save">
      {warnings > 0 ? (
        <label class="rule-tick">
          <input type="checkbox" checked={sure} onChange={(e) => setSure(e.currentTarget.checked)} />
          <span>I have seen {warnings === 1 ? "the warning" : `the ${warnings} warnings`}; save it all the same</span>
        </label>
      ) : null}
      {refused ? <Refusal of={refused} /> : null}
      {isBroken ? <Notice tone="warn">The text is no rule yet, so it can't be saved.</Notice> : null}
      <div class="row">
        <button type="button" class="primary" disabled={busy || isBroken} onClick={() => void save()}>
          Save
        </button>
        <button
          type="button"
          onClick={() => {
            letGo(place);
            go("#/rules");
          }}
        >
          Cancel
        </button>
      </div>
    </section>
  );
}

/** Why it is not saved. */
const Refusal = ({ of: { words, gaps, problems } }: { readonly of: Refused }) => (
  <Notice tone="bad">
    {words}
    <ul>
      {wantedBy(gaps).map((g) => (
        <li key={`${g.field} ${g.message}`}>
          {whereOf(g.field)}: {g.message}
        </li>
      ))}
      {problems.map((p) => (
        <li key={`${p.field} ${p.code} ${p.text}`}>{p.text}</li>
      ))}
    </ul>
  </Notice>
);
