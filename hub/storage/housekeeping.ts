import { statSync } from "node:fs";
import type { Clock, Log } from "../ports.ts";
import type { Card } from "./card.ts";
import type { Connection } from "./connect.ts";
import { explain } from "./error.ts";
import { type KeepTask, keep, type Sealed } from "./keep.ts";
import type { ReadingLog } from "./readings.ts";
import { type KeepingTimes, MOST_HOURS, tooOld } from "./retention.ts";
import { hoursDue, rollHours } from "./roll.ts";

/** Work for at most this long at a time, then let the house go on. */
const SLICE_MS = 10;
const RETENTION_EVERY_MS = 10 * 60_000;
const AFTER_FAILURE_MS = 60_000;
/** The write-ahead log is carried over when it is this long: each page in it then goes to its place once, however often it was written. */
const LONG_LOG = 8 * 1_048_576;

export interface HousekeepingTimes {
  readonly tickMs: number;
  /** An hour is rolled up when no reading of it came for this long. */
  readonly quietMs: number;
  /** How often the length of the write-ahead log is looked at. */
  readonly lookMs: number;
}

/** The other thread, which deletes and carries over. */
export interface Tender {
  onSealed: (sealed: Sealed) => void;
  readonly canTend: boolean;
  keep(task: KeepTask): Promise<unknown>;
  checkpoint(): Promise<unknown>;
}

interface HousekeepingParts {
  readonly db: Connection;
  readonly readings: ReadingLog;
  readonly clock: Clock;
  readonly log: Log;
  readonly times: HousekeepingTimes;
  readonly tender: Tender;
  readonly card: Pick<Card, "tick">;
  /** What is kept how long; a person may change it. */
  readonly keeping: { readonly times: KeepingTimes };
}

/** Flushes and rolls up in small slices beside everything else; forgets in the other thread, if there is one. */
export class Housekeeping {
  readonly #parts: HousekeepingParts;
  readonly #timer: NodeJS.Timeout;
  #work: Generator<unknown> | undefined;
  #keeping = false;
  #all = false;
  #carrying = false;
  #retentionAt: number;
  #lookAt = 0;
  #restUntil = 0;
  #stopped = false;

  constructor(parts: HousekeepingParts) {
    this.#parts = parts;
    parts.tender.onSealed = (sealed) => parts.readings.sealed(sealed);
    // A fallback for a worker that failed: then this thread carries over, as SQLite does by itself.
    if (parts.tender.canTend) parts.db.pragma("wal_autocheckpoint = 32768");
    this.#retentionAt = performance.now() + RETENTION_EVERY_MS / 10;
    this.#timer = setInterval(() => this.tick(), parts.times.tickMs);
    this.#timer.unref();
  }

  /** One slice of work; true while there is more to do. */
  tick(): boolean {
    this.#parts.readings.flushIfDue();
    const now = performance.now();
    if (now >= this.#lookAt) this.#carryOver();
    if (now < this.#restUntil) return false;
    try {
      this.#parts.card.tick();
      const until = now + SLICE_MS;
      while (performance.now() < until) {
        this.#work ??= this.#next();
        if (!this.#work) return false;
        if (this.#work.next().done) this.#work = undefined;
      }
      return true;
    } catch (error) {
      this.#failed(error);
      this.#work = undefined;
      return false;
    }
  }

  #failed(error: unknown): void {
    const { message, fix } = explain(error, this.#parts.db.name);
    this.#parts.log.error({ fix }, `the history could not be tidied up: ${message}`);
    this.#restUntil = performance.now() + AFTER_FAILURE_MS;
  }

  #next(): Generator<unknown> | undefined {
    const { db, readings, clock, times, tender } = this.#parts;
    const now = clock.now();
    const due = hoursDue(readings, now, times.quietMs);
    if (due.length > 0) return rollHours(db, readings, due);
    if (performance.now() < this.#retentionAt || this.#keeping) return undefined;
    this.#retentionAt = performance.now() + RETENTION_EVERY_MS;
    const task = tooOld(db, readings, now, this.#parts.keeping.times, this.#all);
    this.#all = false;
    if (task.seal.length === MOST_HOURS) this.#retentionAt = 0;
    if (!tender.canTend) return this.#keepHere(task);
    this.#keeping = true;
    void this.#heard(tender.keep(task)).finally(() => {
      this.#keeping = false;
    });
    return undefined;
  }

  *#keepHere(task: KeepTask): Generator<undefined> {
    for (const sealed of keep(this.#parts.db, task)) {
      if (sealed) this.#parts.readings.sealed(sealed);
      yield;
    }
  }

  #carryOver(): void {
    this.#lookAt = performance.now() + this.#parts.times.lookMs;
    const { db, tender } = this.#parts;
    if (!tender.canTend || this.#carrying) return;
    if ((statSync(`${db.name}-wal`, { throwIfNoEntry: false })?.size ?? 0) < LONG_LOG) return;
    this.#carrying = true;
    void this.#heard(tender.checkpoint()).finally(() => {
      this.#carrying = false;
    });
  }

  #heard(work: Promise<unknown>): Promise<unknown> {
    return work.catch((error: unknown) => {
      if (!this.#stopped) this.#failed(error);
    });
  }

  /** What is kept was changed: look at once. */
  again(): void {
    this.#retentionAt = 0;
    this.#all = true;
  }

  stop(): void {
    this.#stopped = true;
    clearInterval(this.#timer);
  }
}
