/** One physical device is one node: what people see of that and can say to it. Implemented by shells; nothing here does anything. */
import type { Evidence } from "../model/identity.ts";
import type { NodeDescription } from "../model/node.ts";
import type { NodeId } from "../model/path.ts";

/** A road to a device: one adapter's or dialect's view of it. */
export interface RoadView {
  /** As its adapter knows it. */
  readonly device: NodeId;
  readonly name: string;
  readonly adapter: NodeDescription["adapter"];
  readonly dialect: string;
  readonly vendor?: string;
  readonly model?: string;
  readonly serial?: string;
  readonly addresses: readonly string[];
  /** There, and not longer silent than it should be. */
  readonly live: boolean;
  readonly reachable: boolean | "unknown";
  /** Epoch ms; absent before the first word since the hub's start. */
  readonly heardAt?: number;
  /** Gives the node its id, name and endpoint numbers; can't be parted from it. */
  readonly leads: boolean;
}

/** Which road tells a capability now, and which others could. */
export interface PathView {
  readonly endpoint: number;
  readonly capability: string;
  readonly label: string;
  readonly now: readonly NodeId[];
  readonly others: readonly NodeId[];
}

export interface MergedView {
  readonly node: NodeId;
  readonly name: string;
  readonly roads: readonly RoadView[];
  readonly paths: readonly PathView[];
  readonly evidence: readonly Evidence[];
  /** A person's name, or `hub`. */
  readonly by: string;
  /** Epoch ms. */
  readonly at: number;
}

export interface ProposedNode {
  readonly node: NodeId;
  readonly name: string;
  readonly room?: string;
  readonly adapter: NodeDescription["adapter"];
  readonly dialect: string;
  readonly vendor?: string;
  readonly model?: string;
}

export interface ProposalView {
  readonly key: string;
  /** The one that would stay. */
  readonly keep: ProposedNode;
  readonly other: ProposedNode;
  readonly evidence: readonly Evidence[];
  readonly at: number;
}

/** A device of this hub's own that came back over its bridge or its announcements: not added, not counted. */
export interface OwnDevice {
  readonly device: NodeId;
  readonly name: string;
  readonly over: string;
  readonly at: number;
}

export interface Identity {
  /** Open ones, the newest first. */
  proposals(): readonly ProposalView[];
  merges(): readonly MergedView[];
  own(): readonly OwnDevice[];
  /** The node that both are from now on; undefined for a proposal that is not open. Written before it answers. */
  accept(key: string, by: string): NodeId | undefined;
  /** Two devices are two; not asked again. False for a proposal that is not open. */
  reject(key: string, by: string): boolean;
  /** `keep` stays. Throws RangeError naming the field. */
  merge(keep: NodeId, other: NodeId, by: string): void;
  /** The road's device is a node of its own again; returns its id. Throws RangeError naming the field. */
  split(node: NodeId, device: NodeId, by: string): NodeId;
}
