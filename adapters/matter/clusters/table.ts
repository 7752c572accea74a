import type { Value, ValueType } from "../../../hub/model/capability.ts";

/** Reads another attribute of the same cluster on the same endpoint, in wire scale; undefined when not reported. */
export type Siblings = (attribute: string) => unknown;

/** Null: the device has no value now. Undefined: not readable. Never throws. */
export type Decode = (wire: unknown, siblings: Siblings) => Value | null | undefined;

/** How one attribute is written on the wire. */
export interface AttributeCodec {
  /** Our attribute's name, where it is not Matter's. */
  readonly as?: string;
  readonly decode: Decode;
  /** Only where Matter lets it be written. Undefined: the value does not fit. */
  readonly encode?: (value: Value, siblings: Siblings) => unknown;
}

/** One of our attributes that is made out of a struct, list or bitmap of Matter's. */
export interface PartCodec {
  /** Matter's attribute. */
  readonly of: string;
  readonly decode: Decode;
}

type Args = Readonly<Record<string, Value>>;

/** The Matter command that carries out one of ours. */
export interface CommandCodec {
  /** Matter's name, camelCase. */
  readonly command: string;
  /** As in the cluster's AcceptedCommandList. */
  readonly id: number;
  /** A text says why these arguments do not fit this device. */
  readonly fields?: (args: Args, siblings: Siblings) => Record<string, unknown> | string;
  /** The device's narrower types of arguments; an empty enum of values means that it can't be used. */
  readonly args?: (siblings: Siblings) => Readonly<Record<string, ValueType>>;
}

/** An event of the device that becomes a value of ours: a happening, not a state. */
export interface EventCodec {
  /** Our attribute that tells of it. */
  readonly attribute: string;
  /** From the event's fields. Null: nothing to tell. Undefined: not readable. Never throws. */
  readonly decode: Decode;
}

/** One cluster of the standard beside the capability that stands for it. */
export interface ClusterTable {
  /** The standard's name, e.g. `OnOff`. */
  readonly cluster: string;
  readonly id: number;
  readonly capability: string;
  /** By Matter's attribute name, camelCase. */
  readonly attributes: Readonly<Record<string, AttributeCodec>>;
  /** By our attribute name. */
  readonly parts?: Readonly<Record<string, PartCodec>>;
  /** By Matter's event name, camelCase; several values of one event are several codecs. */
  readonly events?: Readonly<Record<string, readonly EventCodec[]>>;
  /** By our command name; `set` is derived from the attributes that can be encoded. */
  readonly commands?: Readonly<Record<string, CommandCodec>>;
  /** What only describes our attributes, or tells the same in another scale: not worth keeping beside ours. */
  readonly ignored?: readonly string[];
  /** The device's narrower range of one of our attributes, in our units, read from its limits. */
  readonly ranges?: Readonly<Record<string, (siblings: Siblings) => readonly [min: number, max: number] | undefined>>;
  /** The device's narrower type of one of our attributes, where it is more than a range. */
  readonly types?: Readonly<Record<string, (siblings: Siblings) => ValueType | undefined>>;
}

export const clusterTable = <const T extends ClusterTable>(table: T): T => table;
