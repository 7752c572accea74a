import type { Trigger } from "../../../../model/rule/trigger.ts";
import { type Desk, miss, part } from "../desk.ts";
import { type Item, keyOf, listOf, namesOf, textOf } from "../item.ts";
import { deviceTriggers } from "./device.ts";
import { eventTriggers } from "./event.ts";
import { mqttTriggers } from "./mqtt.ts";
import { numericTriggers } from "./numeric.ts";
import { startTriggers, zoneTriggers } from "./presence.ts";
import { stateTriggers } from "./state.ts";
import { templateTriggers } from "./template.ts";
import { patternTriggers, sunTriggers, timeTriggers } from "./time.ts";

const kinds = new Map<string, (desk: Desk, item: Item) => readonly Trigger[]>([
  ["state", stateTriggers],
  ["numeric_state", numericTriggers],
  ["time", timeTriggers],
  ["time_pattern", patternTriggers],
  ["sun", sunTriggers],
  ["zone", zoneTriggers],
  ["homeassistant", startTriggers],
  ["device", deviceTriggers],
  ["event", eventTriggers],
  ["template", templateTriggers],
  ["mqtt", mqttTriggers],
]);

/** What only Home Assistant, its app or its services on the web tell. */
const foreign: Readonly<Record<string, string>> = {
  webhook: "A call from the web can't start a rule here.",
  tag: "A tag that a phone reads can't start a rule here.",
  conversation: "A spoken sentence can't start a rule here.",
  geo_location: "Places on the map are not known here.",
  persistent_notification: "What people were told can't start a rule here.",
};

const MOST = 20;

/** All triggers of an automation; those with one id stay together under it. */
export function triggersOf(desk: Desk, item: Item | undefined): readonly Trigger[] {
  const all = listOf(item).flatMap((one) => part(desk, "trigger", one, () => triggerOf(desk, one)));
  if (item && all.length > MOST) miss(desk, item, `A rule has at most ${MOST} triggers; the others were left out.`);
  return all.slice(0, MOST);
}

function triggerOf(desk: Desk, item: Item): readonly Trigger[] {
  const nested = keyOf(item, "triggers");
  if (nested) return triggersOf(desk, nested);
  const kind = textOf(keyOf(item, "trigger", "platform"));
  const names = namesOf(keyOf(item, "entity_id"));
  // Each of several entities has a trigger of its own, where it is asked which of them it was.
  if (desk.asksWho && names.length > 1 && (kind === "state" || kind === "numeric_state"))
    return names.flatMap(({ name, at }) => triggerOf(desk, oneOf(desk, item, name, at)));
  const make = kind === undefined ? undefined : kinds.get(kind);
  if (!make)
    miss(
      desk,
      item,
      kind === undefined
        ? "This is no trigger."
        : Object.hasOwn(foreign, kind)
          ? (foreign[kind] ?? "")
          : `A trigger of the kind "${kind}" has no like here.`,
    );
  const made = make?.(desk, item) ?? [];
  const id = textOf(keyOf(item, "id"))?.slice(0, 40) ?? autoId(desk, made);
  if (id !== undefined) desk.ids.set(id, [...(desk.ids.get(id) ?? []), id]);
  noteStarted(desk, item, made, id);
  return made.map((trigger) => (id ? { ...trigger, id } : trigger));
}

/** The same trigger of one of its entities alone; the name that it has stands for all of them. */
function oneOf(desk: Desk, item: Item, name: string, { line }: Item): Item {
  const map = new Map(item.map).set("entity_id", { line, scalar: name });
  const id = textOf(keyOf(item, "id"))?.slice(0, 40);
  if (id === undefined) return { ...item, map };
  const own = `${id.slice(0, 34)} ${desk.ids.size + (desk.ids.get(id)?.length ?? 0)}`;
  desk.ids.set(id, [...(desk.ids.get(id) ?? []), own]);
  return { ...item, map: map.set("id", { line, scalar: own }) };
}

/** A name for a trigger that has none, where templates ask which one it was. */
const autoId = (desk: Desk, made: readonly Trigger[]): string | undefined =>
  desk.asksWho && made.length > 0 ? `trigger ${desk.started.length + 1}` : undefined;

/** Entities whose state may start the rule: what templates ask of them. */
function noteStarted(desk: Desk, item: Item, made: readonly Trigger[], id: string | undefined): void {
  const names = namesOf(keyOf(item, "entity_id"));
  // What merely comes true has no value of its own.
  const told = new Set(made.map((one) => (one.kind === "becomes" || one.kind === "crosses" ? one.of : undefined)));
  const of = told.size === 1 ? [...told][0] : undefined;
  for (const { name } of made.length > 0 ? names : []) {
    const meant = desk.find(name);
    if (meant) desk.started.push({ name, meant, of, id: names.length === 1 ? id : undefined });
  }
}
