import type { Value, ValueType } from "../../hub/model/capability.ts";
import { carriedBy } from "./clusters/decode.ts";
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

/** Structs in structs are written so deep. */
const DEEPEST = 6;

/**
 * A value as ours: scalars as they are, lists, structs and bytes as text in the form of JSON of at most 255 characters
 * (longer ones end in `...`). Undefined for null and for what is no value of the wire. Never throws.
 */
export function readable(wire: unknown): Value | undefined {
  if (wire === null || wire === undefined) return undefined;
  if (typeof wire === "boolean") return wire;
  if (typeof wire === "bigint")
    return Number.isSafeInteger(Number(wire)) ? Number(wire) : String(wire).slice(0, LONGEST);
  if (typeof wire === "number") return Number.isFinite(wire) ? wire : undefined;
  const text = typeof wire === "string" ? wire : written(wire, DEEPEST, LONGEST);
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 3)}...`;
}

/** JSON's form, of a little more than `room` characters at most; bytes are hex digits. */
function written(wire: unknown, depth: number, room: number): string {
  if (wire === null || typeof wire === "boolean" || typeof wire === "number") return String(wire);
  if (typeof wire === "bigint") return wire.toString();
  if (typeof wire === "string") return JSON.stringify(wire.slice(0, room + 1));
  if (wire instanceof Uint8Array) return `"${Array.from(wire.subarray(0, room), hexByte).join("")}"`;
  if (typeof wire !== "object") return "null";
  if (depth === 0) return '"..."';
  const isList = Array.isArray(wire);
  let text = isList ? "[" : "{";
  for (const [key, value] of Object.entries(wire)) {
    if (value === undefined) continue;
    if (text.length > 1) text += ",";
    if (!isList) text += `${JSON.stringify(key.slice(0, 64))}:`;
    text += written(value, depth - 1, room);
    if (text.length > room) return text;
  }
  return text + (isList ? "]" : "}");
}

const hexByte = (byte: number): string => byte.toString(16).padStart(2, "0");

/** The attribute's name under the capability `vendor`, or undefined where ours has it or it is not worth keeping. */
export function vendorName(cluster: string, attribute: string): string | undefined {
  if (housekeeping.has(cluster) || globals.has(attribute) || attribute.startsWith("__")) return undefined;
  const table = tableOf(cluster);
  if (table && (table.ignored?.includes(attribute) || carriedBy(table, attribute).length > 0)) return undefined;
  const name = `${cluster}.${attribute}`;
  return /^[A-Za-z][A-Za-z0-9$_]{0,79}\.[A-Za-z][A-Za-z0-9$_]{0,39}$/.test(name) ? name : undefined;
}

/** The type of a vendor attribute, from the value it has now: numbers are wire numbers without a unit, lists and structs text. */
export function vendorType(value: Value): ValueType {
  if (typeof value === "boolean") return { type: "boolean" };
  if (typeof value === "string") return { type: "string", maxLength: LONGEST };
  return { type: "number", unit: "1", min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER };
}

/** `minHeatSetpointLimit` as `Thermostat: min heat setpoint limit`. */
export const vendorLabel = (cluster: string, attribute: string): string =>
  `${cluster}: ${attribute.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase()}`;
