/** What the core knows of devices that are reached on several roads. */
import type { Value } from "../../model/capability.ts";
import type { Held } from "../../model/home.ts";
import type { Evidence, Proposal } from "../../model/identity.ts";
import type { NodeDescription, NodeSettings } from "../../model/node.ts";
import type { AttributePath, NodeId } from "../../model/path.ts";
import type { Switching } from "./switching.ts";

/** Roads to one device. */
export const MAX_ROADS = 8;
/** Proposals that wait for a person, and ones that were rejected; the oldest rejected are forgotten. */
export const MAX_OPEN = 100;
export const MAX_REJECTED = 2000;

/** The last word of a road on one attribute, and what it said before that. */
export interface Told {
  readonly held: Held;
  readonly before: Held | undefined;
  /** It is in the history: each reading is recorded once. */
  isKept: boolean;
}

/** One road to a device: one adapter's view of it. */
export interface Road {
  readonly device: NodeId;
  readonly node: NodeId;
  settings: NodeSettings;
  description: NodeDescription;
  /** `endpoint/capability` of the road to the endpoint of the merged node. */
  readonly at: Map<string, number>;
  gone: boolean;
  /** Described since the hub's start. */
  present: boolean;
  reachable: boolean | undefined;
  /** Epoch ms; 0 for never since the hub's start. */
  heardAt: number;
  /** By `endpoint/capability.attribute` of the merged node. */
  readonly values: Map<string, Told>;
  /** Paths in the merged device, made once; by the road's own `endpoint/capability.attribute`. */
  readonly paths: Map<string, { readonly key: string; readonly path: AttributePath }>;
}

export interface Echo {
  readonly road: Road;
  readonly value: Value;
  readonly at: number;
}

/** A device with several roads. Its id is that of the leading road's device. */
export interface Group {
  readonly device: NodeId;
  /** The leading one first. */
  roads: Road[];
  evidence: readonly Evidence[];
  by: string;
  at: number;
  /** Who tells each attribute; by `endpoint/capability.attribute`. */
  routes: Map<string, Road>;
  /** Roads that others overtook, by `endpoint/capability`. */
  readonly behind: Map<string, Set<Road>>;
  /** What another road said and the one that tells has not said since: when that was, epoch ms, by path. */
  readonly late: Map<string, number>;
  /** What was taken from a road that does not lead: the leading one will say it too, by path. */
  readonly echoes: Map<string, Echo>;
  /** Live readings since the last look, by `endpoint/capability`. */
  readonly said: Map<string, Map<Road, number>>;
  lookedAt: number;
}

/** A device of this hub's own, met again through its bridge or its announcements. */
export interface OwnSighting {
  readonly device: NodeId;
  readonly name: string;
  /** The road it came by: `matter`, or a dialect. */
  readonly over: string;
  readonly at: number;
}

export interface IdentityState {
  /** By the leading road's device. */
  readonly groups: Map<NodeId, Group>;
  /** By the device of each road. */
  readonly groupOf: Map<NodeId, Group>;
  /** Nodes that became part of another: rules and people may still name them. */
  readonly formerly: Map<NodeId, Group>;
  readonly proposals: Map<string, Proposal>;
  /** Nodes by what could show that two are one; and what each node has of that. */
  readonly tokens: Map<string, Set<NodeId>>;
  readonly tokensOf: Map<NodeId, readonly string[]>;
  /** Nodes compared with the others since the hub's start. */
  readonly looked: Set<NodeId>;
  readonly switching: Switching;
  /** At most as many as devices. */
  readonly own: Map<NodeId, OwnSighting>;
  /** Whether a text holds the mark by which this hub's bridge marks the devices that it shows. Pure; given by the shell. */
  isOwnMark: (text: string) => boolean;
  /** Devices that another hub's bridge shows, by the ends of their marks. */
  readonly marked: Map<NodeId, readonly string[]>;
  /** The ends of the marks, of any hub, in a text; and the end of a mark made of an address. Pure; given by the shell. */
  marksIn: (text: string) => readonly string[];
  addressMark: (address: string) => string | undefined;
}

export const emptyIdentity = (): IdentityState => ({
  groups: new Map(),
  groupOf: new Map(),
  formerly: new Map(),
  proposals: new Map(),
  tokens: new Map(),
  tokensOf: new Map(),
  looked: new Set(),
  switching: { recent: [], pairs: new Map(), asked: new Map() },
  own: new Map(),
  isOwnMark: () => false,
  marked: new Map(),
  marksIn: () => [],
  addressMark: () => undefined,
});

export const slotOf = (endpoint: number, capability: string): string => `${endpoint}/${capability}`;
export const spotOf = (endpoint: number, capability: string, attribute: string): string =>
  `${endpoint}/${capability}.${attribute}`;

export const slotOfSpot = (spot: string): string => spot.slice(0, spot.indexOf(".", spot.indexOf("/")));

/** The parts of a text made by {@link spotOf}. */
export function partsOfSpot(spot: string): { endpoint: number; capability: string; attribute: string } {
  const slash = spot.indexOf("/");
  const dot = spot.indexOf(".", slash);
  return {
    endpoint: Number(spot.slice(0, slash)),
    capability: spot.slice(slash + 1, dot),
    attribute: spot.slice(dot + 1),
  };
}
