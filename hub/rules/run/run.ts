import type { Value } from "../../model/capability.ts";
import type { NodeId } from "../../model/path.ts";
import type { TraceLine } from "../../model/trace.ts";
import type { Started } from "../picture.ts";

/** What starts a rule. JSON, so that one that waits for its turn can be kept over a restart. */
export interface Start {
  readonly cause: string;
  readonly started: Started;
  /** How many rules started one another to come to this one. */
  readonly depth: number;
  /** Devices that the cause speaks of. */
  readonly nodes: readonly NodeId[];
}

/** One run of a rule: a place in its program and what it has seen. JSON, so that it can be kept over a restart. */
export interface Run {
  readonly id: string;
  readonly rule: string;
  /** The rule's `changedAt` when it began: a run of another wording does not go on. */
  readonly version: number;
  readonly startedAt: number;
  readonly cause: string;
  readonly started: Started;
  /** How many rules started one another to come to this one. */
  readonly depth: number;
  place: number;
  /** Instructions carried out. */
  done: number;
  variables: Record<string, Value>;
  /** Rounds done, by slot. */
  rounds: number[];
  /** Epoch ms at which it goes on at the latest; only while it waits. */
  wakeAt?: number | undefined;
  /** How long it wanted to wait, ms. */
  waitMs?: number | undefined;
  /** The `wakeAt` of the wait for which it was kept. */
  keptFor?: number | undefined;
  /** The id of the notice by which it asks people, while it waits for an answer. */
  asked?: string | undefined;
  /** Which of the answers was given, and who gave it, in words; until it goes on. */
  answer?: { readonly index: number; readonly words: string } | undefined;
  /** What came of its last question: all that follows was done because of it. */
  said?: string | undefined;
  lines: TraceLine[];
  nodes: NodeId[];
  /** Commands whose outcome is awaited: their id, and what they are in words. */
  open: { readonly id: string; readonly words: string }[];
  /** Starts of a rule of the mode "queued" that wait for its end, the next one first. They are kept with it. */
  waiting?: readonly Start[] | undefined;
  /** Why it is to end now. */
  cancelled?: string | undefined;
  /** Epoch ms; only once it is over and its commands' outcomes are awaited. */
  endedAt?: number | undefined;
  outcome?: string | undefined;
}
