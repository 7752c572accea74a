/** Tasmota, by its native discovery (SetOption19 0) or by what it answers (https://tasmota.github.io/docs/MQTT/ and the firmware's tasmota_discovery). */
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
import { eachLeaf, entriesOf, get, isObject, type Json, type JsonObject, parseObject, textOf } from "../json.ts";
import { readConfig } from "./tasmota/config.ts";
import {
  learnLeaf,
  learnSleep,
  learnUnits,
  newDevice,
  nodeOf,
  rebuild,
  sleeps,
  type TasmotaDevice,
} from "./tasmota/device.ts";
import { TasmotaGroups } from "./tasmota/groups.ts";
import { stateField, type TasmotaWrite } from "./tasmota/relays.ts";
import { isForeign, isUnitOrTime } from "./tasmota/sensors.ts";
import { Strangers } from "./tasmota/stranger.ts";

const MAX_DEVICES = 500;

const DISCOVERY = /^(?:.+\/)?tasmota\/discovery\/([0-9A-Fa-f]{12})\/(config|sensors)$/;

class Session implements DialectSession {
  readonly #byMac = new Map<string, TasmotaDevice>();
  readonly #byNode = new Map<NodeId, TasmotaDevice>();
  /** By the topic up to its last slash. */
  readonly #byBase = new Map<string, TasmotaDevice>();
  readonly #groups = new TasmotaGroups();
  readonly #strangers = new Strangers();

  decode(message: MqttMessage): Decoded | undefined {
    const { topic, payload } = message;
    const cut = topic.lastIndexOf("/") + 1;
    const device = this.#byBase.get(topic.slice(0, cut));
    if (device) return this.#said(device, topic.slice(cut), message);
    const [, mac, what] = DISCOVERY.exec(topic) ?? [];
    if (mac === undefined) return this.#below(topic, cut, message) ?? this.#stranger(message);
    if (what === "config") return this.#config(mac.toUpperCase(), topic, payload);
    return this.#sensors(mac.toUpperCase(), payload);
  }

  encode(command: Command): Encoded {
    const device = this.#byNode.get(command.target.node);
    const group = this.#groups.ofNode(command.target.node);
    const [built, cmnd] = [device?.built ?? group?.built, device?.config.cmnd ?? group?.cmnd];
    if (!built || cmnd === undefined) return { ok: false, reason: `there is no Tasmota device ${command.target.node}` };
    const planned = planCommand(built, command);
    if (!planned.ok) return planned;
    const { transitionTime } = command.args;
    const writes = typeof transitionTime === "number" ? faded(planned.writes, transitionTime) : planned.writes;
    const publish = writes.map((w) => ({ topic: cmnd + w.command, payload: w.payload, qos: 1 as const }));
    return { ok: true, publish };
  }

  /** Zigbee devices behind a bridge with topics of their own (SetOption89): `tele/<topic>/<address>/SENSOR`. */
  #below(topic: string, cut: number, message: MqttMessage): Decoded | undefined {
    if (topic.slice(cut) !== "SENSOR") return undefined;
    const device = this.#byBase.get(topic.slice(0, topic.lastIndexOf("/", cut - 2) + 1));
    const body = device && parseObject(message.payload);
    if (!device || !body || !Object.keys(body).every(isForeign)) return undefined;
    const into = harvest();
    this.#readings(device, body, message, into);
    return into;
  }

  #stranger(message: MqttMessage): Decoded | undefined {
    const heard = this.#strangers.hear(message);
    if (!heard) return undefined;
    if ("ask" in heard) return { ...nothing, publish: [heard.ask] };
    const { mac, config } = heard;
    // A device that announced itself was only asked because its topics were not known yet.
    if (this.#byMac.has(mac)) return undefined;
    const into = harvest();
    this.#introduce(mac, config, message.topic, into);
    const device = this.#byMac.get(mac);
    if (device) this.#body(device, "STATUS11", parseObject(message.payload) ?? {}, message, into);
    return into;
  }

  #config(mac: string, topic: string, payload: string): Decoded {
    const into = harvest();
    const before = this.#byMac.get(mac);
    if (payload === "") {
      if (before) this.#forget(before, into);
      return into;
    }
    this.#introduce(mac, parseObject(payload), topic, into);
    const device = this.#byMac.get(mac);
    if (device && !before) this.#ask(device, into);
    return into;
  }

  /** A device as a message describes it, new or anew. */
  #introduce(mac: string, body: JsonObject | undefined, topic: string, into: Harvest): void {
    const before = this.#byMac.get(mac);
    const config = body ? readConfig(body, mac) : "it is no JSON object";
    if (typeof config === "string" || (!before && this.#byMac.size >= MAX_DEVICES)) {
      const why = typeof config === "string" ? config : `more than ${MAX_DEVICES} devices are not kept`;
      into.problems.push({ code: "discovery-refused", message: `the discovery of ${mac} is refused: ${why}`, topic });
      return;
    }
    if (before) this.#unlist(before);
    const device = newDevice(config, before);
    this.#byMac.set(mac, device);
    this.#byNode.set(device.id, device);
    for (const base of [config.cmnd, config.stat, config.tele]) this.#byBase.set(base, device);
    into.nodes.push(nodeOf(device));
    this.#groups.join(device, device.group, into);
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
    this.#groups.join(device, undefined, into);
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
    const body = parseObject(payload);
    if (tail === "LWT") this.#will(device, payload, into);
    else if (tail === "DEEPSLEEP") {
      if (learnSleep(device, body ?? null)) into.nodes.push(nodeOf(device));
    } else if (body) this.#body(device, tail, body, message, into);
    else if (/^POWER\d*$/.test(tail))
      readField(device.built, { ...message, node: device.id }, stateField(tail), payload, into);
    this.#groups.echo(device, into);
    return into;
  }

  #will(device: TasmotaDevice, payload: string, into: Harvest): void {
    const { online, offline } = device.config;
    if (payload !== online && payload !== offline) return;
    const reachable = payload === online;
    // One that sleeps comes and goes with each report, and tells by itself what there is to tell.
    const comesAndGoes = sleeps(device);
    if (reachable || !comesAndGoes) into.reachable.push({ node: device.id, reachable });
    if (reachable && device.asked && !comesAndGoes) this.#ask(device, into);
    // The first will after the discovery belongs to the questions that were asked then.
    device.asked = true;
  }

  #body(device: TasmotaDevice, tail: string, body: Json, message: MqttMessage, into: Harvest): void {
    const sensors = tail === "SENSOR" ? body : get(body, "StatusSNS");
    if (isObject(sensors)) this.#readings(device, sensors, message, into);
    this.#named(device, body, into);
    if (tail === "SENSOR") return;
    const state = get(body, "StatusSTS") ?? body;
    for (const [key, value] of entriesOf(state, 128)) {
      if (isForeign(key)) this.#readings(device, { [key]: value }, message, into);
      else if (/^(Button|Switch)\d+$/.test(key)) this.#press(device, key, value, message, into);
      else if (isObject(value))
        for (const [part, inner] of entriesOf(value, 32)) this.#read(device, `${key}.${part}`, inner, message, into);
      else this.#read(device, stateField(key), value, message, into);
    }
  }

  /** Which group it listens to, as its answers say. */
  #named(device: TasmotaDevice, body: Json, into: Harvest): void {
    const name =
      textOf(get(body, "StatusPRM"), "GroupTopic") ?? textOf(body, "GroupTopic1") ?? textOf(body, "GroupTopic");
    if (name === undefined || name === device.group) return;
    device.group = name;
    this.#groups.join(device, name, into);
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

/** One fade for these writes alone, in half seconds from 1 to 40 (Fade2 and Speed2), whatever the lamp is set to. */
function faded(writes: readonly TasmotaWrite[], seconds: number): readonly TasmotaWrite[] {
  const speed = Math.min(40, Math.max(1, Math.round(seconds * 2)));
  const how = seconds > 0 ? [`Fade2 1`, `Speed2 ${speed}`] : [`Fade2 0`];
  return [{ command: "Backlog0", payload: [...how, ...writes.map((w) => `${w.command} ${w.payload}`)].join(";") }];
}

export const tasmota: Dialect = { name: "tasmota", open: () => new Session() };
