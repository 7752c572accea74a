import { capabilities, VENDOR } from "../model/capabilities/index.ts";
import type { AttributeSpec, Capability, CommandSpec, ValueType } from "../model/capability.ts";
import type { CapabilityInstance, NodeDescription } from "../model/node.ts";

/** The value of an own key: names come from outside, and `constructor` is no capability. */
export function own<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined;
}

export const capabilityOf = (name: string): Capability | undefined => own(capabilities, name);

export const attributeSpec = (capability: string, attribute: string): AttributeSpec | undefined =>
  own(capabilityOf(capability)?.attributes, attribute);

export const commandSpec = (capability: string, command: string): CommandSpec | undefined =>
  own(capabilityOf(capability)?.commands, command);

/** An attribute's type on this device: the maker's narrower one before the capability's; undefined when neither is known. */
export const typeOf = (capability: string, attribute: string, instance: CapabilityInstance): ValueType | undefined =>
  own(instance.attributes, attribute)?.type ?? attributeSpec(capability, attribute);

/** An argument's type on this device, in the same way. */
export const argOf = (instance: CapabilityInstance, command: string, name: string, type: ValueType): ValueType =>
  own(own(instance.commands, command)?.args, name) ?? type;

/**
 * Whether a device takes an optional argument: one on MQTT is told by what it lets one write, where an option beyond that
 * (until when a car may charge) has no place; only the time of a transition has.
 */
export const takesOption = (adapter: NodeDescription["adapter"], name: string): boolean =>
  adapter === "matter" || name === "transitionTime";

/** Whether `set` may write the attribute: the device's word, else (but for the maker's own attributes) the capability's. */
export function writableOf(capability: string, attribute: string, instance: CapabilityInstance): boolean {
  const here = own(instance.attributes, attribute);
  if (!here) return false;
  if (here.writable !== undefined) return here.writable;
  return capability !== VENDOR && attributeSpec(capability, attribute)?.writable === true;
}
