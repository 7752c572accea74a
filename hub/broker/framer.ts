/**
 * The length of the packet that begins at `from`, header included; undefined while its header is not complete.
 * Throws RangeError for a length of more than four bytes (MQTT 3.1.1, section 2.2.3).
 */
export function packetLength(data: Buffer, from: number): number | undefined {
  let length = 0;
  let factor = 1;
  for (let i = 1; i <= 4; i++) {
    const byte = data[from + i];
    if (byte === undefined) return undefined;
    length += (byte & 127) * factor;
    if (byte < 128) return 1 + i + length;
    factor *= 128;
  }
  throw new RangeError("the packet's length is malformed");
}

/** Cuts a stream of bytes into whole MQTT packets. Set `limit` to the largest packet to take. */
export class Framer {
  limit: number;
  #parts: Buffer[] = [];
  #held = 0;
  #need = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Bytes of a packet not complete yet. */
  get held(): number {
    return this.#held;
  }

  /** Yields each packet that is whole now. Throws RangeError as soon as a header claims more than the limit. */
  *take(chunk: Buffer): Generator<Buffer> {
    this.#parts.push(chunk);
    this.#held += chunk.length;
    if (this.#need > this.#held) return;
    const data = this.#parts.length === 1 ? chunk : Buffer.concat(this.#parts, this.#held);
    let from = 0;
    this.#need = 0;
    while (from < data.length) {
      const length = packetLength(data, from);
      if (length !== undefined && length > this.limit)
        throw new RangeError(`a packet of ${length} bytes; at most ${this.limit} are taken`);
      if (length === undefined || data.length - from < length) {
        this.#need = length ?? 0;
        break;
      }
      const packet = data.subarray(from, from + length);
      from += length;
      yield packet;
    }
    this.#parts = from < data.length ? [data.subarray(from)] : [];
    this.#held = data.length - from;
  }

  clear(): void {
    this.#parts = [];
    this.#held = 0;
  }
}
