import { PUBACK, PUBCOMP, PUBLISH, PUBREC, PUBREL, qosOf, typeOf } from "./packet-check.ts";

/**
 * Which acknowledgement a client owes for each message on its way to it (MQTT 3.1.1, section 4.3). At most 65,535 ids:
 * there are no more.
 */
export class SentIds {
  readonly #owed = new Map<number, number>();

  /** A packet on its way to the client. */
  sent(packet: Buffer): void {
    const type = typeOf(packet);
    if (type === PUBREL) this.#owed.set(packet.readUInt16BE(2), PUBCOMP);
    const qos = qosOf(packet);
    if (type !== PUBLISH || qos === 0) return;
    let topic = 1;
    while ((packet[topic] ?? 0) > 127) topic++;
    topic++;
    this.#owed.set(packet.readUInt16BE(topic + 2 + packet.readUInt16BE(topic)), qos === 1 ? PUBACK : PUBREC);
  }

  /** Says whether a packet from the client acknowledges a message in the way of another QoS. Takes any packet. */
  isWrongAnswer(packet: Buffer): boolean {
    const type = typeOf(packet);
    if (type !== PUBACK && type !== PUBREC && type !== PUBCOMP) return false;
    const id = packet.readUInt16BE(2);
    const owed = this.#owed.get(id);
    // A client that is not sure acknowledges once more.
    if (owed === undefined || (type === PUBREC && owed === PUBCOMP)) return false;
    if (type !== owed) return true;
    if (type !== PUBREC) this.#owed.delete(id);
    return false;
  }
}
