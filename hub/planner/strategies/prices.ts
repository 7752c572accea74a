/** The shape of a tariff's day: what planning by price has to go on. */
import { clockText, startOfLocalDay } from "../../energy/clock.ts";
import { priceAt } from "../../energy/tariff.ts";
import type { Tariff } from "../../model/tariff.ts";

export interface DayPrices {
  /** Import price by quarter hour of the local day. */
  readonly quarters: readonly number[];
  readonly low: number;
  readonly high: number;
  /** Hours a day at the lowest price (within a hundredth of the spread). */
  readonly lowHours: number;
  /** The longest stretch at the lowest price; may run over midnight. */
  readonly lowFrom: string;
  readonly lowTo: string;
  /** The longest stretch at the highest price. */
  readonly highFrom: string;
  readonly highTo: string;
  readonly exportPrice: number;
}

const QUARTERS = 96;

/** Longest run of quarters, around midnight too, for which the test holds: [first, length]. */
function longestRun(holds: readonly boolean[]): [number, number] {
  if (holds.every(Boolean)) return [0, QUARTERS];
  let best: [number, number] = [0, 0];
  let length = 0;
  for (let i = 0; i < QUARTERS * 2; i++) {
    length = holds[i % QUARTERS] ? length + 1 : 0;
    if (length > best[1]) best = [(i - length + 1) % QUARTERS, length];
  }
  return best;
}

/** Reads a day's prices: those of the local day of `at`. */
export function dayPrices(tariff: Tariff, at: number, timeZone: string): DayPrices {
  const start = startOfLocalDay(at, timeZone);
  const quarters = Array.from({ length: QUARTERS }, (_, i) => priceAt(tariff, start + i * 15 * 60_000, timeZone));
  const low = Math.min(...quarters);
  const high = Math.max(...quarters);
  const margin = (high - low) / 100;
  const [lowAt, lowLength] = longestRun(quarters.map((p) => p <= low + margin));
  const [highAt, highLength] = longestRun(quarters.map((p) => p >= high - margin));
  return {
    quarters,
    low,
    high,
    lowHours: quarters.filter((p) => p <= low + margin).length / 4,
    lowFrom: clockText(lowAt * 15),
    lowTo: clockText((lowAt + lowLength) * 15),
    highFrom: clockText(highAt * 15),
    highTo: clockText((highAt + highLength) * 15),
    exportPrice: tariff.exportPerKwh,
  };
}

/** Whether moving use to other hours can pay at all: a twentieth between the highest and the lowest price. */
export const varies = (prices: DayPrices): boolean => prices.high - prices.low > 0.05 * Math.abs(prices.high);
