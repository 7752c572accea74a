/** After each input: what the rules of people make of it. */
import type { Run } from "../../rules/run/run.ts";
import type { CoreState, Effect, Input } from "../state.ts";
import { noteOutcome } from "./act.ts";
import { takeDue } from "./due.ts";
import { goOn } from "./go.ts";
import { takeHappened } from "./happen.ts";
import { takeAlarms } from "./limits.ts";
import { takeHouse } from "./lived.ts";
import { refresh } from "./watch.ts";

/** Inputs after which devices, rooms or labels may be others. */
const changing: ReadonlySet<Input["kind"]> = new Set([
  ...(["nodeFound", "nodeGone", "configured", "merged", "split", "replaced", "homeSet", "homeRulesSet"] as const),
]);

/** Inputs after which every run may have something to do. */
const turning: ReadonlySet<Input["kind"]> = new Set(["tick", "ruleStarted", "runCancelled", "homeRulesSet"] as const);

/** Lets rules react to an input and to its effects; one frozen moment, `now`. */
export function react(state: CoreState, input: Input, before: readonly Effect[], now: number): Effect[] {
  const { automation } = state;
  if (changing.has(input.kind)) automation.stale = true;
  if (input.kind === "spansSet" || input.kind === "homeSet") automation.next.clear();
  if (automation.rules.length === 0 && automation.runs.size === 0) {
    automation.house = state.house;
    return [];
  }
  refresh(state);
  const runs = automation.runs.size;
  if (runs > 0) heard(state, before, now);
  if (automation.happened.length > 0) takeHappened(state, now);
  takeHouse(state, now);
  if (input.kind === "tick") takeDue(state, input.at);
  const all = turning.has(input.kind);
  const effects = (all && automation.runs.size > 0) || automation.due.size > 0 ? turns(state, now, all) : [];
  const { toKeep, traces, alarms } = automation;
  if (toKeep.length > 0) automation.toKeep = [];
  for (const key of toKeep) effects.push({ kind: "keepMoment", key, at: automation.taken.get(key) ?? now });
  if (traces.length > 0) automation.traces = [];
  for (const trace of traces) effects.push({ kind: "trace", trace });
  if (alarms.length > 0) for (const effect of takeAlarms(state, now)) effects.push(effect);
  return effects;
}

/** Runs may start runs: each gets its first turn now. */
const TURNS = 6;

function turns(state: CoreState, now: number, all: boolean): Effect[] {
  const { runs, due } = state.automation;
  const effects: Effect[] = [];
  for (let n = 0; n < TURNS && (due.size > 0 || (all && n === 0)); n++) {
    const these = all && n === 0 ? [...runs.values()] : dueOf(state);
    due.clear();
    const begin = effects.length;
    for (const run of these) goOn(state, now, run, effects);
    heard(state, effects, now, begin);
    takeHouse(state, now);
  }
  return effects;
}

function dueOf({ automation: { runs, due } }: CoreState): Run[] {
  const found: Run[] = [];
  for (const id of due) {
    const run = runs.get(id);
    if (run) found.push(run);
  }
  return found;
}

/** What commands came to, from one of the effects on. */
function heard(state: CoreState, effects: readonly Effect[], now: number, begin = 0): void {
  for (let i = begin; i < effects.length; i++) {
    const effect = effects[i];
    if (effect?.kind === "settle") noteOutcome(state, effect.id, effect.outcome, now);
  }
}
