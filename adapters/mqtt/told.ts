/** Sessions whose devices a person describes: they change without a message. */
import type { Decoded, DialectSession, MqttMessage } from "./dialect.ts";

export interface Told extends DialectSession {
  /** What changed since it was last asked, and the last messages of the topics it read, to be offered to it anew. */
  changed(): { readonly decoded: Decoded; readonly again: readonly MqttMessage[] };
  /** The last message of a topic that it reads. */
  last(topic: string): MqttMessage | undefined;
}

export const isTold = (session: DialectSession): session is Told => "changed" in session && "last" in session;
