/** How well a model meets days that it has not seen. */
import type { Proof } from "../model/learned.ts";

export interface Fit {
  readonly ok: boolean;
  readonly note: string;
  /** Of what can't be judged: what would help, and how long it may take. */
  readonly help?: string;
  /** On held-out days; absent where nothing is foretold. */
  readonly proof?: Proof;
}

export const noFit = (note: string, help?: string): Fit => ({ ok: false, note, ...(help ? { help } : {}) });

/** So many more days at the pace seen so far, in words. */
export function patience(seen: number, wanted: number, days: number): string {
  if (seen === 0) return "use it a few times";
  const more = Math.max(1, Math.ceil(((wanted - seen) * Math.max(1, days)) / seen));
  return `at this pace about ${more} more ${more === 1 ? "day" : "days"}`;
}
