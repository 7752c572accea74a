/** A length of two bytes and the text (MQTT 3.1.1, section 1.5.3). */
export function text(value: string | Buffer): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes]);
}

/** A packet: its first byte, the length of the rest, the rest (MQTT 3.1.1, section 2.2). */
export function packet(first: number, ...parts: (Buffer | readonly number[] | number)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => Buffer.from(typeof part === "number" ? [part] : part)));
  const length: number[] = [];
  for (let rest = body.length; ; rest >>= 7) {
    length.push((rest & 127) | (rest > 127 ? 128 : 0));
    if (rest < 128) break;
  }
  return Buffer.concat([Buffer.from([first, ...length]), body]);
}

interface Hello {
  readonly level?: number;
  readonly flags?: number;
  /** What follows the client id: last will, name, password. */
  readonly tail?: Buffer;
}

/** CONNECT (MQTT 3.1.1, section 3.1), a clean session with a keep-alive of 60 s unless said otherwise. */
export function connectPacket(id: string, { level = 4, flags = 2, tail = Buffer.alloc(0) }: Hello = {}): Buffer {
  const properties = level === 5 ? [0] : [];
  const name = text(level === 3 ? "MQIsdp" : "MQTT");
  return packet(0x10, name, level, flags, [0, 60], properties, text(id), tail);
}
