import type { Value } from "../../hub/http/schemas.ts";
import { entryOf } from "../words/entry.ts";
import { enumWords, switchWords } from "../words/values.ts";
import { NumberField, TextField } from "./entry-fields.tsx";
import { Choice } from "./field.tsx";

/** What a value may be: of an attribute, or of an argument of a command. */
export interface Shape {
  readonly type: "number" | "boolean" | "enum" | "string";
  readonly unit?: string | undefined;
  readonly unitText?: string | undefined;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly step?: number | undefined;
  readonly values?: readonly string[] | undefined;
  readonly words?: readonly string[] | undefined;
}

interface ValueProps {
  readonly label: string;
  readonly shape: Shape | undefined;
  readonly capability: string;
  readonly value: Value | undefined;
  readonly onChange: (value: Value | undefined) => void;
  /** What no value means; absent where there must be one. */
  readonly none?: string;
}

/** A value by its kind: words to choose from, a number with unit and range, a time, or text. */
export function ValueField({ label, shape, capability, value, onChange, none }: ValueProps) {
  if (shape?.type === "boolean" || shape?.type === "enum") {
    const said = switchWords(shape.words);
    const options =
      shape.type === "enum"
        ? (shape.values ?? []).map((v) => ({ value: v, label: enumWords(capability, v) }))
        : [true, false].map((v) => ({ value: String(v), label: said[v ? 1 : 0] }));
    const text = value === undefined ? "" : String(value);
    const own = text === "" || options.some((o) => o.value === text) ? [] : [{ value: text, label: text }];
    const take = (v: string) => onChange(v === "" ? undefined : shape.type === "boolean" ? v === "true" : v);
    return (
      <Choice
        label={label}
        value={text}
        options={[{ value: "", label: none ?? "choose …" }, ...options, ...own]}
        onChange={take}
      />
    );
  }
  if (shape?.type === "number") {
    const { type, unit, unitText, min, max, step } = shape;
    const bare = {
      type,
      ...(unit ? { unit } : {}),
      ...(unitText ? { unitText } : {}),
      ...(min === undefined ? {} : { min }),
      ...(max === undefined ? {} : { max }),
      ...(step === undefined ? {} : { step }),
    };
    const entry = entryOf(bare);
    if (entry.input === "number" && unit !== "s")
      return (
        <NumberField
          label={`${label}${entry.note}${none ? `, ${none}` : ""}`}
          value={typeof value === "number" ? value : undefined}
          onChange={onChange}
          {...(min === undefined ? {} : { min })}
          {...(max === undefined ? {} : { max })}
        />
      );
    const shown = value === undefined ? "" : entry.shown(value);
    return (
      <EntryField
        label={`${label}${entry.note}${none ? `, ${none}` : ""}`}
        input={entry.input}
        shown={shown}
        onChange={(t) => onChange(t === "" ? undefined : entry.value(t))}
      />
    );
  }
  return (
    <TextField
      label={`${label}${none ? `, ${none}` : ""}`}
      maxLength={255}
      value={value === undefined ? "" : String(value)}
      onChange={(t) => onChange(t === "" ? undefined : t)}
    />
  );
}

interface EntryProps {
  readonly label: string;
  readonly input: string;
  readonly shown: string;
  readonly onChange: (text: string) => void;
}

const EntryField = ({ label, input, shown, onChange }: EntryProps) =>
  input === "number" ? (
    <NumberField
      label={label}
      value={shown === "" ? undefined : Number(shown)}
      onChange={(n) => onChange(n === undefined ? "" : String(n))}
    />
  ) : (
    <TextField label={label} type={input === "time" ? "time" : "text"} value={shown} onChange={onChange} />
  );
