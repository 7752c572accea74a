import type { Trigger } from "../../../../model/rule/trigger.ts";
import { type Desk, miss, part } from "../desk.ts";
import { type Item, keyOf, listOf, textOf } from "../item.ts";
import { deviceTriggers } from "./device.ts";
import { numericTriggers } from "./numeric.ts";
import { startTriggers, zoneTriggers } from "./presence.ts";
import { stateTriggers } from "./state.ts";
import { patternTriggers, sunTriggers, timeTriggers } from "./time.ts";

const kinds = new Map<string, (desk: Desk, item: Item) => readonly Trigger[]>([
  ["state", stateTriggers],
  ["numeric_state", numericTriggers],
  ["time", timeTriggers],
  ["time_pattern", patternTriggers],
  ["sun", sunTriggers],
  ["zone", zoneTriggers],
  ["homeassistant", startTriggers],
  ["device", deviceTriggers],
]);

const MOST = 20;

/** All triggers of an automation; those with one id stay together under it. */
export function triggersOf(desk: Desk, item: Item | undefined): readonly Trigger[] {
  const all = listOf(item).flatMap((one) => part(desk, "trigger", one, () => triggerOf(desk, one)));
  if (item && all.length > MOST) miss(desk, item, `A rule has at most ${MOST} triggers; the others were left out.`);
  return all.slice(0, MOST);
}

function triggerOf(desk: Desk, item: Item): readonly Trigger[] {
  const nested = keyOf(item, "triggers");
  if (nested) return triggersOf(desk, nested);
  const kind = textOf(keyOf(item, "trigger", "platform"));
  const make = kind === undefined ? undefined : kinds.get(kind);
  if (!make)
    miss(desk, item, kind === undefined ? "This is no trigger." : `A trigger of the kind "${kind}" has no like here.`);
  const id = textOf(keyOf(item, "id"))?.slice(0, 40);
  return (make?.(desk, item) ?? []).map((trigger) => (id ? { ...trigger, id } : trigger));
}
