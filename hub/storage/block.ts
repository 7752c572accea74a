import type { Value } from "../model/capability.ts";
import { HOUR } from "./summary.ts";

/**
 * A block holds readings of one hour, of any number of series, as bytes: per series a chunk of
 * varint series, u8 kind, varint count, varint length of the rest, times (varint deltas in ms from the hour's start),
 * values (float64 LE | u8 | varint length + UTF-8). The length lets a reader skip the series it does not want.
 */
export const NUMBER = 0;
export const BOOLEAN = 1;
export const TEXT = 2;

export interface Chunk {
  readonly series: number;
  readonly kind: number;
  /** Epoch ms, rising or equal. */
  readonly ats: number[];
  readonly values: Value[];
}

export const kindOf = (value: Value): number =>
  typeof value === "number" ? NUMBER : typeof value === "boolean" ? BOOLEAN : TEXT;

class Bytes {
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

  varint(n: number): void {
    this.#room(8);
    let rest = n;
    while (rest > 127) {
      this.#buffer[this.length++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    this.#buffer[this.length++] = rest;
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

  view(): Buffer {
    return this.#buffer.subarray(0, this.length);
  }
}

/** Encodes chunks whose times all lie in the hour that begins at `start` (epoch ms). */
export function encodeBlock(start: number, chunks: readonly Chunk[]): Buffer {
  const out = new Bytes();
  const body = new Bytes();
  for (const chunk of chunks) {
    body.length = 0;
    let before = start;
    for (const at of chunk.ats) {
      body.varint(at - before);
      before = at;
    }
    for (const value of chunk.values) {
      if (typeof value === "number") body.double(value);
      else if (typeof value === "boolean") body.byte(value ? 1 : 0);
      else {
        const text = Buffer.from(value, "utf8");
        body.varint(text.length);
        body.append(text);
      }
    }
    out.varint(chunk.series);
    out.byte(chunk.kind);
    out.varint(chunk.ats.length);
    out.varint(body.length);
    out.append(body.view());
  }
  return Buffer.from(out.view());
}

/** Calls `take` for each chunk of a block, or only for those of one series. Throws RangeError on a cut or foreign block. */
export function decodeBlock(data: Buffer, start: number, only: number | undefined, take: (chunk: Chunk) => void): void {
  let position = 0;
  const varint = (): number => {
    let result = 0;
    let factor = 1;
    for (;;) {
      const byte = data[position++];
      if (byte === undefined) throw new RangeError("a block of readings ends too early");
      result += (byte & 127) * factor;
      if (byte < 128) return result;
      factor *= 128;
    }
  };
  while (position < data.length) {
    const series = varint();
    const kind = data[position++] ?? TEXT;
    const count = varint();
    const length = varint();
    const end = position + length;
    if (end > data.length) throw new RangeError("a block of readings ends too early");
    if (only === undefined || only === series) {
      const ats: number[] = [];
      const values: Value[] = [];
      let at = start;
      for (let i = 0; i < count; i++) {
        at += varint();
        ats.push(at);
      }
      for (let i = 0; i < count; i++) {
        if (kind === NUMBER) {
          values.push(data.readDoubleLE(position));
          position += 8;
        } else if (kind === BOOLEAN) values.push(data[position++] === 1);
        else {
          const size = varint();
          values.push(data.toString("utf8", position, position + size));
          position += size;
        }
      }
      take({ series, kind, ats, values });
    }
    position = end;
  }
}

/** Sorts readings by time (equal times stay in order of arrival) and cuts them into chunks of one hour and one kind. */
export function chunksByHour(series: number, ats: number[], values: Value[], into: Map<number, Chunk[]>): void {
  let order: number[] | undefined;
  for (let i = 1; i < ats.length; i++)
    if ((ats[i] ?? 0) < (ats[i - 1] ?? 0)) {
      order = ats.map((_, index) => index).sort((a, b) => (ats[a] ?? 0) - (ats[b] ?? 0));
      break;
    }
  let chunk: Chunk | undefined;
  let hour = -1;
  for (let i = 0; i < ats.length; i++) {
    const index = order?.[i] ?? i;
    const at = ats[index];
    const value = values[index];
    if (at === undefined || value === undefined) continue;
    const kind = kindOf(value);
    const itsHour = Math.floor(at / HOUR);
    if (!chunk || itsHour !== hour || kind !== chunk.kind) {
      chunk = { series, kind, ats: [], values: [] };
      hour = itsHour;
      const list = into.get(hour);
      if (list) list.push(chunk);
      else into.set(hour, [chunk]);
    }
    chunk.ats.push(at);
    chunk.values.push(value);
  }
}
