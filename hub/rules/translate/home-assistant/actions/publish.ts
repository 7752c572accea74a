/** Messages that Home Assistant sends to a device past its own entities. */
import type { Step } from "../../../../model/rule/step.ts";
import { type Desk, domainOf, miss, note } from "../desk.ts";
import { readDocument } from "../document.ts";
import { type Item, isTemplate, keyOf, switchOf, textOf } from "../item.ts";
import { aimsOf } from "./aim.ts";
import { doings } from "./devices.ts";

/** What a message asks for, by its own words: a state, a level, a position. */
type Words = ReadonlyMap<string, Item>;

/** Values of a message. */
const MOST = 100;
const KNOWN = ["topic", "payload", "payload_template", "qos", "retain", "evaluate_payload"];
/** Zigbee2MQTT counts brightness from 0 to 254, Home Assistant to 255. */
const BRIGHTEST = 254;

/** A message to a device whose topic and words are those of a known form becomes its command; any other is listed. */
export function publishSteps(desk: Desk, item: Item, data: Item | undefined): readonly Step[] | undefined {
  for (const [key, value] of data?.map ?? [])
    if (!KNOWN.includes(key)) miss(desk, value, `"${key}" of mqtt.publish is not translated.`);
  const topic = textOf(keyOf(data, "topic"));
  const payload = keyOf(data, "payload", "payload_template");
  if (topic === undefined || isTemplate(keyOf(data, "topic")))
    return miss(desk, item, "Which topic is meant is worked out by a template: ask the device for it in a step.");
  if (payload?.tag !== undefined || isTemplate(payload))
    return miss(
      desk,
      item,
      `What is sent to "${topic.slice(0, 80)}" is worked out by a template: ask the device in a step.`,
    );
  const said = messageTo(topic, payload ?? item);
  if (!said)
    return miss(
      desk,
      item,
      `What a message to "${topic.slice(0, 80)}" asks for is not known here: ask the device in a step.`,
    );
  if (switchOf(keyOf(data, "retain"))) note(desk, item, "The command is given once; no broker keeps it.");
  return asked(desk, item, `topic/${said.device}`.slice(0, 100), said.words);
}

/** The device that a topic names and what the message says, by the forms of Zigbee2MQTT, Tasmota, Shelly and ESPHome. */
function messageTo(topic: string, payload: Item): { readonly device: string; readonly words: Words } | undefined {
  const [, full, power = ""] = /^(cmnd\/.+|.+\/cmnd)\/power(\d*)$/i.exec(topic) ?? [];
  if (full) return { device: power ? `${full}/${power}` : full, words: new Map([["state", payload]]) };
  const [, dimmed] = /^(cmnd\/.+|.+\/cmnd)\/dimmer$/i.exec(topic) ?? [];
  if (dimmed) return { device: dimmed, words: new Map([["brightness_pct", payload]]) };
  const [, device, key] = /^(.+?)\/(?:set|command)(?:\/(\w+))?$/.exec(topic) ?? [];
  if (!device) return undefined;
  return { device, words: key ? new Map([[key, payload]]) : wordsOf(payload) };
}

/** JSON of one level or two, else a bare state. Its lines are the line that it stands on in the file. */
function wordsOf(payload: Item): Words {
  const text = textOf(payload) ?? "";
  const read = text.startsWith("{") ? readDocument(text, MOST) : undefined;
  const map = read?.ok ? read.root.map : payload.map;
  if (!map) return new Map([["state", payload]]);
  return new Map([...map].map(([key, value]) => [key, onLine(value, payload.line)]));
}

const onLine = (item: Item, line: number): Item => ({
  ...item,
  line,
  ...(item.list ? { list: item.list.map((one) => onLine(one, line)) } : {}),
  ...(item.map ? { map: new Map([...item.map].map(([key, one]) => [key, onLine(one, line)])) } : {}),
});

/** What states ask for, as Home Assistant's own services do. */
const services: Readonly<Record<string, string>> = {
  ...{ on: "switch.turn_on", true: "switch.turn_on", off: "switch.turn_off", false: "switch.turn_off" },
  ...{ toggle: "switch.toggle", open: "cover.open_cover", close: "cover.close_cover", stop: "cover.stop_cover" },
  ...{ lock: "lock.lock", unlock: "lock.unlock" },
};

/** Words of a light, with Home Assistant's for them. */
const LIGHT: Readonly<Record<string, string>> = {
  ...{ brightness: "brightness", brightness_pct: "brightness_pct", transition: "transition" },
  ...{ color_temp: "color_temp", color: "color" },
};

function asked(desk: Desk, item: Item, device: string, words: Words): readonly Step[] | undefined {
  const left = new Map(words);
  const take = (key: string) => {
    const found = left.get(key);
    left.delete(key);
    return found;
  };
  const state = textOf(take("state"))?.toLowerCase();
  const position = take("position");
  const warm = take("occupied_heating_setpoint") ?? take("current_heating_setpoint");
  const light = Object.entries(LIGHT).flatMap(([key, name]) => named(name, take(key)));
  for (const [key, value] of left) miss(desk, value, `"${key.slice(0, 40)}" of the message is not translated.`);
  const steps: (readonly Step[] | undefined)[] = [];
  const call = (service: string, data: Iterable<[string, Item]> = []) =>
    steps.push(called(desk, item, device, service, data));
  const service = state === undefined ? undefined : Object.hasOwn(services, state) ? services[state] : "";
  if (service === "") return miss(desk, item, `What "${state?.slice(0, 40)}" asks a device for is not known here.`);
  if (light.length > 0 && (service === undefined || service === "switch.turn_on")) call("light.turn_on", light);
  else if (service === "switch.turn_off" && light.length > 0)
    call(
      "light.turn_off",
      light.filter(([key]) => key === "transition"),
    );
  else if (service !== undefined) call(service);
  if (position) call("cover.set_cover_position", [["position", position]]);
  if (warm) call("climate.set_temperature", [["temperature", warm]]);
  if (steps.length === 0 && left.size === 0) return miss(desk, item, "The message asks for nothing.");
  return steps.flatMap((made) => made ?? []);
}

/** A word of a light with its value, as Home Assistant has it. */
function named(name: string, value: Item | undefined): [string, Item][] {
  if (!value) return [];
  if (name === "brightness" && typeof value.scalar === "number")
    return [[name, { line: value.line, scalar: (value.scalar * 255) / BRIGHTEST }]];
  if (name !== "color") return [[name, value]];
  const figures = (...keys: string[]): Item[] => keys.flatMap((key) => keyOf(value, key) ?? []);
  const forms = {
    xy_color: figures("x", "y"),
    hs_color: figures("hue", "saturation"),
    rgb_color: figures("r", "g", "b"),
  };
  const found = Object.entries(forms).find(([, list]) => list.length > 1);
  return found ? [[found[0], { line: value.line, list: found[1] }]] : [[name, value]];
}

/** One of the services that devices are asked with, for the device of the topic. */
function called(
  desk: Desk,
  item: Item,
  device: string,
  service: string,
  data: Iterable<[string, Item]>,
): readonly Step[] | undefined {
  const [doing] = doings.get(service) ?? [];
  const entity: Item = { line: item.line, list: [{ line: item.line, scalar: device }] };
  const { aims, others } = aimsOf(desk, { line: item.line, map: new Map([["entity_id", entity]]) }, domainOf(service));
  if (others.length > 0) miss(desk, item, `${device} is nothing here that can be asked for this.`);
  const told: Item = { line: item.line, map: new Map(data) };
  return aims.flatMap((aim) => doing?.(desk, aim, told, item) ?? []);
}
