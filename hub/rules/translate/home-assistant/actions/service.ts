import type { Step } from "../../../../model/rule/step.ts";
import { type Desk, domainOf, miss, note, onlyKnows } from "../desk.ts";
import { type Item, isTemplate, keyOf, namesOf, textOf } from "../item.ts";
import { type Aims, aimsOf, domainOfCall } from "./aim.ts";
import { doings } from "./devices.ts";
import { notifySteps } from "./notify.ts";

/** The same, by the names that it had over the years. */
const DATA = ["data", "service_data", "data_template"];
const CALL = ["service", "action", "target", ...DATA, "entity_id", "continue_on_error"];

/** A call of a service. */
export function serviceSteps(desk: Desk, item: Item, name: string): readonly Step[] | undefined {
  onlyKnows(desk, item, CALL);
  if (isTemplate(keyOf(item, "service", "action")))
    return miss(desk, item, "What is to be done is worked out by a template.");
  const target = keyOf(item, "target");
  if (isTemplate(target)) return miss(desk, item, "Which device is meant is worked out by a template.");
  const data = keyOf(item, ...DATA);
  if (domainOf(name) === "notify" || name === "persistent_notification.create") return notifySteps(desk, item, data);
  const domain = domainOfCall(name, item);
  const verb = name.slice(name.indexOf(".") + 1);
  if (domainOf(name) === "homeassistant" && domain !== "homeassistant") return mixed(desk, item, verb);
  return called(desk, item, `${domain}.${verb}`, aimless.has(domain) ? undefined : data);
}

const aimless = new Set(["homeassistant"]);

/** Of several kinds of entity each is asked in its own way. */
function mixed(desk: Desk, item: Item, verb: string): readonly Step[] | undefined {
  const place = [keyOf(item, "target"), keyOf(item, "data"), item].find((one) => keyOf(one, "entity_id"));
  const domains = [...new Set(namesOf(keyOf(place, "entity_id")).map(({ name }) => domainOf(name)))];
  return domains.flatMap((domain) => {
    const list = namesOf(keyOf(place, "entity_id")).filter(({ name }) => domainOf(name) === domain);
    const entity: Item = { line: item.line, list: list.map(({ name, at }) => ({ line: at.line, scalar: name })) };
    const own: Item = { line: item.line, map: new Map([["entity_id", entity]]) };
    return called(desk, own, `${domain}.${verb}`, undefined) ?? [];
  });
}

function called(desk: Desk, item: Item, name: string, data: Item | undefined): readonly Step[] | undefined {
  const domain = domainOf(name);
  if (domain === "scene" && name === "scene.turn_on") return scenes(desk, item, aimsOf(desk, item, domain));
  if (name === "input_select.select_option")
    return modes(desk, item, aimsOf(desk, item, domain), textOf(keyOf(data, "option")));
  const found = doings.get(name);
  if (!found) return miss(desk, item, `"${name.slice(0, 60)}" has no like here.`);
  const [doing, known] = found;
  for (const [key, value] of data?.map ?? [])
    if (known && !known.includes(key)) miss(desk, value, `"${key}" of ${name} is not translated.`);
  const aims = aimsOf(desk, item, domain);
  const on = name.endsWith(".turn_on") ? "on" : name.endsWith(".turn_off") ? "off" : undefined;
  const other = aims.others.flatMap(({ name: entity, meant }): Step[] => {
    if (meant.kind === "mode" && on) {
      if (on === "off") note(desk, item, `That ${entity} goes off is here that the house is in mode home.`);
      return [{ kind: "mode", to: on === "on" ? meant.mode : "home" }];
    }
    miss(desk, item, `${entity} is nothing here that can be asked for this.`);
    return [];
  });
  return [...aims.aims.flatMap((aim) => doing(desk, aim, data, item) ?? []), ...other];
}

/** Scenes of this home. */
function scenes(desk: Desk, item: Item, { others }: Aims): readonly Step[] {
  return others.flatMap(({ name, meant }): Step[] => {
    if (meant.kind === "scene") return [{ kind: "scene", scene: meant.scene }];
    miss(desk, item, `${name} is no scene here.`);
    return [];
  });
}

function modes(desk: Desk, item: Item, { others }: Aims, option: string | undefined): readonly Step[] | undefined {
  const meant = others[0]?.meant;
  if (meant?.kind !== "mode")
    return others.length > 0 ? miss(desk, item, "It is no mode of the house here.") : undefined;
  return option && !/[{}]/.test(option)
    ? [{ kind: "mode", to: option.slice(0, 40) }]
    : miss(desk, item, "The mode is not written in the file.");
}

/** `- scene: scene.evening`. */
export function sceneSteps(desk: Desk, item: Item): readonly Step[] {
  const own: Item = { line: item.line, map: new Map([["entity_id", keyOf(item, "scene") ?? item]]) };
  return scenes(desk, item, aimsOf(desk, own, "scene"));
}
