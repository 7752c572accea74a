import { useId, useState } from "preact/hooks";
import type { HouseWord, MappedValue, ValuePreview } from "../../../hub/http/schemas.ts";
import { Choice, Field } from "../../parts/field.tsx";
import { number } from "../../words/format.ts";
import { enumWords } from "../../words/values.ts";
import { meaning, ofKind, type Row, suggestedSet, wordLines, wordsOf } from "./mapping-draft.ts";
import { ScaleField } from "./mapping-scale.tsx";

interface Props {
  readonly row: Row;
  readonly words: readonly HouseWord[];
  readonly preview: ValuePreview | undefined;
  /** What is wrong, by field of the value: `unit`, `set.topic`. */
  readonly problems: Readonly<Record<string, string>>;
  readonly onChange: (row: Row) => void;
}

const KINDS = [
  { value: "number", label: "a number" },
  { value: "boolean", label: "yes or no" },
  { value: "enum", label: "one of some words" },
  { value: "text", label: "text" },
] as const;

/** One value of a message: taken or not, what it means, and how the last message reads with that. */
export function MappingRow({ row, words, preview, problems, onChange }: Props) {
  const { value, sample, take } = row;
  const word = words.find((w) => w.means === value.means);
  const set = (change: Partial<MappedValue>) => onChange({ ...row, value: { ...value, ...change } });
  const name = value.field ?? "the whole message";
  const other = problems.topic ?? problems.field ?? problems.kind ?? problems.step;
  return (
    <li class="mapped stack">
      <div class="row spread">
        <label class="row">
          <input
            type="checkbox"
            checked={take}
            onChange={(e) => onChange({ ...row, take: e.currentTarget.checked })}
            aria-label={`Take ${name}`}
          />
          <code>{name}</code>
          <span class="quiet small-text mapped-sample">{sample}</span>
        </label>
        {take ? <Shown preview={preview} means={value.means} /> : null}
      </div>
      {take ? (
        <>
          {other ? <p class="problem">{other}</p> : null}
          <div class="two">
            <Meaning
              name={name}
              words={words}
              value={value.means ?? ""}
              problem={problems.means ?? problems.endpoint}
              onChange={(means) =>
                onChange({
                  ...row,
                  value: meaning(
                    value,
                    words.find((w) => w.means === means),
                  ),
                })
              }
            />
            {word ? null : (
              <>
                <Field
                  label="Shown as"
                  maxLength={80}
                  value={value.label ?? ""}
                  placeholder={preview?.label ?? ""}
                  problem={problems.label ?? problems.name}
                  onInput={(e) => set({ label: e.currentTarget.value || undefined })}
                />
                <Choice
                  label="It is"
                  value={value.kind}
                  options={KINDS}
                  onChange={(kind) => onChange({ ...row, value: ofKind(value, kind as MappedValue["kind"]) })}
                />
              </>
            )}
            <Form value={value} word={word} problems={problems} set={set} />
          </div>
          {!word || word.settable ? <Setting value={value} problems={problems} set={set} /> : null}
        </>
      ) : null}
    </li>
  );
}

function Shown({ preview, means }: { readonly preview: ValuePreview | undefined; readonly means: string | undefined }) {
  if (!preview) return null;
  if (preview.problem) return <span class="mapped-preview wanted-bad">{preview.problem}</span>;
  return (
    <strong class="mapped-preview">
      {preview.label} {inWords(preview, means)}
    </strong>
  );
}

function inWords({ value, unitText }: ValuePreview, means: string | undefined): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return `${number(value, 3)}${unitText === "°" ? "°" : ` ${unitText}`}`.trimEnd();
  return value === undefined ? "" : means ? enumWords(means.split(".")[0] ?? "", value) : value;
}

interface MeaningProps {
  readonly name: string;
  readonly words: readonly HouseWord[];
  readonly value: string;
  readonly problem: string | undefined;
  readonly onChange: (means: string) => void;
}

function Meaning({ name, words, value, problem, onChange }: MeaningProps) {
  const id = useId();
  const groups = [...new Set(words.map((w) => w.group))];
  return (
    <div class="field">
      <label for={id}>
        It means <span class="heard">({name})</span>
      </label>
      <select id={id} value={value} onChange={(e) => onChange(e.currentTarget.value)}>
        <option value="">just show it</option>
        {groups.map((group) => (
          <optgroup key={group} label={group}>
            {words
              .filter((w) => w.group === group)
              .map((w) => (
                <option key={w.means} value={w.means}>
                  {w.label === group ? w.label : `${group}: ${w.label}`}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
      {problem ? <p class="problem">{problem}</p> : null}
    </div>
  );
}

interface FormProps {
  readonly value: MappedValue;
  readonly word?: HouseWord | undefined;
  readonly problems: Readonly<Record<string, string>>;
  readonly set: (change: Partial<MappedValue>) => void;
}

/** What its form needs besides: unit and factor, or the device's words. */
function Form({ value, word, problems, set }: FormProps) {
  switch (value.kind) {
    case "number":
      return <NumberForm value={value} word={word} problems={problems} set={set} />;
    case "boolean":
      return (
        <>
          <Field
            label="Its word for yes"
            maxLength={100}
            value={value.on ?? "true"}
            problem={problems.on}
            onInput={(e) => set({ on: e.currentTarget.value || undefined })}
          />
          <Field
            label="Its word for no"
            maxLength={100}
            value={value.off ?? "false"}
            problem={problems.off}
            onInput={(e) => set({ off: e.currentTarget.value || undefined })}
          />
        </>
      );
    case "enum":
      return <WordForm value={value} word={word} problems={problems} set={set} />;
    case "text":
      return null;
  }
}

function NumberForm({ value, word, problems, set }: FormProps) {
  const options = [...new Set([...(word?.units ?? []), ...(value.unit ? [value.unit] : [])])];
  return (
    <>
      {word ? (
        <Choice
          label="The device writes it in"
          value={value.unit ?? ""}
          options={options.map((u) => ({
            value: u,
            label: u === "1" ? "a bare number" : u === "ratio" ? "0 to 1" : u,
          }))}
          onChange={(unit) => set({ unit: unit || undefined })}
        />
      ) : (
        <Field
          label="Unit"
          maxLength={32}
          hint="as the device writes it; may be empty"
          value={value.unit ?? ""}
          problem={problems.unit}
          onInput={(e) => set({ unit: e.currentTarget.value.trim() || undefined })}
        />
      )}
      <ScaleField
        value={value.scale}
        problem={problems.scale ?? (word ? problems.unit : undefined) ?? problems.min ?? problems.max}
        onChange={(scale) => set({ scale })}
      />
    </>
  );
}

function WordForm({ value, word, problems, set }: FormProps) {
  const id = useId();
  const [text, setText] = useState(word ? wordLines(value.words) : (value.values ?? []).join(", "));
  const wrong = Object.entries(problems).find(([field]) => /^(words|values)/.test(field))?.[1];
  return (
    <div class="field">
      <label for={id}>{word ? "What its words mean" : "Its words, with commas"}</label>
      <textarea
        id={id}
        rows={word ? 4 : 1}
        spellcheck={false}
        value={text}
        onInput={(e) => {
          const now = e.currentTarget.value;
          setText(now);
          const own = now.split(",").flatMap((w) => w.trim() || []);
          set(word ? { words: wordsOf(now), values: undefined } : { values: own, words: undefined });
        }}
      />
      {word ? (
        <p class="hint">
          One on each line, such as C = {word.words.at(-1)}. The house knows {word.words.join(", ")}.
        </p>
      ) : null}
      {wrong ? <p class="problem">{wrong}</p> : null}
    </div>
  );
}

function Setting({ value, problems, set }: FormProps) {
  const wrong = problems.set;
  return (
    <>
      <label class="row">
        <input
          type="checkbox"
          checked={value.set !== undefined}
          onChange={(e) => set({ set: e.currentTarget.checked ? suggestedSet(value) : undefined })}
        />
        It can be set
      </label>
      {value.set ? (
        <div class="two">
          <Field
            label="By a message on"
            maxLength={300}
            spellcheck={false}
            value={value.set.topic}
            problem={problems["set.topic"] ?? wrong}
            onInput={(e) => value.set && set({ set: { ...value.set, topic: e.currentTarget.value } })}
          />
          <Field
            label="The message"
            maxLength={2000}
            spellcheck={false}
            hint={"{value} stands for what is to be set"}
            value={value.set.payload}
            problem={problems["set.payload"]}
            onInput={(e) => value.set && set({ set: { ...value.set, payload: e.currentTarget.value } })}
          />
        </div>
      ) : null}
    </>
  );
}
