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
  /** Bytes for one client that it does not read, and over all such clients; the one that goes beyond is closed. */
  readonly unread: number;
  readonly unreadTogether: number;
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
  /**
   * Topics that nobody can subscribe to or get. The one by default is where conformance suites look whether a broker can
   * refuse a subscription (it is the name that Eclipse Paho's suite asks for); no device uses it.
   */
  readonly forbiddenTopics: readonly string[];
}

export const defaultLimits: BrokerLimits = {
  connections: 200,
  firstPacket: 4_096,
  packet: 4 * 1_048_576,
  unfinished: 32 * 1_048_576,
  unread: 16 * 1_048_576,
  unreadTogether: 64 * 1_048_576,
  queuedMessages: 1_000,
  queuedBytes: 8 * 1_048_576,
  sessions: 500,
  subscriptions: 1_000,
  retainedMessages: 20_000,
  retainedBytes: 64 * 1_048_576,
  clientIdLength: 128,
  topicLength: 1_024,
  forbiddenTopics: ["test/nosubscribe"],
};
