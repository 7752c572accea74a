/** Zigbee2MQTT 1.x and 2.x: a bridge that describes its devices (https://www.zigbee2mqtt.io/guide/usage/mqtt_topics_and_messages.html). */
import type { Command } from "../../../hub/model/command.ts";
import type { NodeId } from "../../../hub/model/path.ts";
import { sampleType } from "../codec.ts";
import { type Harvest, harvest, planCommand, readField } from "../device.ts";
import {
  type Decoded,
  type Dialect,
  type DialectSession,
  type Encoded,
  type MqttMessage,
  nothing,
} from "../dialect.ts";
import { entriesOf, get, isObject, type Json, type JsonObject, jsonText, parseJson, textOf } from "../json.ts";
import {
  type Bridge,
  deviceOf,
  MAX_EXTRAS,
  nodeOf,
  online,
  reachableNow,
  rebuild,
  unsupported,
  type ZigbeeDevice,
} from "./zigbee2mqtt/bridge.ts";
import { type Fragment, gettableState } from "./zigbee2mqtt/exposes.ts";

const MAX_BRIDGES = 8;
const MAX_DEVICES = 1000;
/** Devices of a list that are read in one go: some milliseconds of work. */
const AT_ONCE = 20;

/** Keys of every state body that are the bridge's own book-keeping. */
const bookkeeping = new Set([
  "last_seen",
  "update",
  "update_available",
  "elapsed",
  "linkquality",
  "device",
  "device_name",
]);

class Session implements DialectSession {
  /** By base topic. */
  readonly #bridges = new Map<string, Bridge>();
  readonly #byTopic = new Map<string, ZigbeeDevice>();
  readonly #byNode = new Map<NodeId, ZigbeeDevice>();

  decode(message: MqttMessage): Decoded | undefined {
    const { topic } = message;
    const device = this.#byTopic.get(topic);
    if (device) return this.#state(device, message);
    const cut = topic.indexOf("/bridge/");
    if (cut > 0) return this.#bridge(topic.slice(0, cut), topic.slice(cut + 8), message);
    return this.#below(message);
  }

  encode(command: Command): Encoded {
    const device = this.#byNode.get(command.target.node);
    if (!device) return { ok: false, reason: `there is no Zigbee2MQTT device ${command.target.node}` };
    const planned = planCommand(device.built, command);
    if (!planned.ok) return planned;
    const body: Record<string, Json> = {};
    for (const fragment of planned.writes) merge(body, fragment);
    const transition = command.args.transitionTime;
    if (typeof transition === "number") body.transition = transition;
    return { ok: true, publish: [{ topic: `${device.topic}/set`, payload: JSON.stringify(body), qos: 1 }] };
  }

  /** Topics under a device: availability, requests to it, and single attributes where the bridge is set to them. */
  #below(message: MqttMessage): Decoded | undefined {
    const { topic, payload, retained } = message;
    const cut = topic.lastIndexOf("/");
    const device = cut > 0 ? this.#byTopic.get(topic.slice(0, cut)) : undefined;
    if (!device) return this.#isRequest(topic) ? nothing : undefined;
    const tail = topic.slice(cut + 1);
    if (tail === "set" || tail === "get") return nothing;
    if (tail === "availability") {
      device.available = online(payload);
      const into = harvest();
      this.#tellReachable(device, into);
      return into;
    }
    if (!device.built.fields.has(tail)) return undefined;
    const into = harvest();
    readField(device.built, { node: device.id, topic, retained }, tail, parseJson(payload) ?? payload, into);
    return into;
  }

  /** `<name>/set/<attribute>`, `<name>/get/<attribute>` */
  #isRequest(topic: string): boolean {
    const at = Math.max(topic.lastIndexOf("/set/"), topic.lastIndexOf("/get/"));
    return at > 0 && this.#byTopic.has(topic.slice(0, at));
  }

  #bridge(base: string, tail: string, message: MqttMessage): Decoded | undefined {
    const bridge = this.#bridges.get(base);
    if (tail === "devices") return this.#devices(base, bridge, message.payload);
    if (!bridge) return undefined;
    if (tail !== "state") return nothing;
    bridge.online = online(message.payload);
    const into = harvest();
    for (const device of bridge.devices.values()) this.#tellReachable(device, into);
    return into;
  }

  /** The whole list, each time something changed. Devices that are no longer in it were removed. */
  #devices(base: string, known: Bridge | undefined, payload: string): Decoded | undefined {
    const list = payload === "" ? [] : parseJson(payload);
    if (!Array.isArray(list) || !list.every((entry) => textOf(entry, "ieee_address") !== undefined)) {
      if (!known) return undefined;
      const into = harvest();
      const message = "the bridge's list of devices is not readable; the last one stays";
      into.problems.push({ code: "message-not-understood", message, topic: `${base}/bridge/devices` });
      return into;
    }
    if (!known && (list.length === 0 || this.#bridges.size >= MAX_BRIDGES)) return undefined;
    const bridge: Bridge = known ?? { base, online: undefined, devices: new Map() };
    this.#bridges.set(base, bridge);
    return this.#some(bridge, list.slice(0, MAX_DEVICES), 0, new Set());
  }

  /** The list piece by piece; those that are not in it are known at its end. */
  #some(bridge: Bridge, list: readonly Json[], from: number, present: Set<string>): Decoded {
    const into = harvest();
    for (const entry of list.slice(from, from + AT_ONCE)) {
      const ieee = textOf(entry, "ieee_address");
      if (ieee !== undefined && isObject(entry)) this.#entry(bridge, ieee, entry, present, into);
    }
    if (from + AT_ONCE < list.length) into.more = () => this.#some(bridge, list, from + AT_ONCE, present);
    else for (const [ieee, device] of bridge.devices) if (!present.has(ieee)) this.#remove(bridge, ieee, device, into);
    return into;
  }

  #entry(bridge: Bridge, ieee: string, entry: JsonObject, present: Set<string>, into: Harvest): void {
    if (get(entry, "type") === "Coordinator") return;
    const why = unsupported(entry);
    if (why !== undefined) {
      const name = textOf(entry, "friendly_name") ?? ieee;
      const fix = "Finish pairing it in Zigbee2MQTT, or update Zigbee2MQTT.";
      into.problems.push({
        code: "device-not-supported",
        message: `${name} ${why}`,
        fix,
        topic: `${bridge.base}/bridge/devices`,
        field: ieee,
      });
      // A device that is known already keeps its history and its place while its bridge interviews it anew.
      if (bridge.devices.has(ieee)) present.add(ieee);
      return;
    }
    present.add(ieee);
    const before = bridge.devices.get(ieee);
    const text = jsonText(entry) ?? "";
    if (before?.text === text) return;
    const device = deviceOf(bridge, ieee, entry, text, before);
    // Two devices may have swapped their names in one list.
    if (before && this.#byTopic.get(before.topic) === before) this.#byTopic.delete(before.topic);
    bridge.devices.set(ieee, device);
    this.#byTopic.set(device.topic, device);
    this.#byNode.set(device.id, device);
    into.nodes.push(nodeOf(device));
    this.#tellReachable(device, into);
    if (device.built.dropped > 0)
      into.problems.push({
        code: "too-many-values",
        message: `${device.built.dropped} values of ${device.name} are not kept`,
        node: device.id,
      });
    const asks = !before && !device.battery && gettableState(get(entry, "definition"));
    if (asks) into.publish.push({ topic: `${device.topic}/get`, payload: '{"state":""}', qos: 1 });
  }

  #remove(bridge: Bridge, ieee: string, device: ZigbeeDevice, into: Harvest): void {
    bridge.devices.delete(ieee);
    this.#byNode.delete(device.id);
    if (this.#byTopic.get(device.topic) === device) this.#byTopic.delete(device.topic);
    into.gone.push(device.id);
  }

  #tellReachable(device: ZigbeeDevice, into: Harvest): void {
    const now = reachableNow(device);
    if (now === undefined || now === device.told) return;
    device.told = now;
    into.reachable.push({ node: device.id, reachable: now });
  }

  #state(device: ZigbeeDevice, message: MqttMessage): Decoded {
    const { topic, payload, retained } = message;
    if (payload === "") return nothing;
    const into = harvest();
    const body = parseJson(payload);
    if (!isObject(body)) {
      into.problems.push({
        code: "message-not-understood",
        message: `the state of ${device.name} is no JSON object`,
        node: device.id,
        topic,
      });
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
}

/** Keeps plain keys that no expose announced as the maker's own values, by their first sample. */
function learn(device: ZigbeeDevice, entries: readonly (readonly [string, Json])[]): boolean {
  let learned = false;
  for (const [key, value] of entries) {
    if (value === null || typeof value === "object" || value === "" || bookkeeping.has(key)) continue;
    if (device.built.fields.has(key) || device.extras.size >= MAX_EXTRAS || device.extras.has(key)) continue;
    device.extras.set(key, sampleType(value));
    learned = true;
  }
  return learned;
}

function merge(body: Record<string, Json>, fragment: Fragment): void {
  for (const [key, value] of Object.entries(fragment)) {
    const before = body[key];
    body[key] = isObject(before) && isObject(value) ? { ...before, ...value } : value;
  }
}

export const zigbee2mqtt: Dialect = { name: "zigbee2mqtt", open: () => new Session() };
