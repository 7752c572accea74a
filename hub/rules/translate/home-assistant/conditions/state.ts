import type { Condition } from "../../../../model/rule/condition.ts";
import { type Desk, miss, onlyKnows } from "../desk.ts";
import { type Item, isTemplate, keyOf, listOf, namesOf, numberOf, textOf } from "../item.ts";
import { attributeIs, joined, limitsOf, spokenOf, stateIs, sunWithin, withinLimits } from "../spoken.ts";
import { templateWorth } from "../template/condition.ts";
import { minutesFor } from "../times.ts";

/** Every entity (or any, where the file says so) is in one of the states. */
export function stateCondition(desk: Desk, item: Item): Condition | undefined {
  onlyKnows(desk, item, ["condition", "entity_id", "state", "for", "match", "attribute"]);
  const forMinutes = minutesFor(item);
  if (forMinutes === "bad") return miss(desk, item, `"for" is no fixed time of a day at most.`);
  const given = listOf(keyOf(item, "state"));
  const odd = given.find((one) => one.tag !== undefined || isTemplate(one));
  if (odd || given.length === 0) return miss(desk, odd ?? item, "The state is not written in the file.");
  const states = given.flatMap((one) =>
    one.scalar === true ? "on" : one.scalar === false ? "off" : (textOf(one) ?? []),
  );
  if (textOf(keyOf(item, "entity_id")) === "sun.sun" && forMinutes === undefined)
    return sunIs(states) ?? miss(desk, item, "The sun is up or down here, and nothing else.");
  const attribute = textOf(keyOf(item, "attribute"));
  const each = spokenOf(desk, item).map((spoken) => {
    const of = states.map((state) =>
      attribute === undefined
        ? stateIs(desk, spoken, state, forMinutes)
        : attributeIs(desk, spoken, attribute, state, forMinutes),
    );
    // Of several states that will do, one that can't be said would make it ask for too much.
    return of.every((one) => one !== undefined) ? joined("any", of) : undefined;
  });
  const found = each.flatMap((one) => one ?? []);
  return found.length < each.length ? undefined : joined(textOf(keyOf(item, "match")) === "any" ? "any" : "all", found);
}

/** Whether the sun is up, by Home Assistant's words for it. */
export function sunIs(states: readonly string[]): Condition | undefined {
  if (states.length !== 1) return undefined;
  if (states[0] === "below_horizon") return { kind: "sun", is: "down" };
  return states[0] === "above_horizon" ? { kind: "sun", is: "up" } : undefined;
}

export function numericCondition(desk: Desk, item: Item): Condition | undefined {
  onlyKnows(desk, item, ["condition", "entity_id", "above", "below", "attribute", "value_template"]);
  const sun = sunWithin(item);
  if (sun) return sun;
  const worked = keyOf(item, "value_template");
  if (worked) return worthWithin(desk, item, worked);
  const each = spokenOf(desk, item).map((spoken) => limitsOf(desk, item, spoken));
  const found = each.flatMap((limits) => (limits ? [withinLimits(limits)] : []));
  return found.length < each.length ? undefined : joined("all", found);
}

export function zoneCondition(desk: Desk, item: Item): Condition | undefined {
  onlyKnows(desk, item, ["condition", "entity_id", "zone"]);
  const zone = textOf(keyOf(item, "zone"));
  if (zone !== "zone.home")
    return miss(desk, item, `Whether somebody is at ${zone ?? "a zone"} is not known here, only whether at home.`);
  const each = spokenOf(desk, item).map((spoken) => stateIs(desk, spoken, "home", undefined));
  const found = each.flatMap((one) => one ?? []);
  return found.length < each.length ? undefined : joined("all", found);
}

/** A figure that a template comes to lies above one limit, below another, or both. */
export function worthWithin(desk: Desk, item: Item, template: Item): Condition | undefined {
  const [name = ""] = namesOf(keyOf(item, "entity_id")).map((one) => one.name);
  // In such a template `state` is the entity's own.
  const own = (textOf(template) ?? "").replaceAll(/(?<![\w.])state\.(state|attributes)/g, `states.${name}.$1`);
  const worth = templateWorth(desk, { ...template, scalar: own });
  const side = (key: string, op: ">" | "<"): Condition[] => {
    const value = numberOf(keyOf(item, key));
    if (keyOf(item, key) && value === undefined) miss(desk, item, `"${key}" is not written in the file.`);
    return value === undefined || worth === undefined ? [] : [{ kind: "formula", is: { op, of: [worth, value] } }];
  };
  if (worth === undefined)
    return miss(desk, template, "What is compared is worked out by a template that has no like here.");
  return joined("all", [...side("above", ">"), ...side("below", "<")]);
}
