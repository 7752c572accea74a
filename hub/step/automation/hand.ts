/** What people do with rules by hand. */
import type { HomeRule } from "../../model/rule/rule.ts";
import type { CoreState, Effect } from "../state.ts";
import { start } from "./start.ts";
import type { KeptEventRule } from "./state.ts";

/** The rules of people as they are kept now; runs of rules that are gone or reworded end with the next turn. */
export function homeRulesSet(state: CoreState, rules: readonly HomeRule[]): Effect[] {
  const { automation } = state;
  const wording = (r: HomeRule) => `${r.changedAt} ${r.enabled}`;
  const same = new Map(automation.rules.map((r) => [r.id, wording(r)]));
  automation.rules = rules;
  automation.stale = true;
  const gone = (id: string) => !rules.some((r) => r.id === id && wording(r) === same.get(id));
  for (const [key, lasting] of automation.lasting) if (gone(lasting.rule)) automation.lasting.delete(key);
  for (const map of [automation.truths, automation.next])
    for (const key of map.keys()) if (gone(key.slice(0, key.lastIndexOf("#")))) map.delete(key);
  for (const id of automation.programs.keys()) if (gone(id)) automation.programs.delete(id);
  const ids = new Set([...state.rules, ...rules].map((r) => r.id));
  for (const id of state.verdicts.keys()) if (!ids.has(id)) state.verdicts.delete(id);
  return [{ kind: "tell", event: { type: "rules" } }];
}

/** A person starts a rule: its condition, its mode and all ranks count as ever. */
export function startedByHand(state: CoreState, id: string, by: string, at: number): Effect[] {
  const rule = state.automation.rules.find((r): r is KeptEventRule => r.id === id && r.form === "when");
  if (!rule?.enabled) return [];
  start(state, rule, { cause: `${by} started it by hand`, started: {}, depth: 0, nodes: [] }, at);
  return [];
}

/** A person ends a run. */
export function runCancelled(state: CoreState, id: string, by: string): Effect[] {
  const run = state.automation.runs.get(id);
  if (run && run.endedAt === undefined) run.cancelled = `${by} ended it`;
  return [];
}
