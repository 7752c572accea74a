import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Choice, Field } from "../../../parts/field.tsx";

interface NumberProps {
  readonly label: string;
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number | "any";
  readonly hint?: string;
}

/** A number; empty is undefined. Holds what is typed, so that half a number is not taken away. */
export function NumberField({ label, value, onChange, step = "any", ...more }: NumberProps) {
  const [text, setText] = useState(value === undefined ? "" : String(value));
  useEffect(() => {
    if (numberOf(text) !== value) setText(value === undefined ? "" : String(value));
  }, [value]);
  return (
    <Field
      label={label}
      type="number"
      inputmode="decimal"
      step={step}
      {...more}
      value={text}
      onInput={(e) => {
        setText(e.currentTarget.value);
        onChange(numberOf(e.currentTarget.value));
      }}
    />
  );
}

const numberOf = (text: string): number | undefined =>
  text.trim() === "" || Number.isNaN(Number(text)) ? undefined : Number(text);

interface TextProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (value: string) => void;
  readonly maxLength?: number;
  readonly hint?: string;
  readonly type?: "text" | "time" | "date";
}

export const TextField = ({ onChange, value = "", type = "text", ...more }: TextProps) => (
  <Field {...more} type={type} value={value} onInput={(e) => onChange(e.currentTarget.value)} />
);

export const StaysFor = ({ value, onChange }: Pick<NumberProps, "value" | "onChange">) => (
  <NumberField
    label="Once it has stayed so for (minutes)"
    hint="empty: at once"
    min={0}
    max={1440}
    value={value}
    onChange={onChange}
  />
);

interface TicksProps {
  readonly legend: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

/** Any of several; what is chosen and not offered any more stays, and says so. */
export function Ticks({ legend, options, chosen, onChange }: TicksProps) {
  const gone = chosen
    .filter((c) => !options.some((o) => o.value === c))
    .map((value) => ({ value, label: `${value} (not here now)` }));
  return (
    <fieldset class="rule-ticks">
      <legend>{legend}</legend>
      {[...options, ...gone].map(({ value, label }) => (
        <label key={value}>
          <input
            type="checkbox"
            checked={chosen.includes(value)}
            onChange={(e) => onChange(e.currentTarget.checked ? [...chosen, value] : chosen.filter((c) => c !== value))}
          />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].map((label, i) => ({ value: String(i + 1), label }));

interface DaysProps {
  readonly value: readonly number[] | undefined;
  readonly onChange: (days: readonly number[] | undefined) => void;
}

/** Days of the week; none or all means every day, and nothing is written. */
export function Weekdays({ value, onChange }: DaysProps) {
  const take = (chosen: readonly string[]) => {
    const days = chosen.map(Number).sort((a, b) => a - b);
    onChange(days.length === 0 || days.length === 7 ? undefined : days);
  };
  return (
    <Ticks
      legend="Only on these days (none: every day)"
      options={DAYS}
      chosen={(value ?? []).map(String)}
      onChange={take}
    />
  );
}

interface AddProps {
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onAdd: (kind: string) => void;
}

/** A select that adds what is chosen, and goes back to its question. */
export const Add = ({ label, options, onAdd }: AddProps) => (
  <div class="rule-add">
    <Choice
      label={label}
      hideLabel
      value=""
      options={[{ value: "", label: `${label} …` }, ...options]}
      onChange={(kind) => kind && onAdd(kind)}
    />
  </div>
);

interface PartProps {
  readonly title: string;
  readonly children: ComponentChildren;
  readonly onRemove?: (() => void) | undefined;
  readonly onUp?: (() => void) | undefined;
  readonly onDown?: (() => void) | undefined;
}

/** One trigger, condition or step, with what can be done with it as a whole. */
export function Part({ title, children, onRemove, onUp, onDown }: PartProps) {
  return (
    <fieldset class="rule-part">
      <legend class="heard">{title}</legend>
      <div class="row spread rule-part-head">
        <strong aria-hidden="true">{title}</strong>
        <span class="row">
          {onUp ? (
            <button
              type="button"
              class="plain"
              aria-label={`${title}: earlier`}
              onClick={(e) => followed(e.currentTarget, onUp, -1)}
            >
              ↑
            </button>
          ) : null}
          {onDown ? (
            <button
              type="button"
              class="plain"
              aria-label={`${title}: later`}
              onClick={(e) => followed(e.currentTarget, onDown, 1)}
            >
              ↓
            </button>
          ) : null}
          {onRemove ? (
            <button
              type="button"
              class="plain"
              aria-label={`Leave out: ${title}`}
              onClick={(e) => followed(e.currentTarget, onRemove, 0)}
            >
              Leave out
            </button>
          ) : null}
        </span>
      </div>
      {children}
    </fieldset>
  );
}

/** The button that was pressed goes with its part: the focus follows to where the part is now, or to what adds another. */
function followed(button: HTMLElement, deed: () => void, by: -1 | 0 | 1): void {
  const part = button.closest(".rule-part");
  const list = part?.parentElement;
  const parts = () => [...(list?.querySelectorAll(":scope > .rule-part") ?? [])];
  const at = part ? parts().indexOf(part) : 0;
  deed();
  setTimeout(() => {
    const there =
      by === 0
        ? list?.querySelector<HTMLElement>(":scope > .rule-add select")
        : parts()[at + by]?.querySelector<HTMLElement>(".rule-part-head button");
    there?.focus();
  });
}

/** What the form has no fields for: shown as it is written, and kept. */
export const Written = ({ of, what }: { readonly of: unknown; readonly what: string }) => (
  <div class="rule-written">
    <p class="small-text quiet">{what} can be changed under “As text”. It stays as it is:</p>
    <code>{JSON.stringify(of)}</code>
  </div>
);

/** A list with one item put in another's place; `undefined` leaves it out. */
export const withItem = <T,>(list: readonly T[], at: number, item: T | undefined): readonly T[] =>
  list.flatMap((held, i) => (i !== at ? [held] : item === undefined ? [] : [item]));

/** A list with the item at a place moved one on or back. */
export function moved<T>(list: readonly T[], at: number, by: 1 | -1): readonly T[] {
  const next = [...list];
  const [item] = next.splice(at, 1);
  if (item !== undefined) next.splice(at + by, 0, item);
  return next;
}
