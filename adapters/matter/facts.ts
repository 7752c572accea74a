/** What a Matter node says of itself, in Matter's names and wire scale, free of any library's objects. */

/** BasicInformation, or BridgedDeviceBasicInformation of a device behind a bridge. All of it is the maker's own word. */
export interface MatterIdentity {
  readonly vendorId?: number;
  readonly productId?: number;
  readonly vendorName?: string;
  readonly productName?: string;
  readonly nodeLabel?: string;
  readonly serialNumber?: string;
  readonly uniqueId?: string;
  readonly softwareVersionString?: string;
}

/** By the standard's cluster name, then Matter's attribute name. */
export type ClusterFacts = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface MatterEndpointFacts {
  readonly number: number;
  readonly deviceTypes: readonly number[];
  /** Descriptor.PartsList: the endpoints that belong to this one. */
  readonly parts?: readonly number[];
  readonly clusters: ClusterFacts;
  /** AcceptedCommandList by cluster; a cluster without a list is taken to accept all. */
  readonly accepted?: Readonly<Record<string, readonly number[]>>;
}

export interface MatterNodeFacts {
  readonly identity: MatterIdentity;
  /** The operational node id in our fabric, as text. */
  readonly fabricNodeId?: string;
  readonly endpoints: readonly MatterEndpointFacts[];
}

const LONGEST = 64;

/** The maker's text on one line: no control characters, at most 64 of them; undefined for nothing. */
export function plainText(text: unknown): string | undefined {
  if (typeof text !== "string") return undefined;
  const clean = text
    .replace(/\p{C}+/gu, " ")
    .trim()
    .slice(0, LONGEST);
  return clean || undefined;
}

/** Picks the identity out of a cluster's attributes; anything of the wrong type is left out. */
export function identityFrom(attributes: Readonly<Record<string, unknown>>): MatterIdentity {
  const text = (name: string) => {
    const value = plainText(attributes[name]);
    return value === undefined ? {} : { [name]: value };
  };
  const id = (name: string) => {
    const value = attributes[name];
    return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 0xffff
      ? { [name]: value }
      : {};
  };
  return {
    ...id("vendorId"),
    ...id("productId"),
    ...text("vendorName"),
    ...text("productName"),
    ...text("nodeLabel"),
    ...text("serialNumber"),
    ...text("uniqueId"),
    ...text("softwareVersionString"),
  };
}
