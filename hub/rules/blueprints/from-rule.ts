/** Makes a ready-made rule of a rule of this home: chosen values become inputs. */
import {
  BLUEPRINT_FORM,
  type Blueprint,
  type BlueprintSubject,
  type Template,
} from "../../model/blueprint/blueprint.ts";
import type { BlueprintInput } from "../../model/blueprint/input.ts";
import { parsePath } from "../../model/path.ts";
import type { Condition } from "../../model/rule/condition.ts";
import type { RuleDraft } from "../../model/rule/rule.ts";
import type { Target } from "../../model/rule/target.ts";
import { capabilityOf } from "../check/desk.ts";
import { partsOf } from "../check/walk.ts";
import type { Names } from "../names.ts";
import { targetInWords } from "../words/target.ts";
import { attributeLabel } from "../words/value.ts";
import type { Fault } from "./fill.ts";

/** A value of a rule that may become an input. */
interface InputPlace {
  /** Names it among the places of this rule. */
  readonly name: string;
  readonly input: BlueprintInput;
  /** What it is now, in words. */
  readonly now: string;
  /** A device of this home means nothing in another: it has to be an input. */
  readonly isNeeded: boolean;
}

interface Found extends InputPlace {
  readonly value: Template;
  readonly fields: readonly string[];
}

const MAX_PLACES = 30;

export const placesOf = (rule: RuleDraft, names: Names): readonly InputPlace[] =>
  foundIn(pathless(rule), names).map(({ name, input, now, isNeeded }) => ({ name, input, now, isNeeded }));

interface Wrapping {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly about: BlueprintSubject;
  readonly by?: string;
  /** Labels of the places that become inputs, by their names. */
  readonly inputs: Readonly<Record<string, string>>;
}

/** The ready-made rule, or what keeps the rule from being one. */
export function wrap(
  rule: RuleDraft,
  { inputs, ...head }: Wrapping,
  names: Names,
): { readonly ok: true; readonly blueprint: Blueprint } | { readonly ok: false; readonly faults: readonly Fault[] } {
  const draft = pathless(rule);
  const starts = partsOf(draft).steps.find(({ it }) => it.kind === "rule");
  if (starts)
    return {
      ok: false,
      faults: [{ field: starts.field, text: "it starts another rule, which is not in a file of one" }],
    };
  const labels = new Map(Object.entries(inputs));
  const taken = foundIn(draft, names).filter((p) => p.isNeeded || labels.has(p.name));
  const { title: _title, enabled: _enabled, until: _until, ...plain } = draft;
  const whole: unknown = copyOf(plain);
  for (const { name, fields } of taken) for (const field of fields) put(whole, field.split("."), { input: name });
  const made: Blueprint = {
    ...{ inglenookBlueprint: BLUEPRINT_FORM, version: 1, ...head },
    inputs: Object.fromEntries(
      taken.map(({ name, input }) => [name, { ...input, label: labels.get(name) || input.label }]),
    ),
    rule: whole as Blueprint["rule"],
  };
  return { ok: true, blueprint: made };
}

function put(into: unknown, [key = "", ...rest]: readonly string[], value: unknown): void {
  if (typeof into !== "object" || into === null || !Object.hasOwn(into, key)) return;
  if (rest.length === 0) Reflect.set(into, key, value);
  else put(Reflect.get(into, key), rest, value);
}

/** A part that stands in two places is two from here on, each with an input of its own. */
const copyOf = <T>(part: T): T => JSON.parse(JSON.stringify(part)) as T;

/** As the rule, with devices by target alone: a path names one by its id in the midst of a text. */
function pathless(rule: RuleDraft): RuleDraft {
  const draft = copyOf(rule);
  for (const { it, field } of partsOf(draft).conditions) {
    const path = it.kind === "compare" ? parsePath(it.path) : undefined;
    if (it.kind !== "compare" || !path) continue;
    const { kind: _kind, path: _path, ...rest } = it;
    const target: Target = { nodes: [path.node], endpoint: path.endpoint };
    const state: Condition = { kind: "state", target, of: `${path.capability}.${path.attribute}`, ...rest };
    put(draft, field.split("."), state);
  }
  return draft;
}

function foundIn(draft: RuleDraft, names: Names): readonly Found[] {
  const all = new Map<string, Found>();
  const add = (value: Template, field: string, input: BlueprintInput, now: string, isNeeded = false): void => {
    const key = `${input.kind} ${JSON.stringify(value)} ${input.kind === "number" ? field : ""}`;
    const before = all.get(key);
    const has =
      before?.input && "has" in before.input && "has" in input ? { has: both(before.input.has, input.has) } : {};
    all.set(key, {
      name: before?.name ?? `${wordFor(input)}${all.size + 1}`,
      ...{ value, now, isNeeded, input: { ...(before?.input ?? input), ...has } as BlueprintInput },
      fields: [...(before?.fields ?? []), field],
    });
  };
  const parts = partsOf(draft);
  for (const { it, field } of parts.targets) addTarget(add, draft, it, field, names);
  for (const { it, field } of [...parts.conditions, ...parts.triggers, ...parts.steps])
    for (const [key, value] of Object.entries(it)) addValue(add, it, key, value, `${field}.${key}`);
  return [...all.values()].slice(0, MAX_PLACES);
}

const both = (a: readonly string[], b: readonly string[]): readonly string[] => [...new Set([...a, ...b])].slice(0, 10);

const wordFor = (input: BlueprintInput): string => (input.kind === "devices" ? "device" : input.kind);

type Add = (value: Template, field: string, input: BlueprintInput, now: string, isNeeded?: boolean) => void;

function addTarget(add: Add, draft: RuleDraft, target: Target, field: string, names: Names): void {
  const has = usedOf(draft, field);
  if (has.length === 0) return;
  const words = targetInWords(target, names);
  const isOne = target.nodes?.length === 1 && !target.rooms && !target.labels && !target.floors && !target.kinds;
  const isOfHere = target.nodes !== undefined || target.except !== undefined;
  const label = words.slice(0, 80);
  // Kinds and the like mean something in any home: they stay, unless a person wants it otherwise.
  const wide = isOfHere ? {} : { default: target };
  const input: BlueprintInput = isOne ? { kind: "device", label, has } : { kind: "devices", label, has, ...wide };
  add(target as Template, field, input, words, isOfHere);
}

/** What is told or asked of the devices of a target, by its place. */
function usedOf(draft: RuleDraft, field: string): readonly string[] {
  let holder: unknown = draft;
  for (const key of field.split(".").slice(0, -1))
    holder = typeof holder === "object" && holder !== null ? Reflect.get(holder, key) : undefined;
  if (typeof holder !== "object" || holder === null) return [];
  const text = (key: string) => String(Reflect.get(holder, key) ?? "");
  if (text("kind") !== "command") return [text("of") || text("read")].filter((one) => /^[a-zA-Z]\w*\.\w+$/.test(one));
  if (text("command") !== "set") return [`${text("capability")}.${text("command")}`];
  const args: unknown = Reflect.get(holder, "args");
  return Object.keys(typeof args === "object" && args !== null ? args : {}).map((a) => `${text("capability")}.${a}`);
}

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;
const DAY = /^\d\d-\d\d$/;
const NUMBERS: Readonly<Record<string, readonly [label: string, unit: string, max: number]>> = {
  ...{
    watts: ["Power that leaves the house", "W", 50_000],
    hours: ["Hours", "h", 24],
    forMinutes: ["For", "min", 1440],
  },
  ...{ minutes: ["Minutes", "min", 1440], atMostMinutes: ["At most", "min", 1440], perKwh: ["Price", "per kWh", 10] },
};

function addValue(add: Add, it: object, key: string, value: unknown, field: string): void {
  const of: unknown = Reflect.get(it, "of");
  if (typeof value === "string" && CLOCK.test(value) && ["from", "to", "at", "notBefore", "notAfter"].includes(key))
    add(value, field, { kind: "time", label: { from: "From", to: "To" }[key] ?? "Time", default: value }, value);
  if (typeof value === "string" && DAY.test(value) && ["from", "to"].includes(key))
    add(value, field, { kind: "date", label: key === "from" ? "First day" : "Last day", default: value }, value);
  if (key === "title" && typeof value === "string")
    add(value, field, { kind: "text", label: "Message", default: value }, value);
  if (key === "scene" && typeof value === "string") add(value, field, { kind: "scene", label: "Scene" }, value, true);
  if (key === "who" && typeof value === "string" && value !== "anyone" && value !== "everyone")
    add(value, field, { kind: "person", label: "Person" }, value, true);
  if (typeof value !== "number") return;
  const [capability = "", attribute = ""] = typeof of === "string" ? of.split(".") : [];
  const spec = capabilityOf(capability)?.attributes[attribute];
  if (["value", "above", "below"].includes(key) && spec?.type === "number")
    add(
      value,
      field,
      {
        kind: "number",
        label: capital(attributeLabel(`${capability}.${attribute}`)),
        min: Math.min(spec.min, value),
        max: Math.max(spec.max, value),
        default: value,
      },
      String(value),
    );
  const known = Object.hasOwn(NUMBERS, key) ? NUMBERS[key] : undefined;
  if (!known) return;
  const [label, unit, max] = known;
  const whole = Reflect.get(it, "kind") === "every" ? { whole: true } : {};
  const min = key === "watts" || key === "perKwh" ? -max : "whole" in whole ? 1 : 0.5;
  add(
    value,
    field,
    { kind: "number", label, unit, min: Math.min(min, value), max: Math.max(max, value), default: value, ...whole },
    `${value} ${unit}`,
  );
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
