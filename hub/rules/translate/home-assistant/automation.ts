import { type RuleDraft, ruleDraft } from "../../../model/rule/rule.ts";
import { stepsOf } from "./actions/index.ts";
import { conditionsOf } from "./conditions/index.ts";
import { type Desk, deskFor, type Find, type Miss, miss, note, onlyKnows } from "./desk.ts";
import { type Item, keyOf, listOf, numberOf, switchOf, textOf } from "./item.ts";
import { triggersOf } from "./triggers/index.ts";

/** One automation as it would be here. */
export interface Translated {
  readonly line: number;
  readonly title: string;
  /** Absent where nothing of it could be a rule. Switched off where a part is missing. */
  readonly draft?: RuleDraft;
  readonly misses: readonly Miss[];
  /** Entities that it speaks of. */
  readonly entities: readonly { readonly entity: string; readonly line: number }[];
  /** How many parts it has, and how many came over whole. */
  readonly tally: Desk["tally"];
}

const KEYS = [
  ...["id", "alias", "description", "trigger", "triggers", "condition", "conditions", "action", "actions"],
  ...["mode", "max", "max_exceeded", "initial_state", "trace", "hide_entity"],
];
/** Of a whole automation: the misses that are told. */
const MAX_MISSES = 100;

/** Translates one automation. Pure; nothing that it names is read or fetched. */
export function translate(item: Item, find: Find): Translated {
  const desk = deskFor(find);
  const title = (textOf(keyOf(item, "alias", "id")) || `Automation of line ${item.line}`).slice(0, 120);
  if (keyOf(item, "use_blueprint")) miss(desk, item, "It is made from a blueprint, which is in another file.");
  onlyKnows(desk, item, [...KEYS, "use_blueprint"]);
  listTags(desk, item);
  const on = triggersOf(desk, keyOf(item, "triggers", "trigger"));
  const condition = conditionsOf(desk, keyOf(item, "conditions", "condition"));
  const steps = stepsOf(desk, listOf(keyOf(item, "actions", "action")));
  const more = modeOf(desk, item);
  const whole = desk.misses.every((m) => m.level === "note");
  const enabled = whole && switchOf(keyOf(item, "initial_state")) !== false;
  const base = { ...{ line: item.line, title, tally: desk.tally }, entities: entitiesOf(desk) };
  // One that has no trigger in the file either is only started by others, and by hand.
  const unstarted = on.length === 0 && desk.tally.trigger.of > 0;
  if (unstarted || steps.length === 0) {
    miss(desk, item, `Nothing of what ${unstarted ? "starts it" : "it does"} could be translated.`);
    return { ...base, misses: toldOf(desk) };
  }
  const description = describe(textOf(keyOf(item, "description")), desk.misses);
  const head = { form: "when", title, enabled, description };
  const read = ruleDraft.safeParse({ ...head, on, do: steps, ...more, ...(condition ? { if: condition } : {}) });
  if (read.success) return { ...base, draft: read.data, misses: toldOf(desk) };
  const fault = read.error.issues[0];
  miss(desk, item, `It is no rule of this home: ${fault?.path.join(".") ?? ""}: ${fault?.message ?? ""}`.slice(0, 200));
  return { ...base, misses: toldOf(desk) };
}

const entitiesOf = (desk: Desk) => [...desk.asked].map(([entity, line]) => ({ entity, line }));

const toldOf = (desk: Desk): readonly Miss[] => desk.misses.toSorted((a, b) => a.line - b.line).slice(0, MAX_MISSES);

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
