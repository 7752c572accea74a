/** The contract of a dialect: how one brand writes topics and payloads. Pure; one file a brand in dialects/. */
import type { Value } from "../../hub/model/capability.ts";
import type { Command } from "../../hub/model/command.ts";
import type { Problem } from "../../hub/model/finding.ts";
import type { NodeDescription } from "../../hub/model/node.ts";
import type { AttributePath, NodeId } from "../../hub/model/path.ts";

export interface MqttMessage {
  readonly topic: string;
  /** UTF-8 text; binary payloads never reach a dialect. At most 4 MiB. */
  readonly payload: string;
  readonly retained: boolean;
  /** When it was received, epoch ms: for what must be asked again after a time. */
  readonly at: number;
}

export interface MqttPublish {
  readonly topic: string;
  readonly payload: string;
  readonly qos: 0 | 1;
}

export interface DecodedReading {
  readonly path: AttributePath;
  readonly value: Value;
  /** `<topic>#<field or empty>` */
  readonly source: string;
  /** It comes from an earlier message that the broker had kept: its age is not known, whatever the message that made it readable. */
  readonly kept?: boolean;
}

/** What a message said. Everything that could be read is kept beside the problems with the rest. */
export interface Decoded {
  /** New or changed devices, whole. */
  readonly nodes: readonly NodeDescription[];
  /** Devices that their maker removed. */
  readonly gone: readonly NodeId[];
  readonly readings: readonly DecodedReading[];
  readonly reachable: readonly { readonly node: NodeId; readonly reachable: boolean }[];
  readonly problems: readonly Problem[];
  /** Questions back to the device, e.g. for its whole state. */
  readonly publish: readonly MqttPublish[];
  /** The rest, where a message says too much for one go (a list of hundreds of devices): called once, before the next message or soon after. */
  readonly more?: () => Decoded;
  /** The rest is no hurry: it is called when a burst of messages is over, or after a second of it; messages may come before. One such rest a session at a time. */
  readonly canWait?: boolean;
  /** A device that was known already listens to topics that it did not: what waits is offered to this session again. */
  readonly listens?: boolean;
}

export type Encoded =
  | { readonly ok: true; readonly publish: readonly MqttPublish[] }
  | { readonly ok: false; readonly reason: string };

/** One dialect's memory of one broker: which topics belong to which devices. Bounded. */
export interface DialectSession {
  /** Undefined: not this dialect's message. Never throws. */
  decode(message: MqttMessage): Decoded | undefined;
  /** A command to one of this session's nodes. Never throws. */
  encode(command: Command): Encoded;
  /**
   * For dialects that leave messages to others for a while: takes in the time, and says when all that waits is to be offered
   * to this session again, though nothing more is said; both epoch ms. A time that has come is told once. Undefined: it
   * waits for nothing. Never throws.
   */
  due?(now: number): number | undefined;
}

export interface Dialect {
  readonly name: string;
  /** `hubId` names the hub in request topics, `[a-z0-9-]+`. */
  open(hubId: string): DialectSession;
}

export const nothing: Decoded = { nodes: [], gone: [], readings: [], reachable: [], problems: [], publish: [] };
