/** After each input: what the rules of people make of it. */
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
  const effects = all || automation.due.size > 0 ? turns(state, now, all) : [];
  const moments = automation.toKeep.map(
    (key): Effect => ({ kind: "keepMoment", key, at: automation.taken.get(key) ?? now }),
  );
  automation.toKeep = [];
  const traces = automation.traces.map((trace): Effect => ({ kind: "trace", trace }));
  automation.traces = [];
  const alarms = automation.alarms.length > 0 ? takeAlarms(state, now) : [];
  return traces.length + moments.length + alarms.length > 0 ? [...effects, ...moments, ...traces, ...alarms] : effects;
}

/** Runs may start runs: each gets its first turn now. */
const TURNS = 6;

function turns(state: CoreState, now: number, all: boolean): Effect[] {
  const { runs, due } = state.automation;
  const effects: Effect[] = [];
  for (let n = 0; n < TURNS && (due.size > 0 || (all && n === 0)); n++) {
    const these = all && n === 0 ? [...runs.values()] : [...due].flatMap((id) => runs.get(id) ?? []);
    due.clear();
    const made = goOn(state, now, these);
    for (const effect of made) effects.push(effect);
    heard(state, made, now);
    takeHouse(state, now);
  }
  return effects;
}

function heard(state: CoreState, effects: readonly Effect[], now: number): void {
  for (const effect of effects) if (effect.kind === "settle") noteOutcome(state, effect.id, effect.outcome, now);
}
