import { type MatterKind, matterProducts } from "../../wire/matter-products.ts";
import type { MatterIdentity, MatterReport } from "../device.ts";

/** How one Matter node was set up: data of the home. */
export interface MatterConfig {
  readonly name: string;
  readonly serial: string;
  readonly passcode: number;
  readonly discriminator: number;
}

export function identityOf(kind: MatterKind, config: MatterConfig): MatterIdentity {
  const { vendorId, productId, vendorName, productName } = matterProducts[kind];
  return { vendorId, productId, vendorName, productName, serialNumber: config.serial, nodeLabel: config.name };
}

/** A subscription reports an attribute only when its value is another one. */
export class Reports {
  private readonly kind: MatterKind;
  private readonly last = new Map<string, string>();

  constructor(kind: MatterKind) {
    this.kind = kind;
  }

  /** The reports for those of the product's attributes that changed. */
  of(cluster: string, values: Readonly<Record<string, unknown>>): MatterReport[] {
    const { endpoint, deviceTypes } = matterProducts[this.kind];
    const reports: MatterReport[] = [];
    for (const [attribute, value] of Object.entries(values)) {
      const key = `${cluster}.${attribute}`;
      const text = JSON.stringify(value);
      if (this.last.get(key) === text) continue;
      this.last.set(key, text);
      reports.push({ endpoint, deviceType: deviceTypes[0] ?? 0, cluster, attribute, value });
    }
    return reports;
  }
}
