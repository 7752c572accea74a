/** Carries runs on: from one wait to the next, or to their end. */
import { evaluate } from "../../rules/evaluate.ts";
import type { Op } from "../../rules/run/program.ts";
import type { Run } from "../../rules/run/run.ts";
import type { CoreState, Effect } from "../state.ts";
import { act } from "./act.ts";
import { ask, close } from "./ask.ts";
import { spanInWords } from "./happen.ts";
import { pictureFor } from "./picture.ts";
import { begin } from "./start.ts";
import type { KeptEventRule } from "./state.ts";
import { note, traceOf } from "./tracing.ts";
import { wait } from "./wait.ts";

/** Instructions in one turn; the rest follows with the next tick, so that no rule holds the house up. */
const A_TURN = 500;
/** Instructions of one run: beyond it the rule goes round in circles. */
const MAX_DONE = 20_000;
const MAX_ROUNDS = 1000;
/** A wait that ended while the hub was off is made up for up to here; then the run is over. */
const MAX_LATE_MS = 12 * 3_600_000;
/** Outcomes of commands are awaited for so long after the last step. */
const OUTCOMES_MS = 30_000;

/** Carries a run on, if it can go on; adds what follows to `effects`. */
export function goOn(state: CoreState, now: number, run: Run, effects: Effect[]): void {
  const rule = state.automation.events.get(run.rule);
  if (run.endedAt !== undefined) {
    settled(state, run, rule?.title ?? run.rule, now, effects);
    return;
  }
  const stop = stopped(run, rule, now);
  if (stop !== undefined) letGo(run, now);
  const outcome = stop ?? run.cancelled ?? (rule && turn(state, run, rule, now, effects));
  if (outcome !== undefined) end(state, run, rule, outcome, now, effects);
}

/** From one wait to the next: how the run ends, undefined where it does not. */
function turn(state: CoreState, run: Run, rule: KeptEventRule, now: number, effects: Effect[]): string | undefined {
  const ops = state.automation.programs.get(rule.id) ?? [];
  for (let n = 0; n < A_TURN; n++) {
    const op = ops[run.place];
    if (!op) return "done";
    run.done += 1;
    if (run.done > MAX_DONE) return "it goes round in circles and was ended";
    const outcome = perform(state, run, rule, op, now, effects);
    if (run.cancelled) return run.cancelled;
    if (outcome === "waits") {
      // To look whether a wait is over is no work done: a long wait must not count as going round in circles.
      run.done -= 1;
      keep(run, effects);
      return undefined;
    }
    if (outcome !== "next") return outcome.ends;
  }
  return undefined;
}

/** Starts that wait were meant for the rule as it was, and for the time of its run: they go with it. */
function letGo(run: Run, now: number): void {
  const { length } = run.waiting ?? [];
  run.waiting = undefined;
  const words = length === 1 ? "a start that waited is" : `${length} starts that waited are`;
  if (length > 0) note(run, now, `${words} left out with it`, true);
}

/** Why neither a run nor what waits for its end can go on. */
function stopped(run: Run, rule: KeptEventRule | undefined, now: number): string | undefined {
  if (!rule) return "the rule is no more";
  if (!rule.enabled) return "the rule was switched off";
  if (rule.changedAt !== run.version) return "the rule was changed meanwhile";
  if (run.wakeAt !== undefined && now - run.wakeAt > MAX_LATE_MS)
    return `the hub was off or its clock was set: its wait was over ${spanInWords(now - run.wakeAt)} ago, too long to go on`;
  return undefined;
}

type Outcome = "next" | "waits" | { readonly ends: string };

function perform(state: CoreState, run: Run, rule: KeptEventRule, op: Op, now: number, effects: Effect[]): Outcome {
  switch (op.op) {
    case "jump":
      run.place = op.to;
      return "next";
    case "enter":
      run.rounds[op.slot] = 0;
      run.place += 1;
      return "next";
    case "branch": {
      const { holds, reason } = evaluate(op.if, pictureFor(state, now, run), `${run.id}|${run.place}`);
      const choice = holds === "unknown" ? "it is not known, so none of the choices is made" : holds ? "so" : "not so";
      note(run, now, `${choice}: ${reason}`, holds === "unknown");
      run.place = holds === true ? run.place + 1 : holds === false ? op.to : op.unknown;
      return "next";
    }
    case "loop":
      return loop(state, run, op, now);
    case "ask":
      return ask(state, run, rule, op, now, effects);
    case "do": {
      const { step } = op;
      if (step.kind === "wait" || step.kind === "waitUntil") return wait(state, run, step, now);
      if (step.kind === "stop") return { ends: step.reason ? `ended: ${step.reason}` : "ended by its own step" };
      for (const effect of act(state, run, rule, step, now)) effects.push(effect);
      run.place += 1;
      return "next";
    }
  }
}

function loop(state: CoreState, run: Run, op: Extract<Op, { op: "loop" }>, now: number): Outcome {
  const rounds = run.rounds[op.slot] ?? 0;
  const most = Math.min(op.step.times ?? MAX_ROUNDS, MAX_ROUNDS);
  const again = op.step.while && evaluate(op.step.while, pictureFor(state, now, run), `${run.id}|${run.place}`);
  if (rounds >= most || (again && again.holds !== true)) {
    const why = rounds >= most ? `${rounds} rounds are done` : `no further round: ${again?.reason}`;
    note(run, now, why, again?.holds === "unknown");
    run.place = op.to;
    return "next";
  }
  run.rounds[op.slot] = rounds + 1;
  run.place += 1;
  return "next";
}

/** A run that waits is kept, once a wait, so that it goes on after a restart. */
function keep(run: Run, effects: Effect[]): void {
  if (run.keptFor === run.wakeAt) return;
  run.keptFor = run.wakeAt;
  effects.push({ kind: "keepRun", run: copyOf(run) });
}

/** What changes while it runs, copied: a run goes on before it is written. */
function copyOf(run: Run): Run {
  const { variables, rounds, lines, nodes, open } = run;
  const own = {
    variables: { ...variables },
    rounds: [...rounds],
    lines: [...lines],
    nodes: [...nodes],
    open: [...open],
  };
  return { ...run, ...own };
}

function end(
  state: CoreState,
  run: Run,
  rule: KeptEventRule | undefined,
  outcome: string,
  now: number,
  effects: Effect[],
): void {
  close(state, run, outcome, now, effects);
  run.outcome = outcome;
  run.endedAt = now;
  run.wakeAt = undefined;
  effects.push({ kind: "dropRun", id: run.id });
  settled(state, run, rule?.title ?? run.rule, now, effects);
  const [next, ...others] = run.waiting ?? [];
  if (rule && next) begin(state, rule, next, now, others);
}

/** A run that is over is told once its commands have come to something. */
function settled(state: CoreState, run: Run, title: string, now: number, effects: Effect[]): void {
  const over = run.endedAt ?? now;
  if (run.open.length > 0 && now >= over && now - over < OUTCOMES_MS) return;
  state.automation.runs.delete(run.id);
  effects.push({ kind: "trace", trace: traceOf(run, title, run.outcome ?? "done", over) });
}
