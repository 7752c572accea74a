import { useEffect, useState } from "preact/hooks";
import type { BlueprintAnswers, BlueprintFilled, BlueprintView, RuleSaveAnswer } from "../../../hub/http/schemas.ts";
import { announcement } from "../../acting.ts";
import { inWords, post } from "../../api.ts";
import { Field } from "../../parts/field.tsx";
import { Icon } from "../../parts/icon.tsx";
import { Notice } from "../../parts/notice.tsx";
import { go } from "../../router.ts";
import { Preview } from "../rules/preview.tsx";
import type { Read } from "../rules/reading.ts";
import { Questions } from "./questions.tsx";
import { Saving } from "./saving.tsx";
import { labelOf, proposedOf, readBlueprints } from "./state.ts";

const TYPING_MS = 350;

/** From a ready-made rule to one of this home: its questions on one side, the rule in words on the other. */
export function UseBlueprint({ of }: { readonly of: BlueprintView }) {
  const [answers, setAnswers] = useState<BlueprintAnswers>(() => proposedOf(of.questions));
  const [title, setTitle] = useState(of.title);
  const read = useFilled(of, answers, title);
  const save = async (sure: boolean) => {
    const body = { answers, sure, ...(title.trim() ? { title: title.trim() } : {}) };
    const answer = await post<RuleSaveAnswer>(`/blueprints/${of.id}/rules`, body);
    if (!answer.saved) return answer.problems;
    await readBlueprints();
    announcement.value = `${title}: saved`;
    go("#/rules");
    return [];
  };
  return (
    <>
      <div class="bp-head">
        <Icon name={of.icon ?? "rule"} class="bp-icon" />
        <div class="stack">
          <p>{of.description}</p>
          <p class="quiet small-text">
            Version {of.version} · {of.isShipped ? "comes with the hub" : `brought in${of.by ? `, by ${of.by}` : ""}`} ·{" "}
            <a href={`/api/blueprints/${of.id}/file`} download>
              Save as a file
            </a>
          </p>
        </div>
      </div>
      {of.lacks.length > 0 ? <Notice tone="warn">Nothing here fits: {of.lacks.join(" ")}</Notice> : null}
      <div class="rule-desk">
        <div class="stack rule-side">
          <Field
            label="Name of the rule"
            maxLength={120}
            value={title}
            onInput={(e) => setTitle(e.currentTarget.value)}
          />
          <Questions questions={of.questions} answers={answers} onChange={setAnswers} />
        </div>
        <div class="stack rule-side">
          <Preview read={read} onFix={() => undefined} />
          <Saving
            key={JSON.stringify(answers)}
            problems={read.reading?.problems ?? []}
            isReady={read.gaps.length === 0}
            onSave={save}
          />
        </div>
      </div>
    </>
  );
}

/** Asks the hub what rule these answers make, a moment after the last change. */
function useFilled(of: BlueprintView, answers: BlueprintAnswers, title: string): Read {
  const [read, setRead] = useState<Read>({ reading: undefined, gaps: [], problem: "", isOld: true });
  useEffect(() => {
    let isPast = false;
    setRead((before) => ({ ...before, isOld: true }));
    const body = { answers, ...(title.trim() ? { title: title.trim() } : {}) };
    const ask = async () => {
      try {
        const { faults, reading } = await post<BlueprintFilled>(`/blueprints/${of.id}/fill`, body);
        const gaps = faults.map(({ field, text }) => ({ field: labelOf(of.questions, field), message: text }));
        // A fix would change the rule, not the answers that it is made of.
        const plain = reading && { ...reading, problems: reading.problems.map(({ fix: _, ...rest }) => rest) };
        if (!isPast) setRead({ reading: plain, gaps, problem: "", isOld: false });
      } catch (error) {
        if (!isPast) setRead((before) => ({ ...before, problem: inWords(error), isOld: false }));
      }
    };
    const timer = setTimeout(() => void ask(), TYPING_MS);
    return () => {
      isPast = true;
      clearTimeout(timer);
    };
  }, [answers, title]);
  return read;
}
