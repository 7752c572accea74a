import type { Value } from "../../../hub/model/capability.ts";

/** Reads another attribute of the same cluster on the same endpoint, in wire scale; undefined when not reported. */
export type Siblings = (attribute: string) => unknown;

/** How one attribute is written on the wire. */
export interface AttributeCodec {
  /** Our attribute's name, where it is not Matter's. */
  readonly as?: string;
  /** Null: the device has no value now. Undefined: not readable. Never throws. */
  readonly decode: (wire: unknown, siblings: Siblings) => Value | null | undefined;
  /** Only where Matter lets it be written. Undefined: the value does not fit. */
  readonly encode?: (value: Value) => unknown;
}

/** The Matter command that carries out one of ours. */
export interface CommandCodec {
  /** Matter's name, camelCase. */
  readonly command: string;
  /** As in the cluster's AcceptedCommandList. */
  readonly id: number;
  readonly fields?: (args: Readonly<Record<string, Value>>, siblings: Siblings) => Record<string, unknown>;
}

/** One cluster of the standard beside the capability that stands for it. */
export interface ClusterTable {
  /** The standard's name, e.g. `OnOff`. */
  readonly cluster: string;
  readonly id: number;
  readonly capability: string;
  /** By Matter's attribute name, camelCase. */
  readonly attributes: Readonly<Record<string, AttributeCodec>>;
  /** By our command name; `set` is derived from the attributes that can be encoded. */
  readonly commands?: Readonly<Record<string, CommandCodec>>;
  /** The same facts in another scale: neither ours nor worth keeping beside ours. */
  readonly ignored?: readonly string[];
  /** The device's narrower range of one of our attributes, in our units, read from its limits. */
  readonly ranges?: Readonly<Record<string, (siblings: Siblings) => readonly [min: number, max: number] | undefined>>;
}

export const clusterTable = <const T extends ClusterTable>(table: T): T => table;
