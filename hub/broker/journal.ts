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

interface Change {
  readonly kind: string;
  readonly key: string;
  readonly encode: (() => Uint8Array) | undefined;
  readonly urgency: Urgency;
}

/** Collects changes and commits them together; what is undone before the commit never reaches the disk. */
export class Journal {
  readonly #records: BrokerRecords;
  readonly #log: Log;
  readonly #changes = new Map<string, Change>();
  readonly #onDisk = new Set<string>();
  #promised = 0;
  #waiting: (() => void)[] = [];
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
    const id = `${kind} ${key}`;
    const before = this.#changes.get(id);
    // Somebody may still wait for the change that this one replaces.
    const urgent = before && patience[before.urgency] < patience[urgency] ? before.urgency : urgency;
    this.#replace(id, { kind, key, encode, urgency: urgent });
  }

  remove(kind: string, key: string, urgency: Urgency): void {
    const id = `${kind} ${key}`;
    if (this.#onDisk.has(id)) this.#replace(id, { kind, key, encode: undefined, urgency });
    else this.#drop(id);
  }

  #drop(id: string): void {
    const change = this.#changes.get(id);
    if (!change) return;
    this.#changes.delete(id);
    if (change.urgency === "acknowledged" && --this.#promised === 0) this.#release();
  }

  #replace(id: string, change: Change): void {
    const before = this.#changes.get(id);
    this.#changes.set(id, change);
    if (change.urgency === "acknowledged") this.#promised++;
    if (before?.urgency === "acknowledged" && --this.#promised === 0) this.#release();
    // A slow disk gets larger and rarer commits, so that it holds the loop for a sixth of the time at most.
    const wait = Math.max(patience[change.urgency], Math.min(500, this.#lastCommitMs * 5));
    this.#arm(wait);
  }

  #arm(wait: number): void {
    const at = performance.now() + wait;
    if (at >= this.#dueAt) return;
    clearTimeout(this.#timer);
    this.#dueAt = at;
    this.#timer = setTimeout(() => this.commit(), wait);
    this.#timer.unref();
  }

  /** Calls back when everything promised so far is on disk; at once when it is. */
  whenDurable(then: () => void): void {
    if (this.#promised === 0) then();
    else this.#waiting.push(then);
  }

  durable(): Promise<void> {
    return new Promise((resolve) => this.whenDurable(resolve));
  }

  commit(): void {
    clearTimeout(this.#timer);
    this.#dueAt = Number.POSITIVE_INFINITY;
    if (this.#changes.size > 0) this.#write();
    this.#release();
  }

  #write(): void {
    const start = performance.now();
    const changes = [...this.#changes];
    try {
      this.#records.write(changes.map(([, { kind, key, encode }]) => ({ kind, key, value: encode?.() })));
      this.#changes.clear();
      this.#promised = 0;
      this.#lastCommitMs = performance.now() - start;
      for (const [id, { encode }] of changes)
        if (encode) this.#onDisk.add(id);
        else this.#onDisk.delete(id);
    } catch (error) {
      // A full disk must not stop the house: messages go on and are acknowledged, and the log says what that means.
      for (const [id, change] of changes) this.#changes.set(id, { ...change, urgency: "update" });
      this.#promised = 0;
      this.#arm(RETRY_MS);
      if (start - this.#lastComplaint < 60_000) return;
      this.#lastComplaint = start;
      const why = error instanceof Error ? error.message : String(error);
      const fix = error instanceof Error && "fix" in error ? error.fix : undefined;
      this.#log.error(
        { waiting: this.#changes.size, fix },
        `MQTT messages can not be stored; until they can, a power cut loses retained and waiting ones: ${why}`,
      );
    }
  }

  #release(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const then of waiting) then();
  }

  close(): void {
    this.commit();
    clearTimeout(this.#timer);
  }
}
