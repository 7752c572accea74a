/** What must hold of everything that any adapter says, whatever it was given. */
import { capabilities, VENDOR } from "../../hub/model/capabilities/index.ts";
import { misfit, type ValueType } from "../../hub/model/capability.ts";
import { deviceTypes } from "../../hub/model/device-types/index.ts";
import type { EndpointDescription, NodeDescription } from "../../hub/model/node.ts";
import { NODE_ID, pathKey } from "../../hub/model/path.ts";
import type { Reading } from "../../hub/model/reading.ts";
import type { MqttPublish } from "../mqtt/dialect.ts";

/** Most pieces of evidence kept for one rule. */
const MAX_EVIDENCE = 5;

/** Breaches found along the way, by the rule that they break. */
export class Ledger {
  readonly #breaches = new Map<string, string[]>();

  note(rule: string, faults: readonly string[], where: string): void {
    if (faults.length === 0) return;
    const kept = this.#breaches.get(rule) ?? [];
    for (const fault of faults) if (kept.length < MAX_EVIDENCE) kept.push(`${fault} (${where})`);
    this.#breaches.set(rule, kept);
  }

  of(rule: string): readonly string[] {
    return this.#breaches.get(rule) ?? [];
  }
}

const specOf = (capability: string, attribute: string): ValueType | undefined => {
  const spec = Object.hasOwn(capabilities, capability) ? capabilities[capability] : undefined;
  return spec && Object.hasOwn(spec.attributes, attribute) ? spec.attributes[attribute] : undefined;
};

/** The type that a reading of this path must fit, as the node announced it. */
function announcedType(node: NodeDescription | undefined, { path }: Reading): ValueType | undefined {
  const attributes = node?.endpoints.find((e) => e.number === path.endpoint)?.capabilities[path.capability]?.attributes;
  if (!attributes || !Object.hasOwn(attributes, path.attribute)) return undefined;
  return path.capability === VENDOR ? attributes[path.attribute]?.type : specOf(path.capability, path.attribute);
}

/** Why a reading can't be taken; undefined when it can. */
export function readingFault(node: NodeDescription | undefined, reading: Reading): string | undefined {
  const key = pathKey(reading.path);
  const type = announcedType(node, reading);
  if (!type) return `${key} was never announced`;
  const wrong = misfit(type, reading.value);
  if (wrong !== undefined) return `${key} = ${String(reading.value).slice(0, 60)} ${wrong}`;
  return reading.source.includes("#") ? undefined : `the source of ${key} names no topic and field`;
}

function endpointFaults(endpoint: EndpointDescription): string[] {
  const where = `endpoint ${endpoint.number}`;
  const faults = endpoint.deviceTypes
    .filter((t) => !Object.hasOwn(deviceTypes, t))
    .map((t) => `${where}: no device type ${t}`);
  for (const [name, instance] of Object.entries(endpoint.capabilities)) {
    const spec = Object.hasOwn(capabilities, name) ? capabilities[name] : undefined;
    if (name !== VENDOR && !spec) faults.push(`${where}: no capability ${name}`);
    for (const [attribute, own] of Object.entries(instance.attributes)) {
      if (spec ? !Object.hasOwn(spec.attributes, attribute) : !own.type || !own.label)
        faults.push(`${where}: ${name}.${attribute} ${spec ? "is unknown" : "has no type or label"}`);
      if (!own.source.includes("#")) faults.push(`${where}: ${name}.${attribute} has no source`);
    }
    for (const command of Object.keys(instance.commands))
      if (command !== "set" && !(spec && Object.hasOwn(spec.commands, command)))
        faults.push(`${where}: no command ${name}.${command}`);
  }
  return faults;
}

/** What is wrong with a node's description. */
export function descriptionFaults(node: NodeDescription): string[] {
  const faults: string[] = [];
  if (!NODE_ID.test(node.id)) faults.push(`the node id "${node.id.slice(0, 80)}" is not usable`);
  if (node.name === "" || node.name.length > 256) faults.push("the name is empty or too long");
  if (new Set(node.endpoints.map((e) => e.number)).size !== node.endpoints.length)
    faults.push("an endpoint comes twice");
  if (!node.endpoints.some((e) => e.deviceTypes.length > 0)) faults.push("no endpoint has a device type");
  if (node.endpoints.some((e) => !Number.isInteger(e.number) || e.number < 0 || e.number > 65_535))
    faults.push("an endpoint number is not usable");
  return [...faults, ...node.endpoints.flatMap(endpointFaults)];
}

const MAX_PUBLISH = 16_384;

/** What is wrong with messages to devices. `command`: QoS 1 is a must, a question may go without. */
export function publishFaults(publish: readonly MqttPublish[], command: boolean): string[] {
  return publish.flatMap((message) => {
    const faults: string[] = [];
    if (/[#+\0]/.test(message.topic) || message.topic === "" || message.topic.length > 1024)
      faults.push(`the topic "${message.topic.slice(0, 80)}" can't be published to`);
    if (Reflect.get(message, "retain") === true || Reflect.get(message, "retained") === true)
      faults.push(`the message to ${message.topic} is retained: the device would obey it again after each restart`);
    if (command && message.qos !== 1) faults.push(`the command to ${message.topic} is not sent with QoS 1`);
    if (typeof message.payload !== "string" || message.payload.length > MAX_PUBLISH)
      faults.push(`the body to ${message.topic} is no text or too long`);
    return faults;
  });
}
