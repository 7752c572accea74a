import { Bytes, decimalsOf, Reader, scaleOf } from "./bytes.ts";
import type { Summary } from "./summary.ts";

/**
 * Summaries of neighbouring buckets as bytes: u8 format, varint how many, then of each u8 place, u8 flags, varint
 * count, zigzag ms not covered, zigzag ms from `lastAt` to the bucket's end, and the values. Values that are decimals with up to
 * four digits (nearly all are) go as whole numbers: min, max - min, last - min as zigzags; others as float64. A value that
 * stood still is written once, and its sum not at all.
 */
const FORMAT = 1;
const DOUBLES = 7;
const STEADY = 8;

export interface Placed {
  /** Which bucket of the block, from 0. */
  readonly place: number;
  readonly summary: Summary;
}

/** `list` in rising order of place; buckets are `lengthMs` long and counted from `start`, epoch ms. */
export function pack(list: readonly Placed[], start: number, lengthMs: number): Buffer {
  const out = new Bytes();
  out.byte(FORMAT);
  out.varint(list.length);
  for (const { place, summary: s } of list) {
    const decimals = decimalsOf([s.min, s.max, s.last]);
    const steady = s.min === s.max && s.last === s.min && s.sum === s.min * s.covered;
    out.byte(place);
    out.byte((decimals ?? DOUBLES) | (steady ? STEADY : 0));
    out.varint(s.count);
    out.zigzag(lengthMs - s.covered);
    out.zigzag(start + (place + 1) * lengthMs - s.lastAt);
    if (decimals === undefined) {
      out.double(s.min);
      if (steady) continue;
      out.double(s.max);
      out.double(s.last);
    } else {
      const scale = scaleOf(decimals) ?? 1;
      const min = Math.round(s.min * scale);
      out.zigzag(min);
      if (steady) continue;
      out.zigzag(Math.round(s.max * scale) - min);
      out.zigzag(Math.round(s.last * scale) - min);
    }
    out.double(s.sum);
  }
  return out.take();
}

/**
 * The opposite, of the buckets that begin in [from, to); `one` is filled and given each time instead of a new summary. Throws RangeError
 * for a format of a newer hub, or for bytes that end too early.
 */
export function unpack(
  data: Buffer,
  start: number,
  lengthMs: number,
  from: number,
  to: number,
  take: (at: number, summary: Summary) => void,
  one?: Summary,
): void {
  const read = new Reader(data);
  if (read.byte() !== FORMAT) throw new RangeError("rollups are written in a format that this hub does not know");
  for (let left = read.varint(); left > 0; left--) {
    const at = start + read.byte() * lengthMs;
    const flags = read.byte();
    const count = read.varint();
    const covered = lengthMs - read.zigzag();
    const lastAt = at + lengthMs - read.zigzag();
    const steady = (flags & STEADY) !== 0;
    const scale = scaleOf(flags & DOUBLES);
    let min: number;
    let max: number;
    let last: number;
    if (scale === undefined) {
      min = read.double();
      max = steady ? min : read.double();
      last = steady ? min : read.double();
    } else {
      const whole = read.zigzag();
      min = whole / scale;
      max = steady ? min : (whole + read.zigzag()) / scale;
      last = steady ? min : (whole + read.zigzag()) / scale;
    }
    const sum = steady ? min * covered : read.double();
    if (at < from || at >= to) continue;
    if (!one) take(at, { min, max, sum, covered, count, last, lastAt });
    else {
      one.min = min;
      one.max = max;
      one.sum = sum;
      one.covered = covered;
      one.count = count;
      one.last = last;
      one.lastAt = lastAt;
      take(at, one);
    }
  }
}
