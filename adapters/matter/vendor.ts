import type { Value, ValueType } from "../../hub/model/capability.ts";
import { tableOf } from "./clusters/index.ts";

/** Clusters that run the node itself; nothing in them is about the home. */
const housekeeping = new Set([
  "AccessControl",
  "AdministratorCommissioning",
  "BasicInformation",
  "Binding",
  "BridgedDeviceBasicInformation",
  "Descriptor",
  "DiagnosticLogs",
  "EthernetNetworkDiagnostics",
  "FixedLabel",
  "GeneralCommissioning",
  "GeneralDiagnostics",
  "GroupKeyManagement",
  "Groups",
  "IcdManagement",
  "Identify",
  "LocalizationConfiguration",
  "NetworkCommissioning",
  "OperationalCredentials",
  "OtaSoftwareUpdateProvider",
  "OtaSoftwareUpdateRequestor",
  "PowerTopology",
  "ScenesManagement",
  "SoftwareDiagnostics",
  "ThreadNetworkDiagnostics",
  "TimeFormatLocalization",
  "TimeSynchronization",
  "UnitLocalization",
  "UserLabel",
  "WiFiNetworkDiagnostics",
]);

/** Attributes that every cluster has (7.13). */
const globals = new Set([
  "acceptedCommandList",
  "attributeList",
  "clusterRevision",
  "eventList",
  "featureMap",
  "generatedCommandList",
]);

/** At most so many attributes beyond our model are kept for one endpoint; the rest, in the order of the report, is dropped. */
export const VENDOR_LIMIT = 64;

const LONGEST = 255;

/** A scalar as our value; undefined for null, lists, structs and overlong text, which are not kept. */
export function scalar(wire: unknown): Value | undefined {
  if (typeof wire === "boolean") return wire;
  if (typeof wire === "bigint") return Number.isSafeInteger(Number(wire)) ? Number(wire) : undefined;
  if (typeof wire === "number") return Number.isFinite(wire) ? wire : undefined;
  return typeof wire === "string" && wire.length <= LONGEST ? wire : undefined;
}

/** The attribute's name under the capability `vendor`, or undefined where it is not worth keeping. */
export function vendorName(cluster: string, attribute: string): string | undefined {
  if (housekeeping.has(cluster) || globals.has(attribute) || attribute.startsWith("__")) return undefined;
  if (tableOf(cluster)?.ignored?.includes(attribute)) return undefined;
  const name = `${cluster}.${attribute}`;
  return /^[A-Za-z][A-Za-z0-9$_]{0,79}\.[A-Za-z][A-Za-z0-9$_]{0,39}$/.test(name) ? name : undefined;
}

/** The type of a vendor attribute, from the value it has now: numbers are wire numbers without a unit. */
export function vendorType(value: Value): ValueType {
  if (typeof value === "boolean") return { type: "boolean" };
  if (typeof value === "string") return { type: "string", maxLength: LONGEST };
  return { type: "number", unit: "1", min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER };
}

/** `minHeatSetpointLimit` as `Thermostat: min heat setpoint limit`. */
export const vendorLabel = (cluster: string, attribute: string): string =>
  `${cluster}: ${attribute.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase()}`;
