import type { CoreState, Effect, Input } from "./step.ts";
import { step } from "./step.ts";

/** At most this many inputs wait; beyond it the newest are dropped and counted. */
const MAX_QUEUE = 20_000;

export interface Loop {
  /** Never throws. False: the queue was full and the input was dropped. */
  put(input: Input): boolean;
  /** Inputs dropped and steps failed since the start. */
  facts(): { readonly dropped: number; readonly failed: number; readonly waiting: number };
}

export interface LoopParts {
  readonly state: CoreState;
  readonly now: () => number;
  readonly carryOut: (effect: Effect) => void;
  /** A step or effect threw: one bad input must not stop the house. */
  readonly failed: (error: unknown, input: Input) => void;
}

/** One bounded queue: input, step, effects; one at a time, in order, also for inputs that effects bring about. */
export function createLoop({ state, now, carryOut, failed }: LoopParts): Loop {
  const queue: Input[] = [];
  const facts = { dropped: 0, failed: 0 };
  let draining = false;

  const one = (input: Input) => {
    try {
      for (const effect of step(state, input, now())) carryOut(effect);
    } catch (error) {
      facts.failed += 1;
      failed(error, input);
    }
  };
  const drain = () => {
    draining = true;
    for (let i = 0; i < queue.length; i++) {
      const input = queue[i];
      if (input) one(input);
    }
    queue.length = 0;
    draining = false;
  };
  return {
    put(input) {
      if (queue.length >= MAX_QUEUE) {
        facts.dropped += 1;
        return false;
      }
      queue.push(input);
      if (!draining) drain();
      return true;
    },
    facts: () => ({ ...facts, waiting: queue.length }),
  };
}
