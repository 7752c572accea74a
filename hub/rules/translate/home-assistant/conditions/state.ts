import type { Condition } from "../../../../model/rule/condition.ts";
import { type Desk, miss, onlyKnows } from "../desk.ts";
import { type Item, isTemplate, keyOf, listOf, textOf } from "../item.ts";
import { joined, limitsOf, spokenOf, stateIs, sunWithin, withinLimits } from "../spoken.ts";
import { minutesFor } from "../times.ts";

/** Every entity (or any, where the file says so) is in one of the states. */
export function stateCondition(desk: Desk, item: Item): Condition | undefined {
  onlyKnows(desk, item, ["condition", "entity_id", "state", "for", "match"]);
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
  const each = spokenOf(desk, item).map((spoken) =>
    joined(
      "any",
      states.flatMap((state) => stateIs(desk, spoken, state, forMinutes) ?? []),
    ),
  );
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
  onlyKnows(desk, item, ["condition", "entity_id", "above", "below", "attribute"]);
  const sun = sunWithin(item);
  if (sun) return sun;
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
