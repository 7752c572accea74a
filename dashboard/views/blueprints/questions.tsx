import type { BlueprintAnswer, BlueprintAnswers, BlueprintQuestion, Target } from "../../../hub/http/schemas.ts";
import { DayOfYear } from "../../parts/day-of-year.tsx";
import { NumberField, TextField } from "../../parts/entry-fields.tsx";
import { Choice } from "../../parts/field.tsx";
import { Ticks } from "../rules/guided/fields.tsx";

interface Props {
  readonly questions: readonly BlueprintQuestion[];
  readonly answers: BlueprintAnswers;
  /** Names of those that are asked anew. */
  readonly fresh?: readonly string[];
  readonly onChange: (answers: BlueprintAnswers) => void;
}

/** What a ready-made rule asks, each with what this home has for it. */
export function Questions({ questions, answers, fresh = [], onChange }: Props) {
  const set = (name: string) => (answer: BlueprintAnswer | undefined) => {
    const { [name]: _, ...rest } = answers;
    onChange(answer === undefined ? rest : { ...rest, [name]: answer });
  };
  return (
    <form class="stack" aria-label="What it asks" onSubmit={(e) => e.preventDefault()}>
      {questions.map((question) => (
        <div key={question.name} class={fresh.includes(question.name) ? "bp-fresh" : undefined}>
          {fresh.includes(question.name) ? <span class="pill pill-warn">new</span> : null}
          <Question question={question} answer={answers[question.name]} onChange={set(question.name)} />
        </div>
      ))}
    </form>
  );
}

interface QuestionProps {
  readonly question: BlueprintQuestion;
  readonly answer: BlueprintAnswer | undefined;
  readonly onChange: (answer: BlueprintAnswer | undefined) => void;
}

function Question(props: QuestionProps) {
  const { question, answer, onChange } = props;
  const { input } = question;
  const label = `${input.label}${input.kind === "number" && input.unit ? ` (${input.unit})` : ""}${input.optional ? ", if you wish" : ""}`;
  const hint = input.hint ? { hint: input.hint } : {};
  switch (input.kind) {
    case "number":
      return (
        <NumberField
          {...{ label, onChange, min: input.min, max: input.max, step: input.step ?? "any" }}
          hint={[input.hint, `${input.min} to ${input.max}`].filter(Boolean).join("; ")}
          value={typeof answer === "number" ? answer : undefined}
        />
      );
    case "time":
    case "text":
      return (
        <TextField
          {...{ label, ...hint, type: input.kind, maxLength: 120 }}
          value={typeof answer === "string" ? answer : undefined}
          onChange={(text) => onChange(text === "" ? undefined : text)}
        />
      );
    case "date":
      return (
        <>
          <DayOfYear
            {...{ label, onChange, value: typeof answer === "string" ? answer : undefined }}
            {...(input.optional ? { none: "nothing" } : {})}
          />
          {input.hint ? <p class="hint">{input.hint}</p> : null}
        </>
      );
    case "weekdays":
      return <Days label={label} answer={answer} onChange={onChange} />;
    case "yesNo":
      return (
        <label class="rule-tick">
          <input type="checkbox" checked={answer === true} onChange={(e) => onChange(e.currentTarget.checked)} />
          <span>{label}</span>
        </label>
      );
    case "devices":
      return <Devices {...props} label={label} />;
    default:
      return <OneOf {...props} label={label} />;
  }
}

/** Keys in another order are the same answer. */
const same = (a: BlueprintAnswer | undefined, b: BlueprintAnswer): boolean => {
  const [x, y] = [targetOf(a), targetOf(b)];
  return x && y ? x.nodes?.join() === y.nodes?.join() && x.endpoint === y.endpoint : a === b;
};

function OneOf({ question, answer, onChange, label }: QuestionProps & { readonly label: string }) {
  const { input, offers = [] } = question;
  const chosen = offers.findIndex((o) => same(answer, o.value));
  const isGone = answer !== undefined && chosen < 0;
  return (
    <>
      <Choice
        label={label}
        value={isGone ? "gone" : String(chosen)}
        options={[
          { value: "-1", label: input.optional ? "nothing" : offers.length > 0 ? "choose …" : "there is nothing here" },
          ...(isGone ? [{ value: "gone", label: "what is no longer here" }] : []),
          ...offers.map((o, i) => ({ value: String(i), label: o.label })),
        ]}
        onChange={(value) => onChange(offers[Number(value)]?.value)}
      />
      {input.hint ? <p class="hint">{input.hint}</p> : null}
    </>
  );
}

const targetOf = (answer: BlueprintAnswer | undefined): Target | undefined =>
  typeof answer === "object" && !Array.isArray(answer) ? (answer as Target) : undefined;

function Devices({ question, answer, onChange, label }: QuestionProps & { readonly label: string }) {
  const { input, offers = [] } = question;
  const target = targetOf(answer);
  const kinds = input.kind === "devices" ? input.kinds : undefined;
  const isWide = target !== undefined && target.nodes === undefined;
  const options = offers.flatMap(({ value, label: words }) => {
    const [node] = targetOf(value)?.nodes ?? [];
    return node === undefined ? [] : [{ value: node, label: words }];
  });
  return (
    <div class="bp-devices">
      {kinds || isWide ? (
        <label class="rule-tick">
          <input
            type="checkbox"
            checked={isWide}
            onChange={(e) =>
              onChange(e.currentTarget.checked ? { kinds: [...(kinds ?? [])] } : { nodes: options.map((o) => o.value) })
            }
          />
          <span>{label}: all of the kind, also those that come later</span>
        </label>
      ) : null}
      {isWide ? null : (
        <Ticks
          legend={label}
          options={options.filter((o, i) => options.findIndex((p) => p.value === o.value) === i)}
          chosen={target?.nodes ?? []}
          onChange={(nodes) => onChange(nodes.length === 0 ? undefined : { nodes: [...nodes] })}
        />
      )}
      {input.hint ? <p class="hint">{input.hint}</p> : null}
    </div>
  );
}

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].map((label, i) => ({ value: String(i + 1), label }));

function Days({ label, answer, onChange }: Pick<QuestionProps, "answer" | "onChange"> & { readonly label: string }) {
  return (
    <Ticks
      legend={label}
      options={DAYS}
      chosen={Array.isArray(answer) ? answer.map(String) : []}
      onChange={(days) => onChange(days.length === 0 ? undefined : days.map(Number).sort((a, b) => a - b))}
    />
  );
}
