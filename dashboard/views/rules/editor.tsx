import { useEffect, useState } from "preact/hooks";
import type { HomeRuleStatus, RuleDraft } from "../../../hub/http/schemas.ts";
import { inWords } from "../../api.ts";
import { Notice } from "../../parts/notice.tsx";
import { RuleDesk } from "./desk.tsx";
import { draftOf, FRESH, STARTERS } from "./draft.ts";
import { readKept } from "./kept.ts";
import { homeRules, readHomeRules } from "./state.ts";
import "../../styles/rule-editor.css";

interface Props {
  /** `new`, or the rule that is changed. */
  readonly id: string;
  /** Of a new one: `from=ID` copies a rule, `starter=ID` takes an example. */
  readonly query: string | undefined;
}

/** Makes or changes a rule: by a form or as text, with what the hub reads in it beside. */
export function RuleEditor({ id, query }: Props) {
  const all = homeRules.value;
  const [problem, setProblem] = useState("");
  const [chosen, setChosen] = useState<RuleDraft | undefined>(undefined);
  useEffect(() => {
    if (all === undefined) readHomeRules().catch((error: unknown) => setProblem(inWords(error)));
  }, []);
  const isNew = id === "new";
  const place = placeOf(id, query);
  const begun = all && (beginning(all, id, query) ?? readKept(place));
  const draft = chosen ?? (begun === "gone" ? undefined : begun);
  return (
    <>
      <header class="view-head">
        <p>
          <a href="#/rules">All rules</a>
        </p>
        <h1 tabIndex={-1}>{isNew ? "New rule" : "Change a rule"}</h1>
      </header>
      {problem ? <Notice tone="bad">{problem}</Notice> : null}
      {all === undefined && !problem ? <p class="quiet loading">Reading the rules …</p> : null}
      {begun === "gone" ? <Notice tone="warn">There is no such rule any more.</Notice> : null}
      {all && begun === undefined && !chosen ? <FormChoice onChoose={(form) => setChosen(FRESH[form])} /> : null}
      {draft ? <RuleDesk key={draft.form} start={draft} id={isNew ? undefined : id} place={place} /> : null}
    </>
  );
}

/** Where what is begun here is kept: a copy and an example have places of their own. */
function placeOf(id: string, query: string | undefined): string {
  const said = new URLSearchParams(query);
  return [id, said.get("from"), said.get("starter")].filter(Boolean).join(" ");
}

/** What the form begins with; undefined: nothing is said yet, and a person chooses. */
function beginning(
  all: readonly HomeRuleStatus[],
  id: string,
  query: string | undefined,
): RuleDraft | "gone" | undefined {
  const said = new URLSearchParams(query);
  const from = id === "new" ? said.get("from") : id;
  if (from !== null) {
    const held = all.find((s) => s.rule.id === from);
    if (!held) return "gone";
    const draft = draftOf(held);
    return id === "new" ? { ...draft, title: `${draft.title} (copy)`.slice(0, 120) } : draft;
  }
  return STARTERS.find((s) => s.id === said.get("starter"))?.draft;
}

function FormChoice({ onChoose }: { readonly onChoose: (form: RuleDraft["form"]) => void }) {
  return (
    <section class="stack" aria-label="What kind of rule">
      <h2>What kind of rule?</h2>
      <div class="rule-forms">
        <button type="button" class="rule-form" onClick={() => onChoose("when")}>
          <strong>When something happens, do something</strong>
          <span class="quiet">A button is pressed: the light goes on for ten minutes.</span>
        </button>
        <button type="button" class="rule-form" onClick={() => onChoose("while")}>
          <strong>While something is so, keep something so</strong>
          <span class="quiet">
            While nobody is home, the heating stays at 17 °C. After a restart the hub looks again and puts it right.
          </span>
        </button>
      </div>
    </section>
  );
}
