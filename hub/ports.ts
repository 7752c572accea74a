/** What the core needs from outside, and what the http room may ask of the hub: interfaces only. */
export type { Announcements, AnnounceSettings } from "./ports/announcing.ts";
export type { Clock, Log } from "./ports/basics.ts";
export type { BrokerSettings, BrokerStatus, Brokers } from "./ports/brokers.ts";
export type { Adapter, AdapterInput, Pairing, PairingJob, SendResult, Sink } from "./ports/devices.ts";
export type {
  Choice,
  CommandResult,
  EnergyNow,
  Hub,
  HubEvent,
  Job,
  Planning,
  RuleStatus,
  SentenceAnswer,
} from "./ports/hub.ts";
export type { Answer, LanguageModel, ModelStatus, Models, Question } from "./ports/language-model.ts";
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
export type { Account, DocumentKind, HistoryBucket, HistoryQuery, Session, Store } from "./ports/storage.ts";
