/** What a maker's adapter may use, all of it: the contract, its helpers, and the check of itself. Bundled as dist/kit.mjs. */
export type { Value, ValueType } from "../../hub/model/capability.ts";
export type { Command } from "../../hub/model/command.ts";
export type { Problem } from "../../hub/model/finding.ts";
export type { NodeDescription } from "../../hub/model/node.ts";
export { nodeIdOf } from "../../hub/model/path.ts";
export type { Codec, MakerType } from "../mqtt/codec.ts";
export { asNumber, sampleType } from "../mqtt/codec.ts";
export { type Harvest, harvest, type Place, type Planned, planCommand, readField } from "../mqtt/device.ts";
export type {
  Decoded,
  DecodedReading,
  Dialect,
  DialectSession,
  Encoded,
  MqttMessage,
  MqttPublish,
} from "../mqtt/dialect.ts";
export { nothing } from "../mqtt/dialect.ts";
export { type Action, type Built, Draft, namedEndpoint, type Point, type Property } from "../mqtt/draft.ts";
export { identify } from "../mqtt/identity.ts";
export {
  eachLeaf,
  entriesOf,
  get,
  isObject,
  type Json,
  type JsonObject,
  listOf,
  numberOf,
  parseJson,
  parseObject,
  textOf,
} from "../mqtt/json.ts";
export type { Meaning } from "../mqtt/meanings.ts";
export { meanings } from "../mqtt/meanings.ts";
export { type CheckOptions, type CheckReport, check, type RuleResult } from "./check.ts";
export { type DialectOfMaker, defineDialect } from "./define.ts";
export type { Body, Device, Firmware, Order, Part, Report, Said, Truth, Who } from "./firmware.ts";
export { kitVersion } from "./version.ts";
