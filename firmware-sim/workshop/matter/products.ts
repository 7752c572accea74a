import { type MatterKind, matterKinds } from "./sheets.ts";

interface ProductName {
  /** Test vendor of the Matter specification (0xFFF1 to 0xFFF4 are reserved for tests). */
  readonly vendorId: number;
  readonly productId: number;
  readonly vendorName: string;
  readonly productName: string;
  /** Matter device type id that it announces while it can be paired. */
  readonly deviceType: number;
}

/** Name and announced device type by kind (Matter Device Library). */
const names: Readonly<Record<MatterKind, readonly [productName: string, deviceType: number]>> = {
  plug: ["Metering Plug", 0x010a],
  thermostat: ["Room Thermostat", 0x0301],
  "on-off-light": ["Lamp", 0x0100],
  "dimmable-light": ["Dimmable Lamp", 0x0101],
  "color-temperature-light": ["White Lamp", 0x010c],
  "color-light": ["Colour Lamp", 0x010d],
  "contact-sensor": ["Contact", 0x0015],
  "occupancy-sensor": ["Presence Sensor", 0x0107],
  "climate-sensor": ["Climate Sensor", 0x0302],
  "air-quality-sensor": ["Air Monitor", 0x002c],
  "smoke-co-alarm": ["Smoke and CO Alarm", 0x0076],
  "leak-sensor": ["Leak Detector", 0x0043],
  "door-lock": ["Door Lock", 0x000a],
  "window-covering": ["Venetian Blind", 0x0202],
  fan: ["Fan", 0x002b],
  button: ["Button", 0x000f],
  "water-valve": ["Water Valve", 0x0042],
  evse: ["Wallbox", 0x050c],
  "water-heater": ["Water Heater", 0x050f],
  "heat-pump": ["Heat Pump", 0x0309],
  solar: ["Solar Inverter", 0x0017],
  battery: ["Home Battery", 0x0018],
  dishwasher: ["Dishwasher", 0x0075],
  washer: ["Washing Machine", 0x0073],
  "utility-meter": ["Utility Meter", 0x0511],
  bridge: ["Bridge", 0x000e],
};

/** What a kind says of itself in BasicInformation. Product ids begin at 0x8001, the first that test vendors may use. */
export function productOf(kind: MatterKind): ProductName {
  const [productName, deviceType] = names[kind];
  const order = kind === "plug" ? 1 : kind === "thermostat" ? 2 : 3 + matterKinds.indexOf(kind);
  return { vendorId: 0xfff1, productId: 0x8000 + order, vendorName: "Inglenook Simulators", productName, deviceType };
}
