/** How well a model meets days that it has not seen. */
export interface Fit {
  readonly ok: boolean;
  readonly note: string;
  /** Mean absolute error of the energy of a day, kWh, on held-out days. */
  readonly dailyErrorKwh?: number;
  readonly dailyKwh?: number;
}

export const noFit = (note: string): Fit => ({ ok: false, note });
