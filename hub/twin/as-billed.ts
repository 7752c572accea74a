/** Days as the contract bills them where a kWh has no price of its own: peaks, steps, caps and net metering look at whole months. */
import { billOf, inForce } from "../energy/bill/bill.ts";
import { localTime } from "../energy/clock.ts";
import type { EnergySlots } from "../model/energy.ts";
import type { PricedTariff } from "../model/tariff.ts";
import type { TariffBook } from "../model/tariff-book.ts";
import { type History, hoursOf, type Stretch, timeOf } from "./history.ts";

/** What the next kWh costs says nothing of these. */
const OF_MONTHS: ReadonlySet<string> = new Set(["peak", "tiers", "netMetering", "cap"]);

/** Whether a contract of this tariff charges for more than each kWh's own price. */
export const looksAtMonths = ({ priced }: PricedTariff): boolean =>
  priced !== undefined &&
  inForce(priced.book).some(({ contract }) => contract.components.some((c) => OF_MONTHS.has(c.kind)));

function slotsOf(h: History, over: Stretch, watts: Float64Array): EnergySlots {
  const kwh = (sign: number) =>
    watts.map((w) => (Number.isFinite(w) ? (Math.max(0, sign * w) * hoursOf(h)) / 1000 : w));
  return {
    from: timeOf(h, over.from),
    slotMs: h.stepMs,
    importedKwh: kwh(1),
    exportedKwh: kwh(-1),
    coverage: watts.map((w) => (Number.isFinite(w) ? 1 : 0)),
    basis: "power",
  };
}

/** The book without what is charged on power. */
const withoutPeaks = (book: TariffBook): TariffBook => ({
  ...book,
  contracts: book.contracts.map((c) => ({ ...c, components: c.components.filter((part) => part.kind !== "peak") })),
});

/** The highest import of each local day, W. */
function peaksOf(h: History, over: Stretch, watts: Float64Array): ReadonlyMap<string, number> {
  const peaks = new Map<string, number>();
  watts.forEach((w, k) => {
    const { day } = localTime(timeOf(h, over.from + k), h.timeZone);
    peaks.set(day, Math.max(peaks.get(day) ?? 0, w || 0));
  });
  return peaks;
}

const sum = (list: Iterable<number>): number => [...list].reduce((a, b) => a + b, 0);

/**
 * What each day of a stretch costs by the bill, currency by local day (YYYY-MM-DD); `watts` by step of the stretch, NaN: not known. Steps count
 * from the stretch's begin. What is charged on its peak is laid on its days by their own peaks, so that the days tell how much it wanders.
 * Undefined where each kWh's own price is all there is.
 */
export function billedDays(
  h: History,
  over: Stretch,
  watts: Float64Array,
  tariff: PricedTariff,
): ReadonlyMap<string, number> | undefined {
  const { priced } = tariff;
  if (!priced || over.to <= over.from || !looksAtMonths(tariff)) return undefined;
  const [from, to] = [timeOf(h, over.from), timeOf(h, over.to)];
  const slots = slotsOf(h, over, watts);
  const billed = (book: TariffBook) => billOf(book, slots, from, to, h.timeZone, priced.series);
  const rest = billed(withoutPeaks(priced.book));
  const charged = billed(priced.book).total - rest.total;
  const peaks = peaksOf(h, over, watts);
  const all = sum(peaks.values());
  const share = (day: string) => (all > 0 ? (peaks.get(day) ?? 0) / all : 1 / rest.days.length);
  return new Map(rest.days.map(({ day, amount }) => [day, amount + charged * share(day)]));
}
