import { isUtf8 } from "node:buffer";

/** What makes a packet unacceptable; its message says what. */
export class Malformed extends Error {}

/** Reads the fields of a packet in order. Throws Malformed. */
export class Cursor {
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

  skip(length: number): void {
    this.#at += length;
  }

  /** A number of up to four bytes, seven bits each (MQTT 3.1.1, section 2.2.3). */
  variable(): number {
    let value = 0;
    for (let shift = 0; shift < 28; shift += 7) {
      const byte = this.byte();
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
    throw new Malformed("a length is malformed");
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
