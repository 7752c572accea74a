/** How well a model meets days that it has not seen. */
import type { Proof } from "../model/learned.ts";

export interface Fit {
  readonly ok: boolean;
  readonly note: string;
  /** On held-out days; absent where nothing is foretold. */
  readonly proof?: Proof;
}

export const noFit = (note: string): Fit => ({ ok: false, note });
