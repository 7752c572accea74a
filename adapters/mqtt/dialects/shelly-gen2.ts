/** Shelly Gen2, Gen3 and Gen4: JSON-RPC and notifications over MQTT (https://shelly-api-docs.shelly.cloud/gen2/ComponentsAndServices/Mqtt). */
import type { Command } from "../../../hub/model/command.ts";
import { harvest, planCommand } from "../device.ts";
import {
  type Decoded,
  type Dialect,
  type DialectSession,
  type Encoded,
  type MqttMessage,
  nothing,
} from "../dialect.ts";
import { get, isObject, numberOf, parseJson, parseObject, textOf } from "../json.ts";
import { readAnswer } from "./shelly-gen2/answers.ts";
import { merged } from "./shelly-gen2/calls.ts";
import { type ShellyDevice, sleeps } from "./shelly-gen2/device.ts";
import { Fleet } from "./shelly-gen2/fleet.ts";
import { Questions } from "./shelly-gen2/questions.ts";
import { readEvents, readStatus, readStatuses, show } from "./shelly-gen2/reading.ts";

const SHELLY_ID = /^shelly[a-z0-9]{1,40}-[0-9a-f]{12}$/i;

const lastPart = (prefix: string): string => prefix.slice(prefix.lastIndexOf("/") + 1);

class Session implements DialectSession {
  readonly #fleet = new Fleet();
  readonly #questions: Questions;

  constructor(hubId: string) {
    this.#questions = new Questions(hubId);
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
    const device = this.#fleet.ofNode(command.target.node);
    if (!device) return { ok: false, reason: `there is no Shelly ${command.target.node}` };
    const planned = planCommand(device.built, command);
    if (!planned.ok) return planned;
    const { transitionTime } = command.args;
    const calls = merged(planned.writes, typeof transitionTime === "number" ? transitionTime : undefined);
    return { ok: true, publish: calls.map((call) => this.#questions.ask(device.prefix, call.method, call.params)) };
  }

  #online(prefix: string, payload: string): Decoded | undefined {
    const into = harvest();
    const known = this.#fleet.at(prefix);
    if (payload === "" && known) {
      this.#fleet.remove(known, into);
      return into;
    }
    if (payload !== "true" && payload !== "false") return undefined;
    const online = payload === "true";
    const tail = lastPart(prefix);
    const named = SHELLY_ID.test(tail) && !isFirstGeneration(prefix);
    const device = known ?? (named ? this.#fleet.device(tail, prefix, true, into) : undefined);
    if (device) {
      if (online || !sleeps(device)) into.reachable.push({ node: device.id, reachable: online });
      device.asked ||= online;
    } else if (isFirstGeneration(prefix) || !this.#fleet.stranger(prefix, online)) return undefined;
    // It may have been away, and its statuses are not retained.
    if (online) into.publish.push(...this.#questions.all(prefix));
    return into;
  }

  #event(prefix: string, message: MqttMessage): Decoded | undefined {
    const body = parseObject(message.payload);
    const source = textOf(body, "src");
    const method = textOf(body, "method");
    const params = get(body, "params");
    if (source === undefined || method === undefined || !isObject(params)) return undefined;
    if (!this.#fleet.knows(source) && !SHELLY_ID.test(source)) return undefined;
    const into = harvest();
    const device = this.#fleet.device(source, prefix, true, into);
    if (!device) return undefined;
    if (method === "NotifyEvent") readEvents(device, params, message, this.#questions, into);
    else readStatuses(device, params, message, into);
    this.#ask(device, into);
    return into;
  }

  #ask(device: ShellyDevice, into: ReturnType<typeof harvest>): void {
    if (!device.asked) into.publish.push(...this.#questions.all(device.prefix));
    device.asked = true;
  }

  #status(prefix: string, component: string, message: MqttMessage): Decoded | undefined {
    const tail = lastPart(prefix);
    const known = this.#fleet.at(prefix);
    if (!known && (!SHELLY_ID.test(tail) || isFirstGeneration(prefix))) return undefined;
    const status = parseJson(message.payload);
    if (!isObject(status)) return known ? nothing : undefined;
    const into = harvest();
    const device = known ?? this.#fleet.device(tail, prefix, true, into);
    if (!device) return undefined;
    readStatus(device, component, status, message, into);
    this.#ask(device, into);
    return into;
  }

  /** Answers to questions, ours or another hub's: the same device says the same truth. Requests to devices are not read. */
  #answer(message: MqttMessage): Decoded | undefined {
    const body = parseObject(message.payload);
    const source = textOf(body, "src");
    if (source === undefined || get(body, "method") !== undefined)
      return this.#fleet.at(message.topic.slice(0, -4)) ? nothing : undefined;
    const to = textOf(body, "dst");
    if (message.topic !== `${to}/rpc`) return undefined;
    if (!this.#fleet.knows(source) && !SHELLY_ID.test(source)) return undefined;
    const into = harvest();
    const id = numberOf(body, "id");
    const question = to === this.#questions.hubId && id !== undefined ? this.#questions.take(id) : undefined;
    const result = get(body, "result");
    const told = textOf(get(result, "mqtt"), "topic_prefix");
    const prefix = told ?? question?.prefix;
    const device = this.#fleet.device(source, prefix ?? source, prefix !== undefined, into);
    if (!device) return undefined;
    const error = get(body, "error");
    if (isObject(error) && question && numberOf(error, "code") !== 404) {
      const text = `the device refused a request: ${textOf(error, "message") ?? "no reason given"}`;
      into.problems.push({ code: "request-refused", message: text, node: device.id });
    }
    if (isObject(result)) readAnswer({ device, result, question, message }, this.#questions, into);
    else show(device, into);
    return into;
  }
}

/** `shellies/<id>` and its six or twelve capital digits are the first generation's, which speaks otherwise. */
const isFirstGeneration = (prefix: string): boolean => /^shellies\/[^/]+$/.test(prefix);

export const shellyGen2: Dialect = { name: "shelly-gen2", open: (hubId) => new Session(hubId) };
