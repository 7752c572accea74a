/** What a rule did and why, or why it did nothing: kept so that the home can always answer. */
import type { NodeId } from "./path.ts";

/**
 * `run`: it was started. `nearMiss`: something spoke for a start and nothing was done. `steady`: what a rule of the form
 * "while" keeps so has changed.
 */
export const traceKinds = ["run", "nearMiss", "steady"] as const;
export type TraceKind = (typeof traceKinds)[number];

export interface TraceLine {
  /** Epoch ms. */
  readonly at: number;
  readonly text: string;
  /** It did not come to what the rule wants. */
  readonly bad?: true;
}

export interface Trace {
  readonly id: string;
  /** Epoch ms. */
  readonly at: number;
  /** Epoch ms; absent while it runs. */
  readonly endedAt?: number;
  readonly rule: string;
  readonly title: string;
  readonly kind: TraceKind;
  /** What started it, or what spoke for it, with the values seen. */
  readonly cause: string;
  /** What came of it, in words. */
  readonly outcome: string;
  /** Devices that it asked or looked at; at most 20. */
  readonly nodes: readonly NodeId[];
  /** At most 60, of at most 300 characters. */
  readonly lines: readonly TraceLine[];
}

export const MAX_LINES = 60;
export const MAX_LINE = 300;
export const MAX_TRACE_NODES = 20;
