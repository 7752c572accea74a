/** From a cause to a run, or to a near miss. */
import { evaluate } from "../../rules/evaluate.ts";
import { worth } from "../../rules/formula.ts";
import type { Run, Start } from "../../rules/run/run.ts";
import type { CoreState } from "../state.ts";
import { isHeldUp, isTooOften, leftOut } from "./limits.ts";
import { pictureAtStart, pictureFor } from "./picture.ts";
import { stampOf } from "./stamp.ts";
import { type KeptEventRule, MAX_RUNS } from "./state.ts";
import { nearMiss, note, shortened } from "./tracing.ts";

/** Rules that start rules that start rules. */
const MAX_DEPTH = 5;
const DEFAULT_MOST = 10;

/** Begins a run, lets it wait its turn, or tells why not. */
export function start(state: CoreState, rule: KeptEventRule, given: Start, now: number): void {
  const why = refusal(state, rule, given, now) ?? admitted(state, rule, given, now);
  if (why) nearMiss(state, { rule, cause: given.cause, why, nodes: given.nodes }, now);
}

/** Begins a run or puts it in the queue, as the rule's mode has it; else why not. */
function admitted(state: CoreState, rule: KeptEventRule, given: Start, now: number): string | undefined {
  const { automation } = state;
  const own = [...automation.runs.values()].filter((r) => r.rule === rule.id && r.endedAt === undefined);
  const most = rule.most ?? DEFAULT_MOST;
  if (own.length > 0 && rule.mode === "single") return "it is still running since an earlier start";
  if (own.length >= most && rule.mode === "parallel") return `it already runs ${own.length} times`;
  const [before] = own;
  if (before && rule.mode === "queued") return queued(state, before, given, most);
  if (rule.mode === "restart")
    for (const run of own) {
      run.cancelled = "a new start took its place";
      automation.due.add(run.id);
    }
  begin(state, rule, given, now);
  return undefined;
}

/** It waits behind the run that is under way, and is kept with it from its next turn on. */
function queued({ automation }: CoreState, run: Run, given: Start, most: number): string | undefined {
  const waiting = run.waiting ?? [];
  if (waiting.length >= most) return `${waiting.length} starts already wait`;
  run.waiting = [...waiting, { ...given, cause: shortened(given.cause) }];
  run.keptFor = undefined;
  automation.due.add(run.id);
  return undefined;
}

function refusal(state: CoreState, rule: KeptEventRule, given: Start, now: number): string | undefined {
  const { automation } = state;
  if (given.depth > MAX_DEPTH) return `rules started one another ${given.depth} times: it went no further`;
  if (isHeldUp(state, rule.id, now)) return "it ran away and is left alone for ten minutes";
  if (isFull(automation.runs)) {
    const why = `${MAX_RUNS} runs of rules are under way already`;
    leftOut(state, why, rule.title);
    return why;
  }
  if (rule.if) {
    const { holds, reason } = evaluate(rule.if, pictureAtStart(state, now, given.started), `${rule.id}|if`);
    if (holds !== true)
      return holds === "unknown" ? `its condition is not known: ${reason}` : `its condition does not hold: ${reason}`;
  }
  const runaway = isTooOften(state, "starts", rule, now);
  if (runaway) return runaway;
  automation.startedAt.set(rule.id, now);
  return undefined;
}

/** A run that is over and waits for what its devices say holds up no other, unless there are many. */
function isFull(runs: ReadonlyMap<string, Run>): boolean {
  if (runs.size < MAX_RUNS) return false;
  let live = 0;
  for (const run of runs.values()) if (run.endedAt === undefined) live += 1;
  return live >= MAX_RUNS || runs.size >= 2 * MAX_RUNS;
}

/** Makes the run; the turn that follows carries it on. */
export function begin(
  state: CoreState,
  rule: KeptEventRule,
  given: Start,
  now: number,
  waiting: readonly Start[] = [],
): void {
  const { automation } = state;
  automation.count += 1;
  const run: Run = {
    id: `run-${stampOf(now)}-${automation.count.toString(36)}`,
    ...{ rule: rule.id, version: rule.changedAt, startedAt: now, cause: shortened(given.cause) },
    ...{ started: given.started, depth: given.depth },
    ...{ waiting: waiting.length > 0 ? waiting : undefined, keptFor: undefined, wakeAt: undefined, waitMs: undefined },
    ...{
      asked: undefined,
      answer: undefined,
      said: undefined,
      cancelled: undefined,
      endedAt: undefined,
      outcome: undefined,
    },
    ...{ place: 0, done: 0, variables: {}, rounds: [], lines: [], nodes: [...given.nodes], open: [] },
  };
  for (const [name, formula] of Object.entries(rule.variables ?? {})) {
    const found = worth(formula, pictureFor(state, now, run));
    if ("unknown" in found) note(run, now, `${name} has no value: ${found.unknown}`, true);
    else run.variables[name] = found.value;
  }
  automation.runs.set(run.id, run);
  automation.due.add(run.id);
}
