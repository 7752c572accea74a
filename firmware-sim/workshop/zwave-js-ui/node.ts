import type { Moment } from "../firmware.ts";
import type { Entry } from "../kind.ts";
import { air } from "../things/air.ts";
import type { NodeValue } from "./value.ts";

/** What one product is to the gateway. */
export interface ZwaveProduct {
  readonly manufacturer: string;
  readonly manufacturerId: number;
  readonly productId: number;
  readonly productType: number;
  readonly label: string;
  readonly description: string;
  readonly values: readonly NodeValue[];
  /** Values to be told now. */
  step(seconds: number, now: Moment): readonly NodeValue[];
  reset?(): void;
  /** Battery nodes: s between two awakenings. */
  readonly wakesEvery?: number;
}

/** A node as the home has it. */
export interface ZwaveNode {
  readonly kind: "node";
  readonly entry: Entry;
  readonly number: number;
  readonly location: string;
  readonly product: ZwaveProduct;
}

export const node = (entry: Entry, location: string, product: ZwaveProduct): ZwaveNode => ({
  kind: "node",
  entry,
  number: Number(entry.id),
  location,
  product,
});

/** A reading in degC as Multilevel Sensor tells it. */
export const airTemperature = (seed: number, mean: number): NodeValue => ({
  commandClass: 49,
  property: "Air temperature",
  label: "Air temperature",
  type: "number",
  unit: "°C",
  ccSpecific: { sensorType: 1, scale: 0 },
  get: (now) => Math.round(air(seed, now, mean).temperature * 10) / 10,
});

export const battery = (get: (now: Moment) => number): readonly NodeValue[] => [
  { commandClass: 128, property: "level", label: "Battery level", type: "number", unit: "%", min: 0, max: 100, get },
  { commandClass: 128, property: "isLow", label: "Low battery level", type: "boolean", get: (now) => get(now) < 10 },
];
