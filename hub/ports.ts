/** What the core needs from outside. Shells and adapters implement these; nothing here does anything. */
import type { AuditEntry } from "./model/audit.ts";
import type { Value } from "./model/capability.ts";
import type { Command, Origin, Outcome } from "./model/command.ts";
import type { Finding, Problem } from "./model/finding.ts";
import type { Home, HomeSettings } from "./model/home.ts";
import type { NodeDescription, NodeSettings } from "./model/node.ts";
import type { NodeId } from "./model/path.ts";
import type { Plan, Rule, Wish } from "./model/plan.ts";
import type { Known, Reading } from "./model/reading.ts";
import type { Tariff } from "./model/tariff.ts";

export interface Clock {
  /** Epoch ms. */
  now(): number;
}

/** Structured log of a shell. Never given secrets. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

// ---- devices ----

/** What an adapter tells the core. `at` is epoch ms. */
export type AdapterInput =
  | { readonly kind: "nodeFound"; readonly node: NodeDescription; readonly at: number }
  /** Removed by its maker or bridge; its history stays. */
  | { readonly kind: "nodeGone"; readonly node: NodeId; readonly at: number }
  | { readonly kind: "reachable"; readonly node: NodeId; readonly reachable: boolean; readonly at: number }
  | { readonly kind: "readings"; readonly readings: readonly Reading[] }
  | { readonly kind: "problem"; readonly problem: Problem; readonly at: number };

export type Sink = (input: AdapterInput) => void;

/** The device or its broker took the command, or refused it. Taken is not done: only a reading confirms. */
export type SendResult = { readonly ok: true } | { readonly ok: false; readonly reason: string };

export interface Adapter {
  readonly name: "mqtt" | "matter";
  start(sink: Sink): Promise<void>;
  /** Resolves within 10 s. Never throws for a device's fault. */
  send(command: Command, node: NodeDescription): Promise<SendResult>;
  stop(): Promise<void>;
}

/** Commissioning of Matter nodes: a job with steps. */
export interface PairingJob {
  readonly id: string;
  readonly state: "running" | "done" | "failed";
  /** Step by step, in words. */
  readonly step: string;
  /** For `failed`: why and what to try. */
  readonly problem?: string;
  readonly node?: NodeId;
}

export interface Pairing {
  /** Starts at once; the code (manual or QR) is never logged. */
  start(code: string): PairingJob;
  jobs(): readonly PairingJob[];
  /** Leaves the fabric on the device where it can be reached, and forgets it. */
  remove(node: NodeId): Promise<void>;
}

// ---- storage ----

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
  | "model"
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

// ---- the language model ----

export interface Question {
  readonly system: string;
  readonly user: string;
  /** The answer's text is held to this by the grammar; it stays hostile input all the same. */
  readonly jsonSchema: object;
  readonly maxTokens: number;
  readonly timeoutMs: number;
}

export type Answer =
  | { readonly ok: true; readonly text: string; readonly model: string; readonly tokens: number; readonly ms: number }
  | { readonly ok: false; readonly reason: string };

export interface LanguageModel {
  /** Never throws, never blocks the loop; loads when needed, unloads after idle. */
  ask(question: Question, signal?: AbortSignal): Promise<Answer>;
  /** The model that would answer now, or undefined for none. */
  ready(): string | undefined;
}

/** A model of the catalogue and what is here of it. */
export interface ModelStatus {
  readonly id: string;
  readonly name: string;
  readonly licence: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly state: "absent" | "fetching" | "present" | "inUse" | "loaded" | "failed";
  readonly fetchedBytes: number;
  /** Where it came from or is coming from; why it failed. */
  readonly note: string;
  readonly recommended: boolean;
}

export interface Models {
  list(): readonly ModelStatus[];
  /** Starts in the background; progress is in list(). Throws for an unknown id. */
  pull(id: string): void;
  cancel(id: string): void;
  /** Throws when the file is not present. */
  use(id: string): void;
}

// ---- what the http room may ask ----

export interface CommandResult {
  readonly id: string;
  readonly outcome: Outcome;
}

/** A long piece of work that people watch. */
export interface Job {
  readonly id: string;
  readonly title: string;
  /** 0..1 */
  readonly done: number;
  readonly detail: string;
  readonly state: "running" | "done" | "failed" | "cancelled";
  readonly cancellable: boolean;
}

export interface RuleStatus {
  readonly rule: Rule;
  /** The rule in words. */
  readonly words: string;
  readonly holds: boolean | "unknown";
  /** Why it holds or does not, with the values seen. */
  readonly reason: string;
  readonly lastFiredAt?: number;
}

export interface Candidate {
  readonly node: NodeId;
  readonly endpoint: number;
  readonly name: string;
  readonly room?: string;
}

export type SentenceAnswer =
  | { readonly kind: "done"; readonly text: string; readonly results: readonly CommandResult[] }
  | { readonly kind: "answer"; readonly text: string }
  | { readonly kind: "askBack"; readonly text: string; readonly candidates: readonly Candidate[] }
  | { readonly kind: "notUnderstood"; readonly text: string };

/** The house now; powers in W, positive imported by the endpoint. Undefined is unknown. */
export interface EnergyNow {
  readonly grid: number | undefined;
  readonly solar: number | undefined;
  readonly battery: number | undefined;
  readonly batteryPercent: number | undefined;
  readonly loads: readonly {
    readonly node: NodeId;
    readonly endpoint: number;
    readonly name: string;
    readonly watts: number;
  }[];
  /** What the meters of single devices do not explain; undefined without a house meter. */
  readonly unmetered: number | undefined;
  readonly price: number;
  readonly co2GPerKwh: number;
}

export type HubEvent =
  | { readonly type: "value"; readonly key: string; readonly known: Known }
  | { readonly type: "node"; readonly id: NodeId }
  | { readonly type: "outcome"; readonly id: string; readonly target: string; readonly outcome: Outcome }
  | { readonly type: "wish"; readonly id: string }
  | { readonly type: "plan"; readonly id: string }
  | { readonly type: "rules" }
  | { readonly type: "job"; readonly job: Job }
  | { readonly type: "models" }
  | { readonly type: "pairing"; readonly job: PairingJob }
  | { readonly type: "finding"; readonly key: string };

export interface Planning {
  /** Returns at once; the wish's progress comes by events. Throws RangeError for empty or overlong text. */
  state(text: string, by: string): Wish;
  cancel(wish: string): void;
  wishes(): readonly Wish[];
  plans(): readonly Plan[];
  /** Approves exactly the plan that has this hash. */
  approve(
    plan: string,
    hash: string,
    by: string,
  ): { readonly ok: true } | { readonly ok: false; readonly reason: string };
  reject(plan: string, reason: string, by: string): boolean;
  /** Ends a running plan and its rules. */
  end(plan: string, by: string): boolean;
  /** Measures a running plan's saving so far, now. */
  measure(plan: string): Promise<Plan>;
}

/** Everything the http room may do with the hub. Built in main.ts. */
export interface Hub {
  readonly home: Home;
  readonly store: Store;
  readonly clock: Clock;
  readonly planning: Planning;
  readonly models: Models;
  readonly pairing: Pairing;
  /** Resolves with the final outcome: refused, confirmed or unconfirmed (accepted only where nothing can confirm). */
  command(command: Command, origin: Origin): Promise<CommandResult>;
  /** Saves what a person set for a node; throws RangeError naming the field. */
  configureNode(node: NodeId, settings: NodeSettings, by: string): void;
  configureHome(settings: HomeSettings, by: string): void;
  tariff(): Tariff;
  setTariff(tariff: Tariff, by: string): void;
  rules(): readonly RuleStatus[];
  setRuleEnabled(rule: string, enabled: boolean, by: string): boolean;
  sentence(text: string, by: string): Promise<SentenceAnswer>;
  findings(): readonly Finding[];
  jobs(): readonly Job[];
  cancelJob(id: string): boolean;
  energyNow(): EnergyNow;
  /** Returns the way to unsubscribe. At most 64 listeners. */
  subscribe(listener: (event: HubEvent) => void): () => void;
  /** Health without a sign-in: no names, no values. */
  health(): {
    readonly version: string;
    readonly startedAt: number;
    readonly ready: boolean;
    readonly loopDelayMs: number;
  };
}
