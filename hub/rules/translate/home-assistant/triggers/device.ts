import type { Trigger } from "../../../../model/rule/trigger.ts";
import { buttonTriggers, type Pressed, pressedBy } from "../buttons.ts";
import { deviceIs } from "../conditions/device.ts";
import { type Desk, miss, onlyKnows } from "../desk.ts";
import { type Item, keyOf, textOf } from "../item.ts";
import { pressOf } from "../states.ts";
import { minutesFor } from "../times.ts";
import { sceneOf } from "./event.ts";

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
  "property",
  "property_key",
  "property_key_name",
  "command_class",
  "endpoint",
  "value",
];

/** What a device itself tells in Home Assistant: a press of a button, or one of its states. */
export function deviceTriggers(desk: Desk, item: Item): readonly Trigger[] {
  onlyKnows(desk, item, [...KEYS, "discovery_id"]);
  const type = textOf(keyOf(item, "type")) ?? "";
  const subtype = textOf(keyOf(item, "subtype")) ?? "";
  const forMinutes = minutesFor(item);
  if (forMinutes === "bad") miss(desk, item, `"for" is no fixed time of a day at most.`);
  if (forMinutes === "bad") return [];
  const pressed = pressIn(item, type, subtype);
  const id = keyOf(item, "device_id");
  if (pressed) return buttonTriggers(desk, id ?? item, `device/${textOf(id) ?? ""}`, pressed);
  const condition = deviceIs(desk, item, type);
  return condition ? [{ kind: "holds", condition, ...(forMinutes === undefined ? {} : { forMinutes }) }] : [];
}

/** A press, and which of the device's buttons it is. */
function pressIn(item: Item, type: string, subtype: string): Pressed | undefined {
  if (type === "event.value_notification.central_scene")
    return sceneOf(textOf(keyOf(item, "property_key")), textOf(keyOf(item, "value")));
  const press = pressOf(type);
  if (press === undefined) return type === "action" || type === "" ? pressedBy(subtype) : undefined;
  return subtype === "" || pressOf(subtype) ? { press } : { press, button: subtype };
}
