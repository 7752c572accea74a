/** The stored past as it was told, for those who live it again. Implemented by shells; nothing here does anything. */
import type { PastColumn, PastStretch } from "../model/past.ts";
import type { NodeId } from "../model/path.ts";

export interface PastQuery {
  /** Text paths; at most 400. */
  readonly keys: readonly string[];
  /** Of these readings none is left out because it says the same as the one before: two presses alike are two. */
  readonly every: ReadonlySet<string>;
  /** Devices that are silent once nothing at all was heard of them for so long. */
  readonly silent: readonly { readonly node: NodeId; readonly afterMs: number }[];
  /** Epoch ms, to exclusive. */
  readonly from: number;
  readonly to: number;
}

export interface Past {
  /** One for each key that has a past, in the order of the question. */
  readonly columns: readonly PastColumn[];
  /** From here on readings are as they were told, epoch ms. Before, they are values of five minutes. */
  readonly exactFrom: number;
  /** Before this they are values of an hour, epoch ms. */
  readonly fineFrom: number;
  /** Whole hours in which nothing was heard of any device: the hub was off, or there was none. */
  readonly off: readonly PastStretch[];
  /** When devices were silent for longer than they should; to five minutes. */
  readonly silences: readonly { readonly node: NodeId; readonly stretches: readonly PastStretch[] }[];
}
