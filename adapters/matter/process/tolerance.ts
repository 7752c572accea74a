import { UnexpectedDataError } from "@matter/main";
import { Descriptor } from "@matter/main/clusters/descriptor";
import { ClientInteraction, type ReadResult } from "@matter/main/protocol";
import { AttributeId, TlvNumericSchema, ValidationError } from "@matter/main/types";

let done = false;

/**
 * What one odd device may say that matter.js 0.17 does not withstand: a tree of endpoints that runs in a circle is followed
 * for ever, a number out of its range with the wrong sign ends the whole report, over and over, and a value that can't be
 * read is shown as the specification's default. All is put right where it comes in; before any node is made.
 */
export function tolerateOddDevices(): void {
  if (done) return;
  done = true;
  leaveOutBadNumbers();
  straightenTrees();
}

/** A value that can't be decoded is left out, and the others are taken: matter.js does so for this error only. */
function leaveOutBadNumbers(): void {
  const { decodeTlvInternalValue } = TlvNumericSchema.prototype;
  TlvNumericSchema.prototype.decodeTlvInternalValue = function decodeTolerantly(...given): number | bigint {
    try {
      return Reflect.apply(decodeTlvInternalValue, this, given);
    } catch (error) {
      if (error instanceof ValidationError) throw new UnexpectedDataError(error.message);
      throw error;
    }
  };
}

/** Matter core specification 7.18.2.7: the last number is no endpoint. */
const LAST_ENDPOINT = 0xfffe;
/** Matter core specification 7.13: the list of a cluster's attributes, and where the attributes that all clusters have begin. */
const ATTRIBUTE_LIST = 0xfffb;
const FIRST_GLOBAL = 0xf000;
/** Lists of commands, of attributes, features, revision: a report of what has changed does not bring three of them. */
const GLOBALS: readonly number[] = [0xfff8, 0xfff9, ATTRIBUTE_LIST, 0xfffc, 0xfffd];
/** More attributes of one cluster are not looked at. */
const MOST_ATTRIBUTES = 500;
/** More parts of one endpoint are dropped: ten times the largest bridge. */
const MOST_PARTS = 2000;

/** Endpoint to parts, as last taken. */
type Tree = Map<number, readonly number[]>;

function straightenTrees(): void {
  const trees = new WeakMap<object, Tree>();
  const treeOf = (node: object): Tree => {
    const tree = trees.get(node) ?? new Map();
    trees.set(node, tree);
    return tree;
  };
  const { read, subscribe } = ClientInteraction.prototype;
  ClientInteraction.prototype.read = function readTolerantly(...given) {
    return straight(Reflect.apply(read, this, given), treeOf(this));
  };
  ClientInteraction.prototype.subscribe = function subscribeTolerantly(request, ...given) {
    const { updated } = request;
    const tolerant = updated && {
      ...request,
      updated: (data: ReadResult) => updated.call(request, straight(data, treeOf(this))),
    };
    return Reflect.apply(subscribe, this, [tolerant ?? request, ...given]);
  };
}

async function* straight(result: ReadResult, tree: Tree): ReadResult {
  const told = new Map<string, Told>();
  for await (const chunk of result) yield straightChunk(chunk, tree, told);
  const missing = [...told.values()].flatMap(missingOf);
  if (missing.length > 0) yield some(missing);
}

async function* straightChunk(
  chunk: ReadResult.Chunk,
  tree: Tree,
  told: Map<string, Told>,
): AsyncGenerator<ReadResult.Report> {
  for await (const report of chunk) {
    if (report.kind === "attr-value") note(report, told);
    yield isPartsList(report) ? { ...report, value: partsOf(report.path.endpointId, report.value, tree) } : report;
  }
}

async function* some(reports: readonly ReadResult.Report[]): AsyncGenerator<ReadResult.Report> {
  yield* reports;
}

/** What one report told of one cluster of an endpoint. */
interface Told {
  list: ReadResult.AttributeValue | undefined;
  readonly ids: Set<number>;
}

function note(report: ReadResult.AttributeValue, told: Map<string, Told>): void {
  const { endpointId, clusterId, attributeId } = report.path;
  // What matter.js itself goes by stays as it came.
  if (endpointId === 0 || clusterId === Descriptor.id) return;
  const key = `${endpointId}|${clusterId}`;
  const cluster = told.get(key) ?? { list: undefined, ids: new Set() };
  told.set(key, cluster);
  cluster.ids.add(attributeId);
  if (attributeId === ATTRIBUTE_LIST) cluster.list = report;
}

/**
 * What the device says it has and did not tell in a way that can be read, as unknown: matter.js would show the
 * specification's default, which nobody said. Only where the whole cluster was told, with its list of attributes.
 */
function missingOf({ list, ids }: Told): ReadResult.Report[] {
  if (!list || !Array.isArray(list.value) || GLOBALS.filter((id) => ids.has(id)).length < 3) return [];
  const missing = list.value
    .slice(0, MOST_ATTRIBUTES)
    .filter((id) => typeof id === "number" && id < FIRST_GLOBAL && !ids.has(id));
  return missing.map((id) => ({ ...list, path: { ...list.path, attributeId: AttributeId(id) }, value: null }));
}

const isPartsList = (report: ReadResult.Report): report is ReadResult.AttributeValue =>
  report.kind === "attr-value" &&
  report.path.clusterId === Descriptor.id &&
  report.path.attributeId === Descriptor.attributes.partsList.id;

/**
 * The parts of an endpoint without those that can't be: itself, the root (Matter core specification 9.2.3), and one that it
 * is a part of itself. Anything that is no list of numbers has no parts.
 */
function partsOf(endpoint: number, said: unknown, tree: Tree): number[] {
  const list: unknown[] = Array.isArray(said) ? said.slice(0, MOST_PARTS) : [];
  const possible = list.filter((part): part is number => Number(part) > 0 && Number(part) <= LAST_ENDPOINT);
  // The root lists everything below it, and nothing is above it.
  const parts = [...new Set(possible)].filter((part) => endpoint === 0 || !holds(part, endpoint, tree));
  if (endpoint !== 0) tree.set(endpoint, parts);
  return parts;
}

/** Whether `part` is the endpoint or above it. */
function holds(part: number, endpoint: number, tree: Tree): boolean {
  const seen = new Set<number>();
  const open = [part];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === endpoint) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    open.push(...(tree.get(next) ?? []));
  }
  return false;
}
