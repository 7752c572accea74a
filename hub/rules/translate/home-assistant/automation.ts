import type { SceneAction } from "../../../model/house.ts";
import type { Condition } from "../../../model/rule/condition.ts";
import { type RuleDraft, ruleDraft } from "../../../model/rule/rule.ts";
import type { Step } from "../../../model/rule/step.ts";
import type { Trigger } from "../../../model/rule/trigger.ts";
import { stepsOf } from "./actions/index.ts";
import { sceneActions } from "./actions/scene.ts";
import { conditionsOf } from "./conditions/index.ts";
import { type Desk, deskFor, type Find, LINK, type Miss, miss, note, onlyKnows } from "./desk.ts";
import { asksWho, type Item, keyOf, listOf, numberOf, switchOf, textOf } from "./item.ts";
import type { Holdings, Thing } from "./library.ts";
import { triggersOf } from "./triggers/index.ts";
import { variablesOf } from "./variables.ts";

/** One automation, script, scene or timer as it would be here. */
export interface Translated {
  readonly kind: Thing["kind"];
  /** Its name in Home Assistant: `automation.hall_light`. */
  readonly key: string;
  /** The place of its file. */
  readonly file: number;
  readonly line: number;
  readonly title: string;
  /** Absent where nothing of it could be a rule. Switched off where a part is missing. */
  readonly draft?: RuleDraft;
  /** What a scene sets, instead of a rule. */
  readonly scene?: readonly SceneAction[];
  readonly misses: readonly Miss[];
  /** Entities that it speaks of. */
  readonly entities: readonly { readonly entity: string; readonly line: number }[];
  /** How many parts it has, and how many came over whole. */
  readonly tally: Desk["tally"];
}

const KEYS = [
  ...["id", "alias", "description", "trigger", "triggers", "condition", "conditions", "action", "actions"],
  ...["mode", "max", "max_exceeded", "initial_state", "trace", "hide_entity", "variables", "trigger_variables"],
];
const SCRIPT = [
  "alias",
  "description",
  "sequence",
  "mode",
  "max",
  "max_exceeded",
  "icon",
  "fields",
  "variables",
  "trace",
];
/** Of a whole automation: the misses that are told. */
const MAX_MISSES = 100;

/** Translates one automation, script, scene or timer. Pure; nothing that it names is read or fetched. */
export function translate(thing: Thing, holdings: Holdings, find: Find): Translated {
  const { item, kind } = thing;
  const desk = deskFor(find, holdings.library, kind === "automation" && asksWho(item));
  if (kind === "timer") return timerRule(thing, holdings, desk);
  listTags(desk, item);
  if (kind === "scene") return ofScene(thing, desk);
  return kind === "script" ? ofScript(thing, desk) : ofAutomation(thing, desk);
}

function ofAutomation(thing: Thing, desk: Desk): Translated {
  const { item } = thing;
  const blueprint = keyOf(item, "use_blueprint");
  if (blueprint) listBlueprint(desk, blueprint);
  onlyKnows(desk, item, [...KEYS, "use_blueprint"]);
  const variables = variablesOf(desk, keyOf(item, "variables"), keyOf(item, "trigger_variables"));
  const on = triggersOf(desk, keyOf(item, "triggers", "trigger"));
  const condition = conditionsOf(desk, keyOf(item, "conditions", "condition"));
  const steps = stepsOf(desk, listOf(keyOf(item, "actions", "action")));
  // One that has no trigger in the file either is only started by others, and by hand.
  const unstarted = on.length === 0 && desk.tally.trigger.of > 0 && desk.calledBy.size === 0;
  if (!unstarted && steps.length > 0) return finished(thing, desk, { on, condition, variables, steps });
  if (!blueprint) miss(desk, item, `Nothing of what ${unstarted ? "starts it" : "it does"} could be translated.`);
  return baseOf(thing, desk);
}

/** What a blueprint was filled with, so that nobody has to look it up. */
function listBlueprint(desk: Desk, item: Item): void {
  const given = [...(keyOf(item, "input")?.map ?? [])].map(([name, value]) => {
    const said = listOf(value).flatMap((one) => textOf(one) ?? []);
    return said.length > 0 ? `${name}: ${said.join(", ")}` : name;
  });
  const inputs = given.length > 0 ? ` It was filled in with ${given.join("; ").slice(0, 300)}.` : "";
  const path = textOf(keyOf(item, "path")) ?? "";
  miss(
    desk,
    item,
    `It is made from the blueprint ${path.slice(0, 100)}, which is in another file: open it together with this one.${inputs}`,
  );
}

function ofScript(thing: Thing, desk: Desk): Translated {
  const { item } = thing;
  onlyKnows(desk, item, SCRIPT);
  const variables = variablesOf(desk, keyOf(item, "variables"), undefined);
  const steps = stepsOf(desk, listOf(keyOf(item, "sequence")));
  if (steps.length > 0) return finished(thing, desk, { on: [], condition: undefined, variables, steps });
  miss(desk, item, "Nothing of what it does could be translated.");
  return baseOf(thing, desk);
}

function ofScene(thing: Thing, desk: Desk): Translated {
  const scene = sceneActions(desk, thing.item);
  return { ...baseOf(thing, desk), ...(scene.length > 0 ? { scene } : {}) };
}

interface Made {
  readonly on: readonly Trigger[];
  readonly condition: Condition | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly steps: readonly Step[];
}

function finished(thing: Thing, desk: Desk, { on, condition, variables, steps }: Made): Translated {
  const { item } = thing;
  const given = modeOf(desk, item);
  const more = desk.asksLast && (given.mode ?? "single") === "single" ? { ...given, mode: "restart" } : given;
  const whole = desk.misses.every((m) => m.level === "note");
  const enabled = whole && switchOf(keyOf(item, "initial_state")) !== false;
  const description = describe(textOf(keyOf(item, "description")), desk.misses);
  const head = { form: "when", title: titleOf(thing), enabled, description };
  const asked = {
    ...(condition ? { if: condition } : {}),
    ...(Object.keys(variables).length > 0 ? { variables } : {}),
  };
  const read = ruleDraft.safeParse({ ...head, on, do: steps, ...more, ...asked });
  if (read.success) return { ...baseOf(thing, desk), draft: read.data };
  const fault = read.error.issues[0];
  miss(desk, item, `It is no rule of this home: ${fault?.path.join(".") ?? ""}: ${fault?.message ?? ""}`.slice(0, 200));
  return baseOf(thing, desk);
}

/** A timer of Home Assistant waits here, and then starts those that listened to it. */
function timerRule(thing: Thing, { library, listeners }: Holdings, desk: Desk): Translated {
  const minutes = (library.timers.get(thing.key) ?? 0) / 60;
  const starts = (listeners.get(thing.key) ?? []).map((key) => ({ kind: "rule", rule: `${LINK}${key}` }));
  const description = `Read from Home Assistant: what ${thing.key} does when its time is over.`;
  const head = { form: "when", title: titleOf(thing), description, enabled: true, mode: "restart", on: [] };
  const read = ruleDraft.safeParse({ ...head, do: [{ kind: "wait", minutes }, ...starts] });
  return { ...baseOf(thing, desk), ...(read.success ? { draft: read.data } : {}) };
}

function titleOf({ kind, key, item }: Thing): string {
  if (kind === "timer") return `Timer ${key.slice("timer.".length)}`.slice(0, 120);
  const name = kind === "scene" ? keyOf(item, "name", "id") : keyOf(item, "alias", "id");
  const fallback =
    kind === "script" ? key.slice("script.".length).replaceAll("_", " ") : `Automation of line ${item.line}`;
  return (textOf(name) || fallback).slice(0, 120);
}

const baseOf = (thing: Thing, desk: Desk): Translated => ({
  ...{ kind: thing.kind, key: thing.key, file: thing.file, line: thing.item.line, title: titleOf(thing) },
  entities: [...desk.asked].map(([entity, line]) => ({ entity, line })),
  ...{ tally: desk.tally, misses: toldOf(desk) },
});

/** Of two misses in one line the same is said once. */
function toldOf(desk: Desk): readonly Miss[] {
  const told = new Map(desk.misses.map((m) => [`${m.line} ${m.text}`, m]));
  return [...told.values()].toSorted((a, b) => a.line - b.line).slice(0, MAX_MISSES);
}

const RUN_MODES = ["single", "restart", "queued", "parallel"];

function modeOf(desk: Desk, item: Item) {
  const mode = textOf(keyOf(item, "mode")) ?? "single";
  const max = numberOf(keyOf(item, "max"));
  if (!RUN_MODES.includes(mode)) miss(desk, keyOf(item, "mode") ?? item, "There is no such mode.");
  if (max !== undefined && max > 10) note(desk, keyOf(item, "max") ?? item, "At most 10 runs at a time.");
  const most = max === undefined ? {} : { most: Math.min(10, Math.max(1, Math.round(max))) };
  return { ...(RUN_MODES.includes(mode) ? { mode } : {}), ...most };
}

/** What another file or the store of secrets holds is not here. */
function listTags(desk: Desk, item: Item): void {
  if (item.tag) miss(desk, item, `"${item.tag}" is not in this file and was not looked for.`);
  for (const { key, line } of item.twice ?? [])
    note(desk, { line }, `"${key.slice(0, 40)}" is written again further down: that counts, as in Home Assistant.`);
  for (const one of item.list ?? []) listTags(desk, one);
  for (const one of item.map?.values() ?? []) listTags(desk, one);
}

/** The description of the file, and what is missing, by line; 2,000 characters at most. */
function describe(given: string | undefined, misses: readonly Miss[]): string {
  const missed = misses.filter((m) => m.level === "missed").toSorted((a, b) => a.line - b.line);
  const lines = missed.map((m) => `line ${m.line}: ${m.text}`);
  const told = lines.length === 0 ? "" : `Switched off, because not all of it could be translated. ${lines.join(" ")}`;
  const whole = ["Read from Home Assistant.", given?.slice(0, 500), told].filter(Boolean).join(" ");
  return whole.length <= 2000 ? whole : `${whole.slice(0, 1990)} …`;
}
