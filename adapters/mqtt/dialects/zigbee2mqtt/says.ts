/** What a bridge says of itself and of its work: state, info, groups, events and answers to requests. */
import { type Harvest, harvest } from "../../device.ts";
import type { Decoded, MqttMessage } from "../../dialect.ts";
import { get, isObject, type Json, parseJson, parseObject, textOf } from "../../json.ts";
import { type Bridge, online } from "./bridge.ts";
import type { Registry } from "./registry.ts";

/** The device of an event or an answer, by its address or its name. */
const nodeOfData = (bridge: Bridge, registry: Registry, data: Json | undefined) =>
  bridge.devices.get(textOf(data, "ieee_address") ?? "") ??
  registry.byTopic.get(`${bridge.base}/${textOf(data, "friendly_name") ?? textOf(data, "id") ?? ""}`);

/** `bridge/event`: who joined, left or could not be interviewed. What was kept by the broker is long over. */
function event(bridge: Bridge, registry: Registry, message: MqttMessage, into: Harvest): void {
  const body = parseObject(message.payload);
  const data = get(body, "data");
  const name = textOf(data, "friendly_name") ?? textOf(data, "ieee_address");
  if (message.retained || name === undefined) return;
  const field = textOf(data, "ieee_address") ?? name;
  const node = nodeOfData(bridge, registry, data)?.id;
  const tell = (code: string, what: string, fix: string): void => {
    const problem = { code, message: `${name} ${what}`, fix, topic: message.topic, field };
    into.problems.push(node === undefined ? problem : { ...problem, node });
  };
  const type = textOf(body, "type");
  if (type === "device_joined" && node === undefined)
    tell("device-joined", "has joined the Zigbee network", "Nothing, if it is yours; else remove it in Zigbee2MQTT.");
  if (type === "device_leave")
    tell("device-left", "has left the Zigbee network", "Pair it again, or remove it in Zigbee2MQTT.");
  if (type === "device_interview" && textOf(data, "status") === "failed")
    tell("interview-failed", "could not be interviewed", "Bring it nearer, wake it and pair it again.");
}

/** `bridge/response/<what>`: renames and removals at once, refusals in the bridge's own words. */
function response(bridge: Bridge, registry: Registry, what: string, message: MqttMessage, into: Harvest): void {
  const body = parseObject(message.payload);
  const data = get(body, "data");
  if (message.retained) return;
  const status = textOf(body, "status");
  if (status === "error") {
    const why = textOf(body, "error") ?? "no reason given";
    const text = `Zigbee2MQTT refused a request (${what}): ${why}`;
    into.problems.push({ code: "request-refused", message: text, topic: message.topic });
  }
  if (status !== "ok") return;
  if (what === "device/rename" || what === "group/rename") {
    const [from, to] = [textOf(data, "from"), textOf(data, "to")];
    if (from !== undefined && to !== undefined) registry.rename(bridge, from, to, into);
  } else if (what === "device/remove" || what === "group/remove") {
    const device = nodeOfData(bridge, registry, data) ?? bridge.devices.get(textOf(data, "id") ?? "");
    if (device) registry.remove(device, into);
  } else if (what === "device/options") {
    const device = nodeOfData(bridge, registry, data) ?? bridge.devices.get(textOf(data, "id") ?? "");
    const now = get(data, "to");
    if (device && isObject(now)) registry.options(bridge, { ...bridge.options, [device.key]: now }, into);
  }
}

/** A message below `<base>/bridge/` of a bridge that is known. */
export function bridgeSaid(bridge: Bridge, registry: Registry, tail: string, message: MqttMessage): Decoded {
  const into = harvest();
  if (tail === "state") {
    bridge.online = online(message.payload);
    for (const device of [...bridge.devices.values(), ...bridge.groups.values()]) registry.tellReachable(device, into);
  } else if (tail === "groups") {
    const list = message.payload === "" ? [] : parseJson(message.payload);
    if (Array.isArray(list)) registry.groups(bridge, list, into);
    else {
      const text = "the bridge's list of groups is not readable; the last one stays";
      into.problems.push({ code: "message-not-understood", message: text, topic: message.topic });
    }
  } else if (tail === "info") {
    const set = get(get(parseObject(message.payload), "config"), "devices");
    if (isObject(set)) registry.options(bridge, set, into);
  } else if (tail === "event") event(bridge, registry, message, into);
  else if (tail.startsWith("response/")) response(bridge, registry, tail.slice("response/".length), message, into);
  return into;
}
