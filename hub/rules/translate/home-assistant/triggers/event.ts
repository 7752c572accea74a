import type { Trigger } from "../../../../model/rule/trigger.ts";
import { ANSWERED, pressedIn } from "../answers.ts";
import { buttonTriggers, type Pressed, pressedBy } from "../buttons.ts";
import { type Desk, miss, note, onlyKnows } from "../desk.ts";
import { type Item, isTemplate, keyOf, listOf, textOf } from "../item.ts";
import { timerRanOut } from "./timer.ts";

/** By what word a bridge's event names the device. */
const DEVICE = [
  ...["device_id", "device_ieee", "id", "unique_id", "entity_id", "button_name", "button_address", "device", "mac"],
  ...["address", "serial", "node_id", "name"],
];

/** What such events tell beside: the press, and what follows from the device and the press. */
const TOLD = [
  ...["click_type", "event_type", "action", "type", "subtype", "command", "event", "channel", "button", "button_type"],
  ...["property_key", "property_key_name", "property", "value", "scene_id", "scene_data", "domain", "args", "params"],
  ...["cluster_id", "endpoint_id", "command_class", "command_class_name", "endpoint", "label", "home_id", "gesture"],
];

type Read = (data: (...keys: string[]) => string | undefined) => Pressed | undefined;

const withButton = (press: Pressed | undefined, button: string | undefined): Pressed | undefined =>
  press && { press: press.press, button: button ?? press.button };

/** The last digit of a code of deCONZ and Hue; what stands before it is the button. */
const CODES = ["pressed", "longPress", "singlePress", "longReleased", "doublePress", "triplePress"];

function coded(code: string | undefined): Pressed | undefined {
  if (!code || !/^\d{4,5}$/.test(code)) return undefined;
  const press = CODES[Number(code.at(-1))];
  return press === undefined ? undefined : { press, button: `button ${Number(code.slice(0, -3))}` };
}

/** Z-Wave's words for a press of a scene. */
const SCENE: Readonly<Record<string, string>> = {
  ...{ KeyPressed: "singlePress", KeyPressed2x: "doublePress", KeyPressed3x: "triplePress" },
  ...{ KeyHeldDown: "longPress", KeyReleased: "longReleased" },
  ...{ "0": "singlePress", "1": "longReleased", "2": "longPress", "3": "doublePress", "4": "triplePress" },
};

/** A press of a scene of a Z-Wave remote. */
export function sceneOf(scene: string | undefined, value: string | undefined): Pressed | undefined {
  const press = value !== undefined && Object.hasOwn(SCENE, value) ? SCENE[value] : undefined;
  return press === undefined ? undefined : { press, button: `scene ${Number(scene ?? 1) || scene}` };
}

const clicked: Read = (data) => {
  const word = data("click_type", "event_type", "action", "type", "command");
  return withButton(
    word === undefined ? undefined : pressedBy(word),
    data("channel", "subtype", "button", "button_type"),
  );
};

/** Events that tell of a press, by their type. */
const presses = new Map<string, Read>([
  ["zha_event", (data) => pressedBy(data("command") ?? "")],
  ["deconz_event", (data) => coded(data("event"))],
  ["hue_event", (data) => coded(data("event")) ?? withButton(pressedBy(data("type") ?? ""), data("subtype"))],
  ["zwave_js_value_notification", (data) => sceneOf(data("property_key", "property_key_name"), data("value"))],
  ["zwave.scene_activated", (data) => sceneOf(data("scene_id"), data("scene_data") ?? "0")],
  ...["flic_click", "xiaomi_aqara.click", "shelly.click", "bthome_ble_event", "lutron_caseta_button_event"].map(
    (name): [string, Read] => [name, clicked],
  ),
  ...["xiaomi_ble_event", "homematic.keypress", "tasmota_event", "tuya_event", "esphome.button_pressed"].map(
    (name): [string, Read] => [name, clicked],
  ),
]);

/** An event that Home Assistant was told of. */
export function eventTriggers(desk: Desk, item: Item): readonly Trigger[] {
  onlyKnows(desk, item, ["platform", "trigger", "id", "event_type", "event_data", "context"]);
  return listOf(keyOf(item, "event_type")).flatMap((one) => ofType(desk, item, one));
}

function ofType(desk: Desk, item: Item, type: Item): readonly Trigger[] {
  const name = textOf(type) ?? "";
  const event = keyOf(item, "event_data");
  if (name === "homeassistant_start" || name === "homeassistant_started") return [{ kind: "started" }];
  if (name === "automation_reloaded") {
    note(desk, item, "Rules are never read anew here.");
    return [];
  }
  if (name === "ios.action_fired") {
    note(desk, item, "It is a button in the app of a phone there; here the rule is started by hand.");
    desk.calledBy.add(name);
    return [];
  }
  if (ANSWERED.has(name)) return pressed(desk, item, name);
  if (name === "timer.finished") return timerRanOut(desk, item, keyOf(event, "entity_id"));
  const read = presses.get(name);
  const given = [...(event?.map?.values() ?? [])];
  if (!read || given.some(isTemplate)) {
    miss(desk, item, `The event "${name.slice(0, 60)}" ${read ? "is asked for by a template" : "is not known here"}.`);
    return [];
  }
  const data = (...keys: string[]) => keys.map((key) => textOf(keyOf(event, key))).find((one) => one !== undefined);
  if (event) onlyKnows(desk, event, [...DEVICE, ...TOLD]);
  const device = data(...DEVICE);
  const press = read(data);
  if (device === undefined || !press) {
    miss(
      desk,
      item,
      device === undefined ? "It does not say which button." : "What press it means can't be known here.",
    );
    return [];
  }
  if (name === "zwave.scene_activated" && data("scene_data") === undefined)
    note(desk, item, "It does not say which press: a short one is meant here.");
  return buttonTriggers(desk, event ?? item, `device/${device}`.slice(0, 100), press);
}

/** A press of a button below a message: the answer to a question starts the rule, where it can be known which. */
function pressed(desk: Desk, item: Item, name: string): readonly Trigger[] {
  const button = pressedIn(item);
  const why = button === undefined ? "it does not say which button alone" : desk.library.offers.against(button);
  if (why === undefined) {
    note(desk, item, `The answer to the question of another of these automations starts it: ${button}.`);
    desk.calledBy.add(name);
    return [];
  }
  miss(desk, item, `A button below a message starts it, and which question that answers can't be known: ${why}.`);
  return [];
}
