/** Energy of meters over stretches of time: what bills, the house's balance and savings are all summed from. */

/** What a figure rests on: the device's own counter, its power over time, or a statement about the device. */
export type EnergyBasis = "counter" | "power" | "estimate";

/** Which series tell the energy of one meter; text paths. Where both counter and power are there, the counter counts. */
export interface MeterRef {
  /** Lifetime counters, kWh. */
  readonly imported?: string;
  readonly exported?: string;
  /** W, positive imported. */
  readonly power?: string;
}

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
