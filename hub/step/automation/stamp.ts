/** A moment as the shortest text that ids are made of. */

const LOW = 36 ** 5;

/** Epoch ms in base 36. The same as `at.toString(36)`, in two parts: a number beyond 31 bits is written out far slower. */
export function stampOf(at: number): string {
  if (!Number.isInteger(at) || at < LOW) return at.toString(36);
  const high = Math.floor(at / LOW);
  return high.toString(36) + (at - high * LOW).toString(36).padStart(5, "0");
}
