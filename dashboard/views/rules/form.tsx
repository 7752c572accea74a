import type { RuleDraft } from "../../../hub/http/schemas.ts";
import { NumberField } from "../../parts/entry-fields.tsx";
import { Choice, Field } from "../../parts/field.tsx";
import { Notice } from "../../parts/notice.tsx";
import { settings } from "../../store.ts";
import { dayOf, nextDay, startOf } from "../../words/days.ts";
import { Condition } from "./guided/condition.tsx";
import { Add, Written } from "./guided/fields.tsx";
import { Steps } from "./guided/steps.tsx";
import { Triggers } from "./guided/triggers.tsx";
import { isWhole } from "./guided/whole.ts";

interface Props {
  readonly draft: RuleDraft;
  readonly onChange: (draft: RuleDraft) => void;
}

type Of<F extends RuleDraft["form"]> = Extract<RuleDraft, { form: F }>;

/** A rule by a form: what the language has for people, with pickers made of this home. */
export function RuleForm({ draft, onChange }: Props) {
  if (!isWhole(draft))
    return <Notice tone="warn">What is written as text is no whole rule yet. Mend it under “As text”.</Notice>;
  return (
    <form class="stack" aria-label="The rule" onSubmit={(e) => e.preventDefault()}>
      <Field
        label="Name of the rule"
        maxLength={120}
        value={draft.title}
        placeholder="e.g. Hall light at night"
        onInput={(e) => onChange({ ...draft, title: e.currentTarget.value })}
      />
      {draft.form === "when" ? <When draft={draft} onChange={onChange} /> : <While draft={draft} onChange={onChange} />}
      <More draft={draft} onChange={onChange} />
    </form>
  );
}

function When({ draft, onChange }: { readonly draft: Of<"when">; readonly onChange: Props["onChange"] }) {
  const { if: only, ...without } = draft;
  return (
    <>
      <section class="stack" aria-label="When">
        <h2>When</h2>
        <Triggers of={draft.on} onChange={(on) => onChange({ ...draft, on: [...on] })} />
      </section>
      <section class="stack" aria-label="Only if">
        <h2>Only if</h2>
        {only ? (
          <Condition
            of={only}
            depth={0}
            title="Only if"
            onChange={(c) => onChange({ ...draft, if: c })}
            onRemove={() => onChange(without)}
          />
        ) : (
          <Add
            label="Add a condition"
            options={[
              { value: "all", label: "All of these are so" },
              { value: "any", label: "Any of these is so" },
            ]}
            onAdd={(kind) => onChange({ ...draft, if: { kind: kind === "any" ? "any" : "all", of: [] } })}
          />
        )}
      </section>
      {draft.variables ? <Written of={draft.variables} what="Its variables" /> : null}
      <section class="stack" aria-label="Do">
        <h2>Do</h2>
        <Steps of={draft.do} depth={0} path="" onChange={(steps) => onChange({ ...draft, do: [...steps] })} />
      </section>
    </>
  );
}

function While({ draft, onChange }: { readonly draft: Of<"while">; readonly onChange: Props["onChange"] }) {
  const { otherwise, ...without } = draft;
  const only = (steps: Parameters<Parameters<typeof Steps>[0]["onChange"]>[0]) =>
    steps.flatMap((s) => (s.kind === "command" ? [s] : []));
  return (
    <>
      <section class="stack" aria-label="While">
        <h2>While</h2>
        <Condition of={draft.while} depth={0} title="While" onChange={(c) => onChange({ ...draft, while: c })} />
      </section>
      <section class="stack" aria-label="Keep">
        <h2>Keep it so</h2>
        <Steps
          of={draft.keep}
          depth={0}
          path=""
          onlyCommands
          onChange={(steps) => onChange({ ...draft, keep: only(steps) })}
        />
      </section>
      <section class="stack" aria-label="Otherwise">
        <h2>Otherwise keep it so</h2>
        <p class="hint">What is left empty stays as it is when the condition ends.</p>
        <Steps
          of={otherwise ?? []}
          depth={0}
          path="otherwise "
          onlyCommands
          onChange={(steps) => onChange(steps.length > 0 ? { ...draft, otherwise: only(steps) } : without)}
        />
      </section>
    </>
  );
}

const RUNS = [
  { value: "single", label: "goes on; the new start is left out" },
  { value: "restart", label: "ends, and begins anew" },
  { value: "queued", label: "goes on; the new start waits its turn" },
  { value: "parallel", label: "goes on, and the new start runs beside it" },
] as const;

/** Of these there may be several at once. */
const MANY: Readonly<Record<string, string>> = {
  queued: "Starts that wait, at most",
  parallel: "Runs side by side, at most",
};

function More({ draft, onChange }: Props) {
  const { rank: _rank, ...unranked } = draft;
  return (
    <details class="rule-more">
      <summary>
        <h2>More</h2>
      </summary>
      <div class="stack">
        <Field
          label="Note for yourself"
          maxLength={2000}
          value={draft.description ?? ""}
          onInput={(e) => {
            const { description: _, ...rest } = draft;
            const text = e.currentTarget.value;
            onChange(text === "" ? rest : { ...draft, description: text });
          }}
        />
        {draft.form === "when" ? (
          <Choice
            label="Where it is started while it still runs, the run"
            value={draft.mode}
            options={RUNS}
            onChange={(value) => onChange({ ...draft, mode: RUNS.find((r) => r.value === value)?.value ?? "single" })}
          />
        ) : null}
        {draft.form === "when" && (draft.most !== undefined || MANY[draft.mode]) ? (
          <NumberField
            label={MANY[draft.mode] ?? "At most (counts where runs wait or go on side by side)"}
            hint="1 to 10; empty: 10"
            min={1}
            max={10}
            step={1}
            value={draft.most}
            onChange={(most) => onChange({ ...draft, most })}
          />
        ) : null}
        <NumberField
          label="Rank"
          hint="−100 to 100: where two rules want one thing, the higher has it. Plans and people stand above all rules."
          min={-100}
          max={100}
          step={1}
          value={draft.rank}
          onChange={(rank) => onChange(rank === undefined ? unranked : { ...draft, rank })}
        />
        <Until draft={draft} onChange={onChange} />
      </div>
    </details>
  );
}

/** The last day is a whole one, by the home's clock. */
function Until({ draft, onChange }: Props) {
  const { until, ...endless } = draft;
  const timeZone = settings.value?.timeZone;
  return (
    <Field
      label="Last day"
      hint="empty: for good"
      type="date"
      value={until === undefined ? "" : dayOf(until - 1, timeZone)}
      onChange={(e) => {
        const end = e.currentTarget.value === "" ? undefined : startOf(nextDay(e.currentTarget.value), timeZone);
        onChange(end === undefined ? endless : { ...draft, until: end });
      }}
    />
  );
}
