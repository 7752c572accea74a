import { join } from "node:path";
import type { MeterRef } from "../model/energy.ts";
import type { Clock, Log, Rescue, Store } from "../ports.ts";
import { accountsOf } from "./accounts.ts";
import { AuditLog } from "./audit-log.ts";
import { Card } from "./card.ts";
import type { Connection } from "./connect.ts";
import { Documents } from "./documents.ts";
import { misfitOfEnergy, seriesOf } from "./energy-read.ts";
import { codeOf, explain } from "./error.ts";
import type { Exports } from "./exports.ts";
import { lockFolder } from "./folder-lock.ts";
import { History } from "./history.ts";
import { misfitOfQuery } from "./history-read.ts";
import { Housekeeping, type HousekeepingTimes } from "./housekeeping.ts";
import { KeepingSettings } from "./keeping.ts";
import { Later } from "./later.ts";
import { misfitOfPast } from "./past-read.ts";
import { pricesOf } from "./prices.ts";
import { type BatchLimits, ReadingLog } from "./readings.ts";
import { toldRepairs } from "./repairs-told.ts";
import { openOrRescue } from "./rescue.ts";
import { bytesOf } from "./size.ts";
import type { Points } from "./summary.ts";
import { TraceLog } from "./traces.ts";
import { exportsOf, importsFor } from "./ways.ts";

export interface StoreOptions {
  readonly log: Log;
  readonly clock?: Clock;
  /** The bundled history-worker.ts; without it questions about the past are answered in the caller's thread. */
  readonly workerEntry?: string;
  /** For tests and benches; the defaults are the house's. */
  readonly times?: Partial<BatchLimits & HousekeepingTimes>;
}

const defaults: BatchLimits & HousekeepingTimes = {
  batchMs: 30_000,
  batchReadings: 20_000,
  tickMs: 250,
  quietMs: 60_000,
  lookMs: 5_000,
};

/**
 * Opens the store in a data folder, which is made where it is missing. One process at a time.
 * Throws StoreError with a code, a message and a fix: folder not writable, disk full, in use, damaged, too new.
 */
export function openStore(folder: string, options: StoreOptions): Store {
  const { log, clock = { now: () => Date.now() } } = options;
  const times = { ...defaults, ...options.times };
  const file = join(folder, "hub.db");
  const lock = lockFolder(folder);
  let db: Connection | undefined;
  try {
    if (lock.unclean) log.info({ folder }, "the last end was not orderly: looking the database over");
    const read = (made: Connection) => new ReadingLog(made, log, times, () => clock.now());
    const opened = openOrRescue(file, lock.unclean, new Date(clock.now()), log, read);
    db = opened.db;
    const { first: readings, rescued } = opened;
    const traces = new TraceLog(db, log, times);
    const history = new History(file, options.workerEntry);
    history.warm();
    const exporting = new History(file, options.workerEntry);
    const importing = new History(file, options.workerEntry);
    const documents = new Documents(db);
    const keeping = new KeepingSettings(documents);
    const card = new Card(
      {
        db,
        log,
        batchMs: times.batchMs,
        now: () => clock.now(),
        budgetMb: () => keeping.get().budgetMb,
        enduranceTb: () => keeping.get().enduranceTb,
        // Both slow down together: what is written in one batch costs the card least.
        onPace(pace) {
          for (const one of [readings, traces]) one.setPace(pace);
        },
      },
      folder,
    );
    const housekeeping = new Housekeeping({ db, readings, clock, log, times, tender: history, card, keeping });
    return new SqliteStore(db, readings, housekeeping, {
      log,
      accounts: accountsOf(db, clock),
      traces,
      history,
      documents,
      exporting,
      exports: exportsOf(folder, readings, exporting, () => clock.now()),
      imports: importsFor(db, folder, readings, importing, keeping, () => clock.now()),
      importing,
      keeping: {
        get: () => keeping.get(),
        set(wanted) {
          keeping.set(wanted);
          housekeeping.again();
        },
        load: () => card.load(),
      },
      rescued,
      now: () => clock.now(),
      // Damage is looked over, and healed, at the next start.
      release: () => lock.release(readings.trouble.is?.code !== "damaged"),
    });
  } catch (error) {
    db?.close();
    lock.release(!lock.unclean);
    throw explain(error, file);
  }
}

interface Parts {
  readonly log: Log;
  readonly rescued: Rescue | undefined;
  readonly accounts: Store["accounts"];
  readonly traces: TraceLog;
  readonly keeping: Store["keeping"];
  readonly documents: Documents;
  readonly history: History;
  /** A worker of its own, for as long as there is an export: it must not hold up what people ask. */
  readonly exporting: History;
  readonly exports: Exports;
  readonly importing: History;
  readonly imports: Store["imports"];
  now(): number;
  release(): void;
}

class SqliteStore implements Store {
  readonly accounts: Store["accounts"];
  readonly prices: Store["prices"];
  readonly keeping: Store["keeping"];
  readonly imports: Store["imports"];
  readonly repairs: Store["repairs"];
  readonly rescue: Store["rescue"];
  readonly traces: Store["traces"];
  readonly #db: Connection;
  readonly #readings: ReadingLog;
  readonly #housekeeping: Housekeeping;
  readonly #documents: Documents;
  readonly #audit: AuditLog;
  readonly #parts: Parts;
  readonly #later: Later;
  #closed = false;

  constructor(db: Connection, readings: ReadingLog, housekeeping: Housekeeping, parts: Parts) {
    this.#db = db;
    this.#readings = readings;
    this.#housekeeping = housekeeping;
    this.#documents = parts.documents;
    this.keeping = { ...parts.keeping, set: (keeping) => this.#safely(() => parts.keeping.set(keeping)) };
    this.#audit = new AuditLog(db);
    this.#later = new Later(parts.log, (work) => this.#safely(() => db.transaction(work).immediate()));
    const prices = pricesOf(db);
    this.prices = {
      ...prices,
      put: (facts, points, at) => this.#safely(() => prices.put(facts, points, at)),
      remove: (id) => this.#safely(() => prices.remove(id)),
    };
    const repairs = toldRepairs(db, readings.changes);
    this.repairs = {
      ...repairs,
      put: (repair) => this.#safely(() => repairs.put(repair)),
      remove: (id) => this.#safely(() => repairs.remove(id)),
    };
    this.#parts = parts;
    ({ rescued: this.rescue, imports: this.imports, accounts: this.accounts, traces: this.traces } = parts);
  }

  appendReadings: Store["appendReadings"] = (readings) => this.#readings.append(readings);

  flush: Store["flush"] = () => {
    this.#written().#readings.flush();
    this.#parts.traces.flush();
  };

  history: Store["history"] = async (query) => {
    const misfit = misfitOfQuery(query);
    if (misfit) throw new RangeError(misfit);
    return this.#noting(
      this.#parts.history.ask({ query, now: this.#parts.now(), tail: this.#readings.tail(query.key) }),
    );
  };

  energy: Store["energy"] = async (meters, from, to, slotMs) => {
    const question = { meters, from, to, slotMs };
    const misfit = misfitOfEnergy(question);
    if (misfit) throw new RangeError(misfit);
    const whole = { ...question, now: this.#parts.now(), tails: this.#tails(meters) };
    return this.#noting(this.#parts.history.energy(whole));
  };

  energyIn: Store["energyIn"] = async (meters, stretches, slotMs) => {
    const misfit = stretches
      .map(({ from, to }) => misfitOfEnergy({ meters, from, to, slotMs }))
      .find((found) => found !== undefined);
    if (misfit) throw new RangeError(misfit);
    const { changes } = this.#readings;
    const turn = changes.begin(meters.flatMap(seriesOf));
    const question = { meters, stretches, slotMs, now: this.#parts.now(), tails: this.#tails(meters) };
    const pieces = await this.#noting(this.#parts.history.pieces(question));
    return pieces.map(({ meters: slots, reach, settledAt }) => ({
      meters: slots,
      stands: () => question.now >= settledAt && this.#parts.now() >= settledAt && changes.standStill(turn, reach),
    }));
  };

  past: Store["past"] = async (query) => {
    const misfit = misfitOfPast(query);
    if (misfit) throw new RangeError(misfit);
    // What waits in memory belongs to it.
    this.#readings.flush();
    return this.#noting(this.#parts.history.past(query));
  };

  /** What is not written yet. */
  #tails(meters: readonly MeterRef[]): Map<string, Points> {
    const tails = new Map<string, Points>();
    for (const key of meters.flatMap(seriesOf)) {
      const tail = this.#readings.tail(key);
      if (tail) tails.set(key, tail);
    }
    return tails;
  }

  exportHistory: Store["exportHistory"] = (request) => this.#parts.exports.start(request);

  extents: Store["extents"] = async () =>
    Array.from(this.#readings.series.all(), ({ key, first, last }) => ({ key, from: first, to: last }));

  *lastValues(): ReturnType<Store["lastValues"]> & Generator {
    for (const { key, value, last, source } of this.#readings.series.all()) yield { key, value, at: last, source };
  }

  put: Store["put"] = (kind, id, document) => this.#written().#safely(() => this.#documents.put(kind, id, document));

  get: Store["get"] = (kind, id) => this.#written().#documents.get(kind, id);

  list: Store["list"] = (kind) => this.#written().#documents.list(kind);

  remove: Store["remove"] = (kind, id) => this.#written().#safely(() => this.#documents.remove(kind, id));

  later: Store["later"] = (name, write, soon = false) => this.#later.add(name, write, soon);

  appendAudit: Store["appendAudit"] = (entry) => this.#written().#safely(() => this.#audit.append(entry));

  audit: Store["audit"] = (query) => this.#written().#audit.read(query);

  facts: Store["facts"] = () => {
    let oldest: number | undefined;
    for (const { first } of this.#readings.series.all()) if (oldest === undefined || first < oldest) oldest = first;
    return { bytes: bytesOf(this.#db.name), readings: this.#readings.stored, oldest };
  };

  close: Store["close"] = async () => {
    if (this.#closed) return;
    this.#closed = true;
    this.#housekeeping.stop();
    this.#written().#readings.flush();
    this.#parts.traces.close();
    await this.#parts.exporting.close();
    await this.#parts.importing.close();
    await this.#parts.history.close();
    this.#db.close();
    this.#parts.release();
  };

  trouble: Store["trouble"] = () => this.#readings.trouble.is;

  /** What waits comes first: a question must see it, and a newer write must not be undone by it. */
  #written(): this {
    this.#later.flush();
    return this;
  }

  /** What can't be read is told; the asker hears of it as it came. */
  async #noting<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (codeOf(error).startsWith("SQLITE_")) this.#readings.trouble.failed(error);
      throw error;
    }
  }

  /** A refusal by the disk becomes words with a fix. */
  #safely<T>(work: () => T): T {
    try {
      const done = work();
      this.#readings.trouble.worked();
      return done;
    } catch (error) {
      this.#readings.trouble.failed(error);
      // A refused setting is no fault of the disk.
      throw error instanceof RangeError ? error : explain(error, this.#db.name);
    }
  }
}
