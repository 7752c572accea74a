/** Devices that a running plan steers already. */

import type { NodeId } from "../../model/path.ts";
import { pathKey } from "../../model/path.ts";
import type { Rule, RuleAction } from "../../model/plan.ts";
import type { RuleDraft } from "../../model/rule/rule.ts";
import { commandStep } from "../../model/rule/step.ts";
import type { Target } from "../../model/rule/target.ts";
import { actionInWords } from "../explain.ts";
import { askInWords } from "./ask-words.ts";
import type { Ask, Ruled } from "./asks.ts";
import type { Desk } from "./desk.ts";
import { type Change, type Found, warn } from "./found.ts";
import { treeOf } from "./space/compile.ts";
import { solve, type Tree } from "./space/solve.ts";
import { valueThing } from "./space/things.ts";
import { triggerTree } from "./space/trigger.ts";
import { worldInWords } from "./space/words.ts";
import type { Space } from "./truths.ts";
import { writesOf } from "./writes.ts";

/** Of each plan the first thing that it and the rule both want and differently: the plan wins. */
export const planOverlaps = (
  space: Space,
  own: Ruled,
  byThing: ReadonlyMap<string, readonly Ask[]>,
): readonly Found[] =>
  overlapsOf(space, own, byThing).map((o) => overlapFound(space.desk, o, own.draft, [...byThing.values()].flat()));

/** What a plan and a rule of people both want and differently, with a moment at which they may, in words. */
interface Overlap {
  readonly rule: Rule;
  readonly action: RuleAction;
  readonly ask: Ask;
  readonly example: string;
}

/** Of each plan of the context the first overlap with a rule of people. */
export function overlapsOf(space: Space, own: Ruled, byThing: ReadonlyMap<string, readonly Ask[]>): readonly Overlap[] {
  const { planRules, now } = space.desk.context;
  const told = new Map<string, Overlap>();
  for (const rule of planRules) {
    const plan = rule.plan ?? rule.id;
    if (rule.origin !== "plan" || !rule.enabled || told.has(plan) || (rule.until !== undefined && now >= rule.until))
      continue;
    const found = ways(rule)
      .map(({ actions, so }) => overlap(space, own, byThing, rule, actions, so))
      .find((f) => f !== undefined);
    if (found) told.set(plan, found);
  }
  return [...told.values()];
}

const ways = (rule: Rule) => [
  { actions: rule.then, so: true },
  { actions: rule.otherwise ?? [], so: false },
];

function overlap(
  space: Space,
  own: Ruled,
  byThing: ReadonlyMap<string, readonly Ask[]>,
  rule: Rule,
  actions: readonly RuleAction[],
  so: boolean,
): Overlap | undefined {
  for (const action of actions)
    for (const { attribute, value } of planWrites(action))
      for (const ask of byThing.get(valueThing(pathKey({ ...action, attribute }))) ?? []) {
        // The same as the plan wants is no overlap; what is not known before may be anything.
        if (value !== undefined && !ask.turns && ask.value === value) continue;
        const world = solve([treeOf(rule.when, so, space.desk, rule.id), ...moment(space, own, ask)], space.limits);
        if (typeof world !== "string") return { rule, action, ask, example: worldInWords(world, space.desk) };
      }
  return undefined;
}

const planWrites = ({ capability, command, args, computed }: RuleAction) =>
  writesOf({ capability, command, args }).map((w) => (computed ? { ...w, value: undefined } : w));

function moment({ desk }: Space, { id, draft }: Ruled, ask: Ask): readonly Tree[] {
  const guards = ask.guards.map((guard) => guard());
  if (draft.form === "while" || !ask.atOnce || draft.on.length === 0) return guards;
  return [...guards, { any: draft.on.map((t) => triggerTree(t, desk, id)) }];
}

function overlapFound(
  desk: Desk,
  { rule, action, ask, example }: Overlap,
  draft: RuleDraft,
  asks: readonly Ask[],
): Found {
  const when = example === "" ? "" : `, for example ${example}`;
  const text = `The running plan "${rule.title}" may want to ${actionInWords(action, desk.name)} while this rule may want to ${askInWords(desk, ask)}${when}: the plan wins.`;
  const fields = new Set(asks.filter((a) => a.spot?.node === action.node).map((a) => a.field));
  const fix = leavingOut(draft, [...fields], action.node, desk.name(action.node));
  return warn("plan", ask.field, text, { about: [action.node, rule.plan ?? rule.id], ...(fix ? { fix } : {}) });
}

/** The rule without a device: out of each step's target, or without the step where that is all that it is about. */
function leavingOut(draft: RuleDraft, fields: readonly string[], node: NodeId, name: string): Found["fix"] {
  // What is taken out of a list moves what stands behind it: the last goes first.
  const last = fields.toSorted((a, b) => b.localeCompare(a, "en", { numeric: true }));
  const change = last.flatMap((field): Change => {
    const { nodes, except = [] } = targetAt(draft, field) ?? {};
    if (!nodes) return [{ at: `${field}.target.except`, value: [...except, node] }];
    const rest = nodes.filter((id) => id !== node);
    return [rest.length > 0 ? { at: `${field}.target.nodes`, value: rest } : { at: field, value: undefined }];
  });
  return { text: `leave ${name} out of this rule`, change };
}

function targetAt(draft: RuleDraft, field: string): Target | undefined {
  let at: unknown = draft;
  for (const key of field.split(".")) at = typeof at === "object" && at !== null ? Reflect.get(at, key) : undefined;
  const read = commandStep.safeParse(at);
  return read.success ? read.data.target : undefined;
}
