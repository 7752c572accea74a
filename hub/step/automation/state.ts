import type { Value } from "../../model/capability.ts";
import type { Problem } from "../../model/finding.ts";
import type { Held } from "../../model/home.ts";
import type { HouseState } from "../../model/house.ts";
import type { NodeId } from "../../model/path.ts";
import type { EventRule, HomeRule } from "../../model/rule/rule.ts";
import type { Target } from "../../model/rule/target.ts";
import type { Trigger } from "../../model/rule/trigger.ts";
import type { Trace } from "../../model/trace.ts";
import type { Want } from "../../rules/arbitrate.ts";
import type { Spot, Started } from "../../rules/picture.ts";
import type { Op } from "../../rules/run/program.ts";
import type { Run } from "../../rules/run/run.ts";
import type { Count } from "./limits.ts";

export type KeptEventRule = HomeRule & EventRule;

/** A trigger that looks at one attribute of one device. */
export interface Watch {
  readonly rule: KeptEventRule;
  readonly trigger: Extract<Trigger, { kind: "becomes" | "crosses" | "event" }>;
  readonly key: string;
  readonly node: NodeId;
  /** Names the trigger and the attribute: what has lasted is kept by it. */
  readonly name: string;
}

/** A value that was taken in and that some trigger watches. */
export interface Happening {
  readonly key: string;
  readonly before: Held | undefined;
  readonly value: Value;
  readonly at: number;
  /** It may be old: it starts nothing. */
  readonly old: boolean;
}

/** Something that has to stay so for a while before it starts its rule. */
export interface Lasting {
  readonly since: number;
  readonly forMs: number;
  readonly rule: string;
  readonly cause: string;
  readonly started: Started;
  readonly watch?: Watch;
}

/** What the rules of people remember. Everything in it is bounded by the numbers of rules and devices, or by a limit below. */
export interface AutomationState {
  rules: readonly HomeRule[];
  /** Devices, rooms or rules changed: what follows from them is worked out anew before it is next used. */
  stale: boolean;
  /** Rules of the form "when", by id. */
  readonly events: Map<string, KeptEventRule>;
  readonly watches: Map<string, Watch[]>;
  /** Rules with triggers that are looked at with each tick. */
  ticking: readonly KeptEventRule[];
  selected: WeakMap<Target, Map<string, readonly Spot[]>>;
  readonly programs: Map<string, readonly Op[]>;
  happened: Happening[];
  readonly lasting: Map<string, Lasting>;
  /** What conditions of triggers last came to, by rule and trigger. */
  readonly truths: Map<string, boolean>;
  /** When timed triggers come next, by rule and trigger; undefined for never. */
  readonly next: Map<string, number | undefined>;
  /** The last moment taken of each trigger that is caught up with, by rule and trigger: kept over a restart, so that none is taken twice. */
  readonly taken: Map<string, number>;
  /** Keys of `taken` that wait to be kept. */
  toKeep: string[];
  /** Up to here timed triggers were looked at, epoch ms; 0 before the first tick. */
  cursor: number;
  /** Epoch ms of the first tick; 0 before it. */
  firstTick: number;
  started: boolean;
  /** As it was when last looked at. */
  house: HouseState | undefined;
  readonly runs: Map<string, Run>;
  /** Ids of runs that can go on before the next tick. */
  readonly due: Set<string>;
  /** Runs so far since the start: makes ids. */
  count: number;
  /** When each rule was last started, epoch ms. */
  readonly startedAt: Map<string, number>;
  /** How often rules were started and asked for something lately. */
  readonly counts: { readonly starts: Map<string, Count>; readonly asks: Map<string, Count> };
  /** Until when a rule that ran away is held, epoch ms. */
  readonly heldUp: Map<string, number>;
  /** When each near miss was last told. */
  readonly missed: Map<string, number>;
  /** What rules of the form "while" keep so now, by target. */
  wants: ReadonlyMap<string, Want>;
  /** What was last told of each rule of the form "while". */
  readonly shown: Map<string, string>;
  /** Traces that wait to be carried out. */
  traces: Trace[];
  /** Problems that wait to be told. */
  alarms: Problem[];
}

export const MAX_HAPPENED = 5000;
/** Runs under way at once. As many again may be over but for what their devices have to say. */
export const MAX_RUNS = 256;
export const MAX_MISSED = 2000;

export const emptyAutomation = (): AutomationState => ({
  rules: [],
  stale: true,
  events: new Map(),
  watches: new Map(),
  ticking: [],
  selected: new WeakMap(),
  programs: new Map(),
  happened: [],
  lasting: new Map(),
  truths: new Map(),
  next: new Map(),
  taken: new Map(),
  toKeep: [],
  cursor: 0,
  firstTick: 0,
  started: false,
  house: undefined,
  runs: new Map(),
  due: new Set(),
  count: 0,
  startedAt: new Map(),
  counts: { starts: new Map(), asks: new Map() },
  heldUp: new Map(),
  missed: new Map(),
  wants: new Map(),
  shown: new Map(),
  traces: [],
  alarms: [],
});

/** Names one trigger of one rule. */
export const triggerKey = (rule: string, index: number): string => `${rule}#${index}`;

/** Rules that something may start now. */
export const isLive = (rule: HomeRule, at: number): boolean =>
  rule.enabled && (rule.until === undefined || at < rule.until);
