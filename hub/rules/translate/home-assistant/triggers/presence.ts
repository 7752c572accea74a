import type { Trigger } from "../../../../model/rule/trigger.ts";
import { type Desk, miss, onlyKnows } from "../desk.ts";
import { type Item, keyOf, textOf } from "../item.ts";
import { spokenOf } from "../spoken.ts";

/** Somebody comes home or leaves; other zones are not known here. */
export function zoneTriggers(desk: Desk, item: Item): readonly Trigger[] {
  onlyKnows(desk, item, ["platform", "trigger", "id", "entity_id", "zone", "event"]);
  const zone = textOf(keyOf(item, "zone"));
  if (zone !== "zone.home")
    miss(desk, item, `Whether somebody is at ${zone ?? "a zone"} is not known here, only whether at home.`);
  if (zone !== "zone.home") return [];
  const does = textOf(keyOf(item, "event")) === "leave" ? "leaves" : "comes";
  return spokenOf(desk, item).flatMap(({ name, at, meant }): Trigger[] => {
    if (meant.kind === "person") return [{ kind: "presence", who: meant.who, does }];
    miss(desk, at, `${name} is no person here.`);
    return [];
  });
}

export function startTriggers(desk: Desk, item: Item): readonly Trigger[] {
  onlyKnows(desk, item, ["platform", "trigger", "id", "event"]);
  if (textOf(keyOf(item, "event")) === "start") return [{ kind: "started" }];
  miss(desk, item, "The end of the hub can't start a rule.");
  return [];
}
