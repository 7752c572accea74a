/**
 * The shapes of the API: one zod schema each, from which come validation, the OpenAPI document and these types.
 * The dashboard imports types from here and nothing else of the hub.
 */
import type { z } from "@hono/zod-openapi";
import type { AuditEntry as ModelAuditEntry } from "../model/audit.ts";
import type { Bill as ModelBill } from "../model/bill.ts";
import type { Outcome as ModelOutcome } from "../model/command.ts";
import type { Finding as ModelFinding } from "../model/finding.ts";
import type { goal } from "../model/goal/index.ts";
import type { HomeSettings as ModelHomeSettings } from "../model/home.ts";
import type { Keeping as ModelKeeping } from "../model/keeping.ts";
import type { LearnedHome as ModelLearnedHome } from "../model/learned.ts";
import type { Plan as ModelPlan, Wish as ModelWish } from "../model/plan.ts";
import type * as series from "../model/price-series.ts";
import type { Known as ModelKnown } from "../model/reading.ts";
import type { Tariff as ModelTariff } from "../model/tariff.ts";
import type { TariffBook as ModelTariffBook } from "../model/tariff-book.ts";
import type * as ports from "../ports.ts";
import type * as accounts from "./schemas/accounts.ts";
import type * as announcing from "./schemas/announcing.ts";
import type * as books from "./schemas/books.ts";
import type * as bridges from "./schemas/bridges.ts";
import type * as brokers from "./schemas/brokers.ts";
import type * as common from "./schemas/common.ts";
import type * as doctor from "./schemas/doctor.ts";
import type * as findings from "./schemas/findings.ts";
import type * as house from "./schemas/house.ts";
import type * as identity from "./schemas/identity.ts";
import type * as imports from "./schemas/imports.ts";
import type * as keeping from "./schemas/keeping.ts";
import type * as learned from "./schemas/learned.ts";
import type * as mappings from "./schemas/mappings.ts";
import type * as matter from "./schemas/matter.ts";
import type * as updates from "./schemas/matter-updates.ts";
import type * as models from "./schemas/models.ts";
import type * as nodes from "./schemas/nodes.ts";
import type * as plans from "./schemas/plans.ts";
import type * as prices from "./schemas/prices.ts";
import type * as repairs from "./schemas/repairs.ts";
import type { Hold, Same } from "./schemas/same.ts";
import type * as tariffs from "./schemas/tariffs.ts";

/** @public */
export type ProblemDetails = z.output<typeof common.problemDetails>;
/** @public */
export type Known = z.output<typeof common.known>;
/** @public */
export type Value = z.output<typeof common.value>;

/** @public */
export type NewAccount = z.output<typeof accounts.newAccount>;
/** @public */
export type SignIn = z.output<typeof accounts.signIn>;
/** @public */
export type PasswordChange = z.output<typeof accounts.passwordChange>;
/** @public */
export type SessionInfo = z.output<typeof accounts.sessionInfo>;

/** @public */
export type NodeView = z.output<typeof nodes.nodeView>;
/** @public */
export type EndpointView = z.output<typeof nodes.endpointView>;
/** @public */
export type DeviceTypeView = z.output<typeof nodes.deviceTypeView>;
/** @public */
export type AttributeView = z.output<typeof nodes.attributeView>;
/** @public */
export type CommandView = z.output<typeof nodes.commandView>;
/** @public */
export type ArgView = z.output<typeof nodes.argView>;
/** @public */
export type NodeChange = z.output<typeof nodes.nodeChange>;
export type MeterDeclaration = z.output<typeof nodes.meterDeclaration>;
/** @public */
export type CommandRequest = z.output<typeof nodes.commandRequest>;
/** @public */
export type Outcome = z.output<typeof nodes.outcome>;
/** @public */
export type CommandResult = z.output<typeof nodes.commandResult>;
export type ImportList = z.output<typeof imports.importList>;
export type ImportPreview = z.output<typeof imports.importPreview>;
export type TableLook = z.output<typeof imports.tableLook>;
export type ImportDryRun = z.output<typeof imports.dryRun>;
export type ImportSource = z.output<typeof imports.importSource>;
/** @public */
export type KeepingView = z.output<typeof keeping.keepingView>;
export type Keeping = KeepingView["keeping"];
export type History = z.output<typeof nodes.history>;
/** @public */
export type HistoryBucket = History["buckets"][number];
/** @public */
export type PairingJob = z.output<typeof nodes.pairingJob>;
/** @public */
export type Candidate = z.output<typeof nodes.candidate>;
/** @public */
export type SentenceRequest = z.output<typeof nodes.sentenceRequest>;
/** @public */
export type SentenceAnswer = z.output<typeof nodes.sentenceAnswer>;

/** @public */
export type Goal = z.output<typeof goal>;
/** @public */
export type { Condition } from "../model/rule/condition.ts";
export type * from "./schemas/blueprints.ts";
export type * from "./schemas/rules.ts";
export type * from "./schemas/rules-exchange.ts";
/** @public */
export type RuleAction = z.output<typeof plans.ruleAction>;
/** @public */
export type Rule = z.output<typeof plans.rule>;
/** @public */
export type RuleStatus = z.output<typeof plans.ruleStatus>;
/** @public */
export type Proposal = z.output<typeof plans.proposal>;
/** @public */
export type Totals = z.output<typeof plans.totals>;
/** @public */
export type Verdict = z.output<typeof plans.verdict>;
/** @public */
export type Measured = z.output<typeof plans.measured>;
/** @public */
export type Plan = z.output<typeof plans.plan>;
/** @public */
export type PlanView = z.output<typeof plans.planView>;
/** @public */
export type LearnedHome = z.output<typeof learned.learnedHome>;
export type LearnedLoads = z.output<typeof learned.learnedLoads>;
export type LearnedLoad = LearnedLoads["loads"][number];
/** @public */
export type Learned = LearnedHome["models"][number];
export type Prediction = LearnedHome["predictions"][number];
/** @public */
export type Wish = z.output<typeof plans.wish>;
export type GoalChoices = z.output<typeof plans.goalChoices>;

/** @public */
export type Health = z.output<typeof house.health>;
/** @public */
export type HomeSettings = z.output<typeof house.homeSettings>;
/** @public */
export type HomeView = z.output<typeof house.homeView>;
/** @public */
export type EnergyNow = z.output<typeof house.energyNow>;
/** What the house used, by row. */
export type Ledger = z.output<typeof books.ledger>;
export type LedgerRow = z.output<typeof books.ledgerRow>;
/** @public */
export type Tariff = z.output<typeof house.tariff>;
/** @public */
export type TariffBook = z.output<typeof tariffs.tariffBook>;
/** @public */
export type Contract = z.output<typeof tariffs.contract>;
/** @public */
export type TariffComponent = z.output<typeof tariffs.tariffComponent>;
/** @public */
export type TariffForms = z.output<typeof tariffs.tariffForms>;
/** @public */
export type PricePicture = z.output<typeof tariffs.pricePicture>;
/** @public */
export type Bill = z.output<typeof tariffs.bill>;
/** @public */
export type Comparison = z.output<typeof tariffs.comparison>;
/** @public */
export type PriceSeries = z.output<typeof prices.storedSeries>;
/** @public */
export type PriceFile = z.output<typeof prices.priceFile>;
/** @public */
export type PriceFilePreview = z.output<typeof prices.priceFilePreview>;
/** @public */
export type PriceServices = z.output<typeof prices.priceServices>;
/** @public */
export type PriceServiceStatus = z.output<typeof prices.priceServiceStatus>;
/** @public */
export type PriceList = z.output<typeof house.priceList>;
/** @public */
export type AuditEntry = z.output<typeof house.auditList>["entries"][number];
/** @public */
export type ModelStatus = z.output<typeof models.modelStatus>;

export type ModelList = z.output<typeof models.modelList>;

export type ModelServer = z.output<typeof models.modelServer>;
/** @public */
export type AnnounceSettings = z.output<typeof announcing.announceSettings>;
/** @public */
export type BrokerStatus = z.output<typeof brokers.brokerStatus>;
/** @public */
export type IdentityView = z.output<typeof identity.identityView>;
/** @public */
export type MergedView = IdentityView["merges"][number];
/** @public */
export type ProposalView = IdentityView["proposals"][number];
/** @public */
export type Mapping = z.output<typeof mappings.mapping>;
/** @public */
export type MappedValue = Mapping["values"][number];
/** @public */
export type KeptMapping = z.output<typeof mappings.keptMapping>;
/** @public */
export type HouseWord = z.output<typeof mappings.houseWord>;
/** @public */
export type ValuePreview = z.output<typeof mappings.valuePreview>;
/** @public */
export type UnreadList = z.output<typeof mappings.unreadList>;
/** @public */
export type Leaf = z.output<typeof mappings.leaf>;
/** @public */
export type BridgeStatus = z.output<typeof bridges.bridgeStatus>;
/** @public */
export type BridgeList = z.output<typeof bridges.bridgeList>;
/** @public */
export type BridgeWish = z.output<typeof bridges.bridgeWish>;
/** @public */
export type BridgePreview = z.output<typeof bridges.bridgePreview>;
/** @public */
export type Diagnosis = z.output<typeof doctor.diagnosis>;
/** @public */
export type MatterNode = z.output<typeof matter.matterNode>;
/** @public */
export type MatterFacts = z.output<typeof matter.matterFacts>;
export type DeviceUpdate = z.output<typeof updates.deviceUpdate>;
export type MatterUpdateList = z.output<typeof updates.matterUpdateList>;
/** @public */
export type MatterShare = z.output<typeof matter.matterShare>;
/** @public */
export type Finding = z.output<typeof findings.finding>;
/** @public */
export type FindingList = z.output<typeof findings.findingList>;
/** @public */
export type Repair = z.output<typeof repairs.repair>;

export type RepairList = z.output<typeof repairs.repairList>;

export type RepairChange = z.output<typeof repairs.repairChange>;

export type FixResult = z.output<typeof findings.fixResult>;
/** @public */
export type Job = z.output<typeof house.job>;
/** @public */
export type HubEvent = z.output<typeof house.hubEvent>;

import type { AllTrialAnswer, TrialAnswer } from "./schemas/rule-trials.ts";

export type { AllTrialAnswer, RuleTrial, RuleTried, TrialAnswer } from "./schemas/rule-trials.ts";
export type { HoldList, Trace, TracePage, Why, WhyReason } from "./schemas/traces.ts";

/**
 * Held by the compiler: each schema says the same as the hub's own type. A field added to the model and forgotten
 * here, or the other way round, does not compile.
 * @public
 */
export type SchemasMatchTheModel = Hold<
  [
    Same<Known, ModelKnown>,
    Same<Outcome, ModelOutcome>,
    Same<CommandResult, ports.CommandResult>,
    Same<HistoryBucket, ports.HistoryBucket>,
    Same<Keeping, ModelKeeping>,
    Same<PairingJob, ports.PairingJob>,
    Same<MatterNode, ports.MatterNode>,
    Same<MatterFacts, ports.MatterFacts>,
    Same<SentenceAnswer, ports.SentenceAnswer>,
    Same<RuleStatus, ports.RuleStatus>,
    Same<Plan, ModelPlan>,
    Same<Wish, ModelWish>,
    Same<GoalChoices, ports.GoalChoices>,
    Same<LearnedHome, ModelLearnedHome>,
    Same<HomeSettings, ModelHomeSettings>,
    Same<EnergyNow, ports.EnergyNow>,
    Same<Tariff, ModelTariff>,
    Same<TariffBook, ModelTariffBook>,
    Same<Bill, ModelBill>,
    Same<PriceSeries, series.StoredSeries>,
    Same<PriceFile, ports.NewPriceFile>,
    Same<PriceFilePreview, series.PriceFilePreview>,
    Same<PriceServiceStatus, ports.PriceServiceStatus>,
    Same<PricePicture, ports.PricePicture>,
    Same<AuditEntry, ModelAuditEntry>,
    Same<ModelStatus, ports.ModelStatus>,
    Same<ModelList["advice"], ports.ModelAdvice>,
    Same<ModelServer, ports.ModelServer>,
    Same<Finding, ModelFinding>,
    Same<Job, ports.Job>,
    Same<MergedView, ports.MergedView>,
    Same<ProposalView, ports.ProposalView>,
    Same<BridgeStatus, ports.BridgeStatus>,
    Same<BridgePreview, ports.BridgePreview>,
    Same<KeptMapping, ports.KeptMapping>,
    Same<HouseWord, ports.HouseWord>,
    Same<ValuePreview, ports.ValuePreview>,
    Same<Leaf, ports.Leaf>,
    Same<HubEvent, ports.HubEvent>,
    Same<Health, ReturnType<ports.Hub["health"]>>,
    Same<TrialAnswer, ports.TrialAnswer>,
    Same<AllTrialAnswer, ports.AllTried>,
  ]
>;
