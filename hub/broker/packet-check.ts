import { isUtf8 } from "node:buffer";
import type { BrokerLimits } from "./limits.ts";
import { misfitOfFilter } from "./topics.ts";

export const CONNECT = 1;
export const PUBLISH = 3;
export const PUBACK = 4;
export const PUBREC = 5;
const PUBREL = 6;
const PUBCOMP = 7;
const SUBSCRIBE = 8;
const UNSUBSCRIBE = 10;
const PINGREQ = 12;
const DISCONNECT = 14;

class Malformed extends Error {}

class Cursor {
  readonly #data: Buffer;
  #at: number;

  constructor(data: Buffer, at: number) {
    this.#data = data;
    this.#at = at;
  }

  get more(): boolean {
    return this.#at < this.#data.length;
  }

  byte(): number {
    const byte = this.#data[this.#at++];
    if (byte === undefined) throw new Malformed("the packet is too short");
    return byte;
  }

  bytes(): Buffer {
    const length = this.byte() * 256 + this.byte();
    const end = this.#at + length;
    if (end > this.#data.length) throw new Malformed("the packet is too short");
    const bytes = this.#data.subarray(this.#at, end);
    this.#at = end;
    return bytes;
  }

  /** MQTT 3.1.1, section 1.5.3: no surrogates, no NUL; controls and non-characters may be refused, and are. */
  text(): string {
    const bytes = this.bytes();
    const text = bytes.toString("utf8");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    if (!isUtf8(bytes) || /[\u0000-\u001f\u007f-\u009f\ufffe\uffff]/.test(text))
      throw new Malformed("a text has characters that are not allowed");
    return text;
  }

  id(): void {
    if (this.byte() * 256 + this.byte() === 0) throw new Malformed("the packet id is 0");
  }
}

/** Says what is wrong with a whole packet from a client; undefined when nothing is. */
export function misfitOfPacket(packet: Buffer, limits: BrokerLimits): string | undefined {
  const type = (packet[0] ?? 0) >> 4;
  const flags = (packet[0] ?? 0) & 15;
  let header = 1;
  while ((packet[header] ?? 0) > 127) header++;
  header++;
  try {
    look(type, flags, new Cursor(packet, header), packet.length - header, limits);
    return undefined;
  } catch (error) {
    if (error instanceof Malformed) return error.message;
    throw error;
  }
}

function look(type: number, flags: number, at: Cursor, length: number, limits: BrokerLimits): void {
  const flagsWanted = type === PUBREL || type === SUBSCRIBE || type === UNSUBSCRIBE ? 2 : 0;
  if (type !== PUBLISH && flags !== flagsWanted) throw new Malformed("reserved flags are set");
  switch (type) {
    case CONNECT:
      lookAtConnect(at, limits);
      return;
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

function lookAtConnect(at: Cursor, limits: BrokerLimits): void {
  const protocol = at.text();
  const level = at.byte() & 127;
  // Other versions are answered by the broker with "unacceptable protocol version".
  if (!((protocol === "MQTT" && level === 4) || (protocol === "MQIsdp" && level === 3))) return;
  const flags = at.byte();
  at.byte();
  at.byte();
  const will = flags & 4;
  if (flags & 1 || ((flags >> 3) & 3) === 3 || (!will && flags & 0x38))
    throw new Malformed("the connect flags are wrong");
  if (flags & 0x40 && !(flags & 0x80)) throw new Malformed("a password without a user name");
  const id = at.text();
  if (id.length > limits.clientIdLength || /[+#]/.test(id))
    throw new Malformed("the client id is too long or has wildcards");
  if (will) {
    const topic = at.text();
    if (topic === "" || topic.length > limits.topicLength || /[+#]/.test(topic))
      throw new Malformed("the last will's topic is empty, too long or has wildcards");
    at.bytes();
  }
  if (flags & 0x80) at.text();
  if (flags & 0x40) at.bytes();
  if (at.more) throw new Malformed("the packet is too long");
}
