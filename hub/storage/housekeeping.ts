import type { Clock, Log } from "../ports.ts";
import type { Connection } from "./connect.ts";
import { explain } from "./error.ts";
import type { ReadingLog } from "./readings.ts";
import { retain } from "./retention.ts";
import { hoursDue, rollHour } from "./roll.ts";

/** Work for at most this long at a time, then let the house go on. */
const SLICE_MS = 10;
const RETENTION_EVERY_MS = 10 * 60_000;
const AFTER_FAILURE_MS = 60_000;

export interface HousekeepingTimes {
  readonly tickMs: number;
  /** An hour is rolled up when no reading of it came for this long. */
  readonly quietMs: number;
}

/** Flushes, rolls up and forgets, in small slices beside everything else. */
export class Housekeeping {
  readonly #db: Connection;
  readonly #readings: ReadingLog;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #times: HousekeepingTimes;
  readonly #timer: NodeJS.Timeout;
  #work: Generator<undefined> | undefined;
  #retentionAt: number;
  #restUntil = 0;

  constructor(db: Connection, readings: ReadingLog, clock: Clock, log: Log, times: HousekeepingTimes) {
    this.#db = db;
    this.#readings = readings;
    this.#clock = clock;
    this.#log = log;
    this.#times = times;
    this.#retentionAt = performance.now() + RETENTION_EVERY_MS / 10;
    this.#timer = setInterval(() => this.tick(), times.tickMs);
    this.#timer.unref();
  }

  /** One slice of work; true while there is more to do. */
  tick(): boolean {
    this.#readings.flushIfDue();
    const now = performance.now();
    if (now < this.#restUntil) return false;
    try {
      const until = now + SLICE_MS;
      while (performance.now() < until) {
        this.#work ??= this.#next();
        if (!this.#work) return false;
        if (this.#work.next().done) this.#work = undefined;
      }
      return true;
    } catch (error) {
      const { message, fix } = explain(error, this.#db.name);
      this.#log.error({ fix }, `the history could not be tidied up: ${message}`);
      this.#work = undefined;
      this.#restUntil = performance.now() + AFTER_FAILURE_MS;
      return false;
    }
  }

  #next(): Generator<undefined> | undefined {
    const now = this.#clock.now();
    const hour = hoursDue(this.#readings, now, this.#times.quietMs)[0];
    if (hour !== undefined) return rollHour(this.#db, this.#readings, hour);
    if (performance.now() < this.#retentionAt) return undefined;
    this.#retentionAt = performance.now() + RETENTION_EVERY_MS;
    return retain(this.#db, this.#readings, now);
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
