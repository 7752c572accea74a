import type { Step } from "../../../../hub/http/schemas.ts";
import { TextField } from "../../../parts/entry-fields.tsx";
import { Choice } from "../../../parts/field.tsx";
import { house, scenes } from "../../../store.ts";
import { homeRules } from "../state.ts";
import { Written } from "./fields.tsx";
import { modeOptions } from "./who.tsx";

type Kind<K extends Step["kind"]> = Extract<Step, { kind: K }>;

interface Props<S extends Step> {
  readonly of: S;
  readonly onChange: (step: Step) => void;
}

const LEVELS = [
  { value: "info", label: "to know" },
  { value: "warn", label: "a warning" },
  { value: "alarm", label: "an alarm" },
] as const;

const DEEDS = [
  { value: "start", label: "start it" },
  { value: "end", label: "end it where it runs" },
  { value: "switchOn", label: "switch it on" },
  { value: "switchOff", label: "switch it off" },
  { value: "toggle", label: "switch it the other way" },
] as const;
const SWITCHING: readonly string[] = ["switchOn", "switchOff", "toggle"];

/** What people read, of a message or a question. */
export const Message = <S extends Kind<"notify" | "ask">>({
  of,
  label,
  onChange,
}: {
  readonly of: S;
  readonly label: string;
  readonly onChange: (step: S) => void;
}) => (
  <>
    <TextField label={label} maxLength={120} value={of.title} onChange={(title) => onChange({ ...of, title })} />
    <TextField
      label="More words"
      maxLength={500}
      value={of.text}
      onChange={(text) => onChange({ ...of, text: text || undefined })}
    />
    <Choice
      label="It is"
      value={of.level ?? "info"}
      options={LEVELS}
      onChange={(v) => onChange({ ...of, level: v === "info" ? undefined : LEVELS.find((l) => l.value === v)?.value })}
    />
    {of.values ? <Written of={of.values} what="The figures below it" /> : null}
  </>
);

/** A scene, a mode or another rule. */
export function Other({ of, onChange }: Props<Kind<"scene" | "mode" | "rule">>) {
  switch (of.kind) {
    case "scene":
      return (
        <Pick
          label="Scene"
          value={of.scene}
          options={(scenes.value ?? []).map((s) => ({ value: s.id, label: s.title }))}
          onChange={(scene) => onChange({ ...of, scene })}
        />
      );
    case "mode":
      return (
        <Pick
          label="To mode"
          value={of.to}
          options={modeOptions(house.value)}
          onChange={(to) => onChange({ ...of, to })}
        />
      );
    case "rule":
      return (
        <>
          <Choice
            label="What"
            value={of.does ?? "start"}
            options={DEEDS}
            onChange={(v) => onChange({ ...of, does: DEEDS.find((d) => d.value === v && v !== "start")?.value })}
          />
          <Pick
            label="Rule"
            value={of.rule}
            options={(homeRules.value ?? [])
              .filter((s) => s.rule.form === "when" || SWITCHING.includes(of.does ?? "start"))
              .map((s) => ({ value: s.rule.id, label: s.rule.title }))}
            onChange={(rule) => onChange({ ...of, rule })}
          />
        </>
      );
  }
}

interface PickProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string) => void;
}

function Pick({ label, value, options, onChange }: PickProps) {
  const own =
    value === "" || options.some((o) => o.value === value) ? [] : [{ value, label: `${value} (not here now)` }];
  return (
    <Choice
      label={label}
      value={value}
      options={[{ value: "", label: "choose …" }, ...options, ...own]}
      onChange={onChange}
    />
  );
}
