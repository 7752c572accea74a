import { useEffect, useState } from "preact/hooks";
import { Field } from "./field.tsx";

export interface NumberProps {
  readonly label: string;
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number | "any";
  readonly hint?: string;
  readonly required?: boolean;
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
  readonly required?: boolean;
  readonly type?: "text" | "time" | "date";
}

export const TextField = ({ onChange, value = "", type = "text", ...more }: TextProps) => (
  <Field {...more} type={type} value={value} onInput={(e) => onChange(e.currentTarget.value)} />
);
