import { lookAtConnect, RefusedConnect } from "./connect-check.ts";
import { Cursor, Malformed } from "./cursor.ts";
import type { BrokerLimits } from "./limits.ts";
import { misfitOfFilter } from "./topics.ts";

export const CONNECT = 1;
export const CONNACK = 2;
export const PUBLISH = 3;
export const PUBACK = 4;
export const PUBREC = 5;
export const PUBREL = 6;
export const PUBCOMP = 7;
const SUBSCRIBE = 8;
const UNSUBSCRIBE = 10;
const PINGREQ = 12;
const DISCONNECT = 14;

export const typeOf = (packet: Buffer): number => (packet[0] ?? 0) >> 4;
/** Of a PUBLISH (MQTT 3.1.1, section 3.3.1.2). */
export const qosOf = (packet: Buffer): number => ((packet[0] ?? 0) >> 1) & 3;

/** Why a connection must end, and what its client is told before. */
export interface Misfit {
  readonly reason: string;
  readonly answer?: Buffer;
}

/** Says what is wrong with a whole packet from a client; undefined when nothing is. */
export function misfitOfPacket(packet: Buffer, limits: BrokerLimits): Misfit | undefined {
  let body = 1;
  while ((packet[body] ?? 0) > 127) body++;
  body++;
  try {
    if (typeOf(packet) === CONNECT) lookAtConnect(packet, body, limits);
    else look(packet, body, limits);
    return undefined;
  } catch (error) {
    if (error instanceof RefusedConnect) return { reason: error.message, answer: error.answer };
    if (error instanceof Malformed) return { reason: error.message };
    throw error;
  }
}

function look(packet: Buffer, body: number, limits: BrokerLimits): void {
  const type = typeOf(packet);
  const flags = (packet[0] ?? 0) & 15;
  const length = packet.length - body;
  const at = new Cursor(packet, body);
  const flagsWanted = type === PUBREL || type === SUBSCRIBE || type === UNSUBSCRIBE ? 2 : 0;
  if (type !== PUBLISH && flags !== flagsWanted) throw new Malformed("reserved flags are set");
  switch (type) {
    case PUBLISH: {
      const qos = (flags >> 1) & 3;
      const topic = at.text();
      if (qos === 3 || (qos === 0 && flags & 8)) throw new Malformed("the QoS or the DUP flag is wrong");
      if (topic === "" || topic.length > limits.topicLength || /[+#]/.test(topic))
        throw new Malformed("the topic is empty, too long or has wildcards");
      if (qos > 0) at.id();
      return;
    }
    case PUBACK:
    case PUBREC:
    case PUBREL:
    case PUBCOMP:
      if (length !== 2) throw new Malformed("an acknowledgement of wrong length");
      at.id();
      return;
    case SUBSCRIBE:
    case UNSUBSCRIBE:
      at.id();
      if (!at.more) throw new Malformed("no topic filter");
      while (at.more) {
        const filter = at.text();
        const misfit = filter.length > limits.topicLength ? "is too long" : misfitOfFilter(filter);
        if (misfit) throw new Malformed(`a topic filter: ${misfit}`);
        if (type === SUBSCRIBE && at.byte() > 2) throw new Malformed("the QoS is wrong");
      }
      return;
    case PINGREQ:
    case DISCONNECT:
      if (length !== 0) throw new Malformed("a packet that should be empty is not");
      return;
    default:
      throw new Malformed("no packet that a client may send");
  }
}
