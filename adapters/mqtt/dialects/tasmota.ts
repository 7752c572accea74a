/** Tasmota with its native discovery, SetOption19 0 (https://tasmota.github.io/docs/MQTT/ and the firmware's tasmota_discovery). */
import type { Command } from "../../../hub/model/command.ts";
import type { NodeId } from "../../../hub/model/path.ts";
import { type Harvest, harvest, planCommand, readField } from "../device.ts";
import {
  type Decoded,
  type Dialect,
  type DialectSession,
  type Encoded,
  type MqttMessage,
  nothing,
} from "../dialect.ts";
import { eachLeaf, entriesOf, get, isObject, type Json, parseObject, textOf } from "../json.ts";
import { readConfig } from "./tasmota/config.ts";
import { learnLeaf, learnUnits, newDevice, nodeOf, rebuild, type TasmotaDevice } from "./tasmota/device.ts";
import { stateField } from "./tasmota/relays.ts";
import { isUnitOrTime } from "./tasmota/sensors.ts";

const MAX_DEVICES = 500;

const DISCOVERY = /^(?:.+\/)?tasmota\/discovery\/([0-9A-Fa-f]{12})\/(config|sensors)$/;

class Session implements DialectSession {
  readonly #byMac = new Map<string, TasmotaDevice>();
  readonly #byNode = new Map<NodeId, TasmotaDevice>();
  /** By the topic up to its last slash. */
  readonly #byBase = new Map<string, TasmotaDevice>();

  decode(message: MqttMessage): Decoded | undefined {
    const { topic, payload } = message;
    const cut = topic.lastIndexOf("/") + 1;
    const device = this.#byBase.get(topic.slice(0, cut));
    if (device) return this.#said(device, topic.slice(cut), message);
    const [, mac, what] = DISCOVERY.exec(topic) ?? [];
    if (mac === undefined) return undefined;
    if (what === "config") return this.#config(mac.toUpperCase(), topic, payload);
    return this.#sensors(mac.toUpperCase(), payload);
  }

  encode(command: Command): Encoded {
    const device = this.#byNode.get(command.target.node);
    if (!device) return { ok: false, reason: `there is no Tasmota device ${command.target.node}` };
    const planned = planCommand(device.built, command);
    if (!planned.ok) return planned;
    const publish = planned.writes.map((w) => ({
      topic: device.config.cmnd + w.command,
      payload: w.payload,
      qos: 1 as const,
    }));
    return { ok: true, publish };
  }

  #config(mac: string, topic: string, payload: string): Decoded {
    const into = harvest();
    const before = this.#byMac.get(mac);
    if (payload === "") {
      if (before) this.#forget(before, into);
      return into;
    }
    const body = parseObject(payload);
    const config = body ? readConfig(body, mac) : "it is no JSON object";
    if (typeof config === "string" || (!before && this.#byMac.size >= MAX_DEVICES)) {
      const why = typeof config === "string" ? config : `more than ${MAX_DEVICES} devices are not kept`;
      into.problems.push({ code: "discovery-refused", message: `the discovery of ${mac} is refused: ${why}`, topic });
      return into;
    }
    if (before) this.#unlist(before);
    const device = newDevice(config, before);
    this.#byMac.set(mac, device);
    this.#byNode.set(device.id, device);
    for (const base of [config.cmnd, config.stat, config.tele]) this.#byBase.set(base, device);
    into.nodes.push(nodeOf(device));
    if (!before) this.#ask(device, into);
    return into;
  }

  /** The shape of the SENSOR bodies, with the values of that moment, which are not kept. */
  #sensors(mac: string, payload: string): Decoded | undefined {
    const device = this.#byMac.get(mac);
    if (!device) return undefined;
    const body = get(parseObject(payload), "sn");
    if (!isObject(body)) return nothing;
    device.announced.clear();
    eachLeaf(body, (path, sample) => {
      if (!isUnitOrTime(path)) device.announced.set(path, sample);
    });
    learnUnits(device, body);
    return { ...harvest(), nodes: [nodeOf(rebuild(device))] };
  }

  #forget(device: TasmotaDevice, into: Harvest): void {
    this.#unlist(device);
    this.#byMac.delete(device.config.mac);
    this.#byNode.delete(device.id);
    into.gone.push(device.id);
  }

  #unlist(device: TasmotaDevice): void {
    const { cmnd, stat, tele } = device.config;
    for (const base of [cmnd, stat, tele]) if (this.#byBase.get(base) === device) this.#byBase.delete(base);
  }

  /** Its states are not retained by default: the device is asked for them once, and whenever it comes back. */
  #ask(device: TasmotaDevice, into: Harvest): void {
    into.publish.push({ topic: `${device.config.cmnd}STATUS`, payload: "0", qos: 1 });
  }

  #said(device: TasmotaDevice, tail: string, message: MqttMessage): Decoded {
    const { topic, payload } = message;
    if (topic.startsWith(device.config.cmnd) && device.config.cmnd !== device.config.stat) return nothing;
    const into = harvest();
    if (tail === "LWT") this.#will(device, payload, into);
    else if (/^POWER\d*$/.test(tail))
      readField(device.built, { ...message, node: device.id }, stateField(tail), payload, into);
    else {
      const body = parseObject(payload);
      if (body) this.#body(device, tail, body, message, into);
    }
    return into;
  }

  #will(device: TasmotaDevice, payload: string, into: Harvest): void {
    const { online, offline } = device.config;
    if (payload !== online && payload !== offline) return;
    const reachable = payload === online;
    into.reachable.push({ node: device.id, reachable });
    if (reachable && device.asked) this.#ask(device, into);
    // The first will after the discovery belongs to the questions that were asked then.
    device.asked = true;
  }

  #body(device: TasmotaDevice, tail: string, body: Json, message: MqttMessage, into: Harvest): void {
    const sensors = tail === "SENSOR" ? body : get(body, "StatusSNS");
    if (isObject(sensors)) this.#readings(device, sensors, message, into);
    if (tail === "SENSOR") return;
    const state = get(body, "StatusSTS") ?? body;
    for (const [key, value] of entriesOf(state, 128)) {
      if (/^(Button|Switch)\d+$/.test(key)) this.#press(device, key, value, message, into);
      else if (isObject(value))
        for (const [part, inner] of entriesOf(value, 32)) this.#read(device, `${key}.${part}`, inner, message, into);
      else this.#read(device, stateField(key), value, message, into);
    }
  }

  #read(device: TasmotaDevice, field: string, raw: Json, message: MqttMessage, into: Harvest): void {
    readField(device.built, { node: device.id, topic: message.topic, retained: message.retained }, field, raw, into);
  }

  #readings(device: TasmotaDevice, body: Json, message: MqttMessage, into: Harvest): void {
    const unitsChanged = learnUnits(device, body);
    let fresh = unitsChanged;
    eachLeaf(body, (path, sample) => {
      if (sample === null || isUnitOrTime(path) || device.announced.has(path) || device.seen.has(path)) return;
      if (learnLeaf(device, path, sample)) fresh = true;
    });
    if (fresh) into.nodes.push(nodeOf(rebuild(device)));
    eachLeaf(body, (path, value) => this.#read(device, path, value, message, into));
  }

  /** `{"Button1":{"Action":"SINGLE"}}`: a happening; a retained one is over. */
  #press(device: TasmotaDevice, key: string, value: Json, message: MqttMessage, into: Harvest): void {
    const action = textOf(value, "Action");
    if (action === undefined || device.pressed.size >= 16) return;
    if (!device.pressed.has(key)) {
      device.pressed.add(key);
      into.nodes.push(nodeOf(rebuild(device)));
    }
    this.#read(device, `${key}.Action`, action, message, into);
  }
}

export const tasmota: Dialect = { name: "tasmota", open: () => new Session() };
