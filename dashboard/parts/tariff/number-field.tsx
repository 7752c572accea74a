import { useState } from "preact/hooks";
import { Field } from "../field.tsx";

interface Props {
  readonly label: string;
  readonly value: number | undefined;
  readonly onChange: (value: number | undefined) => void;
  readonly required?: boolean;
  readonly hint?: string;
}

/** A number that stays text while it is typed: half a number is no number yet. */
export function NumberField({ label, value, onChange, required = true, hint }: Props) {
  const [text, setText] = useState(value === undefined ? "" : String(value));
  return (
    <Field
      label={label}
      hint={hint}
      type="number"
      step="any"
      required={required}
      value={text}
      onInput={(e) => {
        const typed = e.currentTarget.value;
        setText(typed);
        if (typed === "") onChange(required ? (value ?? 0) : undefined);
        else if (Number.isFinite(Number(typed))) onChange(Number(typed));
      }}
    />
  );
}
