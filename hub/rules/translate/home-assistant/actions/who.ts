import type { Condition } from "../../../../model/rule/condition.ts";
import type { Step } from "../../../../model/rule/step.ts";
import type { Desk, Started } from "../desk.ts";
import { filledStep, isInner } from "../given.ts";
import { asksWho, type Item } from "../item.ts";

type Make = (desk: Desk, item: Item) => readonly Step[] | undefined;

const MOST = 20;

/** A step that speaks of the entity that started the rule is a choice of steps, one for each that may. "none": it does not. */
export function forWho(desk: Desk, item: Item, make: Make): readonly Step[] | undefined | "none" {
  const own = [...(item.map ?? [])].filter(([key]) => !isInner(key));
  if (desk.given.has("trigger") || !own.some(([, one]) => asksWho(one))) return "none";
  const all = new Map<string, Started[]>();
  for (const one of desk.started) all.set(one.name, [...(all.get(one.name) ?? []), one]);
  if (all.size === 0 || all.size > MOST || desk.started.some(({ id }) => id === undefined)) return "none";
  const before = desk.given;
  const options = [...all].map(([name, starts]) => {
    desk.given = new Map(before).set("trigger", whoItem(name, item.line));
    const steps = make(desk, filledStep(desk, item)) ?? [];
    desk.given = before;
    const ids = [...new Set(starts.map(({ id = "" }) => id))];
    const of = ids.map((id): Condition => ({ kind: "trigger", id }));
    const [first] = of;
    return { if: of.length === 1 && first ? first : { kind: "any" as const, of }, do: steps };
  });
  const [first] = options;
  if (first && options.every((one) => JSON.stringify(one.do) === JSON.stringify(first.do))) {
    const only = desk.tally.trigger.of === 1 && desk.calledBy.size === 0;
    if (only || first.do.length === 0) return first.do;
  }
  return [{ kind: "choose", options }];
}

/** What a template may ask of the one that started the rule, as far as it never changes. */
function whoItem(name: string, line: number): Item {
  const id: [string, Item] = ["entity_id", { line, scalar: name }];
  const state: Item = { line, map: new Map([id]) };
  return { line, map: new Map([id, ["to_state", state], ["from_state", state]]) };
}
