/** What the hub keeps. Implemented by shells; nothing here does anything. */
import type { AuditEntry } from "../model/audit.ts";
import type { Value } from "../model/capability.ts";
import type { Reading } from "../model/reading.ts";

export interface HistoryQuery {
  /** Text path. */
  readonly key: string;
  /** Epoch ms, from inclusive, to exclusive. */
  readonly from: number;
  readonly to: number;
  /** Bucket length in ms; at least 60,000. */
  readonly bucketMs: number;
}

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

/** Kinds of stored documents; each is JSON under an id. */
export type DocumentKind =
  | "node"
  | "nodeSettings"
  | "homeSettings"
  | "tariff"
  | "wish"
  | "plan"
  | "rule"
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
  | "matter";

export interface Store {
  /** Buffered; written in batches of at most 30 s, append-only. At most 30 s of readings are lost by a power cut. */
  appendReadings(readings: readonly Reading[]): void;
  flush(): void;
  /** Runs in a worker. Rejects for an unknown bucket or range with a message that names the field. */
  history(query: HistoryQuery): Promise<readonly HistoryBucket[]>;
  /** First and last reading of each key. */
  extents(): Promise<readonly { readonly key: string; readonly from: number; readonly to: number }[]>;
  /** The last stored value of each attribute, for the start of the hub. */
  lastValues(): Iterable<{ readonly key: string; readonly value: Value; readonly at: number; readonly source: string }>;
  /** Written at once, synchronous=FULL: what was acknowledged outlives a power cut. */
  put(kind: DocumentKind, id: string, document: unknown): void;
  get<T>(kind: DocumentKind, id: string): T | undefined;
  list<T>(kind: DocumentKind): readonly T[];
  remove(kind: DocumentKind, id: string): void;
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
  /** Bytes on disk, rows, oldest reading. */
  facts(): { readonly bytes: number; readonly readings: number; readonly oldest: number | undefined };
  close(): Promise<void>;
}
