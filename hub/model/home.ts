import type { Value } from "./capability.ts";
import type { EndpointDescription, NodeDescription, NodeSettings } from "./node.ts";
import type { AttributePath, NodeId } from "./path.ts";
import { pathKey } from "./path.ts";
import type { Known } from "./reading.ts";
import { isSleeper, silentAfterS } from "./sleep.ts";

/** A value held for an attribute, as last reported. */
export interface Held {
  readonly value: Value;
  readonly at: number;
  readonly source: string;
  readonly ageUnknown: boolean;
  /** The device is there, but not on the only road that tells this. */
  readonly cut?: true;
}

/** A node in the home: what it said of itself, what a person set, what it last reported. */
export interface NodeState {
  description: NodeDescription;
  settings: NodeSettings;
  /** "unknown" until the device or its bridge says so. */
  reachable: boolean | "unknown";
  /** Epoch ms of the last live message; 0 for none. */
  heardAt: number;
  /** Epoch ms at which it was said to be out of reach; only while it is. */
  lostAt?: number | undefined;
  /** Epoch ms of its last return. */
  backAt?: number;
  /** Epoch ms at which the hub last asked it for something. */
  askedAt?: number;
  /** By text path. */
  readonly values: Map<string, Held>;
}

/** Where the home is and what it counts in. */
export interface HomeSettings {
  readonly name: string;
  /** IANA zone. */
  readonly timeZone: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly currency: string;
  /** Country or region whose public holidays count, for example DE or DE-BY; none where it is left out. */
  readonly holidays?: string;
  /** What the main fuse carries on each phase, A; absent: nobody has said. */
  readonly mainFuseA?: number;
  /** Which rooms lie on which floor, by the floor's name. */
  readonly floors?: Readonly<Record<string, readonly string[]>>;
}

/** The home as the core sees it. Only step.ts changes it. */
export interface Home {
  settings: HomeSettings;
  readonly nodes: Map<NodeId, NodeState>;
}

export const emptyHome = (settings: HomeSettings): Home => ({ settings, nodes: new Map() });

/** What is known of an attribute now. */
export function read(home: Home, path: AttributePath, now: number): Known {
  const node = home.nodes.get(path.node);
  if (!node) return { status: "unknown", reason: `there is no device ${path.node}` };
  return knownOf(node, pathKey(path), now);
}

/** As {@link read}, by a node and a text path. */
export function knownOf(node: NodeState, key: string, now: number): Known {
  const held = node.values.get(key);
  if (!held) return { status: "unknown", reason: "never reported" };
  if (isForgotten(node, now)) return { status: "unknown", reason: "the device was out of reach for more than a day" };
  const reason = staleReason(node, held, now);
  const { value, at, source } = held;
  return reason ? { status: "stale", value, at, source, reason } : { status: "known", value, at, source };
}

/** What a device said before it was out of reach for so long tells nothing of now. */
const FORGOTTEN_MS = 24 * 3_600_000;

/** Out of reach for more than a day: its last values are stale no longer, but unknown. */
export const isForgotten = ({ reachable, lostAt }: NodeState, now: number): boolean =>
  reachable === false && lostAt !== undefined && now - lostAt > FORGOTTEN_MS;

function staleReason(node: NodeState, held: Held, now: number): string | undefined {
  if (node.reachable === false) return "the device is not reachable";
  if (held.ageUnknown) return "from before; the device has not said it since";
  if (held.cut) return "the road that tells it is lost; the device is reached on another";
  const silent = silentAfterS(node.description);
  if (silent !== undefined && now - Math.max(node.heardAt, held.at) > silent * 1000)
    return `nothing heard for more than ${spanWords(silent)}`;
  return undefined;
}

const spanWords = (s: number): string => (s < 7200 ? `${Math.round(s / 60)} minutes` : `${Math.round(s / 3600)} hours`);

/** Longer silent than it should be. */
export function isSilent({ description, heardAt }: NodeState, now: number): boolean {
  const silent = silentAfterS(description);
  return silent !== undefined && heardAt > 0 && now - heardAt > silent * 1000;
}

/** A battery device not heard for so long is asleep; before that it has just been awake. */
const ASLEEP_AFTER_MS = 10 * 60_000;

/**
 * `lost`: it or its bridge said so. `silent`: longer without a word than it should be. `asleep`: on battery, and within
 * its time. `unheard`: nothing live since the hub knows it.
 */
export const presences = ["here", "asleep", "silent", "lost", "unheard"] as const;
export type Presence = (typeof presences)[number];

export function presenceOf(node: NodeState, now: number): Presence {
  if (node.reachable === false) return "lost";
  if (isSilent(node, now)) return "silent";
  if (node.heardAt === 0) return node.reachable === true ? "here" : "unheard";
  return isSleeper(node.description) && now - node.heardAt > ASLEEP_AFTER_MS ? "asleep" : "here";
}

/** Why plans and policies may not steer it: a person said so on its page. */
export const keptFromPlans = ({ settings }: NodeState): string | undefined =>
  settings.noPlans ? "it is kept out of plans on its page" : undefined;

/** The name a person gave, else the device's own. */
export const nameOf = (node: NodeState): string => node.settings.name ?? node.description.name;

/** What people call the device of an id; `gone` for one that is not in the home. */
export function nameIn({ nodes }: { readonly nodes: ReadonlyMap<NodeId, NodeState> }, id: NodeId, gone = id): string {
  const node = nodes.get(id);
  return node ? nameOf(node) : gone;
}

/** An endpoint's name: the device's, with the endpoint's own label where there are several; a label that repeats the name says nothing. */
export function endpointNameOf(node: NodeState, endpoint: EndpointDescription): string {
  const name = nameOf(node);
  const { label } = endpoint;
  if (node.description.endpoints.length < 2 || !label || label === node.description.name) return name;
  return label.startsWith(name) ? label : `${name} ${label}`;
}

/** An endpoint's device types, with a person's role first. */
export function deviceTypesOf(node: NodeState, endpoint: EndpointDescription): readonly string[] {
  const role = node.settings.roles?.[String(endpoint.number)];
  return role ? [role, ...endpoint.deviceTypes.filter((t) => t !== role)] : endpoint.deviceTypes;
}

export interface EndpointRef {
  readonly node: NodeState;
  readonly endpoint: EndpointDescription;
}
