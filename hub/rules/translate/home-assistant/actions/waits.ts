import type { Condition } from "../../../../model/rule/condition.ts";
import type { Step } from "../../../../model/rule/step.ts";
import type { Trigger } from "../../../../model/rule/trigger.ts";
import { type Desk, miss, note, onlyKnows } from "../desk.ts";
import { type Item, keyOf, switchOf } from "../item.ts";
import { joined } from "../spoken.ts";
import { secondsOf } from "../times.ts";
import { triggersOf } from "../triggers/index.ts";

const DAY_MIN = 1440;

export function delaySteps(desk: Desk, item: Item): readonly Step[] | undefined {
  onlyKnows(desk, item, ["delay"]);
  const seconds = secondsOf(keyOf(item, "delay"));
  if (seconds === undefined) return miss(desk, item, "How long is waited is not written in the file.");
  if (seconds < 0 || seconds > DAY_MIN * 60) return miss(desk, item, "A rule can wait a day at most.");
  return seconds === 0 ? [] : [{ kind: "wait", minutes: Math.round((seconds / 60) * 1000) / 1000 }];
}

/** Waits until something happens: until it is so, which is the same unless it is so already. */
export function waitSteps(desk: Desk, item: Item): readonly Step[] | undefined {
  onlyKnows(desk, item, ["wait_for_trigger", "timeout", "continue_on_timeout"]);
  const given = keyOf(item, "timeout");
  const seconds = given ? secondsOf(given) : DAY_MIN * 60;
  if (seconds === undefined || seconds <= 0 || seconds > DAY_MIN * 60)
    return miss(desk, given ?? item, "How long is waited at most is not written in the file, or more than a day.");
  if (!given) note(desk, item, "It waits a day at most.");
  const triggers = triggersOf(desk, keyOf(item, "wait_for_trigger"));
  const of = triggers.flatMap(
    (trigger) => conditionOf(trigger) ?? miss(desk, item, "It can't be waited for this.") ?? [],
  );
  const condition = of.length < triggers.length ? undefined : joined("any", of);
  if (!condition) return undefined;
  note(desk, item, "It goes on at once where it is so already.");
  const stops = switchOf(keyOf(item, "continue_on_timeout")) === false;
  return [
    { kind: "waitUntil", condition, atMostMinutes: seconds / 60, ...(stops ? { otherwise: "stop" as const } : {}) },
  ];
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
      return trigger.forMinutes === undefined ? trigger.condition : undefined;
    case "presence":
      return { kind: "presence", who: trigger.who, home: trigger.does === "comes" };
    case "mode":
      return { kind: "mode", in: trigger.to };
    default:
      return undefined;
  }
}
