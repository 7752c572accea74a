import type { Step } from "../../../../model/rule/step.ts";
import { type Desk, domainOf, LINK, meantBy, miss, note, onlyKnows } from "../desk.ts";
import { type Item, isTemplate, keyOf, namesOf, textOf } from "../item.ts";
import { modeCalled } from "../spoken.ts";
import { AIMS, type Aims, aimsOf, ask, domainOfCall } from "./aim.ts";
import { doings } from "./devices.ts";
import { linkSteps, namesFor } from "./links.ts";
import { notifySteps, tells } from "./notify.ts";
import { numberSteps } from "./numbers.ts";
import { publishSteps } from "./publish.ts";

/** The same, by the names that it had over the years. */
const DATA = ["data", "service_data", "data_template"];
const CALL = ["service", "action", "service_template", "metadata", "target", ...DATA, "entity_id", "continue_on_error"];

/** A call of a service. */
export function serviceSteps(desk: Desk, item: Item, name: string): readonly Step[] | undefined {
  onlyKnows(desk, item, CALL);
  if (isTemplate(keyOf(item, "service", "action", "service_template")))
    return miss(desk, item, `What is to be done is worked out by a template: ${name.slice(0, 60)}`);
  const target = keyOf(item, "target");
  if (isTemplate(target)) return miss(desk, item, "Which device is meant is worked out by a template.");
  if (target) onlyKnows(desk, target, AIMS);
  const data = keyOf(item, ...DATA);
  if (tells(name)) return notifySteps(desk, item, data);
  if (domainOf(name) === "tts") note(desk, item, "Nothing speaks aloud here: people are told in writing.");
  if (domainOf(name) === "tts") return notifySteps(desk, item, data);
  const own = housekeeping.get(name) ?? housekeeping.get(`${domainOf(name)}.*`);
  if (own) return noted(desk, item, own);
  if (name === "mqtt.publish") return publishSteps(desk, item, data);
  const linked = linkSteps(desk, item, name);
  if (linked !== "none") return linked;
  const domain = domainOfCall(name, item);
  const verb = name.slice(name.indexOf(".") + 1);
  if (domain === "automation" || domain === "script") return switched(desk, item, domain, verb);
  if (domainOf(name) === "homeassistant" && domain !== "homeassistant") return mixed(desk, item, verb, data);
  return called(desk, item, `${domain}.${verb}`, aimless.has(domain) ? undefined : data);
}

function noted(desk: Desk, item: Item, text: string): readonly Step[] {
  note(desk, item, text);
  return [];
}

/** `homeassistant.turn_on` of a script starts it, of an automation switches it on. */
function switched(desk: Desk, item: Item, domain: string, verb: string): readonly Step[] | undefined {
  const linked = linkSteps(desk, item, `${domain}.${verb}`);
  return linked === "none" ? miss(desk, item, `That ${domain}s are to "${verb}" has no like here.`) : linked;
}

/** Ways to tell people something; what is spoken is told in writing here. */
/** What Home Assistant does for itself: nothing in the home is otherwise without it. */
const housekeeping = new Map([
  ...["logbook.log", "system_log.write", "logger.set_level", "logger.set_default_level", "recorder.purge"].map(
    (name) => [name, "What Home Assistant writes down for itself was left out."] as const,
  ),
  ...["persistent_notification.dismiss", "persistent_notification.mark_read"].map(
    (name) => [name, "What people were told stays until they have read it."] as const,
  ),
  ...["homeassistant.update_entity", "zwave_js.refresh_value"].map(
    (name) => [name, "Devices tell their values by themselves here."] as const,
  ),
  ["frontend.*", "How Home Assistant's own pages look was left out."],
]);

const aimless = new Set(["homeassistant"]);

/** Of several kinds of entity each is asked in its own way. */
function mixed(desk: Desk, item: Item, verb: string, data: Item | undefined): readonly Step[] | undefined {
  const place = [keyOf(item, "target"), keyOf(item, "data"), item].find((one) => keyOf(one, "entity_id"));
  const domains = [...new Set(namesOf(keyOf(place, "entity_id")).map(({ name }) => domainOf(name)))];
  const foreign = domains.find((domain) => domain === "automation" || domain === "script");
  if (foreign) return switched(desk, item, foreign, verb);
  return domains.flatMap((domain) => {
    const list = namesOf(keyOf(place, "entity_id")).filter(({ name }) => domainOf(name) === domain);
    const entity: Item = { line: item.line, list: list.map(({ name, at }) => ({ line: at.line, scalar: name })) };
    const own: Item = { line: item.line, map: new Map([["entity_id", entity]]) };
    return called(desk, own, `${domain === "group" ? "light" : domain}.${verb}`, data) ?? [];
  });
}

/** What an alarm panel does is here the mode of the house. */
function alarm(desk: Desk, item: Item, name: string): readonly Step[] | undefined {
  const state = name === "alarm_control_panel.alarm_disarm" ? "disarmed" : name.replace(/^.*\.alarm_arm_/, "armed_");
  const { others } = aimsOf(desk, item, "alarm_control_panel");
  const mode = modeCalled("alarm_control_panel.x", state);
  if (others.length === 0) return undefined;
  if (others[0]?.meant.kind === "house" && mode) return [{ kind: "mode", to: mode }];
  return miss(desk, item, `"${name}" has no like here.`);
}

function called(desk: Desk, item: Item, name: string, data: Item | undefined): readonly Step[] | undefined {
  const domain = domainOf(name);
  if (domain === "scene" && name === "scene.turn_on") return scenes(desk, item, namesFor(item), data);
  const option = textOf(keyOf(data, "option"));
  if (name === "input_select.select_option" || name === "select.select_option") {
    if (data) onlyKnows(desk, data, [...AIMS, "option"]);
    return modes(desk, item, aimsOf(desk, item, domain), option);
  }
  if (domain === "alarm_control_panel") return alarm(desk, item, name);
  const numbers = numberSteps(desk, item, name, data);
  if (numbers !== "none") return numbers;
  if (domain === "input_number" || domain === "input_datetime" || domain === "input_text" || domain === "counter")
    return miss(desk, item, `"${name.slice(0, 60)}": a setting of Home Assistant is a fixed value here.`);
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

/** Scenes: of the same files, or of this home. */
function scenes(desk: Desk, item: Item, names: ReturnType<typeof namesOf>, data: Item | undefined): readonly Step[] {
  if (names.length === 0) miss(desk, item, "It does not say which scene.");
  if (data) onlyKnows(desk, data, ["entity_id", "transition"]);
  if (keyOf(data, "transition")) note(desk, item, "The scene is set at once, not slowly.");
  return names.flatMap(({ name, at }): Step[] => {
    const key = desk.library.keyFor(name);
    if (key !== undefined) return [{ kind: "scene", scene: `${LINK}${key}` }];
    const meant = meantBy(desk, name, at);
    if (meant?.kind === "scene") return [{ kind: "scene", scene: meant.scene }];
    if (meant) miss(desk, item, `${name} is no scene here.`);
    return [];
  });
}

function modes(
  desk: Desk,
  item: Item,
  { aims, others }: Aims,
  option: string | undefined,
): readonly Step[] | undefined {
  const meant = others[0]?.meant;
  if (option === undefined || /[{}]/.test(option)) return miss(desk, item, "The mode is not written in the file.");
  const chosen = aims.filter((aim) => aim.has("modeSelect"));
  if (others.length === 0 && chosen.length > 0)
    return chosen.map((aim) => ask(aim, "modeSelect", "changeToMode", { newMode: option.slice(0, 64) }));
  if (meant?.kind !== "mode" && meant?.kind !== "house")
    return others.length + aims.length > 0 ? miss(desk, item, "It is no mode of the house here.") : undefined;
  return [{ kind: "mode", to: option.slice(0, 40) }];
}

/** `- scene: scene.evening`. */
export function sceneSteps(desk: Desk, item: Item): readonly Step[] {
  onlyKnows(desk, item, ["scene"]);
  return scenes(desk, item, namesOf(keyOf(item, "scene")), undefined);
}
