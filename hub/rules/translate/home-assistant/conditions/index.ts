import type { Condition } from "../../../../model/rule/condition.ts";
import { type Desk, miss, onlyKnows, part, triggeredBy } from "../desk.ts";
import { filled } from "../given.ts";
import { type Item, isTemplate, keyOf, listOf, textOf } from "../item.ts";
import { joined } from "../spoken.ts";
import { templateIs } from "../template/condition.ts";
import { deviceIs } from "./device.ts";
import { numericCondition, stateCondition, zoneCondition } from "./state.ts";
import { sunCondition, timeCondition } from "./time.ts";

const kinds = new Map<string, (desk: Desk, item: Item) => Condition | undefined>([
  ["state", stateCondition],
  ["numeric_state", numericCondition],
  ["time", timeCondition],
  ["sun", sunCondition],
  ["zone", zoneCondition],
  ["trigger", triggerCondition],
  ["template", templateCondition],
  ["device", deviceCondition],
  ["and", (desk, item) => group(desk, item, "all", keyOf(item, "conditions"))],
  ["or", (desk, item) => group(desk, item, "any", keyOf(item, "conditions"))],
  ["not", (desk, item) => negated(group(desk, item, "any", keyOf(item, "conditions")))],
]);

/** All of them must be so; what can't be translated is listed and not asked. Undefined: nothing is asked. */
export const conditionsOf = (desk: Desk, item: Item | undefined, kind: "all" | "any" = "all"): Condition | undefined =>
  joined(
    kind,
    listOf(item).flatMap((one) => conditionOf(desk, one)),
  );

/** One condition as a list of none or one. */
export const conditionOf = (desk: Desk, item: Item): readonly Condition[] =>
  part(desk, "condition", item, () => {
    const made = make(desk, filled(desk, item));
    return made ? [made] : undefined;
  });

/** Whether a part of a sequence is a condition: a template that stands alone is one. */
export const isCondition = (item: Item): boolean =>
  isTemplate(item) || ["condition", "and", "or", "not"].some((key) => item.map?.has(key));

function make(desk: Desk, item: Item): Condition | undefined {
  const kind = textOf(keyOf(item, "condition"));
  if (kind !== undefined) {
    const found = kinds.get(kind);
    if (found) return found(desk, item);
    return miss(desk, item, `A condition of the kind "${kind.slice(0, 40)}" has no like here.`);
  }
  if (keyOf(item, "and")) return group(desk, item, "all", keyOf(item, "and"));
  if (keyOf(item, "or")) return group(desk, item, "any", keyOf(item, "or"));
  if (keyOf(item, "not")) return negated(group(desk, item, "any", keyOf(item, "not")));
  if (item.map || item.list) return miss(desk, item, "This is no condition.");
  if (item.tag) return miss(desk, item, "What must be so is not in this file.");
  return templateIs(desk, item, textOf(item) ?? "");
}

/** A group of which a part is missing says something else: then none of it is asked. */
function group(desk: Desk, item: Item, kind: "all" | "any", of: Item | undefined): Condition | undefined {
  onlyKnows(desk, item, ["condition", "conditions", "and", "or", "not"]);
  const parts = listOf(of);
  const before = desk.misses.length;
  const made = parts.flatMap((one) => conditionOf(desk, one));
  const whole = desk.misses.slice(before).every((m) => m.level === "note");
  if (!whole) return kind === "all" ? joined(kind, made) : undefined;
  return joined(kind, made);
}

const negated = (of: Condition | undefined): Condition | undefined => of && { kind: "not", of };

function templateCondition(desk: Desk, item: Item): Condition | undefined {
  onlyKnows(desk, item, ["condition", "value_template"]);
  return templateIs(desk, item, textOf(keyOf(item, "value_template")) ?? "");
}

const DEVICE = ["condition", "device_id", "entity_id", "domain", "type", "subtype", "above", "below"];

function deviceCondition(desk: Desk, item: Item): Condition | undefined {
  onlyKnows(desk, item, DEVICE);
  return deviceIs(desk, item, textOf(keyOf(item, "type")) ?? "");
}

function triggerCondition(desk: Desk, item: Item): Condition | undefined {
  onlyKnows(desk, item, ["condition", "id"]);
  const of = listOf(keyOf(item, "id")).flatMap((one) => {
    const id = textOf(one);
    return id ? triggeredBy(desk, id) : [];
  });
  return joined("any", of) ?? miss(desk, item, "It does not say which trigger.");
}
