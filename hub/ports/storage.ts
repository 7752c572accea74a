/** What the hub keeps. Implemented by shells; nothing here does anything. */
import type { AuditEntry } from "../model/audit.ts";
import type { CalendarUnit } from "../model/calendar.ts";
import type { Value } from "../model/capability.ts";
import type { EnergySlots, MeterRef } from "../model/energy.ts";
import type { Keeping } from "../model/keeping.ts";
import type { Reading } from "../model/reading.ts";
import type { Repair } from "../model/repair.ts";
import type { ExportRequest, ImportStore } from "./imports.ts";
import type { Past, PastQuery } from "./past.ts";
import type { PriceStore } from "./prices.ts";
import type { TraceStore } from "./traces.ts";

/** Days, weeks (from Monday), months or years as the calendar of a place has them: a day may last 23 or 25 hours. */
export interface CalendarBuckets {
  readonly unit: CalendarUnit;
  /** IANA name. */
  readonly timeZone: string;
}

/** Buckets of one length (ms; at least 60,000) or of the calendar. */
export type HistoryQuery = {
  /** Text path. */
  readonly key: string;
  /** Epoch ms, from inclusive, to exclusive. The first bucket is whole: it may begin before `from`. */
  readonly from: number;
  readonly to: number;
} & (
  | { readonly bucketMs: number; readonly calendar?: undefined }
  | { readonly calendar: CalendarBuckets; readonly bucketMs?: undefined }
);

/** Buckets without a reading are absent: a gap is a gap. Booleans count as 0 and 1. */
export interface HistoryBucket {
  /** Start, epoch ms. */
  readonly at: number;
  readonly min: number;
  /** Time-weighted. */
  readonly mean: number;
  readonly max: number;
  readonly last: number;
  readonly count: number;
  /** Share of the bucket in which a value was known (none is held for more than 15 minutes), 0..1; of the present bucket, of its past part. */
  readonly coverage: number;
}

export interface Account {
  readonly id: string;
  readonly name: string;
  readonly passwordHash: string;
  readonly createdAt: number;
}

export interface Session {
  readonly tokenHash: string;
  readonly account: string;
  readonly createdAt: number;
  readonly expiresAt: number;
}

/** A stretch of time: epoch ms, to exclusive. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Energy of a stretch of time, one for each meter that was asked about. */
export interface EnergyPiece {
  readonly meters: readonly EnergySlots[];
  /** Whether the same question would be answered the same now: nothing that the answer rests on has changed. False is always allowed. */
  stands(): boolean;
}

/** Kinds of stored documents; each is JSON under an id. */
export type DocumentKind =
  | "node"
  | "nodeSettings"
  | "homeSettings"
  /** The simple tariff (`tariff`) and the book of contracts (`book`), which counts where it is there. */
  | "tariff"
  /** How long history is kept. */
  | "keeping"
  /** Which price service is asked, and its key. */
  | "priceService"
  | "wish"
  | "plan"
  | "policy"
  /** What the last search for savings found (`found`), and what people do not care for (`dismissed`). */
  | "find"
  /** Whether deciding over its battery has been worth it, of each policy. */
  | "storing"
  /** What policies asked or would have asked, one document a policy and day. */
  | "watched"
  /** What people have shown to want when they refused or changed a policy. */
  | "preference"
  /** Rules of plans. */
  | "rule"
  /** Rules of people. */
  | "homeRule"
  /** Ready-made rules that people brought in. */
  | "blueprint"
  /** The last moments taken of triggers that are caught up with. */
  | "ruleMoment"
  /** Hands of people that hold against rules and plans. */
  | "hold"
  | "finding"
  /** Ids of devices that are away and may come back. */
  | "away"
  /** Which device stands in for which, after replacements. */
  | "places"
  /** Devices with several roads, and what speaks for others being one. */
  | "merge"
  | "identityProposal"
  | "model"
  /** MQTT brokers beside the hub's own. */
  | "broker"
  /** What the hub says of its devices on MQTT. */
  | "announce"
  /** Devices that a person described. */
  | "mapping"
  /** The house's mode, people and special days, as one (`house`). */
  | "house"
  | "scene"
  /** Switches that the hub itself keeps. */
  | "houseSwitch"
  /** Numbers that the hub itself keeps. */
  | "houseNumber"
  /** Runs of rules that wait. */
  | "run"
  | "notice"
  /** Notices that wait for a way out, one document a way. */
  | "outbox"
  /** Ways out for notices, with their secrets. */
  | "notifyChannel"
  | "matter";

/** What the hub's disk or card has to bear. Bytes; undefined is unknown: the kernel does not tell, or it is too early to say. */
export interface CardLoad {
  /** How long was measured, ms, up to a day; what follows is of that time. */
  readonly measuredMs: number;
  /** By the hub and what it started. */
  readonly hubBytes: number | undefined;
  /** On the whole disk, by all programs and the file system itself. */
  readonly diskBytes: number | undefined;
  /** The same as an ordinary day has it. */
  readonly hubBytesADay: number | undefined;
  readonly diskBytesADay: number | undefined;
  /** Readings wait this long to be written together: so much of them a power cut can take. */
  readonly batchMs: number;
  /** Of each attribute's numbers one in this time is kept; 0: all are. */
  readonly thinMs: number;
  /** How long the card lasts at this load. */
  readonly yearsLeft: number | undefined;
  /** A card rewrites more than it is given: each byte counts so many times. */
  readonly wearFactor: number;
}

/** What is wrong with the disk beneath the store. What was acknowledged before is safe, unless it is damaged. */
export interface StorageTrouble {
  /** Stable kebab-case word: not-writable, disk-full, damaged, in-use, failed. */
  readonly code: string;
  readonly message: string;
  /** What a person can do. */
  readonly fix: string;
  /** Epoch ms. */
  readonly since: number;
  /** Readings that wait in memory for the disk; at most 200,000. */
  readonly waiting: number;
  /** Readings that found no room there. */
  readonly lost: number;
}

/** What a damaged database was healed into at the start. */
export interface Rescue {
  /** Where the damaged file was put aside. */
  readonly aside: string;
  /** In words: table by table how much was copied, and what could not be read. */
  readonly kept: readonly string[];
  readonly lost: readonly string[];
}

export interface Store {
  /** What is wrong now; undefined: nothing that is known of. It goes by itself once the disk takes writes again. */
  trouble(): StorageTrouble | undefined;
  /** Set where the database was found damaged at the start and healed. */
  readonly rescue: Rescue | undefined;
  /** What is kept how long, and what that writes. */
  readonly keeping: {
    get(): Keeping;
    /** Takes effect at once. Throws RangeError naming the field. */
    set(keeping: Keeping): void;
    load(): CardLoad;
  };
  /** Buffered; written in batches of at most 30 s, append-only. At most 30 s of readings are lost by a power cut. */
  appendReadings(readings: readonly Reading[]): void;
  flush(): void;
  /** Runs in a worker. Rejects for an unknown bucket or range with a message that names the field. */
  history(query: HistoryQuery): Promise<readonly HistoryBucket[]>;
  /**
   * The energy of meters in slots (ms: a multiple of five minutes that divides a day; `from` a multiple of it, epoch ms): the only
   * way from readings to kWh. Clean counters, else power; repairs are in it. Runs in a worker. Rejects with a RangeError that
   * names the field. At most 250 meters and 120,000 slots.
   */
  energy(meters: readonly MeterRef[], from: number, to: number, slotMs: number): Promise<readonly EnergySlots[]>;
  /** The same of several stretches of time, each as if it were asked for alone; for those who keep what they were told. */
  energyIn(meters: readonly MeterRef[], stretches: readonly Stretch[], slotMs: number): Promise<readonly EnergyPiece[]>;
  /**
   * What some attributes told over a time, as far as it is kept; writes what waits in memory first. Runs in a worker. Rejects with a
   * RangeError that names the field. At most 400 attributes, 400 days and eight million readings.
   */
  past(query: PastQuery): Promise<Past>;
  /**
   * The history as a file's bytes, as fast as they are read and a piece at a time in memory; ends the work when its reader
   * leaves. Undefined while two are under way; reading it rejects where the disk is too full.
   */
  exportHistory(request: ExportRequest): AsyncGenerator<Uint8Array> | undefined;
  /** What is brought in from elsewhere. */
  readonly imports: ImportStore;
  /** First and last reading of each key. */
  extents(): Promise<readonly { readonly key: string; readonly from: number; readonly to: number }[]>;
  /** The last stored value of each attribute, for the start of the hub. */
  lastValues(): Iterable<{ readonly key: string; readonly value: Value; readonly at: number; readonly source: string }>;
  /** Written at once, synchronous=FULL: what was acknowledged outlives a power cut. */
  put(kind: DocumentKind, id: string, document: unknown): void;
  get<T>(kind: DocumentKind, id: string): T | undefined;
  list<T>(kind: DocumentKind): readonly T[];
  remove(kind: DocumentKind, id: string): void;
  /**
   * A write that nobody was told of: within a second with others, and before the next question or write of this store; `soon`: as soon
   * as the loop is free. A newer one under the same name replaces the older; what throws is told to the log. At most 5,000 wait.
   */
  later(name: string, write: () => void, soon?: boolean): void;
  appendAudit(entry: Omit<AuditEntry, "id">): AuditEntry;
  audit(query: { readonly before?: number; readonly limit: number; readonly subject?: string }): readonly AuditEntry[];
  accounts: {
    count(): number;
    create(account: Account): void;
    byName(name: string): Account | undefined;
    byId(id: string): Account | undefined;
    setPassword(id: string, passwordHash: string): void;
    addSession(session: Session): void;
    session(tokenHash: string): Session | undefined;
    endSession(tokenHash: string): void;
    endSessionsOf(account: string): void;
  };
  /** Repairs of meters' numbers, the oldest first; written at once. At most 200 of a series and 20,000 in all: the oldest go. */
  readonly repairs: {
    list(): readonly Repair[];
    get(id: string): Repair | undefined;
    put(repair: Repair): void;
    remove(id: string): void;
  };
  /** Prices and intensities over time. */
  readonly prices: PriceStore;
  /** What rules did and why. At most 20 MB and 50,000: the oldest go. */
  readonly traces: TraceStore;
  /** Bytes on disk, rows, oldest reading. */
  facts(): { readonly bytes: number; readonly readings: number; readonly oldest: number | undefined };
  close(): Promise<void>;
}
