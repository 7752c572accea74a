import { type BridgeCluster, bridgeCluster, type Source } from "./table.ts";

/** A cluster on an endpoint, and the source that feeds it. `type` is the device type it is there for. */
export interface Use {
  readonly cluster: BridgeCluster;
  readonly source: Source;
  readonly type: string;
}

/** A semantic tag of the standard: what an endpoint is among others of its kind (Descriptor, feature TagList). */
export interface Tag {
  readonly namespaceId: number;
  readonly tag: number;
}

/** An endpoint below a thing's own, where its device type is made of several. */
export interface Part {
  readonly key: string;
  readonly label: string;
  readonly types: readonly string[];
  readonly uses: readonly Use[];
  readonly tags: readonly Tag[];
}

/** How one kind of thing becomes one Matter device type. The first that fits takes its capabilities. */
export interface Recipe {
  /** The standard's device type. */
  readonly type: string;
  /** Capabilities it takes; one of them must be there. */
  readonly takes: readonly string[];
  readonly fits: (source: Source, left: ReadonlySet<string>) => boolean;
  readonly uses: (source: Source, left: ReadonlySet<string>, cell: Source | undefined) => readonly Use[];
  /** What the endpoint is for; there is one for each of the hub's endpoints. The rest are sensors beside it. */
  readonly main?: true;
  /** It is below the endpoint's main thing, where there is one. */
  readonly under?: true;
  readonly tags?: readonly Tag[];
  readonly parts?: (source: Source) => readonly Part[];
  /** Capabilities that a cluster used here takes as well. */
  readonly alsoTakes?: (cluster: string) => readonly string[];
}

/** On nearly every endpoint: lets a person find the device. What it does then is the device's own business, over MQTT nothing. */
export const identify = bridgeCluster({
  cluster: "Identify",
  fixed: () => ({ identifyTime: 0, identifyType: 0 }),
});
