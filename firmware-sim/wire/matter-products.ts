/** The two Matter products of the simulated home: what they say of themselves live (BasicInformation) and in past lines. */
export interface MatterProduct {
  /** Test vendor of the Matter specification (0xFFF1..0xFFF4 are reserved for tests). */
  readonly vendorId: number;
  readonly productId: number;
  readonly vendorName: string;
  readonly productName: string;
  /** Everything of the product is on this endpoint. */
  readonly endpoint: number;
  /** Matter device type ids of that endpoint, the application's first. */
  readonly deviceTypes: readonly number[];
}

export type MatterKind = "plug" | "thermostat";

export const matterProducts: Readonly<Record<MatterKind, MatterProduct>> = {
  plug: {
    vendorId: 0xfff1,
    productId: 0x8001,
    vendorName: "Inglenook Simulators",
    productName: "Metering Plug",
    endpoint: 1,
    deviceTypes: [0x010a, 0x0510],
  },
  thermostat: {
    vendorId: 0xfff1,
    productId: 0x8002,
    vendorName: "Inglenook Simulators",
    productName: "Room Thermostat",
    endpoint: 1,
    deviceTypes: [0x0301],
  },
};
