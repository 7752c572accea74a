import type { Log } from "../ports.ts";

/** The broker's records on disk, as it needs them; values are bytes of its own making. */
export interface BrokerRecords {
  load(): Iterable<{ readonly kind: string; readonly key: string; readonly value: Uint8Array }>;
  /** One durable transaction; an undefined value removes the record. */
  write(
    changes: readonly { readonly kind: string; readonly key: string; readonly value: Uint8Array | undefined }[],
  ): void;
}

/**
 * How long a change may wait for the disk, in ms. `acknowledged`: somebody waits for it. `noted`: nobody was promised
 * anything, but it would be missed. `update`: another value of what is already kept, or what a later message repeats;
 * an SD card would not stand one write for each.
 */
const patience = { acknowledged: 20, noted: 1_000, update: 60_000 } as const;
export type Urgency = keyof typeof patience;

const RETRY_MS = 5_000;

/** At most so much is written in one turn of the loop (one record may be larger); the rest follows after a pause. */
const SLICE_RECORDS = 250;
const SLICE_BYTES = 1_048_576;

interface Change {
  readonly kind: string;
  readonly key: string;
  readonly encode: (() => Uint8Array) | undefined;
  /** When this record was changed first since it was written last, in the order of all promises. */
  readonly since: number;
}

interface Waiting {
  /** The last promise made before. */
  readonly promise: number;
  readonly then: () => void;
}

/**
 * Collects changes and commits them together; what is undone before the commit never reaches the disk. A flood of them is
 * written in slices, so that it does not hold the loop: first what somebody waits for.
 */
export class Journal {
  readonly #records: BrokerRecords;
  readonly #log: Log;
  /** In the order of `since`. */
  readonly #promised = new Map<string, Change>();
  readonly #later = new Map<string, Change>();
  readonly #onDisk = new Set<string>();
  #promises = 0;
  #waiting: Waiting[] = [];
  #timer: NodeJS.Timeout | undefined;
  #dueAt = Number.POSITIVE_INFINITY;
  #lastCommitMs = 0;
  #lastComplaint = Number.NEGATIVE_INFINITY;

  constructor(records: BrokerRecords, log: Log) {
    this.#records = records;
    this.#log = log;
  }

  *load(): ReturnType<BrokerRecords["load"]> & Generator {
    for (const record of this.#records.load()) {
      this.#onDisk.add(`${record.kind} ${record.key}`);
      yield record;
    }
  }

  set(kind: string, key: string, encode: () => Uint8Array, urgency: Urgency): void {
    this.#change(kind, key, encode, urgency);
  }

  remove(kind: string, key: string, urgency: Urgency): void {
    const id = `${kind} ${key}`;
    if (this.#onDisk.has(id)) {
      this.#change(kind, key, undefined, urgency);
      return;
    }
    this.#later.delete(id);
    if (this.#promised.delete(id)) this.#release();
  }

  #change(kind: string, key: string, encode: (() => Uint8Array) | undefined, urgency: Urgency): void {
    const id = `${kind} ${key}`;
    const promised = this.#promised.get(id);
    if (promised) {
      // Somebody may still wait for the change that this one replaces; written is what it is then.
      this.#promised.set(id, { ...promised, encode });
    } else if (urgency === "acknowledged") {
      this.#later.delete(id);
      this.#promised.set(id, { kind, key, encode, since: ++this.#promises });
    } else {
      this.#later.set(id, { kind, key, encode, since: 0 });
    }
    // A slow disk gets larger and rarer commits, so that it holds the loop for a sixth of the time at most.
    this.#arm(Math.max(patience[urgency], Math.min(500, this.#lastCommitMs * 5)));
  }

  #arm(wait: number): void {
    const at = performance.now() + wait;
    if (at >= this.#dueAt) return;
    clearTimeout(this.#timer);
    this.#dueAt = at;
    this.#timer = setTimeout(() => this.#turn(), wait);
    this.#timer.unref();
  }

  #disarm(): void {
    clearTimeout(this.#timer);
    this.#dueAt = Number.POSITIVE_INFINITY;
  }

  #turn(): void {
    this.#disarm();
    // While much is to be written, the loop belongs to the house for half of the time.
    if (this.#writeSlice()) this.#arm(Math.max(1, this.#lastCommitMs));
  }

  /** Calls back when everything promised so far is on disk; at once when it is. */
  whenDurable(then: () => void): void {
    if (this.#promised.size === 0) then();
    else this.#waiting.push({ promise: this.#promises, then });
  }

  durable(): Promise<void> {
    return new Promise((resolve) => this.whenDurable(resolve));
  }

  /** Writes all there is, now. */
  commit(): void {
    this.#disarm();
    while (this.#writeSlice());
  }

  #slice(): (Change & { readonly id: string; readonly value: Uint8Array | undefined })[] {
    const slice = [];
    let bytes = 0;
    for (const changes of [this.#promised, this.#later])
      for (const [id, change] of changes) {
        if (slice.length >= SLICE_RECORDS || bytes >= SLICE_BYTES) return slice;
        const value = change.encode?.();
        bytes += value?.length ?? 0;
        slice.push({ ...change, id, value });
      }
    return slice;
  }

  /** Says whether there is more to be written, and can be. */
  #writeSlice(): boolean {
    const start = performance.now();
    const slice = this.#slice();
    try {
      if (slice.length > 0) this.#records.write(slice.map(({ kind, key, value }) => ({ kind, key, value })));
    } catch (error) {
      this.#failed(error, start);
      return false;
    }
    for (const { id, value } of slice) {
      this.#promised.delete(id);
      this.#later.delete(id);
      if (value) this.#onDisk.add(id);
      else this.#onDisk.delete(id);
    }
    this.#lastCommitMs = performance.now() - start;
    this.#release();
    return this.#promised.size + this.#later.size > 0;
  }

  /** A full disk must not stop the house: messages go on and are acknowledged, and the log says what that means. */
  #failed(error: unknown, now: number): void {
    for (const [id, change] of this.#promised) this.#later.set(id, change);
    this.#promised.clear();
    this.#release();
    this.#arm(RETRY_MS);
    if (now - this.#lastComplaint < 60_000) return;
    this.#lastComplaint = now;
    const why = error instanceof Error ? error.message : String(error);
    const fix = error instanceof Error && "fix" in error ? error.fix : undefined;
    this.#log.error(
      { waiting: this.#later.size, fix },
      `MQTT messages can not be stored; until they can, a power cut loses retained and waiting ones: ${why}`,
    );
  }

  /** Those whose promises are kept go on. */
  #release(): void {
    const [open] = this.#promised.values();
    const kept = open ? this.#waiting.findIndex(({ promise }) => promise >= open.since) : this.#waiting.length;
    if (kept === 0) return;
    for (const { then } of this.#waiting.splice(0, kept < 0 ? this.#waiting.length : kept)) then();
  }

  close(): void {
    this.commit();
    this.#disarm();
  }
}
