/** What is left of messages that say too much for one go. */
import type { Decoded } from "./dialect.ts";
import type { Lane } from "./lane.ts";

export interface Rest {
  readonly lane: Lane;
  readonly more: () => Decoded;
  readonly retained: boolean;
  readonly at: number;
}

/** Long lists that are being read; each is one message, so that more come only from a broker that floods. */
const MAX_REST = 64;

/** Oldest first; what can wait comes last. */
export class Rests {
  readonly #soon: Rest[] = [];
  /** A session gives out one at a time. */
  readonly #later = new Map<Lane, Rest>();

  /** Notes what is left of a message. Beyond 64 the rest of a list is dropped. */
  note(lane: Lane, { more, canWait }: Decoded, retained: boolean, at: number): void {
    if (!more) return;
    if (canWait) this.#later.set(lane, { lane, more, retained, at });
    else if (this.#soon.length < MAX_REST) this.#soon.push({ lane, more, retained, at });
  }

  /** Takes out the next; `calm`: also one that can wait. */
  next(calm: boolean): Rest | undefined {
    const soon = this.#soon.shift();
    if (soon || !calm) return soon;
    const later = this.#later.values().next().value;
    if (later) this.#later.delete(later.lane);
    return later;
  }

  get hasSoon(): boolean {
    return this.#soon.length > 0;
  }

  get hasLater(): boolean {
    return this.#later.size > 0;
  }
}
