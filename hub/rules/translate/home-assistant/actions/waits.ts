import type { Condition } from "../../../../model/rule/condition.ts";
import type { Expression } from "../../../../model/rule/expression.ts";
import type { Step } from "../../../../model/rule/step.ts";
import type { Trigger } from "../../../../model/rule/trigger.ts";
import { type Desk, miss, note, onlyKnows } from "../desk.ts";
import { type Item, keyOf, switchOf, textOf } from "../item.ts";
import { joined } from "../spoken.ts";
import { templateIs, templateWorth } from "../template/condition.ts";
import { secondsOf } from "../times.ts";
import { triggersOf } from "../triggers/index.ts";

const DAY_MIN = 1440;

export function delaySteps(desk: Desk, item: Item): readonly Step[] | undefined {
  onlyKnows(desk, item, ["delay"]);
  const given = keyOf(item, "delay");
  const seconds = secondsOf(given);
  const worked = seconds === undefined ? workedMinutes(desk, given) : undefined;
  if (worked !== undefined) return [{ kind: "wait", minutes: worked }];
  if (seconds === undefined) return miss(desk, item, "How long is waited is not written in the file.");
  if (seconds < 0 || seconds > DAY_MIN * 60) return miss(desk, item, "A rule can wait a day at most.");
  return seconds === 0 ? [] : [{ kind: "wait", minutes: Math.round((seconds / 60) * 100_000) / 100_000 }];
}

/** How many minutes, where a template works them out: as seconds, or as one part of a stretch of time. */
function workedMinutes(desk: Desk, given: Item | undefined): Expression | undefined {
  const parts = given?.map ? [...given.map] : given ? [["seconds", given] as const] : [];
  const sum = parts.map(([unit, value]): Expression | undefined => {
    const clock = /^00:(\{\{.+\}\}):00$/.exec(textOf(value) ?? "")?.[1];
    const worth = templateWorth(desk, clock === undefined ? value : { ...value, scalar: clock });
    const scale = clock === undefined ? (Object.hasOwn(MINUTES, unit) ? MINUTES[unit] : undefined) : 1;
    if (worth === undefined || typeof worth === "string" || scale === undefined) return undefined;
    return scale === 1 ? worth : { op: "*", of: [worth, scale] };
  });
  if (sum.length === 0 || !sum.every((one) => one !== undefined)) return undefined;
  return sum.length === 1 ? sum[0] : { op: "+", of: sum };
}

const MINUTES: Readonly<Record<string, number>> = { hours: 60, minutes: 1, seconds: 1 / 60 };

/** Waits until a template comes true. */
export function waitTemplate(desk: Desk, item: Item): readonly Step[] | undefined {
  onlyKnows(desk, item, ["wait_template", "timeout", "continue_on_timeout"]);
  const seconds = atMost(desk, item);
  const given = keyOf(item, "wait_template") ?? item;
  const condition = templateIs(desk, given, textOf(given) ?? "");
  return seconds && condition ? [waiting(item, condition, seconds)] : undefined;
}

/** Seconds that are waited at most; a miss where they are not written. */
function atMost(desk: Desk, item: Item): number | undefined {
  const given = keyOf(item, "timeout");
  const seconds = given ? secondsOf(given) : DAY_MIN * 60;
  if (seconds === undefined || seconds <= 0 || seconds > DAY_MIN * 60)
    return miss(desk, given ?? item, "How long is waited at most is not written in the file, or more than a day.");
  if (!given) note(desk, item, "It waits a day at most.");
  return seconds;
}

function waiting(item: Item, condition: Condition, seconds: number): Step {
  // Without a limit in the file it never goes on by itself.
  const stops = !keyOf(item, "timeout") || switchOf(keyOf(item, "continue_on_timeout")) === false;
  return { kind: "waitUntil", condition, atMostMinutes: seconds / 60, ...(stops ? { otherwise: "stop" } : {}) };
}

/** Waits until something happens: until it is not so, and then until it is. */
export function waitSteps(desk: Desk, item: Item): readonly Step[] | undefined {
  onlyKnows(desk, item, ["wait_for_trigger", "timeout", "continue_on_timeout"]);
  const seconds = atMost(desk, item);
  const before = desk.started.length;
  const triggers = triggersOf(desk, keyOf(item, "wait_for_trigger"));
  // They start no rule.
  desk.started.length = before;
  const of = triggers.flatMap(
    (trigger) => conditionOf(trigger) ?? miss(desk, item, "It can't be waited for this.") ?? [],
  );
  const condition = of.length < triggers.length ? undefined : joined("any", of);
  if (!condition || !seconds) return undefined;
  note(desk, item, "Where it is so already, it waits until it is so anew; either wait has the whole time.");
  return [waiting(item, { kind: "not", of: condition }, seconds), waiting(item, condition, seconds)];
}

/** What is so once a trigger has come. */
function conditionOf(trigger: Trigger): Condition | undefined {
  const lasting = "forMinutes" in trigger && trigger.forMinutes !== undefined ? { forMinutes: trigger.forMinutes } : {};
  switch (trigger.kind) {
    case "becomes":
      if (trigger.to === undefined) return undefined;
      return { kind: "state", target: trigger.target, of: trigger.of, op: "=", value: trigger.to, ...lasting };
    case "crosses": {
      const { target, of, above, below } = trigger;
      if (above !== undefined) return { kind: "state", target, of, op: ">", value: above, ...lasting };
      return below === undefined ? undefined : { kind: "state", target, of, op: "<", value: below, ...lasting };
    }
    case "holds":
      return trigger.forMinutes === undefined ? trigger.condition : lastingOf(trigger.condition, trigger.forMinutes);
    case "presence":
      return { kind: "presence", who: trigger.who, home: trigger.does === "comes" };
    case "mode":
      return { kind: "mode", in: trigger.to };
    default:
      return undefined;
  }
}

/** The same, once it has lasted. */
function lastingOf(condition: Condition, forMinutes: number): Condition | undefined {
  return condition.kind === "state" ? { ...condition, forMinutes } : undefined;
}
