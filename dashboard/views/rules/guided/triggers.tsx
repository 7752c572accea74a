import type { Target, Trigger } from "../../../../hub/http/schemas.ts";
import { NumberField, TextField } from "../../../parts/entry-fields.tsx";
import { Choice } from "../../../parts/field.tsx";
import { ValueField } from "../../../parts/value-field.tsx";
import { house } from "../../../store.ts";
import { attributesOf, meantBy, nameOf, reports } from "../../../words/rule-home.ts";
import { Condition } from "./condition.tsx";
import { Add, moved, Part, StaysFor, Ticks, Written, withItem } from "./fields.tsx";
import { AttributePicker, ruleHome, TargetPicker } from "./pickers.tsx";
import { TimeTrigger } from "./times.tsx";
import { modeOptions, Who } from "./who.tsx";

type Of<K extends Trigger["kind"]> = Extract<Trigger, { kind: K }>;

const nobody: Target = {};

/** Each kind: what it is called and what it begins with. */
const KINDS: readonly (readonly [kind: Trigger["kind"], label: string, fresh: () => Trigger])[] = [
  ["becomes", "A device changes", () => ({ kind: "becomes", target: nobody, of: "" })],
  ["crosses", "A figure goes over or under", () => ({ kind: "crosses", target: nobody, of: "" })],
  ["event", "A button is pressed", () => ({ kind: "event", target: nobody, of: "", is: "" })],
  ["time", "At a time of day", () => ({ kind: "time", at: "07:00" })],
  ["every", "Again and again", () => ({ kind: "every", minutes: 30 })],
  ["cron", "At times in the form of cron", () => ({ kind: "cron", expression: "0 7 * * *" })],
  ["sun", "Sunrise or sunset", () => ({ kind: "sun", event: "sunset" })],
  ["calendar", "A day of the calendar", () => ({ kind: "calendar", entry: "holiday", edge: "begins" })],
  ["presence", "Somebody comes or leaves", () => ({ kind: "presence", who: "anyone", does: "comes" })],
  ["mode", "The house changes its mode", () => ({ kind: "mode", to: ["away"] })],
  [
    "holds",
    "A condition comes true (price, surplus, …)",
    () => ({ kind: "holds", condition: { kind: "surplusAbove", watts: 1500 } }),
  ],
  ["started", "The hub has started", () => ({ kind: "started" })],
];

interface Props {
  readonly of: readonly Trigger[];
  readonly onChange: (triggers: readonly Trigger[]) => void;
}

/** What starts a rule: any of these. */
export function Triggers({ of, onChange }: Props) {
  return (
    <>
      {of.length === 0 ? (
        <p class="quiet">Nothing starts it by itself yet: only you by hand, or another rule.</p>
      ) : null}
      {of.map((trigger, i) => {
        const label = KINDS.find(([kind]) => kind === trigger.kind)?.[1] ?? "Another start";
        return (
          <Part
            key={`${i} ${trigger.kind}`}
            title={`Start ${i + 1}: ${label}`}
            onRemove={() => onChange(withItem(of, i, undefined))}
            onUp={i > 0 ? () => onChange(moved(of, i, -1)) : undefined}
            onDown={i < of.length - 1 ? () => onChange(moved(of, i, 1)) : undefined}
          >
            <One of={trigger} onChange={(next) => onChange(withItem(of, i, next))} />
            {of.length > 1 || trigger.id ? (
              <TextField
                label="Its name"
                hint="empty: none; with one, the condition “Which start it was” can ask for it"
                maxLength={40}
                value={trigger.id}
                onChange={(id) => onChange(withItem(of, i, { ...trigger, id: id || undefined }))}
              />
            ) : null}
          </Part>
        );
      })}
      <Add
        label={of.length > 0 ? "Or when" : "Add what starts it"}
        options={KINDS.map(([value, text]) => ({ value, label: text }))}
        onAdd={(kind) => {
          const fresh = KINDS.find(([k]) => k === kind)?.[2];
          if (fresh) onChange([...of, fresh()]);
        }}
      />
    </>
  );
}

function One({ of, onChange }: { readonly of: Trigger; readonly onChange: (t: Trigger) => void }) {
  switch (of.kind) {
    case "becomes":
      return <Becomes of={of} onChange={onChange} />;
    case "crosses":
      return <Crosses of={of} onChange={onChange} />;
    case "event":
      return <Press of={of} onChange={onChange} />;
    case "presence":
      return (
        <div class="rule-line">
          <Who value={of.who} onChange={(who) => onChange({ ...of, who })} />
          <Choice
            label="Does"
            value={of.does}
            options={[
              { value: "comes", label: "comes home" },
              { value: "leaves", label: "leaves" },
            ]}
            onChange={(v) => onChange({ ...of, does: v === "leaves" ? "leaves" : "comes" })}
          />
        </div>
      );
    case "mode":
      return (
        <Ticks
          legend="To mode"
          options={modeOptions(house.value)}
          chosen={of.to}
          onChange={(to) => onChange({ ...of, to })}
        />
      );
    case "holds":
      return (
        <>
          <Condition
            of={of.condition}
            depth={1}
            title="The condition"
            onChange={(condition) => onChange({ ...of, condition })}
          />
          <StaysFor value={of.forMinutes} onChange={(forMinutes) => onChange({ ...of, forMinutes })} />
        </>
      );
    case "started":
      return <p class="hint">One minute after its start, when the devices have had time to speak.</p>;
    case "time":
    case "every":
    case "cron":
    case "sun":
    case "calendar":
      return <TimeTrigger of={of} onChange={onChange} />;
    default:
      return <Written of={of} what="This" />;
  }
}

/** Another device may not have what was looked at: then it is asked anew. */
function keepsOf(target: Target, of: string, sort: "any" | "figure" | "press"): string {
  const all = attributesOf(meantBy(target, ruleHome()), sort);
  return all.length === 0 || all.some((a) => nameOf(a) === of) ? of : all.length === 1 && all[0] ? nameOf(all[0]) : "";
}

const shapeOf = (target: Target, of: string) =>
  attributesOf(meantBy(target, ruleHome()), "any").find((a) => nameOf(a) === of);

function Becomes({ of, onChange }: { readonly of: Of<"becomes">; readonly onChange: (t: Trigger) => void }) {
  const shape = shapeOf(of.target, of.of);
  const capability = of.of.split(".")[0] ?? "";
  return (
    <>
      <TargetPicker
        target={of.target}
        can={reports("any")}
        onChange={(target) => onChange({ ...of, target, of: keepsOf(target, of.of, "any") })}
      />
      <div class="rule-line">
        <AttributePicker
          target={of.target}
          of={of.of}
          sort="any"
          onChange={(name) => onChange({ ...of, of: name, to: undefined, from: undefined })}
        />
        {of.of ? (
          <ValueField
            label="Changes to"
            none="anything else"
            shape={shape}
            capability={capability}
            value={of.to}
            onChange={(to) => onChange({ ...of, to })}
          />
        ) : null}
      </div>
      {of.of ? (
        <ValueField
          label="From"
          none="anything"
          shape={shape}
          capability={capability}
          value={of.from}
          onChange={(from) => onChange({ ...of, from })}
        />
      ) : null}
      <StaysFor value={of.forMinutes} onChange={(forMinutes) => onChange({ ...of, forMinutes })} />
    </>
  );
}

function Crosses({ of, onChange }: { readonly of: Of<"crosses">; readonly onChange: (t: Trigger) => void }) {
  const unit = shapeOf(of.target, of.of)?.unitText;
  const note = unit ? ` (${unit})` : "";
  return (
    <>
      <TargetPicker
        target={of.target}
        can={reports("figure")}
        onChange={(target) => onChange({ ...of, target, of: keepsOf(target, of.of, "figure") })}
      />
      <AttributePicker target={of.target} of={of.of} sort="figure" onChange={(name) => onChange({ ...of, of: name })} />
      <div class="rule-line">
        <NumberField label={`Rises above${note}`} value={of.above} onChange={(above) => onChange({ ...of, above })} />
        <NumberField label={`Falls below${note}`} value={of.below} onChange={(below) => onChange({ ...of, below })} />
      </div>
      <StaysFor value={of.forMinutes} onChange={(forMinutes) => onChange({ ...of, forMinutes })} />
    </>
  );
}

function Press({ of, onChange }: { readonly of: Of<"event">; readonly onChange: (t: Trigger) => void }) {
  return (
    <>
      <TargetPicker
        target={of.target}
        can={reports("press")}
        onChange={(target) => onChange({ ...of, target, of: keepsOf(target, of.of, "press") })}
      />
      <div class="rule-line">
        <AttributePicker
          target={of.target}
          of={of.of}
          sort="press"
          onChange={(name) => onChange({ ...of, of: name })}
        />
        {of.of ? (
          <ValueField
            label="How"
            shape={shapeOf(of.target, of.of)}
            capability={of.of.split(".")[0] ?? ""}
            value={of.is === "" ? undefined : of.is}
            onChange={(is) => onChange({ ...of, is: is ?? "" })}
          />
        ) : null}
      </div>
    </>
  );
}
