import type { Value } from "../model/capability.ts";
import { Bytes, decimalsOf, Reader, scaleOf } from "./bytes.ts";
import { HOUR } from "./summary.ts";

/**
 * A block holds readings of one hour, of any number of series, as bytes: per series a chunk of
 * varint series, u8 kind, varint count, varint length of the rest, times (varint deltas in ms from the hour's start),
 * values (float64 LE | u8 | varint length + UTF-8 | decimals: u8 how many, zigzag differences of the whole numbers). The length lets a reader skip the series it does not want.
 */
export const NUMBER = 0;
export const BOOLEAN = 1;
export const TEXT = 2;
/** Only on disk: numbers that are decimals with up to four digits, which nearly all readings are. */
const DECIMAL = 3;

export interface Chunk {
  readonly series: number;
  readonly kind: number;
  /** Epoch ms, rising or equal. */
  readonly ats: number[];
  readonly values: Value[];
}

export const kindOf = (value: Value): number =>
  typeof value === "number" ? NUMBER : typeof value === "boolean" ? BOOLEAN : TEXT;

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
    const decimals = chunk.kind === NUMBER ? decimalsOf(chunk.values) : undefined;
    if (decimals === undefined) for (const value of chunk.values) writeValue(body, value);
    else writeDecimals(body, decimals, chunk.values);
    out.varint(chunk.series);
    out.byte(decimals === undefined ? chunk.kind : DECIMAL);
    out.varint(chunk.ats.length);
    out.varint(body.length);
    out.append(body.view());
  }
  return out.take();
}

function writeValue(out: Bytes, value: Value): void {
  if (typeof value === "number") out.double(value);
  else if (typeof value === "boolean") out.byte(value ? 1 : 0);
  else {
    const text = Buffer.from(value, "utf8");
    out.varint(text.length);
    out.append(text);
  }
}

function writeDecimals(out: Bytes, decimals: number, values: readonly Value[]): void {
  const scale = scaleOf(decimals) ?? 1;
  out.byte(decimals);
  let before = 0;
  for (const value of values) {
    const whole = Math.round(Number(value) * scale);
    out.zigzag(whole - before);
    before = whole;
  }
}

/** Calls `take` for each chunk of a block, or only for those of one series or of some. Throws RangeError on a cut or foreign block. */
export function decodeBlock(
  data: Buffer,
  start: number,
  only: number | ReadonlySet<number> | undefined,
  take: (chunk: Chunk) => void,
): void {
  const wanted = typeof only === "object" ? only : undefined;
  const read = new Reader(data);
  while (!read.ended) {
    const series = read.varint();
    const stored = read.byte();
    const count = read.varint();
    const end = read.varint() + read.position;
    if (end > data.length) throw new RangeError("stored readings end too early");
    if (only === undefined || only === series || wanted?.has(series)) {
      const ats: number[] = [];
      let at = start;
      for (let i = 0; i < count; i++) {
        at += read.varint();
        ats.push(at);
      }
      const kind = stored === DECIMAL ? NUMBER : stored;
      take({ series, kind, ats, values: readValues(read, stored, count) });
    }
    read.position = end;
  }
}

function readValues(read: Reader, stored: number, count: number): Value[] {
  const values: Value[] = [];
  if (stored === DECIMAL) {
    const scale = scaleOf(read.byte()) ?? Number.NaN;
    for (let i = 0, whole = 0; i < count; i++) {
      whole += read.zigzag();
      values.push(whole / scale);
    }
    return values;
  }
  for (let i = 0; i < count; i++) {
    if (stored === NUMBER) values.push(read.double());
    else if (stored === BOOLEAN) values.push(read.byte() === 1);
    else values.push(read.text(read.varint()));
  }
  return values;
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
