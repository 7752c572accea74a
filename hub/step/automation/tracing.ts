/** What is said of runs and of what did not become one. */
import { MAX_LINE, MAX_LINES, MAX_TRACE_NODES, type Trace, type TraceLine } from "../../model/trace.ts";
import type { Run } from "../../rules/run/run.ts";
import type { CoreState } from "../state.ts";
import { stampOf } from "./stamp.ts";
import { MAX_MISSED } from "./state.ts";

/** The same near miss is told once in so long. */
const AGAIN_MS = 10 * 60_000;

export const shortened = (text: string): string => (text.length > MAX_LINE ? `${text.slice(0, MAX_LINE - 1)}…` : text);

/** Notes a line in a run; the last place says that more is left out. */
export function note(run: Run, at: number, text: string, bad = false): void {
  if (run.lines.length >= MAX_LINES) return;
  const isLast = run.lines.length === MAX_LINES - 1;
  const line: TraceLine = {
    at,
    text: isLast ? "more happened than is kept here" : shortened(text),
    ...(bad ? { bad: true as const } : {}),
  };
  run.lines.push(line);
}

/** Notes a device that the run has to do with. */
export function noteNode(run: Run, node: string): void {
  if (run.nodes.length < MAX_TRACE_NODES && !run.nodes.includes(node)) run.nodes.push(node);
}

/** A run as it is shown and kept. */
export function traceOf(run: Run, title: string, outcome: string, endedAt?: number): Trace {
  return {
    id: run.id,
    at: run.startedAt,
    ...(endedAt === undefined ? {} : { endedAt }),
    ...{ rule: run.rule, title, kind: "run", cause: shortened(run.cause), outcome: shortened(outcome) },
    nodes: [...run.nodes],
    lines: [...run.lines],
  };
}

interface Miss {
  readonly rule: { readonly id: string; readonly title: string };
  readonly cause: string;
  readonly why: string;
  readonly nodes: readonly string[];
}

/** Something spoke for a start and nothing was done. `about` tells alike ones apart, which are told once in ten minutes. */
export function nearMiss(state: CoreState, { rule, cause, why, nodes }: Miss, at: number, about = why): void {
  const { automation } = state;
  const key = `${rule.id}|${about}`;
  const last = automation.missed.get(key);
  if (last !== undefined && at >= last && at - last < AGAIN_MS) return;
  if (automation.missed.size >= MAX_MISSED) automation.missed.clear();
  automation.missed.set(key, at);
  automation.count += 1;
  automation.traces.push({
    id: `miss-${stampOf(at)}-${automation.count.toString(36)}`,
    ...{ at, endedAt: at, rule: rule.id, title: rule.title, kind: "nearMiss" },
    ...{ cause: shortened(cause), outcome: shortened(why) },
    ...{ nodes: nodes.slice(0, MAX_TRACE_NODES), lines: [] },
  });
}
