import { statSync } from "node:fs";
import type { Clock, Log } from "../ports.ts";
import type { Card } from "./card.ts";
import { type Connection, withoutWaiting } from "./connect.ts";
import { explain } from "./error.ts";
import { type KeepTask, keep, type Sealed } from "./keep.ts";
import type { ReadingLog } from "./readings.ts";
import { type KeepingTimes, MOST_HOURS, tooOld } from "./retention.ts";
import { hoursDue, type Rolled, type RollTask, rollHours, rollTask } from "./roll.ts";

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

/** The other thread, which rolls up, deletes and carries over. */
export interface Tender {
  onSealed: (sealed: Sealed) => void;
  readonly canTend: boolean;
  keep(task: KeepTask): Promise<unknown>;
  roll(task: RollTask): Promise<Rolled>;
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

/** Flushes beside everything else; rolls up and forgets in the other thread, without one in small slices. */
export class Housekeeping {
  readonly #parts: HousekeepingParts;
  readonly #timer: NodeJS.Timeout;
  #work: Generator<unknown> | undefined;
  /** The other thread is at work: one thing at a time, so that what is rolled up is not deleted meanwhile. */
  #busy = false;
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
    const now = performance.now();
    // While the log is carried over a commit may wait long for the disk.
    if (!this.#carrying || now > this.#lookAt) this.#parts.readings.flushIfDue();
    if (now >= this.#lookAt) {
      this.#carryOver();
      this.#tryDisk();
    }
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
    this.#parts.readings.trouble.failed(error);
    const { message, fix } = explain(error, this.#parts.db.name);
    this.#parts.log.error({ fix }, `the history could not be tidied up: ${message}`);
    this.#restUntil = performance.now() + AFTER_FAILURE_MS;
  }

  #next(): Generator<unknown> | undefined {
    const { db, readings, clock, times, tender } = this.#parts;
    const now = clock.now();
    if (this.#busy) return undefined;
    const due = hoursDue(readings, now, times.quietMs);
    if (due.length > 0 && !tender.canTend) return rollHours(db, readings, due);
    if (due.length > 0) {
      const task = rollTask(db, readings, due);
      this.#tended(tender.roll(task).then(({ removed }) => readings.rolled(task.hours, removed)));
      return undefined;
    }
    if (performance.now() < this.#retentionAt) return undefined;
    this.#retentionAt = performance.now() + RETENTION_EVERY_MS;
    const task = tooOld(db, readings, now, this.#parts.keeping.times, this.#all);
    this.#all = false;
    if (task.seal.length === MOST_HOURS) this.#retentionAt = 0;
    if (!tender.canTend) return this.#keepHere(task);
    const kept = tender.keep(task);
    this.#tended(task.trim ? kept.finally(() => readings.changes.everything()) : kept);
    return undefined;
  }

  #tended(work: Promise<unknown>): void {
    this.#busy = true;
    void this.#heard(work).finally(() => {
      this.#busy = false;
    });
  }

  *#keepHere(task: KeepTask): Generator<undefined> {
    for (const sealed of keep(this.#parts.db, task)) {
      if (sealed) this.#parts.readings.sealed(sealed);
      yield;
    }
    if (task.trim) this.#parts.readings.changes.everything();
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

  /** While something is wrong, a small write finds out whether it still is. */
  #tryDisk(): void {
    const { db, readings } = this.#parts;
    if (!readings.trouble.is || readings.waiting > 0) return;
    const sql = "INSERT INTO fact (name, value) VALUES ('tried', 1) ON CONFLICT (name) DO UPDATE SET value = value + 1";
    try {
      withoutWaiting(db, () => db.exec(sql));
      readings.trouble.worked();
    } catch (error) {
      readings.trouble.failed(error);
    }
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
