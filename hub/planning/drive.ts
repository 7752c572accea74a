/** Runs long pure work in slices, so that the hub's loop never waits for it. */

export interface Pace {
  /** Epoch ms. */
  readonly now: () => number;
  /** Lets everything else run once. */
  readonly yieldNow: () => Promise<void>;
  readonly signal?: AbortSignal;
}

/** A slice of work between two rests, ms. */
const SLICE_MS = 4;

/** Thrown when the person cancelled. */
export class Cancelled extends Error {}

/** Drives a generator to its end. `progress` is told the share done at each rest. Throws Cancelled when the signal says so. */
export async function drive<T>(work: Generator<number, T>, pace: Pace, progress?: (done: number) => void): Promise<T> {
  let since = pace.now();
  for (;;) {
    if (pace.signal?.aborted) throw new Cancelled("cancelled");
    const step = work.next();
    if (step.done) return step.value;
    if (pace.now() - since < SLICE_MS) continue;
    progress?.(step.value);
    await pace.yieldNow();
    since = pace.now();
  }
}
