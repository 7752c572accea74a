import type { Trigger } from "../../../../model/rule/trigger.ts";
import { buttonTriggers, pressedBy } from "../buttons.ts";
import { type Desk, miss, onlyKnows } from "../desk.ts";
import { type Item, isTemplate, keyOf, textOf } from "../item.ts";

/** A message: a press, where a remote's topic says so; what else messages say, their devices tell. */
export function mqttTriggers(desk: Desk, item: Item): readonly Trigger[] {
  onlyKnows(desk, item, ["platform", "trigger", "id", "topic", "payload", "encoding", "qos"]);
  const topic = textOf(keyOf(item, "topic")) ?? "";
  const payload = keyOf(item, "payload");
  const [, device] = /^(.+)\/(?:action|click|button|event)$/.exec(topic) ?? [];
  const pressed = payload && !isTemplate(payload) ? pressedBy(textOf(payload) ?? "") : undefined;
  if (device && pressed) return buttonTriggers(desk, item, `topic/${device}`.slice(0, 100), pressed);
  miss(desk, item, `What a message on "${topic.slice(0, 80)}" means is not known here; use what the device tells.`);
  return [];
}
