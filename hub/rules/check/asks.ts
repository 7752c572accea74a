/** What a rule asks for: of each single device, of the mode of the house, of other rules. */

import type { Value } from "../../model/capability.ts";
import { pathKey } from "../../model/path.ts";
import type { Condition } from "../../model/rule/condition.ts";
import type { Expression } from "../../model/rule/expression.ts";
import type { RuleDraft } from "../../model/rule/rule.ts";
import { type CommandStep, isSwitching, type Step } from "../../model/rule/step.ts";
import type { Spot } from "../picture.ts";
import { canDo, type Desk } from "./desk.ts";
import { treeOf } from "./space/compile.ts";
import { constantOf } from "./space/formula.ts";
import type { Tree } from "./space/solve.ts";
import { MODE, valueThing } from "./space/things.ts";
import { writesOf } from "./writes.ts";

/** One thing that a rule asks for, and under which conditions. */
export interface Ask {
  /** The step in the rule. */
  readonly field: string;
  /** A value of a device, the mode of the house, or a rule that is started. */
  readonly thing: string;
  /** Undefined: not known before it runs. */
  readonly value: Value | undefined;
  readonly turns: boolean;
  /** Absent for what is no device. */
  readonly spot?: Spot;
  readonly capability: string;
  readonly command: string;
  readonly args: Readonly<Record<string, Value | undefined>>;
  /** What must be so; worked out when it is needed. */
  readonly guards: readonly (() => Tree)[];
  /** All conditions on the way to it, also those from before a wait. */
  readonly conditions: readonly Condition[];
  /** Of the form "when": before the first wait. */
  readonly atOnce: boolean;
  readonly way: "keep" | "otherwise" | "do";
}

/** A rule as it is held against others. */
export interface Ruled {
  readonly id: string;
  readonly title: string;
  readonly rank: number;
  readonly draft: RuleDraft;
}

export const startThing = (rule: string): string => `r:${rule}`;

interface Now {
  readonly guards: readonly (() => Tree)[];
  readonly conditions: readonly Condition[];
  readonly atOnce: boolean;
  readonly way: Ask["way"];
}

interface Reading {
  readonly desk: Desk;
  readonly scope: string;
  readonly asks: Ask[];
}

/** Everything that a rule may ask for. */
export function asksOf({ id, draft }: Ruled, desk: Desk): readonly Ask[] {
  const reading: Reading = { desk, scope: id, asks: [] };
  if (draft.form === "while") {
    const way = (name: "keep" | "otherwise", steps: readonly CommandStep[]) =>
      steps.forEach((s, i) => {
        const guard = () => treeOf(draft.while, name === "keep", desk, id);
        commandAsks(reading, s, `${name}.${i}`, {
          guards: [guard],
          conditions: [draft.while],
          atOnce: true,
          way: name,
        });
      });
    way("keep", draft.keep);
    way("otherwise", draft.otherwise ?? []);
    return reading.asks;
  }
  const condition = draft.if;
  const guards = condition ? [() => treeOf(condition, true, desk, id)] : [];
  block(reading, draft.do, "do", { guards, conditions: condition ? [condition] : [], atOnce: true, way: "do" });
  return reading.asks;
}

/** Goes through steps in turn; what was so before a wait may not be so after it. */
function block(reading: Reading, steps: readonly Step[], field: string, before: Now): Now {
  let now = before;
  for (const [i, step] of steps.entries()) {
    if (step.kind === "stop") break;
    now = one(reading, step, `${field}.${i}`, now);
  }
  return now;
}

const later = (now: Now): Now => ({ ...now, guards: [], atOnce: false });

function one(reading: Reading, step: Step, field: string, now: Now): Now {
  const { desk, scope } = reading;
  switch (step.kind) {
    case "command":
      commandAsks(reading, step, field, now);
      return now;
    case "scene":
      for (const action of desk.context.scenes.find((s) => s.id === step.scene)?.actions ?? [])
        spotAsks(
          reading,
          {
            ...action,
            spot: { node: desk.context.find(action.node)?.description.id ?? action.node, endpoint: action.endpoint },
          },
          field,
          now,
        );
      return now;
    case "mode":
    case "rule": {
      if (step.kind === "rule" && (step.does === "end" || isSwitching(step))) return now;
      const thing = step.kind === "mode" ? MODE : startThing(step.rule);
      const value = step.kind === "mode" ? step.to : undefined;
      reading.asks.push({
        ...now,
        field,
        thing,
        value,
        turns: step.kind === "rule",
        capability: "",
        command: step.kind,
        args: {},
      });
      return now;
    }
    case "wait":
      return later(now);
    case "waitUntil": {
      const given = step.otherwise === "stop" ? [step.condition] : [];
      return {
        ...later(now),
        guards: given.map((c) => () => treeOf(c, true, desk, scope)),
        conditions: [...now.conditions, ...given],
      };
    }
    case "choose":
      return choose(reading, step, field, now);
    case "ask":
      for (const [i, answer] of step.answers.entries())
        block(reading, answer.do, `${field}.answers.${i}.do`, later(now));
      block(reading, step.otherwise ?? [], `${field}.otherwise`, later(now));
      return later(now);
    case "repeat": {
      const inside = step.while ? guarded(reading, now, step.while, true) : now;
      return block(reading, step.do, `${field}.do`, inside).atOnce ? now : later(now);
    }
    default:
      return now;
  }
}

function guarded({ desk, scope }: Reading, now: Now, c: Condition, so: boolean): Now {
  const guards = [...now.guards, () => treeOf(c, so, desk, scope)];
  return { ...now, guards, conditions: so ? [...now.conditions, c] : now.conditions };
}

/** Of each option it is known that those before it were not so. */
function choose(reading: Reading, step: Extract<Step, { kind: "choose" }>, field: string, before: Now): Now {
  let now = before;
  let waits = false;
  for (const [i, option] of step.options.entries()) {
    const end = block(reading, option.do, `${field}.options.${i}.do`, guarded(reading, now, option.if, true));
    waits ||= !end.atOnce;
    now = guarded(reading, now, option.if, false);
  }
  const end = block(reading, step.otherwise ?? [], `${field}.otherwise`, now);
  return waits || !end.atOnce ? later(before) : before;
}

function commandAsks(reading: Reading, step: CommandStep, field: string, now: Now): void {
  const { desk } = reading;
  const { capability, command } = step;
  const args = Object.fromEntries(Object.entries(step.args ?? {}).map(([name, e]) => [name, constantOf(e)]));
  const shifts = Object.values(step.args ?? {}).some(isShift);
  for (const spot of desk.spots(step.target, capability))
    if (canDo(desk, spot, capability, command))
      spotAsks(reading, { spot, capability, command, args, shifts }, field, now);
}

interface Asked {
  readonly spot: Spot;
  readonly capability: string;
  readonly command: string;
  readonly args: Readonly<Record<string, Value | undefined>>;
  readonly shifts?: boolean;
}

function spotAsks(
  { asks }: Reading,
  { spot, capability, command, args, shifts }: Asked,
  field: string,
  now: Now,
): void {
  for (const { attribute, value, turns } of writesOf({ capability, command, args }))
    asks.push({
      ...{ ...now, field, spot, capability, command, args, value },
      thing: valueThing(pathKey({ ...spot, capability, attribute })),
      turns: turns || (value === undefined && shifts === true),
    });
}

/** What started the rule and something on top of it: never the same as before. */
function isShift(e: Expression): boolean {
  if (typeof e !== "object" || !("op" in e) || (e.op !== "+" && e.op !== "-")) return false;
  const [first, ...rest] = e.of;
  if (typeof first !== "object" || !("trigger" in first) || first.trigger !== "value") return false;
  const sum = rest.map(constantOf).reduce<number>((a, b) => (typeof b === "number" ? a + b : Number.NaN), 0);
  return Number.isFinite(sum) && sum !== 0;
}

/** The same, looked up once for each rule. */
export function asksOnce(desk: Desk): (rule: Ruled) => readonly Ask[] {
  const known = new Map<string, readonly Ask[]>();
  return (rule) => {
    const found = known.get(rule.id) ?? asksOf(rule, desk);
    known.set(rule.id, found);
    return found;
  };
}
