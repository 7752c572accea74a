/** A Homie device's tree as endpoints of the house. */
import type { NodeDescription } from "../../../../hub/model/node.ts";
import type { MakerType } from "../../codec.ts";
import { type Built, Draft, namedEndpoint, type Property } from "../../draft.ts";
import { type ColourForm, type ColourPart, colourCodecs, colourForm } from "./colour.ts";
import { ebusKind, ebusType } from "./ebus.ts";
import { contactOf, makerOf, relayCodec, turned } from "./format.ts";
import { type HomieNode, type HomieProperty, type HomieTree, STATS } from "./tree.ts";
import { type HomieWord, homieWord, isLamp } from "./words.ts";

const MAX_NAME = 120;

/** One message to `/set`; parts of one colour become one message. */
export interface HomieWrite {
  /** Below the device: `lamp/power`. */
  readonly property: string;
  readonly payload?: string;
  readonly colour?: ColourPart;
  readonly form?: ColourForm;
}

/** What a device's own values say of what it is. */
export type Facts = ReadonlyMap<string, string>;

/** Properties whose values change the description. */
export const factOf: Readonly<Record<string, string>> = {
  "info/name": "name",
  "info/vendor-name": "vendor",
  "info/model": "model",
  "info/serial-number": "serial",
  "info/firmware-version": "firmware",
  "info/direction": "direction",
  "connection/feeds-device-type": "feeds",
  "switch/relay-controllable": "controllable",
};

interface Where {
  readonly base: string;
  readonly tree: HomieTree;
  readonly node: HomieNode;
  readonly endpoint: number;
  /** The electrification bus' kind of this node, with the lugs' side where it is known. */
  readonly kind: string | undefined;
  readonly facts: Facts;
}

type Drafted = Draft<HomieWrite>;
type Plain = Omit<Property<HomieWrite>, "word" | "maker">;

/** The kind of a device or node, and which side of the panel lugs are on, which only a value tells. */
function kindOf(tree: HomieTree, node: HomieNode, facts: Facts): string | undefined {
  const kind = ebusKind(node.type) ?? ebusKind(tree.type);
  return kind === "lugs" && facts.get("direction") === "DOWNSTREAM" ? "lugs.downstream" : kind;
}

function writerOf(property: HomieProperty): ((raw: unknown) => HomieWrite) | undefined {
  const path = `${property.node}/${property.id}`;
  // An empty text is one zero byte: an empty payload would be no message of MQTT's.
  return property.settable ? (raw) => ({ property: path, payload: raw === "" ? "\0" : String(raw) }) : undefined;
}

/** Words that are not kept are said once and over; a number that is not kept is still what it was. */
const isHappening = ({ retained, datatype }: HomieProperty): boolean =>
  !retained && datatype !== "integer" && datatype !== "float";

function addColour(draft: Drafted, plain: Plain, property: HomieProperty): void {
  const form = colourForm(property.format);
  if (!form) return;
  const path = `${property.node}/${property.id}`;
  for (const [part, word, codec] of colourCodecs(form)) {
    if (draft.has(plain.endpoint, word)) continue;
    const write = (raw: unknown): HomieWrite => ({ property: path, form, colour: { [part]: Number(raw) } });
    const maker: MakerType = { kind: "number", unit: "%", max: 100 };
    draft.add({ ...plain, word, maker, codec, write: property.settable ? write : undefined });
  }
}

function addProperty(draft: Drafted, where: Where, property: HomieProperty): void {
  const { base, tree, node, kind, facts } = where;
  const { id, datatype, unit, settable } = property;
  const path = `${node.id}/${id}`;
  const nodeType = kind === undefined ? node.type : `energy.ebus.device.${kind}`;
  const about = { deviceType: tree.type, nodeType, node: node.id, property: id, unit, datatype, settable };
  const meant = node.id === STATS && id !== "battery" ? undefined : homieWord(about);
  const label = node.name && property.name ? `${node.name}: ${property.name}` : (property.name ?? path);
  // A panel refuses to switch circuits that its installer locked.
  const locked = meant?.word === "relay" && facts.get("controllable") === "false";
  const own: Plain = {
    endpoint: where.endpoint,
    field: path,
    source: `${base}/${path}#`,
    name: `${node.id}.${id}`,
    label,
    ...(isHappening(property) ? { event: true } : {}),
    write: locked ? undefined : writerOf(property),
  };
  // Lines of a panel are endpoints of their own where the panel is the device, not where it is one node of many.
  const plain = { ...own, endpoint: own.endpoint === 1 ? (meant?.endpoint ?? 1) : own.endpoint };
  if (plain.endpoint === 2 || plain.endpoint === 3) draft.label(plain.endpoint, `Line ${plain.endpoint - 1}`);
  addMeant(draft, plain, own, property, meant);
}

/** The value under its meaning, and the maker's own beside it where that says more. */
function addMeant(
  draft: Drafted,
  plain: Plain,
  own: Plain,
  property: HomieProperty,
  meant: HomieWord | undefined,
): void {
  const maker = makerOf(property);
  let kept = true;
  if (meant?.word === "relay") {
    draft.add({ ...plain, field: `${own.field}#`, word: "on", maker, codec: relayCodec });
    draft.type(plain.endpoint, "mountedOnOffControl");
  } else if (meant?.word === "colour") addColour(draft, plain, property);
  else if (meant?.word === "contact") {
    const sides = contactOf(property);
    if (sides) draft.add({ ...plain, maker: sides, word: "contact" });
    kept = sides === undefined;
  } else if (meant?.word !== undefined) {
    draft.add({ ...plain, word: meant.word, maker: meant.turned ? turned(maker) : maker });
    // People know the maker's own number: where the sign is turned, it stays beside it.
    kept = meant.turned === true;
  }
  if (kept) draft.add({ ...own, maker });
}

/** What a node is where its values do not say it: lamps and plugs. */
function typeOf(draft: Drafted, endpoint: number, node: HomieNode): void {
  if (!draft.has(endpoint, "on")) return;
  if (!isLamp(node.type, node.id)) draft.type(endpoint, "onOffPlugInUnit");
  else if (draft.has(endpoint, "hue")) draft.type(endpoint, "extendedColorLight");
  else draft.type(endpoint, draft.has(endpoint, "level") ? "dimmableLight" : "onOffLight");
}

/**
 * A number for each node that it keeps while the others stay. Nodes of the electrification bus are facets of one thing,
 * except in its first version, where circuits were nodes of the panel.
 */
function endpointsOf(tree: HomieTree): ReadonlyMap<string, number> {
  const taken = new Set<number>();
  const found = new Map<string, number>();
  for (const { id, type } of [...tree.nodes].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const facet = ebusKind(tree.type) !== undefined && ebusKind(type) === undefined;
    let number = facet ? 1 : namedEndpoint(id);
    while (number > 1 && taken.has(number)) number = number >= 999 ? 100 : number + 1;
    taken.add(number);
    found.set(id, number);
  }
  return found;
}

/** Device types of the electrification bus; a circuit that solar panels feed is where the house measures them. */
function ebusTypes(draft: Drafted, endpoint: number, kind: string, facts: Facts): void {
  const fed = facts.get("feeds");
  const type = kind === "circuit" && fed === "energy.ebus.device.pv" ? "solarPower" : ebusType(kind);
  if (type) draft.type(endpoint, type);
}

/** `base` is the device's topic without a closing slash. */
export function buildTree(tree: HomieTree, base: string, facts: Facts): Built<HomieWrite> {
  const draft = new Draft<HomieWrite>();
  const endpoints = endpointsOf(tree);
  const done = new Set<number>();
  for (const node of tree.nodes) {
    const endpoint = endpoints.get(node.id) ?? 1;
    const kind = kindOf(tree, node, facts);
    if (kind !== undefined && !done.has(endpoint)) ebusTypes(draft, endpoint, kind, facts);
    done.add(endpoint);
    if (endpoint > 1) draft.label(endpoint, node.name ?? node.id);
    for (const property of node.properties) addProperty(draft, { base, tree, node, endpoint, kind, facts }, property);
    if (kind === undefined) typeOf(draft, endpoint, node);
  }
  return draft.build();
}

/** The maker's words for what a device is; its own values say it better than its tree. */
export function headOf(
  tree: HomieTree,
  facts: Facts,
  fallback: string,
): Pick<NodeDescription, "name" | "vendor" | "model" | "serial" | "firmware"> {
  const firmware = facts.get("firmware") ?? tree.firmware;
  const model = facts.get("model") ?? (tree.type || undefined);
  const vendor = facts.get("vendor");
  const serial = facts.get("serial");
  return {
    name: (facts.get("name") || tree.name || fallback).slice(0, MAX_NAME),
    ...(vendor === undefined ? {} : { vendor }),
    ...(model === undefined ? {} : { model }),
    ...(serial === undefined ? {} : { serial }),
    ...(firmware === undefined ? {} : { firmware }),
  };
}
