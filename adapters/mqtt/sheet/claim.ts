/** What a table says: whose a topic is, and what a field of a device means. */
import type { Command } from "../../../hub/model/command.ts";
import type { Codec, MakerType } from "../codec.ts";
import type { MqttMessage, MqttPublish } from "../dialect.ts";
import type { Json } from "../json.ts";

interface Passing {
  /** Holds for this message alone: who owns the topic is asked again at the next one. */
  readonly once?: true;
}

/** A topic with values of a device. */
export interface Values extends Passing {
  readonly kind: "values";
  /** Tells devices of this dialect on this broker apart; it may be a topic, since the identity is made of the addresses. */
  readonly device: string;
  /** What stands before this topic's fields, without a closing dot; "" where a JSON body's own names are enough. A single value's field is `under`. */
  readonly under: string;
  /** Devices of one group share a will; default: the device's key. A device that several bridges hear is of the last one's. */
  readonly group?: string;
  /** Another way to read the body; undefined: not readable. Default: JSON, else text. */
  readonly reads?: (payload: string) => Json | undefined;
  /** Comes only while the whole group can be reached, so that one that is not retained says as much as its will. */
  readonly alive?: true;
  /** Questions back, asked at each message. */
  readonly asks?: (message: MqttMessage) => readonly MqttPublish[];
}

export type Claim =
  | Values
  /** Says whether all devices of the group are reachable; undefined: it says nothing of that. */
  | (Passing & {
      readonly kind: "will";
      readonly group: string;
      readonly says: (payload: string) => boolean | undefined;
      readonly asks?: (message: MqttMessage) => readonly MqttPublish[];
    })
  /** Requests to devices, logs, clockwork: ours, and not read. */
  | (Passing & { readonly kind: "ignored"; readonly asks?: (message: MqttMessage) => readonly MqttPublish[] });

/** What a field of a device means. */
export interface Line {
  /** Word in meanings.ts; without one the value stays the maker's own, in the unit given here. */
  readonly word?: string;
  /** The maker's name where the field is not one; default: the field. */
  readonly name?: string;
  readonly label?: string;
  /** Default: by the first sample. */
  readonly maker?: MakerType;
  readonly codec?: Codec;
  /** Default 1. */
  readonly endpoint?: number;
  readonly event?: boolean;
  /** The message that sets it. */
  readonly write?: (raw: unknown) => MqttPublish;
  /** It describes the device: kept as text of this name for `head`, and shown as the maker's own value as well unless `hidden`. */
  readonly fact?: string;
  /** It says whether the device is reachable; undefined: it says nothing of that. */
  readonly reachable?: (raw: Json) => boolean | undefined;
  /** The maker's own word stays beside its meaning, where the house's words say less. */
  readonly own?: true;
  /** The form given is a guess from this sample, and becomes text where a later value does not fit. */
  readonly guessed?: true;
  /** No value of the home: clockwork, or said in another unit beside. */
  readonly hidden?: true;
}

/** What a table is told of a device. */
export interface Known {
  readonly key: string;
  /** Topic of the first message of each field. */
  readonly topicOf: (field: string) => string | undefined;
  readonly has: (field: string) => boolean;
  readonly fact: (name: string) => string | undefined;
}

export interface Act {
  readonly endpoint: number;
  /** `capability.command` */
  readonly path: string;
  readonly publish: readonly MqttPublish[];
}

/** What a device is. */
export interface Head {
  /** See identity.ts. */
  readonly addresses: readonly string[];
  readonly name: string;
  readonly vendor?: string | undefined;
  readonly model?: string | undefined;
  readonly serial?: string | undefined;
  readonly firmware?: string | undefined;
  /** Seconds of silence after which values are stale. */
  readonly silentAfterS?: number | undefined;
  /** Device types by endpoint that the capabilities alone do not say. */
  readonly types?: Readonly<Record<number, string>>;
  readonly labels?: Readonly<Record<number, string>>;
  /** Endpoints that are parts of another: strings of panels of their inverter. */
  readonly partOf?: Readonly<Record<number, number>>;
  /** Commands that are more than writing a value. */
  readonly acts?: readonly Act[];
}

/** A value that the device does not send and that follows from those it sends. */
export interface Derived {
  readonly field: string;
  /** All of these must have been said. */
  readonly from: readonly string[];
  /** Taken in as well where the device says them. */
  readonly maybe?: readonly string[];
  /** Of the raw numbers, in the order of `from`, then of `maybe` (undefined: not said); undefined: not to be told. */
  readonly compute: (numbers: readonly number[], maybe: readonly (number | undefined)[]) => number | undefined;
}

export interface Sheet {
  /** Whose topic this is; undefined: not this dialect's. Must be quick: it is asked for every strange topic. */
  claim(topic: string, payload: string, at: number): Claim | undefined;
  head(device: Known): Head;
  /** What a field means; undefined keeps it as the maker's own value, by its first sample. */
  line(field: string, sample: Json, device: Known): Line | undefined;
  /** Fields that every such device has, with their topics, though nothing may have been heard of them: what can be set must be there. */
  expected?(device: Known): readonly (readonly [field: string, topic: string])[];
  /** Values that follow from others; their field has a line as well. */
  readonly derived?: readonly Derived[];
  /** See DialectSession. */
  due?(now: number): number | undefined;
  /** Puts the messages of one command together, where a maker wants several values in one body, or a transition beside them. */
  finish?(writes: readonly MqttPublish[], command: Command): readonly MqttPublish[];
}
