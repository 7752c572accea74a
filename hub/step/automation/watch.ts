/** Which values the rules watch, worked out when rules or devices change. */
import { pathKey } from "../../model/path.ts";
import type { Target } from "../../model/rule/target.ts";
import type { Spot } from "../../rules/picture.ts";
import { programOf } from "../../rules/run/program.ts";
import { selectFrom } from "../../rules/select.ts";
import { nodeNow } from "../identity/names.ts";
import type { CoreState } from "../state.ts";
import { type KeptEventRule, triggerKey, type Watch } from "./state.ts";

/** Which endpoints a target means; kept until devices change. */
export function selected(state: CoreState, target: Target, capability: string): readonly Spot[] {
  const { automation } = state;
  let kept = automation.selected.get(target);
  if (!kept) {
    kept = new Map();
    automation.selected.set(target, kept);
  }
  let spots = kept.get(capability);
  if (!spots) {
    spots = selectFrom(state.home, target, capability, (id) => nodeNow(state, id));
    kept.set(capability, spots);
  }
  return spots;
}

/** Works out anew what is watched, if rules or devices changed. */
export function refresh(state: CoreState): void {
  const { automation } = state;
  if (!automation.stale) return;
  automation.stale = false;
  automation.selected = new WeakMap();
  automation.watches.clear();
  const events = automation.rules.filter((r): r is KeptEventRule => r.form === "when");
  automation.events.clear();
  for (const rule of events) {
    automation.events.set(rule.id, rule);
    if (!rule.enabled) continue;
    rule.on.forEach((trigger, index) => {
      if (trigger.kind === "becomes" || trigger.kind === "crosses" || trigger.kind === "event")
        for (const watch of watchesOf(state, rule, trigger, index)) {
          const list = automation.watches.get(watch.key);
          if (list) list.push(watch);
          else automation.watches.set(watch.key, [watch]);
        }
    });
  }
  automation.ticking = events.filter((r) => r.enabled && r.on.some((t) => !watched.has(t.kind)));
  forget(state, events);
}

const watched: ReadonlySet<string> = new Set(["becomes", "crosses", "event"]);

function watchesOf(state: CoreState, rule: KeptEventRule, trigger: Watch["trigger"], index: number): Watch[] {
  const [capability = "", attribute = ""] = trigger.of.split(/\.(.*)/s);
  return selected(state, trigger.target, capability).map(({ node, endpoint }) => {
    const key = pathKey({ node, endpoint, capability, attribute });
    return { rule, trigger, key, node, name: `${triggerKey(rule.id, index)}|${key}` };
  });
}

/** What belongs to rules that are gone or reworded is dropped. */
function forget({ automation }: CoreState, events: readonly KeptEventRule[]): void {
  const programs = new Map(events.map((r) => [r.id, automation.programs.get(r.id)]));
  automation.programs.clear();
  for (const rule of events) automation.programs.set(rule.id, programs.get(rule.id) ?? programOf(rule.do));
  const keys = new Set(events.flatMap((r) => r.on.map((_, i) => triggerKey(r.id, i))));
  for (const map of [automation.truths, automation.next])
    for (const key of map.keys()) if (!keys.has(key)) map.delete(key);
  const ids = new Set(automation.rules.map((r) => r.id));
  const { starts, asks } = automation.counts;
  for (const map of [automation.startedAt, starts, asks, automation.heldUp, automation.shown])
    for (const id of map.keys()) if (!ids.has(id)) map.delete(id);
}
