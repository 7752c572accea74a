import type { Trigger } from "../../../../model/rule/trigger.ts";
import { type Desk, miss, onlyKnows } from "../desk.ts";
import { type Item, keyOf, textOf } from "../item.ts";
import { templateIs } from "../template/condition.ts";
import { minutesFor } from "../times.ts";

/** What a template asks comes true. */
export function templateTriggers(desk: Desk, item: Item): readonly Trigger[] {
  onlyKnows(desk, item, ["platform", "trigger", "id", "value_template", "for"]);
  const forMinutes = minutesFor(item);
  if (forMinutes === "bad") miss(desk, item, `"for" is no fixed time of a day at most.`);
  const condition = templateIs(desk, item, textOf(keyOf(item, "value_template")) ?? "");
  if (!condition || forMinutes === "bad") return [];
  return [{ kind: "holds", condition, ...(forMinutes === undefined ? {} : { forMinutes }) }];
}
