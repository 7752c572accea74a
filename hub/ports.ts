/** What the core needs from outside, and what the http room may ask of the hub: interfaces only. */
export type { Announcements, AnnounceSettings } from "./ports/announcing.ts";
export type { Clock, Log } from "./ports/basics.ts";
export {
  type BlueprintFault,
  type BlueprintQuestion,
  type BlueprintRead,
  type BlueprintRevision,
  type Blueprints,
  type BlueprintView,
  blueprintStands,
} from "./ports/blueprints.ts";
export type { Books, LedgerQuery } from "./ports/books.ts";
export type {
  BridgeFilter,
  BridgePreview,
  BridgeSettings,
  BridgeStatus,
  Bridges,
  BridgeWish,
  Ecosystem,
  PreviewNode,
  ShownPart,
} from "./ports/bridges.ts";
export type { BrokerSettings, BrokerStatus, Brokers } from "./ports/brokers.ts";
export type {
  Adapter,
  AdapterInput,
  Pairing,
  PairingJob,
  SendResult,
  Sink,
  Wifi,
} from "./ports/devices.ts";
export type {
  ActionView,
  ChannelSettings,
  ChannelView,
  ChannelWish,
  HouseDesk,
  HouseNumbers,
  HouseSwitches,
  KeptView,
  LinkedQuestion,
  Notices,
  NumberView,
  NumberWish,
  PersonWish,
  SceneRun,
  Scenes,
  SceneView,
  SceneWish,
  Sent,
  SwitchView,
} from "./ports/house.ts";
export type {
  Choice,
  CommandResult,
  EnergyNow,
  GoalChoices,
  Hub,
  HubEvent,
  Job,
  Planning,
  RuleStatus,
  SentenceAnswer,
} from "./ports/hub.ts";
export type {
  Identity,
  MergedView,
  PathView,
  ProposalView,
  ProposedNode,
  RoadView,
} from "./ports/identity.ts";
export type {
  CsvColumns,
  DryRun,
  ExportRequest,
  ExportResolution,
  ExportSeries,
  FoundPart,
  FoundSeries,
  FoundWithChoices,
  ImportBatch,
  ImportChoice,
  ImportCount,
  ImportSource,
  ImportStore,
  Imports,
  ImportTarget,
  ImportWish,
  TableLook,
} from "./ports/imports.ts";
export type {
  AddedModel,
  Answer,
  BenchResult,
  LanguageModel,
  ModelAdvice,
  ModelServer,
  ModelServerWish,
  ModelStatus,
  Models,
  Question,
  Score,
} from "./ports/language-model.ts";
export type {
  HouseWord,
  KeptMapping,
  Leaf,
  MappedValue,
  Mapping,
  MappingFault,
  Mappings,
  UnreadTopic,
  ValuePreview,
} from "./ports/mappings.ts";
export type {
  MatterFacts,
  MatterHome,
  MatterNode,
  MatterSettings,
  MatterShare,
} from "./ports/matter.ts";
export type {
  BadUpdateFile,
  DeviceUpdate,
  MatterAnswer,
  MatterUpdates,
  UpdateOffer,
  UpdateRun,
} from "./ports/matter-updates.ts";
export type { Past, PastQuery } from "./ports/past.ts";
export type {
  ComparedBill,
  Money,
  NewPriceFile,
  PricePicture,
  PriceService,
  PriceServiceSettings,
  PriceServiceStatus,
  PriceStore,
} from "./ports/prices.ts";
export type { RepairChange, Repairs, RepairView } from "./ports/repairs.ts";
export type { AllTried, TrialAnswer, Trials } from "./ports/rule-trials.ts";
export type { HomeRuleStatus, RuleMoments, Rules, Saved } from "./ports/rules.ts";
export type { Incoming, IncomingEntity, IncomingRule, Keep, RuleExchange } from "./ports/rules-exchange.ts";
export type {
  Account,
  CalendarBuckets,
  CardLoad,
  DocumentKind,
  EnergyPiece,
  HistoryBucket,
  HistoryQuery,
  Rescue,
  Session,
  StorageTrouble,
  Store,
  Stretch,
} from "./ports/storage.ts";
export type { TracePage, TraceQuery, TraceStore, Traces, WhyQuery } from "./ports/traces.ts";
