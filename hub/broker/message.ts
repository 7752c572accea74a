/** A message as aedes hands it to a persistence, and as it is kept: the fields that outlive a restart. */
export interface Message {
  readonly cmd: string;
  readonly topic?: string;
  readonly payload?: Buffer | string;
  readonly qos?: number;
  readonly retain?: boolean;
  readonly dup?: boolean;
  readonly brokerId?: string | undefined;
  readonly brokerCounter?: number | undefined;
  messageId?: number | undefined;
}

/** A copy that keeps no larger buffer of a socket alive. */
export function keep(message: Message): Message {
  const { cmd, topic = "", payload = "", qos = 0, retain = false, brokerId, brokerCounter, messageId } = message;
  return { cmd, topic, payload: Buffer.from(payload), qos, retain, brokerId, brokerCounter, messageId };
}

export const sizeOf = (message: Message): number => (message.topic?.length ?? 0) + (message.payload?.length ?? 0) + 64;

/** On disk: the length of a JSON head (4 bytes, little endian), the head, the payload. */
export function encode(message: Message, more: object = {}): Uint8Array {
  const { payload = "", ...rest } = message;
  const head = Buffer.from(JSON.stringify({ ...rest, ...more }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  return Buffer.concat([length, head, Buffer.from(payload)]);
}

export interface Decoded {
  readonly message: Message;
  readonly clientId: string;
}

/** Reads what encode wrote; undefined for anything else. */
export function decode(value: Uint8Array): Decoded | undefined {
  const bytes = Buffer.from(value);
  if (bytes.length < 4) return undefined;
  const end = 4 + bytes.readUInt32LE(0);
  try {
    const head: Omit<Message, "payload"> & { clientId?: string } = JSON.parse(bytes.toString("utf8", 4, end));
    const { clientId = "", ...rest } = head;
    return { message: { ...rest, payload: bytes.subarray(end) }, clientId };
  } catch {
    return undefined;
  }
}
