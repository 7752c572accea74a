import { useState } from "preact/hooks";
import type { Target, Value } from "../../../../hub/http/schemas.ts";
import { Choice } from "../../../parts/field.tsx";
import { nodes, rooms, settings } from "../../../store.ts";
import { entryOf } from "../../../words/entry.ts";
import { groupsOf } from "../../../words/groups.ts";
import {
  attributesOf,
  kindsOf,
  labelsOf,
  meantBy,
  nameOf,
  type RuleHome,
  type Sort,
} from "../../../words/rule-home.ts";
import { enumWords, switchWords } from "../../../words/values.ts";
import { NumberField, TextField, Ticks } from "./fields.tsx";

export const ruleHome = (): RuleHome => ({ nodes: nodes.value ?? [], floors: settings.value?.floors ?? {} });

interface TargetProps {
  readonly target: Target;
  readonly onChange: (target: Target) => void;
  /** Only devices that can be meant here are offered. */
  readonly can: (endpoint: RuleHome["nodes"][number]["endpoints"][number]) => boolean;
}

type ListName = "nodes" | "rooms" | "floors" | "kinds" | "labels";

/** Which devices: single ones, or whatever is in rooms, of kinds, labels and floors. */
export function TargetPicker({ target, onChange, can }: TargetProps) {
  const home = ruleHome();
  // Of a new one the list is open from the start, and stays so while its boxes are ticked.
  const [isOpen] = useState(Object.keys(target).length === 0);
  const set = (name: ListName) => (chosen: readonly string[]) => {
    const { [name]: _, ...rest } = target;
    onChange(chosen.length > 0 ? { ...rest, [name]: chosen } : rest);
  };
  const plain = (list: readonly string[]) => list.map((value) => ({ value, label: value }));
  const able = home.nodes.filter((n) => n.endpoints.some(can));
  const offered = (name: ListName): readonly { value: string; label: string }[] =>
    ({
      nodes: [],
      rooms: plain(rooms.value),
      floors: plain(Object.keys(home.floors)),
      kinds: [...kindsOf({ ...home, nodes: able })],
      labels: plain(labelsOf(home)),
    })[name];
  const grouped = (["rooms", "kinds", "labels", "floors"] as const).filter((n) => offered(n).length > 0 || target[n]);
  const known = new Set(able.map((n) => n.id));
  const others = (target.nodes ?? [])
    .filter((id) => !known.has(id))
    .map((id) => ({ value: id, label: home.nodes.find((n) => n.id === id)?.name ?? id }));
  return (
    <details class="rule-target" open={isOpen}>
      <summary>
        <span class="rule-label">Devices: </span>
        {targetWords(target, home)}
      </summary>
      <div class="stack rule-target-lists">
        {groupsOf(able, rooms.value).map(([room, of]) => (
          <Ticks
            key={room}
            legend={room}
            options={of.map((n) => ({ value: n.id, label: n.name }))}
            chosen={(target.nodes ?? []).filter((id) => of.some((n) => n.id === id))}
            onChange={(chosen) =>
              set("nodes")([...(target.nodes ?? []).filter((id) => !of.some((n) => n.id === id)), ...chosen])
            }
          />
        ))}
        {others.length > 0 ? (
          <Ticks
            legend="Not to be found here"
            options={others}
            chosen={others.map((o) => o.value)}
            onChange={(chosen) =>
              set("nodes")((target.nodes ?? []).filter((id) => known.has(id) || chosen.includes(id)))
            }
          />
        ) : null}
        <p class="hint">
          Or whatever is there, also what comes later. What is ticked of rooms, kinds, labels and floors must all fit:
        </p>
        {grouped.map((name) => (
          <Ticks
            key={name}
            legend={TITLES[name]}
            options={offered(name)}
            chosen={target[name] ?? []}
            onChange={set(name)}
          />
        ))}
        <EndpointChoice target={target} onChange={onChange} can={can} />
      </div>
    </details>
  );
}

const TITLES = { rooms: "In rooms", kinds: "Of kinds", labels: "With labels", floors: "On floors" } as const;

/** Which part of a device that has several alike, e.g. of a switch with two rockers. */
function EndpointChoice({ target, onChange, can }: TargetProps) {
  const only = target.nodes?.length === 1 ? ruleHome().nodes.find((n) => n.id === target.nodes?.[0]) : undefined;
  const parts = only?.endpoints.filter(can) ?? [];
  if (target.endpoint === undefined && parts.length < 2) return null;
  const options = parts.map((e) => ({
    value: String(e.number),
    label: e.label ?? `${e.deviceTypes[0]?.label ?? "part"} ${e.number}`,
  }));
  const { endpoint, ...rest } = target;
  const own =
    endpoint === undefined || options.some((o) => o.value === String(endpoint))
      ? []
      : [{ value: String(endpoint), label: `part ${endpoint}` }];
  return (
    <Choice
      label="Which part of it"
      value={endpoint === undefined ? "" : String(endpoint)}
      options={[{ value: "", label: "all that can" }, ...options, ...own]}
      onChange={(v) => onChange(v === "" ? rest : { ...rest, endpoint: Number(v) })}
    />
  );
}

/** What a target means, shortly. */
function targetWords(target: Target, home: RuleHome): string {
  const names = (ids: readonly string[]) => ids.map((id) => home.nodes.find((n) => n.id === id)?.name ?? id);
  const kinds = kindsOf(home);
  const said = [
    target.nodes && names(target.nodes).join(", "),
    target.kinds?.map((k) => kinds.find((o) => o.value === k)?.label ?? k).join(", "),
    target.rooms && `in ${target.rooms.join(" or ")}`,
    target.floors && `on ${target.floors.join(" or ")}`,
    target.labels && `labelled ${target.labels.join(" or ")}`,
    target.except && `not ${names(target.except).join(", ")}`,
  ].filter(Boolean);
  return said.length > 0 ? said.join("; ") : "choose …";
}

interface AttributeProps {
  readonly target: Target;
  readonly of: string;
  readonly sort: Sort;
  readonly onChange: (of: string) => void;
}

/** What is looked at: only what the meant devices report. What is written stays in the list. */
export function AttributePicker({ target, of, sort, onChange }: AttributeProps) {
  const all = attributesOf(meantBy(target, ruleHome()), sort);
  const counts = new Map<string, number>();
  for (const a of all) counts.set(a.label, (counts.get(a.label) ?? 0) + 1);
  const options = all.map((a) => {
    const unit = a.unitText ? ` (${a.unitText})` : "";
    const whose = (counts.get(a.label) ?? 0) > 1 ? `${a.capabilityLabel}: ` : "";
    return { value: nameOf(a), label: `${whose}${a.label}${unit}` };
  });
  const own = of === "" || options.some((o) => o.value === of) ? [] : [{ value: of, label: of }];
  return (
    <Choice
      label="What"
      value={of}
      options={[{ value: "", label: all.length > 0 ? "choose …" : "choose devices first" }, ...options, ...own]}
      onChange={onChange}
    />
  );
}

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
