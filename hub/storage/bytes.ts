/** A buffer that grows. Whole numbers go as varints: seven bits a byte, the lowest first. */
export class Bytes {
  #buffer = Buffer.allocUnsafe(4096);
  length = 0;

  #room(bytes: number): void {
    if (this.length + bytes <= this.#buffer.length) return;
    const grown = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.length + bytes));
    this.#buffer.copy(grown, 0, 0, this.length);
    this.#buffer = grown;
  }

  byte(n: number): void {
    this.#room(1);
    this.#buffer[this.length++] = n;
  }

  /** Whole, from 0 to 2^53. */
  varint(n: number): void {
    this.#room(8);
    let rest = n;
    while (rest > 127) {
      this.#buffer[this.length++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    this.#buffer[this.length++] = rest;
  }

  /** Whole, of either sign: small ones take few bytes. */
  zigzag(n: number): void {
    this.varint(n >= 0 ? 2 * n : -2 * n - 1);
  }

  double(n: number): void {
    this.#room(8);
    this.length = this.#buffer.writeDoubleLE(n, this.length);
  }

  append(bytes: Uint8Array): void {
    this.#room(bytes.length);
    this.#buffer.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** What was written since, for a moment: the next write may change it. */
  view(): Buffer {
    return this.#buffer.subarray(0, this.length);
  }

  take(): Buffer {
    return Buffer.from(this.view());
  }
}

/** Reads what Bytes wrote. Throws RangeError where the bytes end too early. */
export class Reader {
  readonly #data: Buffer;
  position = 0;

  constructor(data: Buffer) {
    this.#data = data;
  }

  get ended(): boolean {
    return this.position >= this.#data.length;
  }

  byte(): number {
    const byte = this.#data[this.position++];
    if (byte === undefined) throw new RangeError("stored readings end too early");
    return byte;
  }

  varint(): number {
    let byte = this.byte();
    if (byte < 128) return byte;
    let result = byte & 127;
    for (let factor = 128; ; factor *= 128) {
      byte = this.byte();
      result += (byte & 127) * factor;
      if (byte < 128) return result;
    }
  }

  zigzag(): number {
    const n = this.varint();
    return n % 2 === 0 ? n / 2 : -(n + 1) / 2;
  }

  double(): number {
    const at = this.position;
    this.position += 8;
    return this.#data.readDoubleLE(at);
  }

  text(bytes: number): string {
    const at = this.position;
    this.position += bytes;
    return this.#data.toString("utf8", at, at + bytes);
  }
}

/** Powers of ten by which nearly all values that devices tell become whole numbers. */
const SCALES = [1, 10, 100, 1_000, 10_000];
const LARGEST = 2 ** 50;

const fits = (value: number, scale: number): boolean => {
  const whole = Math.round(value * scale);
  return Math.abs(whole) < LARGEST && whole / scale === value;
};

/** Which power of ten makes all of these whole, and gives each of them back exactly; undefined: none up to four. */
export function decimalsOf(values: readonly unknown[]): number | undefined {
  let decimals = 0;
  for (const value of values) {
    if (typeof value !== "number") return undefined;
    while (!fits(value, SCALES[decimals] ?? 0)) if (++decimals >= SCALES.length) return undefined;
  }
  // A larger power may spoil what a smaller one gave back exactly.
  const scale = SCALES[decimals] ?? 1;
  return values.every((value) => fits(Number(value), scale)) ? decimals : undefined;
}

/** Undefined: not a number of decimals that decimalsOf gives. */
export const scaleOf = (decimals: number): number | undefined => SCALES[decimals];
