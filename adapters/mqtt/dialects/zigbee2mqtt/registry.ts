/** Which devices and groups the bridges of one broker have, and which topics are theirs. */
import type { NodeId } from "../../../../hub/model/path.ts";
import { type Harvest, harvest, readField } from "../../device.ts";
import type { Decoded } from "../../dialect.ts";
import { entriesOf, get, isObject, type Json, type JsonObject, jsonText, numberOf, textOf } from "../../json.ts";
import {
  type Bridge,
  deviceAddress,
  deviceOf,
  nodeOf,
  reachableNow,
  unsupported,
  type Who,
  type ZigbeeDevice,
} from "./bridge.ts";
import { gettableState } from "./exposes.ts";
import { entryOf, groupAddress } from "./groups.ts";
import { optionField } from "./settings.ts";

const MAX_BRIDGES = 8;
const MAX_DEVICES = 1000;
const MAX_GROUPS = 200;
/** Devices or groups of a list that are read in one go: a few milliseconds of work, also where each has a hundred values. */
const AT_ONCE = 3;

export class Registry {
  /** By base topic. */
  readonly bridges = new Map<string, Bridge>();
  readonly byTopic = new Map<string, ZigbeeDevice>();
  readonly byNode = new Map<NodeId, ZigbeeDevice>();

  /** The whole list, each time something changed. Devices that are no longer in it were removed. */
  devices(base: string, payload: Json | undefined): Decoded | undefined {
    const known = this.bridges.get(base);
    const list = payload;
    if (!Array.isArray(list) || !list.every((entry) => textOf(entry, "ieee_address") !== undefined)) {
      if (!known) return undefined;
      const into = harvest();
      const message = "the bridge's list of devices is not readable; the last one stays";
      into.problems.push({ code: "message-not-understood", message, topic: `${base}/bridge/devices` });
      return into;
    }
    if (!known && (list.length === 0 || this.bridges.size >= MAX_BRIDGES)) return undefined;
    const bridge: Bridge = known ?? {
      base,
      online: undefined,
      devices: new Map(),
      groups: new Map(),
      list: [],
      groupList: [],
      options: {},
    };
    this.bridges.set(base, bridge);
    bridge.list = list.slice(0, MAX_DEVICES);
    return this.#some(bridge, bridge.list, 0, new Set());
  }

  /** The list piece by piece; those that are not in it are known at its end. A newer list ends the reading of an older one. */
  #some(bridge: Bridge, list: readonly Json[], from: number, present: Set<string>): Decoded {
    const into = harvest();
    if (bridge.list !== list) return into;
    for (const entry of list.slice(from, from + AT_ONCE)) {
      const ieee = textOf(entry, "ieee_address");
      if (ieee !== undefined && isObject(entry)) this.#entry(bridge, ieee, entry, present, into);
    }
    if (from + AT_ONCE < list.length) into.more = () => this.#some(bridge, list, from + AT_ONCE, present);
    else {
      for (const [ieee, device] of bridge.devices) if (!present.has(ieee)) this.remove(device, into);
      this.groups(bridge, bridge.groupList, into);
    }
    return into;
  }

  #entry(bridge: Bridge, ieee: string, entry: JsonObject, present: Set<string>, into: Harvest): void {
    if (get(entry, "type") === "Coordinator") return;
    const why = unsupported(entry);
    if (why !== undefined) {
      const name = textOf(entry, "friendly_name") ?? ieee;
      const fix =
        get(entry, "disabled") === true
          ? "Enable it in Zigbee2MQTT if it is to be used."
          : "Finish pairing it in Zigbee2MQTT, or update Zigbee2MQTT.";
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
    const device = this.#show(
      bridge,
      bridge.devices,
      deviceAddress(ieee),
      entry,
      text,
      into,
      this.#takenOver(bridge, ieee),
    );
    this.#readOptions(device, get(bridge.options, ieee), into);
    const asks = !before && !device.battery && gettableState(get(entry, "definition"));
    if (asks) into.publish.push({ topic: `${device.topic}/get`, payload: '{"state":""}', qos: 1 });
  }

  #show(
    bridge: Bridge,
    among: Map<string, ZigbeeDevice>,
    who: Who,
    entry: JsonObject,
    text: string,
    into: Harvest,
    elsewhere?: ZigbeeDevice,
  ): ZigbeeDevice {
    const before = among.get(who.key) ?? elsewhere;
    const device = deviceOf(bridge, who, entry, text, before);
    // Two devices may have swapped their names in one list.
    if (before && this.byTopic.get(before.topic) === before) this.byTopic.delete(before.topic);
    among.set(who.key, device);
    this.byTopic.set(device.topic, device);
    this.byNode.set(device.id, device);
    into.nodes.push(nodeOf(device));
    this.tellReachable(device, into);
    if (device.built.dropped > 0)
      into.problems.push({
        code: "too-many-values",
        message: `${device.built.dropped} values of ${device.name} are not kept`,
        node: device.id,
      });
    return device;
  }

  /** A base topic that was changed leaves its old list on the broker: a device belongs to the list that named it last. */
  #takenOver(bridge: Bridge, ieee: string): ZigbeeDevice | undefined {
    for (const other of this.bridges.values()) {
      const device = other === bridge ? undefined : other.devices.get(ieee);
      if (!device) continue;
      other.devices.delete(ieee);
      if (this.byTopic.get(device.topic) === device) this.byTopic.delete(device.topic);
      return device;
    }
    return undefined;
  }

  /** The list of groups, anew whenever it or a member changed. One that is no longer in it, or can do nothing, is gone. */
  groups(bridge: Bridge, list: readonly Json[], into: Harvest): void {
    bridge.groupList = list.slice(0, MAX_GROUPS);
    this.#someGroups(bridge, bridge.groupList, 0, new Set(), into);
  }

  #someGroups(bridge: Bridge, list: readonly Json[], from: number, present: Set<string>, into: Harvest): void {
    if (bridge.groupList !== list) return;
    for (const group of list.slice(from, from + AT_ONCE)) this.#group(bridge, group, present, into);
    if (from + AT_ONCE >= list.length) {
      for (const [key, group] of bridge.groups) if (!present.has(key)) this.remove(group, into);
      return;
    }
    into.more = () => {
      const rest = harvest();
      this.#someGroups(bridge, list, from + AT_ONCE, present, rest);
      return rest;
    };
  }

  #group(bridge: Bridge, group: Json, present: Set<string>, into: Harvest): void {
    const id = numberOf(group, "id");
    const definitionOf = (ieee: string): Json | undefined => get(bridge.devices.get(ieee)?.entry, "definition");
    const entry = isObject(group) && id !== undefined ? entryOf(group, definitionOf) : undefined;
    if (!entry || id === undefined) return;
    const key = String(id);
    present.add(key);
    const text = jsonText(entry) ?? "";
    if (bridge.groups.get(key)?.text === text) return;
    this.#show(bridge, bridge.groups, { key, addresses: [groupAddress(bridge.base, id)] }, entry, text, into);
  }

  /** A new name before the next list says so too. */
  rename(bridge: Bridge, from: string, to: string, into: Harvest): void {
    const device = this.byTopic.get(`${bridge.base}/${from}`);
    if (device?.bridge !== bridge || this.byTopic.has(`${bridge.base}/${to}`)) return;
    const entry = { ...device.entry, friendly_name: to };
    const among = bridge.devices.get(device.key) === device ? bridge.devices : bridge.groups;
    this.#show(bridge, among, device, entry, jsonText(entry) ?? "", into);
  }

  remove(device: ZigbeeDevice, into: Harvest): void {
    const { devices, groups } = device.bridge;
    for (const among of [devices, groups]) if (among.get(device.key) === device) among.delete(device.key);
    this.byNode.delete(device.id);
    if (this.byTopic.get(device.topic) === device) this.byTopic.delete(device.topic);
    into.gone.push(device.id);
  }

  /** Options that were set, by IEEE address, as the bridge's info tells them. */
  options(bridge: Bridge, all: JsonObject, into: Harvest): void {
    const before = bridge.options;
    bridge.options = all;
    for (const [ieee, device] of bridge.devices) {
      const now = get(all, ieee);
      if (jsonText(now) !== jsonText(get(before, ieee))) this.#readOptions(device, now, into);
    }
  }

  #readOptions(device: ZigbeeDevice, options: Json | undefined, into: Harvest): void {
    const place = { node: device.id, topic: `${device.bridge.base}/bridge/info`, retained: false };
    for (const [property, value] of entriesOf(options, 64))
      readField(device.built, { ...place, under: "bridge/info." }, optionField(property), value, into);
  }

  tellReachable(device: ZigbeeDevice, into: Harvest): void {
    const now = reachableNow(device);
    if (now === undefined || now === device.told) return;
    device.told = now;
    into.reachable.push({ node: device.id, reachable: now });
  }
}
