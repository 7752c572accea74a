/** Chance as a pure function of the seed and a place in time, so that any moment can be computed without its past. */

/** A 32-bit mix of seed and keys (the finaliser of MurmurHash3). */
export function hash(seed: number, channel: number, index: number): number {
  let h = (seed ^ Math.imul(channel + 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index | 0, 0xc2b2ae35)) >>> 0;
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** In [0, 1). */
export function unit(seed: number, channel: number, index: number): number {
  return hash(seed, channel, index) / 4294967296;
}

/** Smooth noise in [-1, 1] that changes over about `period` seconds; `seconds` is any clock. */
export function noise(seed: number, channel: number, seconds: number, period: number): number {
  const x = seconds / period;
  const i = Math.floor(x);
  const f = x - i;
  const s = f * f * (3 - 2 * f);
  return (unit(seed, channel, i) * (1 - s) + unit(seed, channel, i + 1) * s) * 2 - 1;
}

/** A stream of numbers in [0, 1) (mulberry32). */
export function stream(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
