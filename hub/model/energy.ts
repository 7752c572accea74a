/** Energy of meters over stretches of time: what bills, the house's balance and savings are all summed from. */

/** What a figure rests on: the device's own counter, its power over time, or a statement about the device. */
export type EnergyBasis = "counter" | "power" | "estimate";

/** Which series tell the energy of one meter; text paths. Where both counter and power are there, the counter counts. */
export interface MeterRef {
  /** Lifetime counters, kWh. */
  readonly imported?: string;
  readonly exported?: string;
  /** One counter that runs both ways, kWh: its rise is imported, its fall exported. Instead of the two. */
  readonly net?: string;
  /** W, positive imported. */
  readonly power?: string;
  /** W that the connection can carry at most, in either direction; absent: 100 kW. */
  readonly limitW?: number;
  /** It counts the other way round: what it calls imported is exported. */
  readonly reversed?: boolean;
  /** For what has no meter. */
  readonly estimate?: Estimate;
}

/** What a device takes by what a person says of it; below zero it gives. Always marked as an estimate. */
export interface Estimate {
  /** Text path of onOff; without it the device is on at all times. */
  readonly on?: string;
  /** Text path of the level in percent; the power goes with it. */
  readonly level?: string;
  /** W while on, at full level. */
  readonly watts: number;
  /** W while off. */
  readonly standbyW: number;
}

/**
 * What a person says of how an endpoint's energy is known. `meter`: by its own, `reversed` where that counts the other way round, as one
 * does that feeds panels; `net` where its one counter runs both ways, as an old meter's disc does that turns back while the roof gives more
 * than the house needs. No device says so of itself: a fall may as well be a new meter or a slip. `onOff`: by whether it is on. `constant`: always the same. `elsewhere`: another meter measures it already.
 */
export type MeterDeclaration =
  | { readonly kind: "meter"; readonly reversed: boolean; readonly net?: true | undefined }
  | { readonly kind: "onOff"; readonly watts: number; readonly standbyW: number }
  | { readonly kind: "constant"; readonly watts: number }
  | { readonly kind: "elsewhere" };

/** Energy of one meter in equal slots from `from` (epoch ms, a multiple of `slotMs`). All three arrays are equally long. */
export interface EnergySlots {
  readonly from: number;
  readonly slotMs: number;
  /** kWh; never negative; NaN: not known. */
  readonly importedKwh: Float64Array;
  readonly exportedKwh: Float64Array;
  /** Share of the slot for which the energy is known, 0..1. */
  readonly coverage: Float64Array;
  readonly basis: EnergyBasis;
}

export interface LedgerLoad {
  readonly key: string;
  readonly name: string;
  readonly kwh: number;
  readonly basis: EnergyBasis;
  /** Share of the period for which it is known, 0..1. */
  readonly coverage: number;
}

/** Sums of [from, to), kWh and never negative but `unmeteredKwh`. Undefined: nothing of it is known in the whole period. */
export interface LedgerRow {
  readonly from: number;
  readonly to: number;
  readonly importedKwh: number | undefined;
  readonly exportedKwh: number | undefined;
  readonly solarKwh: number | undefined;
  readonly chargedKwh: number | undefined;
  readonly dischargedKwh: number | undefined;
  /** What the house used: grid + sun + battery, where all that the house has of them is known. */
  readonly usedKwh: number | undefined;
  readonly loads: readonly LedgerLoad[];
  /** What no meter of a load explains. Below zero: meters contradict each other. */
  readonly unmeteredKwh: number | undefined;
  /** For imported energy, by the price of each slot; standing and peak charges are the bill's. */
  readonly cost: number | undefined;
  /** For exported energy. */
  readonly earned: number | undefined;
  readonly co2Kg: number | undefined;
  /** Share of the period for which the house's own meters are known, 0..1. */
  readonly coverage: number;
}
