/** Prices and intensities over time, as they are stored and shown. */

/** A value for a stretch of time, epoch ms. */
export interface PricePoint {
  readonly from: number;
  readonly to: number;
  readonly value: number;
}

export interface SeriesFacts {
  /** What contracts call it. */
  readonly id: string;
  readonly name: string;
  /** Money per kWh, or g CO2 per kWh. */
  readonly unit: "perKwh" | "gPerKwh";
  /** Of money; empty for CO2. */
  readonly currency: string;
  /** Who says so, and under which licence. */
  readonly source: string;
  readonly licence: string;
}

export interface StoredSeries extends SeriesFacts {
  /** Epoch ms of the first and the last moment that is known; absent where nothing is. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly days: number;
  /** When the hub last learned something of it. */
  readonly publishedAt?: number | undefined;
}

export type FileUnit = "perKwh" | "perMwh" | "centPerKwh" | "gPerKwh";

/** How a file of prices was read. */
export interface PriceFilePreview {
  readonly unit: FileUnit;
  readonly timeColumn: string;
  readonly valueColumn: string;
  readonly columns: readonly string[];
  readonly rows: number;
  /** Rows that could not be read, with the first reasons. */
  readonly skipped: number;
  readonly problems: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly stepMinutes: number;
  readonly least: number;
  readonly most: number;
  readonly mean: number;
  /** The first points, in money or g per kWh. */
  readonly sample: readonly PricePoint[];
}
