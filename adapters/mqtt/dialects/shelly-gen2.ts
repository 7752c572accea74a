/** Shelly Gen2, Gen3 and Gen4: JSON-RPC and notifications over MQTT (https://shelly-api-docs.shelly.cloud/gen2/ComponentsAndServices/Mqtt). */
import type { Command } from "../../../hub/model/command.ts";
import type { NodeId } from "../../../hub/model/path.ts";
import { type Harvest, harvest, planCommand, readField } from "../device.ts";
import {
  type Decoded,
  type Dialect,
  type DialectSession,
  type Encoded,
  type MqttMessage,
  type MqttPublish,
  nothing,
} from "../dialect.ts";
import {
  entriesOf,
  get,
  isObject,
  type Json,
  type JsonObject,
  listOf,
  numberOf,
  parseJson,
  parseObject,
  textOf,
} from "../json.ts";
import { rebuild } from "./shelly-gen2/build.ts";
import { merged } from "./shelly-gen2/calls.ts";
import type { ShellyWrite } from "./shelly-gen2/components.ts";
import { eachField, learnConfig, learnStatus, newDevice, nodeOf, type ShellyDevice } from "./shelly-gen2/device.ts";

const MAX_DEVICES = 500;
/** Prefixes that said they are online and have not said who they are. */
const MAX_STRANGERS = 64;
/** Questions whose answers may still come. */
const MAX_QUESTIONS = 1024;

const SHELLY_ID = /^shelly[a-z0-9]{1,40}-[0-9a-f]{12}$/i;

class Session implements DialectSession {
  readonly #hubId: string;
  readonly #byId = new Map<string, ShellyDevice>();
  readonly #byPrefix = new Map<string, ShellyDevice>();
  readonly #byNode = new Map<NodeId, ShellyDevice>();
  /** Prefix to whether it is online. */
  readonly #strangers = new Map<string, boolean>();
  /** Number of a question to the prefix that was asked: the answer names the device, not the prefix. */
  readonly #questions = new Map<number, string>();
  #lastQuestion = 0;

  constructor(hubId: string) {
    this.#hubId = hubId;
  }

  decode(message: MqttMessage): Decoded | undefined {
    const { topic } = message;
    if (topic.endsWith("/rpc"))
      return topic.endsWith("/events/rpc") ? this.#event(topic.slice(0, -11), message) : this.#answer(message);
    const status = topic.lastIndexOf("/status/");
    if (status > 0) return this.#status(topic.slice(0, status), topic.slice(status + 8), message);
    return topic.endsWith("/online") ? this.#online(topic.slice(0, -7), message.payload) : undefined;
  }

  encode(command: Command): Encoded {
    const device = this.#byNode.get(command.target.node);
    if (!device) return { ok: false, reason: `there is no Shelly ${command.target.node}` };
    const planned = planCommand(device.built, command);
    if (!planned.ok) return planned;
    const { transitionTime } = command.args;
    const calls = merged(planned.writes, typeof transitionTime === "number" ? transitionTime : undefined);
    return { ok: true, publish: calls.map((call) => this.#request(device.prefix, call.method, call.params)) };
  }

  #request(prefix: string, method: string, params?: ShellyWrite["params"]): MqttPublish {
    this.#lastQuestion += 1;
    const id = this.#lastQuestion;
    this.#questions.set(id, prefix);
    if (this.#questions.size > MAX_QUESTIONS) this.#questions.delete(id - MAX_QUESTIONS);
    const payload = JSON.stringify({ id, src: this.#hubId, method, ...(params ? { params } : {}) });
    return { topic: `${prefix}/rpc`, payload, qos: 1 };
  }

  /** Who it is, how it is set up, and how it stands: statuses are not retained. */
  #ask(prefix: string, into: Harvest): void {
    for (const method of ["Shelly.GetDeviceInfo", "Shelly.GetConfig", "Shelly.GetStatus"])
      into.publish.push(this.#request(prefix, method));
    into.publish.push(
      this.#request(prefix, "Shelly.GetComponents", { dynamic_only: true, include: ["config", "status"] }),
    );
  }

  /** The device of an id, made when it is new; a prefix that was guessed gives way to one that was seen. */
  #device(shellyId: string, prefix: string, seen: boolean, into: Harvest): ShellyDevice | undefined {
    const key = shellyId.toLowerCase();
    const known = this.#byId.get(key);
    if (!known && this.#byId.size >= MAX_DEVICES) return undefined;
    const device = known ?? newDevice(shellyId, prefix);
    if (!known) {
      this.#byId.set(key, device);
      this.#byNode.set(device.id, device);
    } else if (seen && device.prefix !== prefix) {
      this.#byPrefix.delete(device.prefix);
      device.prefix = prefix;
      device.changed = true;
    }
    this.#byPrefix.set(device.prefix, device);
    const online = this.#strangers.get(device.prefix);
    if (online !== undefined) {
      this.#strangers.delete(device.prefix);
      device.asked = true;
      into.reachable.push({ node: device.id, reachable: online });
    }
    return device;
  }

  /** The node first, since its readings need it. */
  #show(device: ShellyDevice, into: Harvest): void {
    if (!device.changed || (device.fields.size === 0 && !device.info)) return;
    rebuild(device);
    into.nodes.push(nodeOf(device));
  }

  #online(prefix: string, payload: string): Decoded | undefined {
    if (payload !== "true" && payload !== "false") return undefined;
    const online = payload === "true";
    const into = harvest();
    const tail = prefix.slice(prefix.lastIndexOf("/") + 1);
    const device =
      this.#byPrefix.get(prefix) ??
      (SHELLY_ID.test(tail) && !isFirstGeneration(prefix) ? this.#device(tail, prefix, true, into) : undefined);
    if (!device) return this.#stranger(prefix, online);
    into.reachable.push({ node: device.id, reachable: online });
    // It may have been away, and its statuses are not retained.
    if (online) this.#ask(prefix, into);
    device.asked ||= online;
    return into;
  }

  #stranger(prefix: string, online: boolean): Decoded | undefined {
    if (isFirstGeneration(prefix) || (!this.#strangers.has(prefix) && this.#strangers.size >= MAX_STRANGERS))
      return undefined;
    const into = harvest();
    if (online) this.#ask(prefix, into);
    this.#strangers.set(prefix, online);
    return into;
  }

  #event(prefix: string, message: MqttMessage): Decoded | undefined {
    const body = parseObject(message.payload);
    const source = textOf(body, "src");
    const method = textOf(body, "method");
    const params = get(body, "params");
    if (source === undefined || method === undefined || !isObject(params)) return undefined;
    if (!this.#byId.has(source.toLowerCase()) && !SHELLY_ID.test(source)) return undefined;
    const into = harvest();
    const device = this.#device(source, prefix, true, into);
    if (!device) return undefined;
    if (method === "NotifyEvent") this.#happenings(device, params, message, into);
    else this.#statuses(device, params, message, into);
    if (!device.asked) this.#ask(prefix, into);
    device.asked = true;
    return into;
  }

  #statuses(device: ShellyDevice, statuses: JsonObject, message: MqttMessage, into: Harvest): void {
    const entries = entriesOf(statuses, 256).filter(([, status]) => isObject(status));
    for (const [component, status] of entries) learnStatus(device, component, status);
    this.#show(device, into);
    for (const [component, status] of entries) this.#read(device, component, status, message, undefined, into);
  }

  #read(
    device: ShellyDevice,
    component: string,
    status: Json,
    message: MqttMessage,
    under: string | undefined,
    into: Harvest,
  ): void {
    const place = { node: device.id, topic: message.topic, retained: message.retained, ...(under ? { under } : {}) };
    eachField(component, status, (field, value) => readField(device.built, place, field, value, into));
  }

  /** `{"events":[{"component":"input:0","event":"single_push"}]}` */
  #happenings(device: ShellyDevice, params: JsonObject, message: MqttMessage, into: Harvest): void {
    this.#show(device, into);
    for (const happening of listOf(params, "events").slice(0, 32)) {
      const [component, event] = [textOf(happening, "component"), textOf(happening, "event")];
      if (component === undefined || event === undefined) continue;
      if (event === "config_changed" && !message.retained)
        into.publish.push(this.#request(device.prefix, "Shelly.GetConfig"));
      else readField(device.built, { ...message, node: device.id }, `${component}.event`, event, into);
    }
  }

  #status(prefix: string, component: string, message: MqttMessage): Decoded | undefined {
    const tail = prefix.slice(prefix.lastIndexOf("/") + 1);
    if (!this.#byPrefix.has(prefix) && (!SHELLY_ID.test(tail) || isFirstGeneration(prefix))) return undefined;
    const status = parseJson(message.payload);
    if (!isObject(status)) return this.#byPrefix.has(prefix) ? nothing : undefined;
    const into = harvest();
    const device = this.#byPrefix.get(prefix) ?? this.#device(tail, prefix, true, into);
    if (!device) return undefined;
    learnStatus(device, component, status);
    this.#show(device, into);
    this.#read(device, component, status, message, `${component}.`, into);
    if (!device.asked) this.#ask(prefix, into);
    device.asked = true;
    return into;
  }

  /** Answers to questions, ours or another hub's: the same device says the same truth. Requests to devices are not read. */
  #answer(message: MqttMessage): Decoded | undefined {
    const body = parseObject(message.payload);
    const source = textOf(body, "src");
    if (source === undefined || get(body, "method") !== undefined)
      return this.#byPrefix.has(message.topic.slice(0, -4)) ? nothing : undefined;
    if (message.topic !== `${textOf(body, "dst")}/rpc`) return undefined;
    if (!this.#byId.has(source.toLowerCase()) && !SHELLY_ID.test(source)) return undefined;
    const into = harvest();
    const id = numberOf(body, "id");
    const asked = textOf(body, "dst") === this.#hubId && id !== undefined ? this.#questions.get(id) : undefined;
    if (id !== undefined && asked !== undefined) this.#questions.delete(id);
    const result = get(body, "result");
    const told = textOf(get(result, "mqtt"), "topic_prefix");
    const device = this.#device(source, told ?? asked ?? source, told !== undefined || asked !== undefined, into);
    if (!device) return undefined;
    const error = get(body, "error");
    if (isObject(error) && asked !== undefined && numberOf(error, "code") !== 404) {
      const message = `the device refused a request: ${textOf(error, "message") ?? "no reason given"}`;
      into.problems.push({ code: "request-refused", message, node: device.id });
    }
    if (isObject(result)) this.#learn(device, result, message, into);
    return into;
  }

  /** Which question it was is told by the answer's form. */
  #learn(device: ShellyDevice, result: JsonObject, message: MqttMessage, into: Harvest): void {
    const isConfig =
      isObject(get(get(result, "sys"), "device")) ||
      (isObject(get(result, "mqtt")) && textOf(get(result, "mqtt"), "topic_prefix") !== undefined);
    if (textOf(result, "mac") !== undefined && numberOf(result, "gen") !== undefined) {
      device.info = result;
      device.changed = true;
      this.#show(device, into);
    } else if (isConfig) {
      for (const [component, config] of entriesOf(result, 256)) learnConfig(device, component, config);
      this.#show(device, into);
    } else if (Array.isArray(get(result, "components"))) this.#components(device, result, message, into);
    else if (isObject(get(result, "sys"))) this.#statuses(device, result, message, into);
  }

  #components(device: ShellyDevice, result: JsonObject, message: MqttMessage, into: Harvest): void {
    const statuses: Record<string, Json> = Object.create(null);
    for (const part of listOf(result, "components").slice(0, 256)) {
      const key = textOf(part, "key");
      if (key === undefined || !key.includes(":")) continue;
      learnConfig(device, key, get(part, "config") ?? null);
      const status = get(part, "status");
      if (isObject(status)) statuses[key] = status;
    }
    this.#statuses(device, statuses, message, into);
  }
}

/** `shellies/<id>` and its six or twelve capital digits are the first generation's, which speaks otherwise. */
const isFirstGeneration = (prefix: string): boolean => /^shellies\/[^/]+$/.test(prefix);

export const shellyGen2: Dialect = { name: "shelly-gen2", open: (hubId) => new Session(hubId) };
