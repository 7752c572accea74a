import type { Goal, GoalChoices } from "../../../hub/http/schemas.ts";
import { NumberField, TextField } from "../../parts/entry-fields.tsx";
import { Choice } from "../../parts/field.tsx";
import { GOAL_FORMS, type GoalField, strengthOf } from "../../words/goal-fields.ts";
import { Part, Weekdays } from "../rules/guided/fields.tsx";

interface Props {
  readonly goal: Goal;
  /** Place in the list, from 1, and the goal in words. */
  readonly place: number;
  readonly words: string;
  readonly choices: GoalChoices;
  /** What was taken for granted, and what is wrong with it, in words. */
  readonly assumed: readonly { readonly field: string; readonly words: string }[];
  readonly problems: readonly string[];
  readonly onChange: (goal: Goal, field: string) => void;
  readonly onRemove: () => void;
  readonly onUp: (() => void) | undefined;
  readonly onDown: (() => void) | undefined;
}

const told = (goal: Goal, field: string): unknown =>
  Object.hasOwn(goal, field) ? Reflect.get(goal, field) : undefined;

/** The goal with one field changed; an empty one is left out. The hub checks what comes of it. */
function changed(goal: Goal, field: string, value: unknown): Goal {
  const { [field]: _, ...rest } = goal as Goal & Readonly<Record<string, unknown>>;
  return (value === undefined || value === "" ? rest : { ...rest, [field]: value }) as Goal;
}

/** What is asked for otherwise when another field changed begins anew. */
function withUsual(goal: Goal, field: string, choices: GoalChoices): Goal {
  if (field !== "what") return goal;
  if (goal.kind === "readyBy")
    return { ...goal, target: { stateOfCharge: 80, range: 150, energy: 20, waterTemperature: 48 }[goal.what] };
  if (goal.kind !== "keepWithin") return goal;
  const fitting = goal.what === "waterTemperature" ? ["tank"] : ["car", "battery"];
  return { ...goal, node: choices.things.find((t) => fitting.includes(t.kind))?.node ?? goal.node };
}

const text = (value: unknown): string => (typeof value === "string" ? value : "");

function FieldOf({
  spec,
  value,
  choices,
  onChange,
}: {
  readonly spec: GoalField;
  readonly value: unknown;
  readonly choices: GoalChoices;
  readonly onChange: (value: unknown) => void;
}) {
  const { label } = spec;
  switch (spec.type) {
    case "number":
      return (
        <NumberField
          {...{ label, min: spec.min, max: spec.max, onChange }}
          value={typeof value === "number" ? value : undefined}
        />
      );
    case "time":
      return <TextField type="time" {...{ label, onChange }} value={text(value)} />;
    case "choice":
      return <Choice {...{ label, onChange }} value={text(value)} options={spec.options} />;
    case "thing": {
      const things = choices.things
        .filter((t) => spec.of.includes(t.kind))
        .map((t) => ({ value: t.node, label: t.name }));
      return <Choice {...{ label, onChange }} value={text(value)} options={offered(things, spec.any, text(value))} />;
    }
    case "room": {
      const rooms = choices.rooms
        .filter((r) => r.heated || !spec.heated)
        .map((r) => ({ value: r.name, label: r.name }));
      return <Choice {...{ label, onChange }} value={text(value)} options={offered(rooms, spec.any, text(value))} />;
    }
  }
}

type Option = { readonly value: string; readonly label: string };

/** With the word for all where that can be meant, and with what is chosen and is not here. */
function offered(options: readonly Option[], any: string | undefined, value: string): readonly Option[] {
  const known = options.some((o) => o.value === value) || (value === "" && any !== undefined);
  return [
    ...(any === undefined ? [] : [{ value: "", label: any }]),
    ...(known ? [] : [{ value, label: value === "" ? "this home has none" : `${value} (not here)` }]),
    ...options,
  ];
}

const FIRM = [
  { value: "must", label: "must be kept" },
  { value: "ifPossible", label: "as far as possible" },
];
const WHO = [
  { value: "", label: "always" },
  { value: "home", label: "while somebody is home" },
  { value: "away", label: "while nobody is home" },
];

const DATES = [
  { field: "firstDay", label: "First day" },
  { field: "lastDay", label: "Last day" },
] as const;

/** When it holds: folded while nobody said anything of it. */
function When({
  goal,
  set,
  hours,
}: {
  readonly goal: Goal;
  readonly set: (field: string, value: unknown) => void;
  readonly hours: boolean;
}) {
  const days = told(goal, "days");
  const said = ["days", "presence", "firstDay", "lastDay", ...(hours ? ["from", "to"] : [])].some(
    (field) => told(goal, field) !== undefined,
  );
  return (
    <details class="fold" open={said}>
      <summary>When it holds{said ? "" : ": always"}</summary>
      <div class="rule-line">
        {hours ? (
          <>
            <TextField type="time" label="From" value={text(told(goal, "from"))} onChange={(v) => set("from", v)} />
            <TextField type="time" label="To" value={text(told(goal, "to"))} onChange={(v) => set("to", v)} />
          </>
        ) : null}
        <Choice
          label="Who is home"
          value={text(told(goal, "presence"))}
          options={WHO}
          onChange={(v) => set("presence", v)}
        />
        {DATES.map(({ field, label }) => (
          <TextField
            key={field}
            type="date"
            label={label}
            hint="empty: always"
            value={text(told(goal, field))}
            onChange={(v) => set(field, v)}
          />
        ))}
      </div>
      <Weekdays value={Array.isArray(days) ? days.map(Number) : undefined} onChange={(v) => set("days", v)} />
    </details>
  );
}

/** One goal as it was read, each field open to change. */
export function GoalCard({ goal, place, words, choices, assumed, problems, onChange, onRemove, onUp, onDown }: Props) {
  const form = GOAL_FORMS[goal.kind];
  const set = (field: string, value: unknown) =>
    onChange(withUsual(changed(goal, field, value), field, choices), field);
  return (
    <Part title={`${place}. ${words}`} {...{ onRemove, onUp, onDown }}>
      {assumed.map((a) => (
        <p class="assumed" key={a.field}>
          {a.words.startsWith('"') ? a.words : `Taken for granted: ${a.words}`}
        </p>
      ))}
      <div class="rule-line">
        {Object.entries(form.fields(goal)).map(([field, spec]) => (
          <FieldOf
            key={field}
            {...{ spec, choices }}
            value={told(goal, field)}
            onChange={(value) => set(field, value)}
          />
        ))}
        <Choice label="How firmly" value={strengthOf(goal)} options={FIRM} onChange={(v) => set("strength", v)} />
      </div>
      {form.days ? <When {...{ goal, set }} hours={form.hours} /> : null}
      {problems.map((problem) => (
        <p class="problem" role="alert" key={problem}>
          {problem}
        </p>
      ))}
    </Part>
  );
}
