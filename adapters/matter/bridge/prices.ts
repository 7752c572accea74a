import type { Value } from "../../../hub/model/capability.ts";

/** A price that holds from a moment until the next. */
export interface Price {
  /** Epoch seconds. */
  readonly from: number;
  /** In the home's currency. */
  readonly perKwh: number;
}

/** A day and a half of quarter hours; the rest is left out. */
const MOST = 160;

/** The list as one text value, since what the hub tells of a device is single values. The last entry only ends the one before. */
export const pricesAsText = (prices: readonly Price[]): string =>
  prices
    .slice(0, MOST)
    .map(({ from, perKwh }) => `${from}:${perKwh}`)
    .join(" ");

/** The list out of {@link pricesAsText}; what can't be read is left out. */
export const pricesIn = (text: Value | undefined): Price[] =>
  typeof text !== "string"
    ? []
    : text.split(" ").flatMap((entry) => {
        const [from = Number.NaN, perKwh = Number.NaN] = entry.split(":").map(Number);
        return Number.isSafeInteger(from) && Number.isFinite(perKwh) ? [{ from, perKwh }] : [];
      });
