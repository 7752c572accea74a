/** What a dialect leaves to others for a while, because they may describe it better, and reads itself when nobody did. */
export class Patience {
  readonly #ms: number;
  /** The latest time heard of: what waited is offered again with its own, older time. */
  #now = 0;
  #next: number | undefined;
  #last = 0;

  constructor(ms: number) {
    this.#ms = ms;
  }

  /** Takes in that it is this late, epoch ms. A clock that was put back makes nothing wait anew. */
  heard(at: number): void {
    this.#now = Math.max(this.#now, at);
  }

  /** Whether what began to wait then has waited long enough. */
  isOver(since: number): boolean {
    return this.#now - since >= this.#ms;
  }

  /** Something waits from now on. `ms` 0: it can be read at once. */
  begin(ms = this.#ms): void {
    this.#last = this.#now + ms;
    this.#next = Math.min(this.#next ?? this.#last, this.#last);
  }

  /** As {@link DialectSession.due}. Of many that wait, those in the middle are read with the last: two times are all that is kept. */
  due(now: number): number | undefined {
    this.heard(now);
    const next = this.#next;
    if (next !== undefined && next <= now) this.#next = this.#last > now ? this.#last : undefined;
    return next;
  }
}
