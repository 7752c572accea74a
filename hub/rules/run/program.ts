/** Nested steps laid flat, so that a run is a place in a list: it can wait, be kept over a restart and be cancelled anywhere. */
import type { Condition } from "../../model/rule/condition.ts";
import type { AskStep, Step } from "../../model/rule/step.ts";

type Repeat = Extract<Step, { kind: "repeat" }>;
type Plain = Exclude<Step, { kind: "choose" } | AskStep | Repeat>;

/** One instruction; `to` are places in the program. */
export type Op =
  | { readonly op: "do"; readonly step: Plain }
  /** Goes on if it holds; to `to` if it does not; to `unknown` if nobody knows. */
  | { readonly op: "branch"; readonly if: Condition; readonly to: number; readonly unknown: number }
  | { readonly op: "jump"; readonly to: number }
  /** Counts a round; leaves for `to` when there are no more. */
  | { readonly op: "loop"; readonly slot: number; readonly step: Repeat; readonly to: number }
  | { readonly op: "enter"; readonly slot: number }
  /** Asks people and waits. `to`: the places of its answers, in their order; `none`: where nobody answers. */
  | { readonly op: "ask"; readonly step: AskStep; readonly to: readonly number[]; readonly none: number };

/** Beyond this a rule is refused before it is saved. */
export const MAX_OPS = 500;

/** Lays steps flat. */
export function programOf(steps: readonly Step[]): readonly Op[] {
  const ops: Op[] = [];
  let slots = 0;
  const block = (list: readonly Step[]): void => {
    for (const step of list) one(step);
  };
  const one = (step: Step): void => {
    if (step.kind === "choose") choose(step);
    else if (step.kind === "repeat") repeat(step);
    else if (step.kind === "ask") ask(step);
    else ops.push({ op: "do", step });
  };
  const choose = (step: Extract<Step, { kind: "choose" }>): void => {
    const ends: number[] = [];
    const branches: number[] = [];
    for (const option of step.options) {
      const at = ops.push({ op: "jump", to: 0 }) - 1;
      branches.push(at);
      block(option.do);
      ends.push(ops.push({ op: "jump", to: 0 }) - 1);
      ops[at] = { op: "branch", if: option.if, to: ops.length, unknown: 0 };
    }
    block(step.otherwise ?? []);
    for (const at of ends) ops[at] = { op: "jump", to: ops.length };
    for (const at of branches) {
      const branch = ops[at];
      if (branch?.op === "branch") ops[at] = { ...branch, unknown: ops.length };
    }
  };
  const repeat = (step: Repeat): void => {
    const slot = slots++;
    ops.push({ op: "enter", slot });
    const head = ops.push({ op: "jump", to: 0 }) - 1;
    block(step.do);
    ops.push({ op: "jump", to: head });
    ops[head] = { op: "loop", slot, step, to: ops.length };
  };
  const ask = (step: AskStep): void => {
    const at = ops.push({ op: "jump", to: 0 }) - 1;
    const ends: number[] = [];
    const to = step.answers.map((answer) => {
      const place = ops.length;
      block(answer.do);
      ends.push(ops.push({ op: "jump", to: 0 }) - 1);
      return place;
    });
    ops[at] = { op: "ask", step, to, none: ops.length };
    block(step.otherwise ?? []);
    for (const end of ends) ops[end] = { op: "jump", to: ops.length };
  };
  block(steps);
  return ops;
}
