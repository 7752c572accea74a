import type { Value } from "../../../hub/model/capability.ts";
import type { CapabilityInstance } from "../../../hub/model/node.ts";

/** One hub endpoint as the bridge shapes it: plain data, so that the hub and the bridge's process see the same. */
export interface Source {
  /** The hub's endpoint number. */
  readonly endpoint: number;
  /** Our device types, a person's role first. */
  readonly kinds: readonly string[];
  readonly capabilities: Readonly<Record<string, CapabilityInstance>>;
}

/** What is known of a source now; `key` is `capability.attribute`. Undefined: nothing is known. */
export interface Held {
  (key: string): Value | undefined;
  /** When the value last became another, any rising number; 0 for never. */
  changed(key: string): number;
}

/** One of the hub's commands that an ecosystem's request comes down to. */
export interface Ask {
  readonly capability: string;
  readonly command: string;
  readonly args: Readonly<Record<string, Value>>;
}

/** A list of commands (none: there is nothing to do), or why the request is against the specification. */
export type Asks = readonly Ask[] | { readonly constraint: string };

export const isAsks = (asks: Asks): asks is readonly Ask[] => Array.isArray(asks);

export type Fields = Readonly<Record<string, unknown>>;

export interface BridgeEvent {
  /** matter.js's name of the event. */
  readonly name: string;
  readonly payload: Fields;
}

/** One Matter cluster as the bridge serves it, out of the capabilities of a source. Everything in it is pure. */
export interface BridgeCluster {
  /** The standard's name, e.g. `OnOff`. */
  readonly cluster: string;
  /** matter.js's names of the features. */
  readonly features?: (source: Source, type: string) => readonly string[];
  /** Attributes that are set once, in wire scale. */
  readonly fixed?: (source: Source, type: string) => Fields;
  /** Stands in the attributes that may not be null until the device is known; the bridge says meanwhile that it can't be reached. */
  readonly blank?: (source: Source, type: string) => Fields;
  /** The attributes that follow the device, in wire scale. Undefined: something that may not be null is unknown. */
  readonly state?: (held: Held, source: Source) => Fields | undefined;
  /** Events that a change means. Never called for the first state after a start: nothing old is told as new. */
  readonly events?: (before: Fields, after: Fields) => readonly BridgeEvent[];
  /** Events that one word of the device means, as it was said just now; `key` is `capability.attribute`. */
  readonly happens?: (key: string, value: Value) => readonly BridgeEvent[];
  /** The response of a command that has one, to a refusal or to none; other commands are refused by a status. */
  readonly replies?: Readonly<Record<string, (refusal: string | undefined) => Fields>>;
  /** By Matter's command name. */
  readonly commands?: Readonly<Record<string, (fields: Fields, held: Held, source: Source) => Asks>>;
  /** By Matter's attribute name: what a write from outside asks of the device. */
  readonly writes?: Readonly<Record<string, (wire: unknown, held: Held, source: Source) => Asks>>;
  /** What a recalled scene asks of the device: `values` of the cluster's attributes that scenes keep, in wire scale. */
  readonly recall?: (values: Fields, seconds: number, held: Held, source: Source) => Asks;
  /** Which of the commands this source has; all where it is left out. */
  readonly accepts?: (command: string, source: Source, type: string) => boolean;
}

export const bridgeCluster = <const C extends BridgeCluster>(c: C): BridgeCluster & C => c;

export const has = (source: Source, capability: string, attribute?: string): boolean => {
  const instance = source.capabilities[capability];
  return instance !== undefined && (attribute === undefined || Object.hasOwn(instance.attributes, attribute));
};

export const hasCommand = (source: Source, capability: string, command: string): boolean =>
  Object.hasOwn(source.capabilities[capability]?.commands ?? {}, command);

/** Whether the attribute may be set: `set` is there and the device does not say that this one is only to be read. */
export const canSet = (source: Source, capability: string, attribute: string): boolean =>
  hasCommand(source, capability, "set") &&
  has(source, capability, attribute) &&
  source.capabilities[capability]?.attributes[attribute]?.writable !== false;

/** The device's own range of an attribute, else the given one; in our units. */
export function rangeOf(
  source: Source,
  capability: string,
  attribute: string,
  otherwise: readonly [number, number],
): readonly [number, number] {
  const type = source.capabilities[capability]?.attributes[attribute]?.type;
  return type?.type === "number" ? [type.min, type.max] : otherwise;
}

export const ask = (capability: string, command: string, args: Ask["args"] = {}): Ask => ({
  capability,
  command,
  args,
});

export const set = (capability: string, attribute: string, value: Value): Asks => [
  ask(capability, "set", { [attribute]: value }),
];
