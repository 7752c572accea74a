import type { Step } from "../../../../hub/http/schemas.ts";
import { NumberField, TextField } from "../../../parts/entry-fields.tsx";
import { Choice } from "../../../parts/field.tsx";
import { Ask, freshQuestion } from "./ask.tsx";
import { Command } from "./command.tsx";
import { Condition } from "./condition.tsx";
import { Add, moved, Part, Written, withItem } from "./fields.tsx";
import { Flow } from "./flow.tsx";
import { Message, Other } from "./small-steps.tsx";

const KINDS: readonly (readonly [kind: Step["kind"], label: string, fresh: () => Step])[] = [
  ["command", "Ask devices for something", () => ({ kind: "command", target: {}, capability: "", command: "" })],
  ["wait", "Wait", () => ({ kind: "wait", minutes: 5 })],
  [
    "waitUntil",
    "Wait until something is so",
    () => ({
      kind: "waitUntil",
      condition: { kind: "state", target: {}, of: "", op: "=", value: "" },
      atMostMinutes: 30,
    }),
  ],
  ["choose", "Do this or that", () => ({ kind: "choose", options: [{ if: { kind: "all", of: [] }, do: [] }] })],
  ["repeat", "Do it again and again", () => ({ kind: "repeat", times: 3, do: [] })],
  ["notify", "Tell people", () => ({ kind: "notify", title: "" })],
  ["ask", "Ask people, then do", freshQuestion],
  ["scene", "Set a scene", () => ({ kind: "scene", scene: "" })],
  ["mode", "Change the mode of the house", () => ({ kind: "mode", to: "home" })],
  ["rule", "Start, end or switch a rule", () => ({ kind: "rule", rule: "" })],
  ["set", "Set a variable", () => ({ kind: "set", variable: "", to: 0 })],
  ["stop", "End here", () => ({ kind: "stop" })],
];

/** Deeper than this a form says nothing any more; the text can. */
const MAX_DEPTH = 3;
const NESTING: readonly string[] = ["choose", "repeat", "ask"];

export interface StepsProps {
  readonly of: readonly Step[];
  readonly depth: number;
  /** Before the number of a step in its name, e.g. `choice 1, `. */
  readonly path: string;
  readonly onlyCommands?: boolean;
  readonly onChange: (steps: readonly Step[]) => void;
}

/** What a rule does, one after the other. */
export function Steps({ of, depth, path, onlyCommands = false, onChange }: StepsProps) {
  const kinds = onlyCommands
    ? KINDS.slice(0, 1)
    : depth < MAX_DEPTH
      ? KINDS
      : KINDS.filter(([k]) => !NESTING.includes(k));
  return (
    <div class="stack rule-group">
      {of.map((step, i) => {
        const title = `${path ? `${path[0]?.toUpperCase()}${path.slice(1)}step` : "Step"} ${i + 1}`;
        return (
          <Part
            key={`${i} ${step.kind}`}
            title={`${title}: ${(KINDS.find(([k]) => k === step.kind)?.[1] ?? "something else").toLowerCase()}`}
            onRemove={() => onChange(withItem(of, i, undefined))}
            onUp={i > 0 ? () => onChange(moved(of, i, -1)) : undefined}
            onDown={i < of.length - 1 ? () => onChange(moved(of, i, 1)) : undefined}
          >
            <One of={step} depth={depth} title={title} onChange={(next) => onChange(withItem(of, i, next))} />
          </Part>
        );
      })}
      <Add
        label={of.length === 0 ? "Add a step" : onlyCommands ? "And" : "Then"}
        options={kinds.map(([value, label]) => ({ value, label }))}
        onAdd={(kind) => {
          const fresh = kinds.find(([k]) => k === kind)?.[2];
          if (fresh) onChange([...of, fresh()]);
        }}
      />
    </div>
  );
}

export interface StepProps<S extends Step = Step> {
  readonly of: S;
  readonly onChange: (step: Step) => void;
}

function One({ of, depth, title, onChange }: StepProps & { readonly depth: number; readonly title: string }) {
  switch (of.kind) {
    case "command":
      return <Command of={of} onChange={onChange} />;
    case "wait":
      return typeof of.minutes === "object" ? (
        <Written of={of} what="A time that is worked out" />
      ) : (
        <NumberField
          label="Minutes"
          min={0}
          max={1440}
          value={typeof of.minutes === "number" ? of.minutes : undefined}
          onChange={(n) => onChange({ ...of, minutes: n ?? 0 })}
        />
      );
    case "waitUntil":
      return (
        <>
          <Condition
            of={of.condition}
            depth={1}
            title={`${title}, until`}
            onChange={(condition) => onChange({ ...of, condition })}
          />
          <NumberField
            label="At most (minutes)"
            min={0}
            max={1440}
            value={of.atMostMinutes}
            onChange={(n) => onChange({ ...of, atMostMinutes: n ?? 0 })}
          />
          <Choice
            label="If it does not come"
            value={of.otherwise ?? "goOn"}
            options={[
              { value: "goOn", label: "go on" },
              { value: "stop", label: "end here" },
            ]}
            onChange={(v) => onChange({ ...of, otherwise: v === "stop" ? "stop" : undefined })}
          />
        </>
      );
    case "choose":
    case "repeat":
      return <Flow of={of} depth={depth} title={title} onChange={onChange} Steps={Steps} />;
    case "notify":
      return <Message of={of} label="Tell" onChange={onChange} />;
    case "ask":
      return <Ask of={of} depth={depth} title={title} onChange={onChange} Steps={Steps} />;
    case "set":
      return <Variable of={of} onChange={onChange} />;
    case "stop":
      return (
        <TextField
          label="Why, for the record"
          maxLength={200}
          value={of.reason}
          onChange={(reason) => onChange(reason === "" ? { kind: "stop" } : { kind: "stop", reason })}
        />
      );
    case "scene":
    case "mode":
    case "rule":
      return <Other of={of} onChange={onChange} />;
    default:
      return <Written of={of} what="This step" />;
  }
}

function Variable({ of, onChange }: StepProps<Extract<Step, { kind: "set" }>>) {
  return (
    <>
      <TextField
        label="Variable"
        maxLength={40}
        value={of.variable}
        onChange={(variable) => onChange({ ...of, variable })}
      />
      {typeof of.to === "number" ? (
        <NumberField label="To" value={of.to} onChange={(n) => onChange({ ...of, to: n ?? 0 })} />
      ) : (
        <Written of={of.to} what="What it is set to" />
      )}
    </>
  );
}
