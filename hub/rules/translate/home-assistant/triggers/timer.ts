import type { Trigger } from "../../../../model/rule/trigger.ts";
import { type Desk, meantBy, miss, note } from "../desk.ts";
import { type Item, keyOf, namesOf } from "../item.ts";

/**
 * A timer of Home Assistant is a rule here that waits and then starts those that listen to it; so it is no trigger of theirs.
 * `entity` names the timer.
 */
export function timerRanOut(desk: Desk, item: Item, entity: Item | undefined): readonly Trigger[] {
  for (const { name } of namesOf(entity)) ofTimer(desk, item, name);
  if (!entity) miss(desk, item, "It does not say which timer.");
  return [];
}

function ofTimer(desk: Desk, item: Item, name: string): void {
  if (!name.startsWith("timer.")) miss(desk, item, "It does not say which timer.");
  else if (!desk.library.keyFor(name)) unknownTimer(desk, item, name);
  else if (keyOf(item, "id")) miss(desk, item, "Which trigger it was can't be asked of a timer here.");
  else {
    note(desk, item, `The rule of ${name} starts this one when its time is over.`);
    desk.calledBy.add(name);
  }
}

/** How long it runs, where it was made in Home Assistant itself, a person can say. */
function unknownTimer(desk: Desk, item: Item, name: string): void {
  if (meantBy(desk, name, item))
    miss(desk, item, `Nothing in the files that were read starts ${name}, or not always for the same time.`);
}
