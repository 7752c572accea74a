import type { World } from "../world.ts";

export interface Message {
  readonly topic: string;
  readonly payload: string;
  readonly retain: boolean;
  /** Who in the home said it, for faults. */
  readonly from: string;
}

/** How often things report: seconds. */
export interface Cadence {
  readonly meter: { readonly min: number; readonly max: number };
  readonly slow: { readonly min: number; readonly max: number };
  /** Tasmota's TelePeriod. */
  readonly telePeriod: number;
}

/** For the past: as a well-set-up home reports, about once a minute while something changes. */
export const pastCadence: Cadence = {
  meter: { min: 60, max: 600 },
  slow: { min: 300, max: 3600 },
  telePeriod: 300,
};

/** For live use: lively enough to watch. At higher speeds intervals grow, so that messages a second stay bounded. */
export function liveCadence(speed: number): Cadence {
  const k = Math.max(1, speed / 10);
  return {
    meter: { min: 5 * k, max: 10 * k },
    slow: { min: 30 * k, max: 60 * k },
    telePeriod: Math.max(10, 10 * k),
  };
}

/** What owns one MQTT connection: a bridge with its devices, or a device by itself. */
export interface MqttDevice {
  readonly clientId: string;
  /** With which the product publishes. */
  readonly qos: 0 | 1;
  /** The names behind this connection. */
  readonly names: readonly string[];
  /** Published by the broker when the connection dies. */
  readonly will: Message;
  readonly subscriptions: readonly string[];
  /** What it says when it has connected: presence, descriptions, whole state. */
  announce(world: World): Message[];
  /** What it has to say after the world moved on. */
  step(seconds: number, world: World): Message[];
  /** Acts on a command and answers as the product does. Never throws. */
  receive(topic: string, payload: string, world: World): Message[];
}

/** One attribute report in Matter's wire scale. */
export interface MatterReport {
  readonly endpoint: number;
  readonly deviceType: number;
  readonly cluster: string;
  readonly attribute: string;
  readonly value: unknown;
}

export interface MatterIdentity {
  readonly vendorId: number;
  readonly productId: number;
  readonly vendorName: string;
  readonly productName: string;
  readonly serialNumber: string;
  readonly nodeLabel: string;
}

/** A Matter node's view of the world; the protocol itself runs in a process of its own. */
export interface MatterDevice {
  readonly kind: "plug" | "thermostat";
  readonly name: string;
  readonly identity: MatterIdentity;
  readonly passcode: number;
  readonly discriminator: number;
  /** Attribute reports due now. */
  reports(world: World): MatterReport[];
  /** What its process has to show, in human units. */
  everything(world: World): Record<string, number | boolean | string>;
  /** The same when a report is due, else undefined. */
  show(world: World): Record<string, number | boolean | string> | undefined;
  /** A change that a controller made, in human units. */
  changed(state: Readonly<Record<string, unknown>>, world: World): void;
}

/** Rounds for the wire. */
export function round(value: number, digits: number): number {
  const k = 10 ** digits;
  const rounded = Math.round(value * k) / k;
  return rounded === 0 ? 0 : rounded;
}

/** A JSON object from the network, or undefined. Own keys only matter to the readers. */
export function parseObject(payload: string): Record<string, unknown> | undefined {
  if (payload.length > 16_384) return undefined;
  try {
    const value: unknown = JSON.parse(payload);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
