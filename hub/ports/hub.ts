/** What the http room may ask of the hub. Implemented by shells; nothing here does anything. */
import type { Command, Origin, Outcome } from "../model/command.ts";
import type { Finding, FindingState } from "../model/finding.ts";
import type { Home, HomeSettings } from "../model/home.ts";
import type { LanguageCode } from "../model/language.ts";
import type { LearnedHome, LearnedLoads } from "../model/learned.ts";
import type { NodeSettings } from "../model/node.ts";
import type { NodeId } from "../model/path.ts";
import type { Goal, Plan, Rule, Wish } from "../model/plan.ts";
import type { Known } from "../model/reading.ts";
import type { Tariff } from "../model/tariff.ts";
import type { Announcements } from "./announcing.ts";
import type { Clock } from "./basics.ts";
import type { Blueprints } from "./blueprints.ts";
import type { Books } from "./books.ts";
import type { Bridges } from "./bridges.ts";
import type { Brokers } from "./brokers.ts";
import type { Pairing, PairingJob } from "./devices.ts";
import type { Doctor } from "./doctor.ts";
import type { FindsDesk } from "./finds.ts";
import type { HouseDesk, HouseNumbers, HouseSwitches, KeptView, Notices, Scenes } from "./house.ts";
import type { Identity } from "./identity.ts";
import type { Imports } from "./imports.ts";
import type { Models } from "./language-model.ts";
import type { Mappings } from "./mappings.ts";
import type { MatterHome } from "./matter.ts";
import type { Policies } from "./policies.ts";
import type { Money } from "./prices.ts";
import type { Repairs } from "./repairs.ts";
import type { Trials } from "./rule-trials.ts";
import type { Rules } from "./rules.ts";
import type { RuleExchange } from "./rules-exchange.ts";
import type { Store } from "./storage.ts";
import type { Traces } from "./traces.ts";

export interface CommandResult {
  readonly id: string;
  readonly outcome: Outcome;
}

export type Fixed =
  | { readonly ok: true; readonly finding: Finding; readonly outcome: Outcome }
  | { readonly ok: false; readonly why: "absent" | "noRemedy" | "changed" };

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

/** Which of an ask-back's candidates a person means. */
export type Choice = Pick<Candidate, "node" | "endpoint">;

/** `language`: in which it is said where that is another one than English. */
export type SentenceAnswer =
  | { readonly kind: "done"; readonly text: string; readonly results: readonly CommandResult[] }
  | { readonly kind: "answer"; readonly text: string; readonly language?: LanguageCode }
  | {
      readonly kind: "askBack";
      readonly text: string;
      readonly candidates: readonly Candidate[];
      readonly language?: LanguageCode;
    }
  | { readonly kind: "notUnderstood"; readonly text: string; readonly language?: LanguageCode };

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
    /** By what a person said of the device; no meter tells it. */
    readonly estimated?: true;
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
  | { readonly type: "policy"; readonly id: string }
  | { readonly type: "rules" }
  | { readonly type: "job"; readonly job: Job }
  | { readonly type: "models" }
  | { readonly type: "pairing"; readonly job: PairingJob }
  | { readonly type: "finding"; readonly key: string }
  /** Modes, people, special days or scenes changed. */
  | { readonly type: "house" }
  /** A scene was activated; each action's outcome follows under the id `<run>~<index>`. */
  | {
      readonly type: "scene";
      readonly scene: string;
      readonly run: string;
      readonly by: string;
      readonly actions: number;
    }
  | { readonly type: "notices" };

/** What a form of goals offers: things by what they are, rooms by whether they are heated. */
export interface GoalChoices {
  readonly things: readonly {
    readonly node: NodeId;
    readonly name: string;
    readonly kind: "car" | "tank" | "battery" | "appliance" | "corner" | "thermostat" | "light" | "other";
  }[];
  readonly rooms: readonly { readonly name: string; readonly heated: boolean }[];
}

export interface Planning {
  /**
   * Reads what a person says. Returns at once; the wish's progress comes by events, and it ends as `read`: nothing is planned
   * before a person confirmed the goals. Throws RangeError for empty or overlong text.
   */
  state(text: string, by: string): Wish;
  /** Goals of a form, planned at once. Throws RangeError naming the field of a goal that does not fit this home. */
  stateGoals(goals: readonly Goal[], by: string): Wish;
  /** Goals that a person may want, as a wish that waits to be confirmed. Throws as {@link stateGoals}. */
  offer(goals: readonly Goal[], text: string, by: string): Wish;
  /**
   * A person has read the goals of a wish, changed what was meant otherwise, and wants them planned. Throws RangeError for a
   * wish that does not wait for it, and naming the field of a goal that does not fit.
   */
  confirm(wish: string, goals: readonly Goal[], by: string): Wish;
  /** What goals can be about in this home. */
  choices(): GoalChoices;
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
  /** What the twin has learned of this home; worked out anew after six hours. */
  learned(): Promise<LearnedHome>;
  /** What each plug and meter does by its power alone; worked out anew after six hours. */
  loads(): Promise<LearnedLoads>;
}

/** Everything the http room may do with the hub. Built in main.ts. */
export interface Hub {
  readonly home: Home;
  readonly store: Store;
  readonly clock: Clock;
  readonly planning: Planning;
  /** Policies that people approve once, planned anew each hour. */
  readonly policies: Policies;
  /** What could be saved, found in the home's past. */
  readonly finds: FindsDesk;
  readonly models: Models;
  readonly pairing: Pairing;
  readonly matter: MatterHome;
  readonly brokers: Brokers;
  readonly announcements: Announcements;
  readonly bridges: Bridges;
  readonly books: Books;
  readonly mappings: Mappings;
  readonly identity: Identity;
  readonly repairs: Repairs;
  /** The rules of people; {@link rules} are those of plans. */
  readonly homeRules: Rules;
  /** Rules out of and into files. */
  readonly ruleExchange: RuleExchange;
  /** Ready-made rules. */
  readonly blueprints: Blueprints;
  readonly trials: Trials;
  /** Modes, people, special days. */
  readonly house: HouseDesk;
  readonly scenes: Scenes;
  /** Switches that the hub itself keeps. */
  readonly switches: HouseSwitches;
  readonly numbers: HouseNumbers;
  /** What rules did, and why devices are as they are. */
  readonly traces: Traces;
  /** What people are told, and on which ways. */
  readonly notices: Notices;
  /** Tariffs, bills and prices. */
  readonly money: Money;
  /** Resolves with the final outcome: refused, confirmed or unconfirmed (accepted only where nothing can confirm). */
  command(command: Command, origin: Origin): Promise<CommandResult>;
  /** Saves what a person set for a node; throws RangeError naming the field. */
  configureNode(node: NodeId, settings: NodeSettings, by: string): void;
  /** Rules and scenes of people that name a node: they would miss it. */
  usersOf(node: NodeId): KeptView["usedBy"];
  /**
   * Takes a node out of the home with what a person set for it; its history stays. A Matter node also leaves the fabric;
   * an MQTT node comes back when it next says what it is. False for a node that is not there; rejects where Matter fails.
   */
  forgetNode(node: NodeId, by: string): Promise<boolean>;
  /** The past from before the hub. */
  readonly imports: Imports;
  configureHome(settings: HomeSettings, by: string): void;
  /** The simple tariff; of a home with a book of contracts, today's means. */
  tariff(): Tariff;
  /** Throws RangeError in a home with a book of contracts. */
  setTariff(tariff: Tariff, by: string): void;
  /**
   * Import prices from one moment (epoch ms) to another: each holds until the next. At most two days and 400 prices. `guess`:
   * not published yet, so guessed from the same hour of the last days.
   */
  prices(
    from: number,
    to: number,
  ): readonly { readonly from: number; readonly perKwh: number; readonly guess?: true | undefined }[];
  /** The hands that hold a device against rules and plans now. */
  holds(node: NodeId): readonly { readonly by: string; readonly until: number; readonly what: string }[];
  /** Lets rules and plans have it again; false where no hand is on it. */
  endHolds(node: NodeId, by: string): boolean;
  rules(): readonly RuleStatus[];
  setRuleEnabled(rule: string, enabled: boolean, by: string): boolean;
  /** The plan's rules in words, one each, by the names that devices bear now. */
  planWords(plan: Plan): readonly string[];
  /** `choice` answers what the same text was asked back; rejects with a RangeError naming it when it was not offered. */
  sentence(text: string, by: string, choice?: Choice): Promise<SentenceAnswer>;
  /**
   * A person says that `by` does from now on what `node` did: the node keeps its name, room, history and rules, and is the
   * other device. Throws RangeError naming the field.
   */
  replaceNode(node: NodeId, by: NodeId, who: string): void;
  /** The newest first. */
  findings(): readonly Finding[];
  /** A person's word on a finding; undefined where there is none. */
  setFinding(key: string, to: Exclude<FindingState, "fixed">, by: string): Finding | undefined;
  /** Sends a finding's remedy as a person's command, if it is still exactly what that person was shown. */
  fixFinding(key: string, shown: Command, by: string): Promise<Fixed>;
  jobs(): readonly Job[];
  cancelJob(id: string): boolean;
  energyNow(): EnergyNow;
  /** Returns the way to unsubscribe. At most 64 listeners. */
  subscribe(listener: (event: HubEvent) => void): () => void;
  /** What the machine and its network give the hub, looked at now. */
  readonly doctor: Doctor;
  /** Health without a sign-in: no names, no values. */
  health(): {
    readonly version: string;
    readonly startedAt: number;
    readonly ready: boolean;
    readonly loopDelayMs: number;
  };
}
