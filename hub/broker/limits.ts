/** What the broker takes at most, and what happens beyond it. */
export interface BrokerLimits {
  /** Further connections are closed. */
  readonly connections: number;
  /** Bytes of a packet before its CONNECT was taken; a longer one closes the connection at its header. */
  readonly firstPacket: number;
  /** Bytes of any later packet; Zigbee2MQTT's `bridge/devices` can have a few MiB. A longer one closes the connection. */
  readonly packet: number;
  /** Bytes of unfinished packets over all connections together; the one that goes beyond is closed. */
  readonly unfinished: number;
  /** Messages waiting for one session; the oldest are dropped. */
  readonly queuedMessages: number;
  /** Bytes waiting for one session; the oldest are dropped. */
  readonly queuedBytes: number;
  /** Persistent sessions; beyond, the one that is away longest is ended. */
  readonly sessions: number;
  /** Topic filters of one client; further ones are refused. */
  readonly subscriptions: number;
  /** Retained messages and their bytes; further topics are delivered but not kept. */
  readonly retainedMessages: number;
  readonly retainedBytes: number;
  readonly clientIdLength: number;
  readonly topicLength: number;
}

export const defaultLimits: BrokerLimits = {
  connections: 200,
  firstPacket: 4_096,
  packet: 4 * 1_048_576,
  unfinished: 32 * 1_048_576,
  queuedMessages: 1_000,
  queuedBytes: 8 * 1_048_576,
  sessions: 500,
  subscriptions: 1_000,
  retainedMessages: 20_000,
  retainedBytes: 64 * 1_048_576,
  clientIdLength: 128,
  topicLength: 1_024,
};
