import type { Target, Condition as Written_ } from "../../../../hub/http/schemas.ts";
import { DayOfYear } from "../../../parts/day-of-year.tsx";
import { NumberField, TextField } from "../../../parts/entry-fields.tsx";
import { Choice } from "../../../parts/field.tsx";
import { type Shape, ValueField } from "../../../parts/value-field.tsx";
import { house } from "../../../store.ts";
import { attributesOf, meantBy, nameOf, reports } from "../../../words/rule-home.ts";
import { Add, Part, StaysFor, Ticks, Weekdays, Written, withItem } from "./fields.tsx";
import { AttributePicker, ruleHome, TargetPicker } from "./pickers.tsx";
import { SunSpan } from "./sun-span.tsx";
import { Entry, modeOptions, Who } from "./who.tsx";

type Rule = Written_;
type Of<K extends Rule["kind"]> = Extract<Rule, { kind: K }>;

/** Deeper than this a form says nothing any more; the text can. */
const MAX_DEPTH = 3;

const nobody: Target = {};

const KINDS: readonly (readonly [kind: Rule["kind"], label: string, fresh: () => Rule])[] = [
  ["state", "What a device reports", () => ({ kind: "state", target: nobody, of: "", op: "=", value: "" })],
  ["between", "The time of day", () => ({ kind: "between", from: "22:00", to: "06:00" })],
  ["sun", "The sun is up or down", () => ({ kind: "sun", is: "down" })],
  ["sunBetween", "The time of day by the sun", () => ({ kind: "sunBetween", from: { event: "sunset" } })],
  ["presence", "Who is home", () => ({ kind: "presence", who: "anyone", home: true })],
  ["mode", "The mode of the house", () => ({ kind: "mode", in: ["home"] })],
  ["priceBelow", "Energy costs less than", () => ({ kind: "priceBelow", perKwh: 0.2 })],
  ["cheapest", "One of the cheapest hours", () => ({ kind: "cheapest", hours: 3, from: "22:00", to: "06:00" })],
  ["surplusAbove", "More power leaves the house than", () => ({ kind: "surplusAbove", watts: 1500 })],
  ["calendar", "A day of the calendar", () => ({ kind: "calendar", entry: "holiday" })],
  ["date", "A part of the year", () => ({ kind: "date", from: "11-01", to: "03-31" })],
  ["trigger", "Which start it was", () => ({ kind: "trigger", id: "" })],
];

const GROUPS: typeof KINDS = [
  ["all", "All of these", () => ({ kind: "all", of: [] })],
  ["any", "Any of these", () => ({ kind: "any", of: [] })],
  ["not", "Not", () => ({ kind: "not", of: { kind: "any", of: [] } })],
];

const nameOfKind = (kind: string): string =>
  [...KINDS, ...GROUPS].find(([k]) => k === kind)?.[1] ?? "Another condition";

interface Props<K extends Rule["kind"] = Rule["kind"]> {
  readonly of: Of<K>;
  readonly onChange: (condition: Rule) => void;
}

interface PlaceProps {
  readonly of: Rule;
  readonly depth: number;
  readonly title: string;
  readonly onChange: (condition: Rule) => void;
  readonly onRemove?: (() => void) | undefined;
}

/** One condition with all that is in it. */
export function Condition({ of, depth, title, onChange, onRemove }: PlaceProps) {
  const kinds = depth < MAX_DEPTH ? [...KINDS, ...GROUPS] : KINDS;
  const known = kinds.some(([k]) => k === of.kind);
  return (
    <Part title={`${title}: ${nameOfKind(of.kind).toLowerCase()}`} onRemove={onRemove}>
      {known ? (
        <Choice
          label="What must be so"
          value={of.kind}
          options={kinds.map(([value, label]) => ({ value, label }))}
          onChange={(kind) => {
            const fresh = kinds.find(([k]) => k === kind)?.[2];
            if (fresh) onChange(turned(of, fresh()));
          }}
        />
      ) : null}
      <Fields of={of} depth={depth} title={title} onChange={onChange} />
    </Part>
  );
}

/** All, any and not keep what was in them when one becomes the other; any other condition goes into a new group. */
function turned(before: Rule, fresh: Rule): Rule {
  const held =
    before.kind === "all" || before.kind === "any" ? before.of : before.kind === "not" ? [before.of] : [before];
  if (fresh.kind === "all" || fresh.kind === "any") return { ...fresh, of: held };
  if (fresh.kind === "not") return { kind: "not", of: before };
  return fresh;
}

function Fields({ of, depth, title, onChange }: PlaceProps) {
  switch (of.kind) {
    case "all":
    case "any":
      return <Group of={of} depth={depth} title={title} onChange={onChange} />;
    case "not":
      return (
        <Condition
          of={of.of}
          depth={depth + 1}
          title={`${title}, not`}
          onChange={(c) => onChange({ kind: "not", of: c })}
        />
      );
    case "state":
      return <State of={of} onChange={onChange} />;
    case "between":
    case "date":
    case "cheapest":
      return <Span of={of} onChange={onChange} />;
    case "priceBelow":
      return (
        <NumberField label="Less than, a kWh" value={of.perKwh} onChange={(n) => onChange({ ...of, perKwh: n ?? 0 })} />
      );
    case "surplusAbove":
      return (
        <NumberField label="More than (W)" value={of.watts} onChange={(n) => onChange({ ...of, watts: n ?? 0 })} />
      );
    case "mode":
      return (
        <Ticks
          legend="In one of these modes"
          options={modeOptions(house.value)}
          chosen={of.in}
          onChange={(modes) => onChange({ ...of, in: modes })}
        />
      );
    case "presence":
      return <Presence of={of} onChange={onChange} />;
    case "sun":
      return (
        <Choice
          label="The sun is"
          value={of.is}
          options={[
            { value: "down", label: "down" },
            { value: "up", label: "up" },
          ]}
          onChange={(v) => onChange({ kind: "sun", is: v === "up" ? "up" : "down" })}
        />
      );
    case "sunBetween":
      return <SunSpan of={of} onChange={onChange} />;
    case "calendar":
      return <Entry value={of.entry} onChange={(entry) => onChange({ ...of, entry })} />;
    case "trigger":
      return (
        <TextField
          label="It was started by the start named"
          maxLength={40}
          value={of.id}
          onChange={(id) => onChange({ ...of, id })}
        />
      );
    default:
      return <Written of={of} what={of.kind === "formula" ? "A formula" : "This condition"} />;
  }
}

function Group({ of, depth, title, onChange }: PlaceProps & { readonly of: Of<"all" | "any"> }) {
  const kinds = depth + 1 < MAX_DEPTH ? [...KINDS, ...GROUPS] : KINDS;
  return (
    <div class="stack rule-group">
      {of.of.map((c, i) => (
        <Condition
          key={`${i} ${c.kind}`}
          of={c}
          depth={depth + 1}
          title={`${title} ${i + 1}`}
          onChange={(next) => onChange({ ...of, of: withItem(of.of, i, next) })}
          onRemove={() => onChange({ ...of, of: withItem(of.of, i, undefined) })}
        />
      ))}
      <Add
        label={of.of.length === 0 ? "Add a condition" : of.kind === "all" ? "And" : "Or"}
        options={kinds.map(([value, label]) => ({ value, label }))}
        onAdd={(kind) => {
          const fresh = kinds.find(([k]) => k === kind)?.[2];
          if (fresh) onChange({ ...of, of: [...of.of, fresh()] });
        }}
      />
    </div>
  );
}

const OPS = [
  { value: "=", label: "is" },
  { value: "!=", label: "is not" },
  { value: "<", label: "is below" },
  { value: "<=", label: "is at most" },
  { value: ">", label: "is above" },
  { value: ">=", label: "is at least" },
] as const;

function State({ of, onChange }: Props<"state">) {
  const all = attributesOf(meantBy(of.target, ruleHome()), "any");
  const shape = all.find((a) => nameOf(a) === of.of);
  const take = (name: string) => {
    const next = all.find((a) => nameOf(a) === name);
    onChange({ ...of, of: name, op: next?.type === "number" ? "<" : "=", value: "" });
  };
  return (
    <>
      <TargetPicker target={of.target} can={reports("any")} onChange={(target) => onChange({ ...of, target })} />
      <AttributePicker target={of.target} of={of.of} sort="any" onChange={take} />
      {of.of ? <Comparison of={of} shape={shape} onChange={onChange} /> : null}
    </>
  );
}

function Comparison({ of, shape, onChange }: Props<"state"> & { readonly shape: Shape | undefined }) {
  const ops = shape && shape.type !== "number" ? OPS.slice(0, 2) : OPS;
  return (
    <>
      <div class="rule-line">
        <Choice
          label="Is"
          value={of.op}
          options={ops}
          onChange={(v) => onChange({ ...of, op: OPS.find((o) => o.value === v)?.value ?? "=" })}
        />
        <ValueField
          label="Value"
          shape={shape}
          capability={of.of.split(".")[0] ?? ""}
          value={of.value === "" ? undefined : of.value}
          onChange={(value) => onChange({ ...of, value: value ?? "" })}
        />
      </div>
      <Choice
        label="Of several devices"
        value={of.every ? "every" : "any"}
        options={[
          { value: "any", label: "it is enough if one is so" },
          { value: "every", label: "all must be so" },
        ]}
        onChange={(v) => onChange({ ...of, every: v === "every" ? true : undefined })}
      />
      <StaysFor value={of.forMinutes} onChange={(forMinutes) => onChange({ ...of, forMinutes })} />
    </>
  );
}

function Span({ of, onChange }: Props<"between" | "date" | "cheapest">) {
  const ends = (["from", "to"] as const).map((end) => {
    const props = { label: end === "from" ? "From" : "To", value: of[end] };
    const set = (text: string | undefined) => onChange({ ...of, [end]: text ?? "" });
    return of.kind === "date" ? (
      <DayOfYear key={end} {...props} onChange={set} />
    ) : (
      <TextField key={end} {...props} type="time" onChange={set} />
    );
  });
  return (
    <>
      {of.kind === "cheapest" ? (
        <NumberField
          label="How many hours"
          min={0}
          max={24}
          value={of.hours}
          onChange={(n) => onChange({ ...of, hours: n ?? 0 })}
        />
      ) : null}
      <div class="rule-line">{ends}</div>
      {of.kind === "between" ? (
        <Weekdays value={of.weekdays} onChange={(weekdays) => onChange({ ...of, weekdays })} />
      ) : null}
    </>
  );
}

const Presence = ({ of, onChange }: Props<"presence">) => (
  <div class="rule-line">
    <Who value={of.who} onChange={(who) => onChange({ ...of, who })} />
    <Choice
      label="Is"
      value={of.home ? "home" : "away"}
      options={[
        { value: "home", label: "home" },
        { value: "away", label: "not home" },
      ]}
      onChange={(v) => onChange({ ...of, home: v === "home" })}
    />
  </div>
);
