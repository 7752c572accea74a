/** Devices that a person describes, for MQTT that no dialect reads. Implemented by shells; nothing here does anything. */
import type { Value } from "../model/capability.ts";
import type { NodeId } from "../model/path.ts";

/** One value of a described device: where it stands, what form it has and what it means. */
export interface MappedValue {
  readonly topic: string;
  /** Path in a JSON body, its steps joined by dots; absent: the whole body is the value. */
  readonly field?: string | undefined;
  /** `capability.attribute` of the house; absent: it stays the device's own, under `name`. */
  readonly means?: string | undefined;
  /** Absent: the last part of the field or the topic. */
  readonly name?: string | undefined;
  readonly label?: string | undefined;
  readonly kind: "number" | "boolean" | "enum" | "text";
  /** The unit in which the device writes, after `scale`. */
  readonly unit?: string | undefined;
  /** What the written number is multiplied with to be in the unit: tenths 0.1; the other sign -1. */
  readonly scale?: number | undefined;
  /** As the device writes it. */
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly step?: number | undefined;
  /** The words of a boolean; default `true` and `false`. */
  readonly on?: string | undefined;
  readonly off?: string | undefined;
  /** All words of an enum that means nothing of the house. */
  readonly values?: readonly string[] | undefined;
  /** The device's words of an enum, each with the house's. */
  readonly words?: Readonly<Record<string, string>> | undefined;
  /** Default 1. */
  readonly endpoint?: number | undefined;
  /** How it is set; `{value}` in the payload stands for what is to be written. */
  readonly set?: { readonly topic: string; readonly payload: string } | undefined;
}

/** A device as a person describes it. */
export interface Mapping {
  readonly version: 1;
  readonly name: string;
  readonly vendor?: string | undefined;
  readonly model?: string | undefined;
  /** Name of a device type of the house. */
  readonly type?: string | undefined;
  /** Minutes of silence after which values are stale; absent: never. */
  readonly silentAfterMinutes?: number | undefined;
  readonly availability?:
    | {
        readonly topic: string;
        readonly field?: string | undefined;
        readonly online: string;
        readonly offline: string;
      }
    | undefined;
  readonly values: readonly MappedValue[];
}

export interface KeptMapping {
  /** 1 to 40 of `a-z 0-9 -`. */
  readonly id: string;
  readonly mapping: Mapping;
  /** The device that it makes, once the device was heard. */
  readonly node: NodeId;
  /** The file it was read from; it is changed there. */
  readonly file?: string | undefined;
}

/** Something of a mapping that does not fit: `values.0.unit`, and what it must be. */
export interface MappingFault {
  readonly field: string;
  readonly message: string;
}

/** What a value of a mapping may mean. */
export interface HouseWord {
  /** `capability.attribute` */
  readonly means: string;
  readonly group: string;
  readonly label: string;
  readonly kind: MappedValue["kind"];
  /** For a number: the units in which a device may write it, the house's own first. */
  readonly units: readonly string[];
  /** For an enum: the house's words. */
  readonly words: readonly string[];
  readonly settable: boolean;
}

/** How one value of a mapping reads the last message. */
export interface ValuePreview {
  readonly label: string;
  /** Absent: nothing was heard, or it is not understood. */
  readonly value?: Value | undefined;
  /** As people read it. */
  readonly unitText: string;
  readonly problem?: string | undefined;
}

/** A topic that no dialect reads. */
export interface UnreadTopic {
  readonly topic: string;
  readonly broker: string;
  /** The last message, secrets masked, at most 500 characters. */
  readonly sample: string;
  readonly retained: boolean;
  /** Messages since nobody reads it. */
  readonly count: number;
  /** Of the last message, epoch ms. */
  readonly at: number;
}

/** A value that a message holds, with what it may be by its name and form. */
export interface Leaf {
  /** Absent: the message is the value. */
  readonly field?: string | undefined;
  /** At most 100 characters. */
  readonly sample: string;
  /** By its name it may be a secret: its sample is masked, and nobody should take it without a thought. */
  readonly secret: boolean;
  readonly guess: MappedValue;
}

export interface Mappings {
  list(): readonly KeptMapping[];
  /** What does not fit, field by field; empty: it can be set. */
  check(mapping: Mapping): readonly MappingFault[];
  /** Kept, and read by at once; one of the same id is replaced. Throws RangeError that names the field. */
  set(id: string, mapping: Mapping, by: string): KeptMapping;
  /** Ends its device too. False where there is none; throws RangeError for one of a file. */
  remove(id: string, by: string): boolean;
  words(): readonly HouseWord[];
  /** A line for each value of a mapping that fits, by the last messages of its topics. */
  preview(mapping: Mapping): readonly ValuePreview[];
  /** At most 200 whose topic or message holds the text, the newest first, and how many are unread in all. */
  unread(search: string): { readonly topics: readonly UnreadTopic[]; readonly total: number };
  /** Undefined: nothing was heard there that is still remembered. */
  leaves(topic: string): readonly Leaf[] | undefined;
}
