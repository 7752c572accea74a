import { useEffect, useState } from "preact/hooks";
import type { BlueprintAnswers, BlueprintRevision, RuleSaveAnswer } from "../../../hub/http/schemas.ts";
import { announcement } from "../../acting.ts";
import { inWords, post } from "../../api.ts";
import { Notice } from "../../parts/notice.tsx";
import { go } from "../../router.ts";
import { whereOf } from "../rules/reading.ts";
import { Questions } from "./questions.tsx";
import { Saving } from "./saving.tsx";
import { labelOf, proposedOf } from "./state.ts";

const TYPING_MS = 350;

/** A rule that was made of a ready-made one, held against its newest version or against other answers. */
export function UpdateRule({ rule }: { readonly rule: string }) {
  const path = `/home-rules/${encodeURIComponent(rule)}/blueprint`;
  const [answers, setAnswers] = useState<BlueprintAnswers | undefined>(undefined);
  const [found, setFound] = useState<BlueprintRevision | undefined>(undefined);
  const [problem, setProblem] = useState("");
  useEffect(() => {
    let isPast = false;
    const look = async () => {
      try {
        const told = await post<BlueprintRevision>(`${path}/look`, answers ? { answers } : {});
        if (isPast) return;
        setProblem("");
        setFound((before) => (before ? { ...told, asks: before.asks } : told));
        // What is asked anew begins with what is proposed.
        if (!answers)
          setAnswers({ ...proposedOf(told.questions.filter((q) => told.asks.includes(q.name))), ...told.answers });
      } catch (error) {
        if (!isPast) setProblem(inWords(error));
      }
    };
    const timer = setTimeout(() => void look(), answers ? TYPING_MS : 0);
    return () => {
      isPast = true;
      clearTimeout(timer);
    };
  }, [answers]);
  if (!found || !answers)
    return problem ? <Notice tone="bad">{problem}</Notice> : <p class="quiet loading">Reading …</p>;
  const save = async (sure: boolean) => {
    const saved = await post<RuleSaveAnswer>(path, { answers, seen: found.seen, to: found.to, sure });
    if (!saved.saved) return saved.problems;
    announcement.value = `${found.title}: saved`;
    go("#/rules");
    return [];
  };
  return (
    <>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      <Versions of={found} />
      <div class="rule-desk">
        <div class="stack rule-side">
          <h2>{found.asks.length > 0 ? "Your answers, and what is new" : "Your answers"}</h2>
          <Questions questions={found.questions} answers={answers} fresh={found.asks} onChange={setAnswers} />
        </div>
        <div class="stack rule-side">
          <Comparison of={found} />
          <Saving
            key={JSON.stringify(answers)}
            problems={found.problems}
            isReady={found.faults.length === 0}
            label={found.to > found.from ? `Update to version ${found.to}` : "Save"}
            onSave={save}
          />
        </div>
      </div>
    </>
  );
}

function Versions({ of }: { readonly of: BlueprintRevision }) {
  if (of.to === of.from)
    return (
      <p class="quiet">
        “{of.title}”, version {of.from}: there is no newer one. Its answers can be changed here.
      </p>
    );
  return (
    <section class="card stack" aria-label="What the new version changes">
      <h2>
        “{of.title}”: version {of.to} instead of {of.from}
      </h2>
      {of.changes.length > 0 ? (
        <ul>
          {of.changes.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      ) : (
        <p class="quiet">Its maker does not say what it changes; see the words and lines below.</p>
      )}
    </section>
  );
}

function Comparison({ of }: { readonly of: BlueprintRevision }) {
  const { before, after } = of.words;
  return (
    <section class="card stack" aria-label="What changes in the rule">
      <h2>In words</h2>
      {of.faults.length > 0 ? (
        <ul class="rule-gaps">
          {of.faults.map((f) => (
            <li key={f.field + f.text}>
              <strong>{labelOf(of.questions, f.field)}</strong>: {f.text}
            </li>
          ))}
        </ul>
      ) : null}
      {after === before ? (
        <p>{before} It stays as it is.</p>
      ) : (
        <dl class="bp-words">
          <dt>Now</dt>
          <dd>{before}</dd>
          {after === undefined ? null : (
            <>
              <dt>Then</dt>
              <dd>{after}</dd>
            </>
          )}
        </dl>
      )}
      {of.byHand.length > 0 ? (
        <Notice tone="good">
          What you changed by hand stays:
          <ul>
            {of.byHand.map((b) => (
              <li key={b.field}>
                {whereOf(b.field) || "the whole rule"}
                {b.isContested ? ": the new version changes it too, and yours is kept" : ""}
              </li>
            ))}
          </ul>
        </Notice>
      ) : null}
      {of.problems.map((p) => (
        <Notice key={p.field + p.code + p.text} tone={p.level === "error" ? "bad" : "warn"}>
          {p.text}
        </Notice>
      ))}
      {of.diff.some((d) => d.sign !== "same") ? (
        <details>
          <summary>Line by line</summary>
          <Diff lines={of.diff} />
        </details>
      ) : null}
    </section>
  );
}

const SIGNS = { same: " ", out: "−", in: "+" } as const;
const HEARD = { same: "", out: "goes: ", in: "comes: " } as const;

const Diff = ({ lines }: { readonly lines: BlueprintRevision["diff"] }) => (
  <ol class="bp-diff plain-list">
    {lines.map(({ sign, text }, i) => (
      <li key={i} class={`bp-${sign}`}>
        <span aria-hidden="true">{SIGNS[sign]} </span>
        <span class="heard">{HEARD[sign]}</span>
        {text}
      </li>
    ))}
  </ol>
);
