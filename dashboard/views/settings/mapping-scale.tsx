import { useState } from "preact/hooks";
import { Field } from "../../parts/field.tsx";

/** Undefined for what is no number yet, such as "-", and for 1. */
const factorOf = (text: string): number | undefined => {
  const n = Number(text.replace(",", "."));
  return text.trim() && Number.isFinite(n) && n !== 1 ? n : undefined;
};

interface ScaleProps {
  readonly value: number | undefined;
  readonly problem: string | undefined;
  readonly onChange: (scale: number | undefined) => void;
}

/** What a number is multiplied by. Keeps what is typed as it is typed: an answer of the hub that comes meanwhile draws the form anew. */
export function ScaleField({ value = 1, problem, onChange }: ScaleProps) {
  const [text, setText] = useState(String(value));
  return (
    <Field
      label="Times"
      inputMode="decimal"
      hint="0.1 for tenths; -1 where the sign is the other way round"
      value={text}
      problem={problem}
      onInput={(e) => {
        setText(e.currentTarget.value);
        onChange(factorOf(e.currentTarget.value));
      }}
    />
  );
}
