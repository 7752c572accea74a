import type { AdapterInput } from "../../hub/ports.ts";
import { describeNodes } from "./describe.ts";
import { identityFrom, type MatterIdentity } from "./facts.ts";
import { readReport } from "./readings.ts";

/** Lines of more devices than this, and of more attributes of one device, are dropped. */
const DEVICE_LIMIT = 64;
const ATTRIBUTE_LIMIT = 64;

interface PastEndpoint {
  readonly number: number;
  readonly deviceTypes: number[];
  readonly clusters: Record<string, Record<string, unknown>>;
}

interface PastDevice {
  readonly identity: MatterIdentity;
  readonly endpoints: Map<number, PastEndpoint>;
  described: ReturnType<typeof describeNodes>;
  /** How many different attributes were seen. */
  attributes: number;
}

interface Line {
  readonly at: number;
  readonly key: string;
  readonly identity: MatterIdentity;
  readonly endpoint: number;
  readonly deviceType?: number;
  readonly cluster: string;
  readonly attribute: string;
  readonly value: unknown;
}

const NAME = /^[A-Za-z][A-Za-z0-9]{0,79}$/;

/** Undefined for anything that is no attribute report. */
function readLine(line: unknown): Line | undefined {
  if (typeof line !== "object" || !line) return undefined;
  const { at, matter, endpoint, deviceType, cluster, attribute, value } = line as Record<string, unknown>;
  if (typeof at !== "number" || !Number.isFinite(at) || typeof matter !== "object" || !matter) return undefined;
  if (typeof endpoint !== "number" || !Number.isInteger(endpoint) || endpoint < 0 || endpoint > 0xfffe)
    return undefined;
  if (typeof cluster !== "string" || !NAME.test(cluster)) return undefined;
  if (typeof attribute !== "string" || !NAME.test(attribute)) return undefined;
  const identity = identityFrom(matter as Record<string, unknown>);
  const key = `${identity.vendorId}|${identity.productId}|${identity.serialNumber ?? identity.uniqueId}`;
  const type = typeof deviceType === "number" ? { deviceType } : {};
  return { at, key, identity, endpoint, ...type, cluster, attribute, value };
}

/**
 * Turns attribute reports of the past, one at a time and in time order, into the inputs that the live controller would
 * have given: the same tables, node ids and paths. A line is `{at, matter: {vendorId, productId, serialNumber ...},
 * endpoint, deviceType, cluster, attribute, value}` with wire-scale values. Anything else gives nothing.
 */
export function createMatterPast(): (line: unknown) => AdapterInput[] {
  const devices = new Map<string, PastDevice>();
  return (raw) => {
    const line = readLine(raw);
    if (!line) return [];
    const device = devices.get(line.key) ?? {
      identity: line.identity,
      endpoints: new Map(),
      described: [],
      attributes: 0,
    };
    if (!devices.has(line.key)) {
      if (devices.size >= DEVICE_LIMIT) return [];
      devices.set(line.key, device);
    }
    const inputs: AdapterInput[] = [];
    const endpoint = take(device, line);
    if (!endpoint) return [];
    const only = { cluster: line.cluster, attributes: [line.attribute] };
    const read = () => {
      const node = device.described[0]?.description;
      return node && readReport(node, line.endpoint, endpoint.clusters, line.at, only);
    };
    let report = read();
    if (!report || report.undescribed) {
      device.described = describeNodes({ identity: device.identity, endpoints: [...device.endpoints.values()] });
      const node = device.described[0]?.description;
      if (node) inputs.push({ kind: "nodeFound", node, at: line.at });
      report = read();
    }
    if (report && report.readings.length > 0) inputs.push({ kind: "readings", readings: report.readings });
    const [node] = device.described;
    if (report && node && report.unset.length > 0)
      inputs.push({ kind: "unset", node: node.description.id, attributes: report.unset, at: line.at });
    for (const problem of report?.problems ?? []) inputs.push({ kind: "problem", problem, at: line.at });
    return inputs;
  };
}

/** Keeps the line's value as the endpoint's last one; undefined when the device is full. */
function take(device: PastDevice, line: Line): PastEndpoint | undefined {
  // No prototype: the names come from outside.
  const fresh = { number: line.endpoint, deviceTypes: [], clusters: Object.create(null) };
  const endpoint: PastEndpoint = device.endpoints.get(line.endpoint) ?? fresh;
  const attributes = endpoint.clusters[line.cluster] ?? Object.create(null);
  if (!(line.attribute in attributes) && ++device.attributes > ATTRIBUTE_LIMIT) return undefined;
  attributes[line.attribute] = line.value;
  endpoint.clusters[line.cluster] = attributes;
  device.endpoints.set(line.endpoint, endpoint);
  if (line.deviceType !== undefined && !endpoint.deviceTypes.includes(line.deviceType))
    endpoint.deviceTypes.push(line.deviceType);
  return endpoint;
}
