/** The vocabulary of identity: one physical device that is reached on several roads is one node. */
import type { NodeDescription, NodeSettings } from "./node.ts";
import type { NodeId } from "./path.ts";

/**
 * What speaks for two devices being one. `mac`, `ieee` and `uniqueId` on both are certain. `serial`, `serialIsMac` and
 * `switching` make a proposal, and only with more beside them. The rest never counts by itself.
 */
export const evidenceKinds = [
  "mac",
  "ieee",
  "uniqueId",
  "serial",
  "serialIsMac",
  "switching",
  "maker",
  "model",
  "firmware",
  "kind",
  "person",
] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];

export interface Evidence {
  readonly kind: EvidenceKind;
  /** For people, with the values seen. */
  readonly words: string;
}

/** Two devices that may be one. Kept when rejected, so that it is not made again. Devices are named as adapters know them. */
export interface Proposal {
  readonly key: string;
  readonly devices: readonly [NodeId, NodeId];
  readonly evidence: readonly Evidence[];
  readonly state: "open" | "rejected";
  /** Epoch ms. */
  readonly at: number;
  /** Who rejected it. */
  readonly by?: string;
}

/** The same for both orders. Ids hold no colon. */
export const pairKey = (a: NodeId, b: NodeId): string => (a < b ? `${a}:${b}` : `${b}:${a}`);

/** One road to a merged device, as it is kept. */
export interface MergedRoad {
  /** As its adapter knows it. */
  readonly device: NodeId;
  readonly description: NodeDescription;
  /** The node that it was before, which it is again after a split; the leading road's is the merged node. */
  readonly node: NodeId;
  /** What a person had set for that node. */
  readonly settings: NodeSettings;
  /** Where this road's `endpoint/capability` stands in the merged node: the endpoint's number, for good. */
  readonly at: Readonly<Record<string, number>>;
  /** Its maker or bridge removed it. */
  readonly gone?: true;
}

/** A merged device, as it is kept: the leading road first, whose id is the device's. */
export interface Merge {
  readonly roads: readonly MergedRoad[];
  readonly evidence: readonly Evidence[];
  /** A person's name, or `hub`. */
  readonly by: string;
  readonly at: number;
}
