import type { AuditEntry } from "../../model/audit.ts";
import type { Value } from "../../model/capability.ts";
import type { LanguageCode } from "../../model/language.ts";
import type { NodeId } from "../../model/path.ts";
import type { Trace } from "../../model/trace.ts";
import type { AskedState } from "../../model/why.ts";

/** A value that became another one, to the minute. */
export interface Change {
  readonly key: string;
  readonly value: number | boolean;
  /** Epoch ms: somewhere in the minute that begins here. */
  readonly at: number;
}

/** What an answer rests on, beside the home itself. Epoch ms. */
export interface WhyFacts {
  readonly node: NodeId;
  /** A moment where both are the same. */
  readonly from: number;
  readonly to: number;
  readonly now: number;
  /** Of the answer's sentences; English where nothing is said. */
  readonly language?: LanguageCode | undefined;
  readonly about?: { readonly key: string; readonly state: AskedState; is(value: Value): boolean } | undefined;
  /** Of this device, up to `to`, the newest first. */
  readonly audit: readonly AuditEntry[];
  /** Of this device and of the rules that may act on it, up to `to`, the newest first. */
  readonly traces: readonly Trace[];
  /** Of this device, the oldest first. */
  readonly changes: readonly Change[];
}
