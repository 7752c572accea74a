import { drive } from "../planning/drive.ts";

/** Lets everything else run once. */
export const yieldNow = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Runs work that may take long in slices of a few ms, so that the house goes on meanwhile. */
export const calmly = <T>(work: Generator<number, T>): Promise<T> =>
  drive(work, { now: () => performance.now(), yieldNow });
