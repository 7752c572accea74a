/** What rules did and why, and the answers that follow from it. Implemented by shells; nothing here does anything. */
import type { LanguageCode } from "../model/language.ts";
import type { NodeId } from "../model/path.ts";
import type { Trace, TraceKind } from "../model/trace.ts";
import type { AskedState, Why } from "../model/why.ts";

export interface TraceQuery {
  readonly rule?: string | undefined;
  readonly node?: NodeId | undefined;
  readonly kind?: TraceKind | undefined;
  /** When it began, epoch ms; from inclusive, to exclusive. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** Stands in the title, the cause, the outcome or a line; upper or lower case alike. */
  readonly text?: string | undefined;
  /** An earlier page's `more`: what came before it. */
  readonly before?: number | undefined;
  /** At most 200. */
  readonly limit: number;
}

export interface TracePage {
  /** The one that was told last first: a run is told when it is over. */
  readonly traces: readonly Trace[];
  /** What to give as `before` for older ones; absent: there are none. */
  readonly more?: number;
}

export interface TraceStore {
  /** Buffered and written with the readings' rhythm: nobody was told that they are kept, so a power cut may take the last batch. */
  append(traces: readonly Trace[]): void;
  search(query: TraceQuery): TracePage;
  /** What they take on disk, as reckoned for the bound: text and indexes. */
  bytes(): number;
  /** The bound; beyond it the oldest go. */
  readonly maxBytes: number;
}

/** A stretch of time (epoch ms, to exclusive) or a moment of it (`from` equals `to`). */
export interface WhyQuery {
  readonly node: NodeId;
  readonly from: number;
  readonly to: number;
  /** What the question is about: the path and whether a value of it is what was asked about. All that the device does where it is left out. */
  readonly about?:
    | { readonly key: string; readonly state: AskedState; is(value: number | boolean | string): boolean }
    | undefined;
  /** Of the answer's sentences; English where nothing is said. */
  readonly language?: LanguageCode | undefined;
}

/** What rules did and why, as people ask for it. */
export interface Traces {
  /** Those that run now come first. */
  search(query: TraceQuery): TracePage;
  kept(): { readonly bytes: number; readonly maxBytes: number };
  /** Undefined: there is no such device. */
  why(query: WhyQuery): Promise<Why | undefined>;
}
