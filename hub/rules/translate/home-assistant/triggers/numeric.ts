import type { Trigger } from "../../../../model/rule/trigger.ts";
import { worthWithin } from "../conditions/state.ts";
import { type Desk, miss, onlyKnows } from "../desk.ts";
import { type Item, keyOf } from "../item.ts";
import { limitsOf, spokenOf, sunWithin, withinLimits } from "../spoken.ts";
import { minutesFor } from "../times.ts";

/** A figure that goes over a limit; with both limits, one that comes between them. */
export function numericTriggers(desk: Desk, item: Item): readonly Trigger[] {
  onlyKnows(desk, item, [
    "platform",
    "trigger",
    "id",
    "entity_id",
    "above",
    "below",
    "for",
    "attribute",
    "value_template",
  ]);
  const forMinutes = minutesFor(item);
  if (forMinutes === "bad") miss(desk, item, `"for" is no fixed time of a day at most.`);
  if (forMinutes === "bad") return [];
  const sun = sunWithin(item);
  if (sun) return [{ kind: "holds", condition: sun, ...(forMinutes === undefined ? {} : { forMinutes }) }];
  const lasting = forMinutes === undefined ? {} : { forMinutes };
  const worked = keyOf(item, "value_template");
  const condition = worked && worthWithin(desk, item, worked);
  if (worked) return condition ? [{ kind: "holds", condition, ...lasting }] : [];
  return spokenOf(desk, item).flatMap((spoken): Trigger[] => {
    const limits = limitsOf(desk, item, spoken);
    if (!limits) return [];
    const { target, of, above, below, kept } = limits;
    if (kept.length > 0 || (above !== undefined && below !== undefined))
      return [{ kind: "holds", condition: withinLimits(limits), ...lasting }];
    const side = above === undefined ? { below } : { above };
    return [{ kind: "crosses", target, of, ...side, ...lasting }];
  });
}
