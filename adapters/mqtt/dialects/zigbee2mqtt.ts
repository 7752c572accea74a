/** Zigbee2MQTT 1.x and 2.x: a bridge that describes its devices (https://www.zigbee2mqtt.io/guide/usage/mqtt_topics_and_messages.html). */
import type { Command } from "../../../hub/model/command.ts";
import { sampleType } from "../codec.ts";
import { harvest, planCommand, readField } from "../device.ts";
import {
  type Decoded,
  type Dialect,
  type DialectSession,
  type Encoded,
  type MqttMessage,
  type MqttPublish,
  nothing,
} from "../dialect.ts";
import { entriesOf, isObject, type Json, parseJson } from "../json.ts";
import { MAX_EXTRAS, nodeOf, online, rebuild, type ZigbeeDevice } from "./zigbee2mqtt/bridge.ts";
import { Registry } from "./zigbee2mqtt/registry.ts";
import { bridgeSaid } from "./zigbee2mqtt/says.ts";
import { updateType } from "./zigbee2mqtt/settings.ts";

/** Keys of every state body that are the bridge's own book-keeping. */
const bookkeeping = new Set(["last_seen", "elapsed", "linkquality", "device", "device_name"]);

class Session implements DialectSession {
  readonly #registry = new Registry();

  decode(message: MqttMessage): Decoded | undefined {
    const { topic, payload } = message;
    const device = this.#registry.byTopic.get(topic);
    if (device) return state(device, message);
    const cut = topic.indexOf("/bridge/");
    if (cut <= 0) return this.#below(message);
    const [base, tail] = [topic.slice(0, cut), topic.slice(cut + 8)];
    if (tail === "devices") return this.#registry.devices(base, payload === "" ? [] : parseJson(payload));
    const bridge = this.#registry.bridges.get(base);
    return bridge && bridgeSaid(bridge, this.#registry, tail, message);
  }

  encode(command: Command): Encoded {
    const device = this.#registry.byNode.get(command.target.node);
    if (!device) return { ok: false, reason: `there is no Zigbee2MQTT device ${command.target.node}` };
    const planned = planCommand(device.built, command);
    if (!planned.ok) return planned;
    const body: Record<string, Json> = {};
    const options: Record<string, Json> = {};
    for (const write of planned.writes) {
      merge(body, write.set);
      merge(options, write.options);
    }
    const publish: MqttPublish[] = [];
    const send = (topic: string, what: Json): number => publish.push({ topic, payload: JSON.stringify(what), qos: 1 });
    const { transitionTime } = command.args;
    if (Object.keys(body).length > 0)
      send(`${device.topic}/set`, typeof transitionTime === "number" ? { ...body, transition: transitionTime } : body);
    if (Object.keys(options).length > 0)
      send(`${device.bridge.base}/bridge/request/device/options`, { id: device.key, options });
    return { ok: true, publish };
  }

  /** Topics under a device: availability, requests to it, and single attributes where the bridge is set to them. */
  #below(message: MqttMessage): Decoded | undefined {
    const { topic, payload } = message;
    const cut = topic.lastIndexOf("/");
    const device = cut > 0 ? this.#registry.byTopic.get(topic.slice(0, cut)) : undefined;
    if (!device) return this.#isRequest(topic) ? nothing : undefined;
    const tail = topic.slice(cut + 1);
    if (tail === "set" || tail === "get") return nothing;
    if (tail !== "availability") return attribute(device, tail, message);
    device.available = online(payload);
    const into = harvest();
    this.#registry.tellReachable(device, into);
    return into;
  }

  /** `<name>/set/<attribute>`, `<name>/<endpoint>/set`, and the same with `get`. */
  #isRequest(topic: string): boolean {
    const at = Math.max(topic.lastIndexOf("/set/"), topic.lastIndexOf("/get/"));
    if (at > 0) return this.#registry.byTopic.has(topic.slice(0, at));
    const [, name] = /^(.+)\/[^/]+\/(?:set|get)$/.exec(topic) ?? [];
    return name !== undefined && this.#registry.byTopic.has(name);
  }
}

/** One attribute in a topic of its own (output "attribute"); the parts of an object are joined to it by a hyphen. */
function attribute(device: ZigbeeDevice, tail: string, message: MqttMessage): Decoded | undefined {
  const { topic, payload, retained } = message;
  const field = [tail, tail.replace("-", ".")].find((name) => device.built.fields.has(name) || updateType(name));
  const value = parseJson(payload) ?? payload;
  if (field === undefined && (isObject(value) || !/^[a-z][a-z0-9_]{0,60}$/.test(tail))) return undefined;
  const into = harvest();
  if (learn(device, [[field ?? tail, value]])) into.nodes.push(nodeOf(rebuild(device)));
  readField(device.built, { node: device.id, topic, retained }, field ?? tail, value, into);
  return into;
}

function state(device: ZigbeeDevice, message: MqttMessage): Decoded {
  const { topic, payload, retained } = message;
  if (payload === "") return nothing;
  const into = harvest();
  const body = parseJson(payload);
  if (!isObject(body)) {
    const text = `the state of ${device.name} is no JSON object`;
    into.problems.push({ code: "message-not-understood", message: text, node: device.id, topic });
    return into;
  }
  const place = { node: device.id, topic, retained };
  const entries = entriesOf(body, 512);
  if (learn(device, entries)) into.nodes.push(nodeOf(rebuild(device)));
  for (const [key, value] of entries) {
    if (readField(device.built, place, key, value, into) || !isObject(value)) continue;
    for (const [part, inner] of entriesOf(value, 32)) readField(device.built, place, `${key}.${part}`, inner, into);
  }
  return into;
}

/** Keeps keys that no expose announced as the maker's own values, by their first sample. */
function learn(device: ZigbeeDevice, entries: readonly (readonly [string, Json])[]): boolean {
  let learned = false;
  const keep = (field: string, type: ReturnType<typeof sampleType>): void => {
    const { fields } = device.built;
    if (fields.has(field) || device.extras.size >= MAX_EXTRAS || device.extras.has(field)) return;
    // A colour is told by its parts.
    for (const known of fields.keys()) if (known.startsWith(`${field}.`)) return;
    device.extras.set(field, type);
    learned = true;
  };
  for (const [key, value] of entries) {
    if (value === null || value === "" || bookkeeping.has(key)) continue;
    if (key !== "update" || !isObject(value)) keep(key, updateType(key) ?? sampleType(value));
    else
      for (const [part] of entriesOf(value, 8)) {
        const type = updateType(`update.${part}`);
        if (type) keep(`update.${part}`, type);
      }
  }
  return learned;
}

function merge(body: Record<string, Json>, fragment: { readonly [key: string]: Json } | undefined): void {
  for (const [key, value] of Object.entries(fragment ?? {})) {
    const before = body[key];
    body[key] = isObject(before) && isObject(value) ? { ...before, ...value } : value;
  }
}

export const zigbee2mqtt: Dialect = { name: "zigbee2mqtt", open: () => new Session() };
