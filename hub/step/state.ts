import type { AuditEntry } from "../model/audit.ts";
import type { Value } from "../model/capability.ts";
import type { Command, Origin, Outcome } from "../model/command.ts";
import type { Finding, FindingState } from "../model/finding.ts";
import type { PowerGuard } from "../model/guard.ts";
import { emptyHome, type Held, type Home, type HomeSettings } from "../model/home.ts";
import { type HouseState, type Notice, newHouse, type Scene } from "../model/house.ts";
import type { Evidence, Merge, Proposal } from "../model/identity.ts";
import type { NodeDescription, NodeSettings } from "../model/node.ts";
import type { NodeId } from "../model/path.ts";
import type { Rule } from "../model/plan.ts";
import type { Reading } from "../model/reading.ts";
import type { Repair } from "../model/repair.ts";
import type { HomeRule } from "../model/rule/rule.ts";
import type { PricedTariff } from "../model/tariff.ts";
import type { Trace } from "../model/trace.ts";
import type { AdapterInput, HubEvent, SendResult } from "../ports.ts";
import type { Truth } from "../rules/evaluate.ts";
import type { Run } from "../rules/run/run.ts";
import type { Answered } from "./automation/ask.ts";
import { type AutomationState, emptyAutomation } from "./automation/state.ts";
import { type Budgets, emptyBudgets } from "./budget.ts";
import { type ClockState, newClock } from "./clock.ts";
import { type CounterState, emptyCounters } from "./counter-state.ts";
import { emptyGuards, type GuardState } from "./guard/state.ts";
import type { HouseInput } from "./house.ts";
import { emptyIdentity, type IdentityState } from "./identity/state.ts";
import { emptyNotices, type NoticeState } from "./notices.ts";

/** Everything that can happen to the core. Times are epoch ms. */
export type Input =
  | AdapterInput
  | HouseInput
  | {
      readonly kind: "asked";
      readonly id: string;
      readonly command: Command;
      readonly origin: Origin;
      readonly at: number;
    }
  | { readonly kind: "answered"; readonly id: string; readonly result: SendResult; readonly at: number }
  | { readonly kind: "configured"; readonly node: NodeId; readonly settings: NodeSettings; readonly at: number }
  /** Two nodes are one device: by a person's word or by evidence. `keep` stays. */
  | {
      readonly kind: "merged";
      readonly keep: NodeId;
      readonly other: NodeId;
      readonly evidence: readonly Evidence[];
      readonly by: string;
      readonly at: number;
    }
  /** A road of a merged node is a device of its own again. `device` as its adapter knows it. */
  | { readonly kind: "split"; readonly node: NodeId; readonly device: NodeId; readonly by: string; readonly at: number }
  | { readonly kind: "proposalRejected"; readonly key: string; readonly by: string; readonly at: number }
  /** A person says that the device `by` now does what the node did. */
  | { readonly kind: "replaced"; readonly node: NodeId; readonly by: NodeId; readonly who: string; readonly at: number }
  | {
      readonly kind: "findingSet";
      readonly key: string;
      readonly state: FindingState;
      readonly by: string;
      readonly at: number;
    }
  | {
      readonly kind: "findingTried";
      readonly key: string;
      readonly by: string;
      readonly outcome: Outcome;
      readonly at: number;
    }
  | { readonly kind: "homeSet"; readonly settings: HomeSettings }
  | { readonly kind: "tariffSet"; readonly tariff: PricedTariff }
  | { readonly kind: "rulesSet"; readonly rules: readonly Rule[] }
  /** What running policies ask for in the next hours, and what watches over the power meanwhile. */
  | { readonly kind: "policyRulesSet"; readonly rules: readonly Rule[]; readonly guards?: readonly PowerGuard[] }
  /** The rules of people as they are kept. */
  | { readonly kind: "homeRulesSet"; readonly rules: readonly HomeRule[] }
  /** A person starts a rule by hand. */
  | { readonly kind: "ruleStarted"; readonly rule: string; readonly by: string; readonly at: number }
  /** A person lets rules and plans have a device again. */
  | { readonly kind: "holdsEnded"; readonly node: NodeId; readonly by: string; readonly at: number }
  /** Somebody answered what a rule asked. */
  | ({ readonly kind: "questionAnswered" } & Answered)
  | { readonly kind: "runCancelled"; readonly run: string; readonly by: string; readonly at: number }
  /** A person undid, adjusted or redid it. */
  | { readonly kind: "repairSet"; readonly repair: Repair }
  /** `steadyMs`: a count of the home's time that no setting of its clock moves. */
  | { readonly kind: "tick"; readonly at: number; readonly steadyMs?: number };

/** Everything the core can ask of the shells. */
export type Effect =
  | { readonly kind: "send"; readonly id: string; readonly command: Command; readonly node: NodeDescription }
  | { readonly kind: "settle"; readonly id: string; readonly outcome: Outcome }
  | { readonly kind: "record"; readonly readings: readonly Reading[] }
  | { readonly kind: "tell"; readonly event: HubEvent }
  | { readonly kind: "audit"; readonly entry: Omit<AuditEntry, "id"> }
  | { readonly kind: "keepNode"; readonly node: NodeDescription }
  | { readonly kind: "forgetNode"; readonly node: NodeId }
  /** A device that is away is remembered, so that it can come back as what it was; or need not be any longer. */
  | { readonly kind: "keepAway"; readonly node: NodeId }
  | { readonly kind: "forgetAway"; readonly node: NodeId }
  | { readonly kind: "keepFinding"; readonly key: string; readonly finding: Finding }
  | { readonly kind: "dropFinding"; readonly key: string }
  | { readonly kind: "keepSettings"; readonly node: NodeId; readonly settings: NodeSettings }
  /** A merged device, by that of its leading road. */
  | { readonly kind: "keepMerge"; readonly device: NodeId; readonly merge: Merge }
  | { readonly kind: "dropMerge"; readonly device: NodeId }
  | { readonly kind: "keepProposal"; readonly key: string; readonly proposal: Proposal }
  | { readonly kind: "dropProposal"; readonly key: string }
  | { readonly kind: "keepRepair"; readonly repair: Repair }
  | { readonly kind: "dropRepair"; readonly id: string }
  /** What a rule did or did not do, for the asking. */
  | { readonly kind: "trace"; readonly trace: Trace }
  /** A run that waits: it goes on after a restart. */
  | { readonly kind: "keepRun"; readonly run: Run }
  | { readonly kind: "dropRun"; readonly id: string }
  /** A rule that another one switched on or off. */
  | { readonly kind: "keepHomeRule"; readonly rule: HomeRule }
  /** The last moment that a rule took of a trigger that is caught up with. */
  | { readonly kind: "keepMoment"; readonly key: string; readonly at: number }
  /** A person's hand on a target, so that it holds over a restart. */
  | { readonly kind: "keepHold"; readonly target: string; readonly hold: Hold }
  | { readonly kind: "dropHold"; readonly target: string }
  /** At once, as a whole. */
  | { readonly kind: "keepHouse"; readonly house: HouseState }
  | { readonly kind: "keepNotice"; readonly notice: Notice }
  | { readonly kind: "dropNotice"; readonly id: string }
  /** On the ways out that people chose. */
  | { readonly kind: "notify"; readonly notice: Notice };

/** Devices that stand in for others: the device's own id, and the node that it is in this home. */
export type Places = readonly { readonly device: NodeId; readonly node: NodeId }[];

/** What is kept of a device that is away: what a person set, and what it last said. */
export interface Away {
  readonly settings: NodeSettings;
  readonly values: ReadonlyMap<string, Held>;
  readonly heardAt: number;
}

/** A command on its way: what was wanted, apart from what is reported. */
export interface Pending {
  readonly id: string;
  readonly command: Command;
  /** What it is about: of two commands with the same target the newer counts. */
  readonly target: string;
  readonly origin: Origin;
  /** By text path: what a reading must show. */
  readonly wants: ReadonlyMap<string, Value>;
  /** By text path: readings that show a slow movement has begun. */
  readonly begins: ReadonlyMap<string, Value>;
  readonly askedAt: number;
  readonly deadline: number;
  taken: boolean;
  readonly seen: Set<string>;
  /** Devices, as adapters know them, along whose roads it went. */
  readonly tried: Set<NodeId>;
}

/** A person's hand on a device, which rules and plans leave alone for a time. */
export interface Hold {
  readonly by: string;
  readonly until: number;
}

/** The last try of a rule at a target, so that a device that does not obey is not flooded. */
export interface Try {
  readonly wants: string;
  readonly at: number;
  readonly failures: number;
}

export interface Limits {
  /** How long a command may take to be confirmed. */
  readonly confirmMs: number;
  /** How long a person's hand on a device holds against rules and plans. */
  readonly holdMs: number;
  readonly maxNodes: number;
  readonly maxFindings: number;
  readonly maxPending: number;
}

export const defaultLimits: Limits = {
  confirmMs: 10_000,
  holdMs: 60 * 60_000,
  maxNodes: 2000,
  maxFindings: 1000,
  maxPending: 1024,
};

export interface CoreState {
  readonly home: Home;
  readonly limits: Limits;
  tariff: PricedTariff;
  rules: readonly Rule[];
  /** Of running policies; kept nowhere, planned anew after a start. */
  policyRules: readonly Rule[];
  /** What policies have used up of what they may do today. */
  readonly budgets: Budgets;
  /** What keeps the power of running policies below what is allowed. */
  readonly guard: GuardState;
  readonly verdicts: Map<string, Truth & { readonly lost?: string }>;
  readonly firedAt: Map<string, number>;
  readonly memory: Map<string, number>;
  /** Devices that are away: one that comes back is what it was. At most as many as devices. */
  readonly away: Map<NodeId, Away>;
  /** Which node a device is in this home, where that is not the one of its own id; and the other way round. One to one. */
  readonly places: { readonly nodeOf: Map<NodeId, NodeId>; readonly deviceOf: Map<NodeId, NodeId> };
  /** Devices with several roads, and what speaks for others being one. */
  readonly identity: IdentityState;
  /** What the judge of each counter remembers, and what was repaired. */
  readonly counters: CounterState;
  readonly pending: Map<string, Pending>;
  readonly holds: Map<string, Hold>;
  readonly clock: ClockState;
  readonly tries: Map<string, Try>;
  readonly findings: Map<string, Finding>;
  /** What rules of people remember. */
  readonly automation: AutomationState;
  house: HouseState;
  scenes: readonly Scene[];
  /** Counts activations of scenes. */
  sceneRuns: number;
  /** When a person's device first said that they are away, by the person's id; only while it has not said so for long enough. */
  readonly leaving: Map<string, number>;
  readonly notices: NoticeState;
  /** When findings that could be over were last looked for. */
  readonly faded: { lookedAt: number };
  /** Devices told as silent or asleep, and when that was last looked for. */
  readonly silence: {
    lookedAt: number;
    readonly nodes: Set<NodeId>;
    readonly asleep: Set<NodeId>;
    readonly forgotten: Set<NodeId>;
  };
}

export const emptyState = (settings: HomeSettings, tariff: PricedTariff, limits = defaultLimits): CoreState => ({
  home: emptyHome(settings),
  limits,
  tariff,
  rules: [],
  policyRules: [],
  budgets: emptyBudgets(),
  guard: emptyGuards(),
  verdicts: new Map(),
  firedAt: new Map(),
  memory: new Map(),
  away: new Map(),
  places: { nodeOf: new Map(), deviceOf: new Map() },
  identity: emptyIdentity(),
  counters: emptyCounters(),
  pending: new Map(),
  holds: new Map(),
  clock: newClock(),
  tries: new Map(),
  findings: new Map(),
  automation: emptyAutomation(),
  house: newHouse,
  scenes: [],
  sceneRuns: 0,
  leaving: new Map(),
  notices: emptyNotices(),
  faded: { lookedAt: 0 },
  silence: { lookedAt: 0, nodes: new Set(), asleep: new Set(), forgotten: new Set() },
});
