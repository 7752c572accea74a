import { useState } from "preact/hooks";
import type { ArgView, Value } from "../../hub/http/schemas.ts";
import { entryOf } from "../words/entry.ts";
import { enumWords, switchWords } from "../words/values.ts";
import { Choice, Field } from "./field.tsx";

interface Props {
  readonly label: string;
  /** What the button is called for those who hear the page; begins with the label. */
  readonly says?: string;
  readonly capability: string;
  readonly args: readonly ArgView[];
  /** What the arguments begin with, where it is known. */
  readonly start: Readonly<Record<string, Value>>;
  readonly busy: boolean;
  readonly onSend: (args: Record<string, Value>) => void;
}

/** A command with its arguments; without any it is just a button. */
export function CommandForm({ label, says = label, capability, args, start, busy, onSend }: Props) {
  const [held, setHeld] = useState<Readonly<Record<string, string>>>({});
  if (args.length === 0)
    return (
      <button type="button" class="small" disabled={busy} onClick={() => onSend({})}>
        {label}
      </button>
    );
  const textOf = (arg: ArgView) => {
    const known = start[arg.name];
    return held[arg.name] ?? (known === undefined ? "" : entryOf(arg).shown(known));
  };
  const send = () => {
    const given: Record<string, Value> = {};
    for (const arg of args) {
      const text = textOf(arg);
      if (text !== "" || !arg.optional) given[arg.name] = valueIn(arg, text);
    }
    onSend(given);
    setHeld({});
  };
  return (
    <form
      class="command"
      onSubmit={(e) => {
        e.preventDefault();
        send();
      }}
    >
      {args.map((arg) => (
        <Argument
          key={arg.name}
          arg={arg}
          capability={capability}
          text={textOf(arg)}
          onChange={(text) => setHeld((before) => ({ ...before, [arg.name]: text }))}
        />
      ))}
      <button type="submit" class="small" aria-label={says} disabled={busy}>
        {label}
      </button>
    </form>
  );
}

function valueIn(arg: ArgView, text: string): Value {
  return arg.type === "boolean" ? text === "true" : entryOf(arg).value(text);
}

interface ArgumentProps {
  readonly capability: string;
  readonly arg: ArgView;
  readonly text: string;
  readonly onChange: (text: string) => void;
}

function Argument({ arg, capability, text, onChange }: ArgumentProps) {
  const entry = entryOf(arg);
  const label = `${arg.label}${entry.note}${arg.optional ? ", optional" : ""}`;
  if (arg.type === "enum" || arg.type === "boolean") {
    const said = switchWords(arg.words);
    const options =
      arg.type === "enum"
        ? (arg.values ?? []).map((value) => ({ value, label: enumWords(capability, value) }))
        : [false, true].map((value) => ({ value: String(value), label: said[value ? 1 : 0] }));
    // What is unknown is not shown as the first of the choices, as if it were set.
    const unset = text === "" || !options.some((o) => o.value === text);
    const none = { value: "", label: arg.optional ? "as it is" : "choose …" };
    return (
      <Choice
        label={label}
        value={unset ? "" : text}
        required={!arg.optional}
        options={unset || arg.optional ? [none, ...options] : options}
        onChange={onChange}
      />
    );
  }
  if (arg.type === "number")
    return (
      <Field
        label={label}
        type={entry.input}
        inputmode={entry.input === "number" ? "decimal" : undefined}
        required={!arg.optional}
        min={entry.min}
        max={entry.max}
        step={entry.step}
        value={text}
        onInput={(e) => onChange(e.currentTarget.value)}
      />
    );
  return (
    <Field
      label={label}
      type="text"
      maxLength={255}
      required={!arg.optional}
      value={text}
      onInput={(e) => onChange(e.currentTarget.value)}
    />
  );
}
