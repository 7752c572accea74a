import type { Trigger } from "../../../../model/rule/trigger.ts";
import { deviceIs } from "../conditions/device.ts";
import { type Desk, meantBy, miss, onlyKnows } from "../desk.ts";
import { type Item, keyOf, textOf } from "../item.ts";
import { pressOf } from "../states.ts";
import { targetOf } from "../targets.ts";
import { minutesFor } from "../times.ts";

const KEYS = [
  "platform",
  "trigger",
  "id",
  "device_id",
  "entity_id",
  "domain",
  "type",
  "subtype",
  "for",
  "above",
  "below",
];

/** What a device itself tells in Home Assistant: a press of a button, or one of its states. */
export function deviceTriggers(desk: Desk, item: Item): readonly Trigger[] {
  onlyKnows(desk, item, [...KEYS, "discovery_id"]);
  const type = textOf(keyOf(item, "type")) ?? "";
  const subtype = textOf(keyOf(item, "subtype")) ?? "";
  const forMinutes = minutesFor(item);
  if (forMinutes === "bad") miss(desk, item, `"for" is no fixed time of a day at most.`);
  if (forMinutes === "bad") return [];
  const press = pressOf(type) ?? (type === "action" || type === "" ? pressOf(subtype) : undefined);
  if (press !== undefined) return pressed(desk, item, press);
  const condition = deviceIs(desk, item, type);
  return condition ? [{ kind: "holds", condition, ...(forMinutes === undefined ? {} : { forMinutes }) }] : [];
}

function pressed(desk: Desk, item: Item, press: string): readonly Trigger[] {
  const id = keyOf(item, "device_id");
  const meant = meantBy(desk, `device/${textOf(id) ?? ""}`, id ?? item);
  if (!meant) return [];
  if (meant.kind === "device" && meant.capabilities.includes("switch"))
    return [{ kind: "event", target: targetOf(meant), of: "switch.event", is: press }];
  miss(desk, item, "The device tells of no presses here.");
  return [];
}
