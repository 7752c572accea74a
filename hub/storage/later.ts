import type { Log } from "../ports.ts";

/** More that wait are dropped, and told to the log. */
const MAX_WAITING = 5000;
/** What is written of those that wait before others have their turn, ms. */
const SLICE_MS = 8;
/** A flush of the disk holds the loop, and with it what was just sent: it takes at most a fiftieth of the time … */
const REST = 50;
/** … and comes no sooner than this after what it writes, ms, so that a command is out before it … */
const LEAST_MS = 50;
/** … but within this, ms: so much of what nobody was told is kept can a power cut take. */
const MOST_MS = 1000;

/** Small writes that wait a moment, so that many share one flush of the disk; a newer one under the same name replaces the older. */
export class Later {
  readonly #log: Log;
  readonly #together: (work: () => void) => void;
  readonly #waiting = new Map<string, () => void>();
  #timer: NodeJS.Timeout | undefined;
  #soon = false;
  #writing = false;
  #restMs = LEAST_MS;

  /** `together` does its work in one transaction. */
  constructor(log: Log, together: (work: () => void) => void) {
    this.#log = log;
    this.#together = together;
  }

  /** `soon`: as soon as the loop is free, and all that waits with it. */
  add(name: string, write: () => void, soon: boolean): void {
    if (this.#waiting.size >= MAX_WAITING && !this.#waiting.has(name)) {
      this.#log.error({ name }, "too many writes wait; one was dropped");
      return;
    }
    this.#waiting.set(name, write);
    if (soon) this.#next();
    else this.#timer ??= setTimeout(() => this.#slice(), this.#restMs);
  }

  /** All that waits; before what was written is read. */
  flush(): void {
    this.#write(Number.POSITIVE_INFINITY);
  }

  #next(): void {
    if (this.#soon) return;
    this.#soon = true;
    setImmediate(() => this.#slice());
  }

  #slice(): void {
    this.#soon = false;
    this.#write(performance.now() + SLICE_MS);
    if (this.#waiting.size > 0) this.#next();
  }

  #write(until: number): void {
    if (this.#writing || this.#waiting.size === 0) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = true;
    const from = performance.now();
    try {
      this.#together(() => this.#some(until));
    } catch (error) {
      this.#log.error({ error }, "some small writes were lost");
    } finally {
      this.#writing = false;
      this.#restMs = Math.min(MOST_MS, Math.max(LEAST_MS, REST * (performance.now() - from)));
    }
  }

  #some(until: number): void {
    for (const [name, write] of this.#waiting) {
      if (performance.now() > until) return;
      this.#waiting.delete(name);
      try {
        write();
      } catch (error) {
        this.#log.error({ error, name }, "could not be written");
      }
    }
  }
}
