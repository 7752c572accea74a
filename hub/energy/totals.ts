/** Grid power over time, summed into energy, money and CO2. */
import type { Totals } from "../model/plan.ts";

export const emptyTotals: Totals = {
  importedKwh: 0,
  exportedKwh: 0,
  cost: 0,
  co2Kg: 0,
  comfortMinutesLost: 0,
  switchings: 0,
};

/** What one stretch of constant grid power costs. */
export interface Rates {
  /** Per imported kWh, in the home's currency. */
  readonly price: number;
  readonly exportPrice: number;
  readonly co2GPerKwh: number;
}

/** Totals of a constant grid power (W, positive imported) over `hours`. Standing charges are not in it: no plan changes them. */
export function billed(gridW: number, hours: number, rates: Rates): Totals {
  const kwh = (gridW * hours) / 1000;
  if (kwh < 0) return { ...emptyTotals, exportedKwh: -kwh, cost: kwh * rates.exportPrice };
  return { ...emptyTotals, importedKwh: kwh, cost: kwh * rates.price, co2Kg: (kwh * rates.co2GPerKwh) / 1000 };
}

export const addTotals = (a: Totals, b: Totals): Totals => ({
  importedKwh: a.importedKwh + b.importedKwh,
  exportedKwh: a.exportedKwh + b.exportedKwh,
  cost: a.cost + b.cost,
  co2Kg: a.co2Kg + b.co2Kg,
  comfortMinutesLost: a.comfortMinutesLost + b.comfortMinutesLost,
  switchings: a.switchings + b.switchings,
});
