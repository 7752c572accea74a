import { useState } from "preact/hooks";
import type { Target } from "../../../../hub/http/schemas.ts";
import { Choice } from "../../../parts/field.tsx";
import { nodes, rooms, settings } from "../../../store.ts";
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
import { Ticks } from "./fields.tsx";

export const ruleHome = (): RuleHome => ({ nodes: nodes.value ?? [], floors: settings.value?.floors ?? {} });

interface TargetProps {
  readonly target: Target;
  readonly onChange: (target: Target) => void;
  /** Only devices that can be meant here are offered. */
  readonly can: (endpoint: RuleHome["nodes"][number]["endpoints"][number]) => boolean;
}

type GroupName = "rooms" | "floors" | "kinds" | "labels";
type ListName = GroupName | "nodes" | "except";

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
  const offered = (name: GroupName): readonly { value: string; label: string }[] =>
    ({
      rooms: plain(rooms.value),
      floors: plain(Object.keys(home.floors)),
      kinds: [...kindsOf({ ...home, nodes: able })],
      labels: plain(labelsOf(home)),
    })[name];
  const grouped = GROUPED.filter((n) => offered(n).length > 0 || target[n]);
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
        <Except target={target} able={able} onChange={set("except")} />
        <EndpointChoice target={target} onChange={onChange} can={can} />
      </div>
    </details>
  );
}

const GROUPED = ["rooms", "kinds", "labels", "floors"] as const;
const TITLES = { rooms: "In rooms", kinds: "Of kinds", labels: "With labels", floors: "On floors" } as const;

interface ExceptProps {
  readonly target: Target;
  readonly able: RuleHome["nodes"];
  readonly onChange: (chosen: readonly string[]) => void;
}

/** Of what rooms, kinds, labels and floors mean: the devices that are not meant. */
function Except({ target, able, onChange }: ExceptProps) {
  const { except, ...whole } = target;
  const isWide = GROUPED.some((name) => target[name]);
  const meant = new Set(meantBy(whole, ruleHome()));
  const named = ruleHome().nodes.filter((n) => except?.includes(n.id));
  const offered = isWide ? able.filter((n) => n.endpoints.some((e) => meant.has(e))) : [];
  const options = [...new Set([...offered, ...named])].map((n) => ({ value: n.id, label: n.name }));
  if (options.length === 0 && !except) return null;
  return <Ticks legend="But not these" options={options} chosen={except ?? []} onChange={onChange} />;
}

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
