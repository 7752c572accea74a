/** What the guards of running policies remember; at most one watch for each policy and one cap for each of its devices. */
import type { PowerGuard } from "../../model/guard.ts";
import type { NodeId } from "../../model/path.ts";

/** What a device may take at most for now. */
export interface Cap {
  /** A of a car, 0: none at all; degC of a room; of others nothing. */
  readonly most: number;
  /** W that it took before it was lowered. */
  readonly before: number;
  /** In words, with the figures of the moment. */
  readonly why: string;
}

export interface Watch {
  /** Start of the window that runs, epoch ms, and what was imported of it so far within `seenMs`. */
  window: number;
  seenMs: number;
  wh: number;
  /** Of the last look. */
  at: number;
  watts: number;
  /** Since when too much, or little enough to let a device go on; epoch ms. */
  over: number | undefined;
  calm: number | undefined;
  /** When something was last lowered or let go on. */
  acted: number;
  readonly caps: Map<NodeId, Cap>;
}

export interface GuardState {
  guards: readonly PowerGuard[];
  /** By policy. */
  readonly watches: Map<string, Watch>;
}

export const emptyGuards = (): GuardState => ({ guards: [], watches: new Map() });
