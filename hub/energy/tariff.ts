/** Prices and grid intensity over time. */
import type { Band, PricedTariff } from "../model/tariff.ts";
import { intensityAt } from "./bill/co2-at.ts";
import { type Marginal, marginalAt } from "./bill/marginal.ts";
import { inBand } from "./clock.ts";

/** Tariffs are in quarter hours: markets settle so, and daylight saving moves by whole quarters. */
const SLOT_MS = 15 * 60_000;

/** At most so many slots are looked at in one search (eight days). */
const MAX_SLOTS = 768;

function firstHolding<B extends Band>(bands: readonly B[], at: number, timeZone: string): B | undefined {
  for (const band of bands) if (inBand(band, at, timeZone)) return band;
  return undefined;
}

const MINUTE_MS = 60_000;
/** Prices of one tariff that are remembered; then the memory starts over. */
const MAX_REMEMBERED = 20_000;
const remembered = new WeakMap<object, { readonly timeZone: string; readonly prices: Map<number, Marginal> }>();

/**
 * What one more kWh costs and earns at a moment, taxes and fees in it, in the home's currency. `guess`: a price that is not
 * published yet was guessed from the same hour of the last days, or a month's end decides it.
 */
export function marginalPrice(tariff: PricedTariff, at: number, timeZone: string): Marginal {
  const { priced } = tariff;
  if (!priced) {
    const perKwh = firstHolding(tariff.importBands, at, timeZone)?.perKwh ?? tariff.importPerKwh;
    return { importPerKwh: perKwh, exportPerKwh: tariff.exportPerKwh, guess: false };
  }
  let memory = remembered.get(priced);
  if (!memory || memory.timeZone !== timeZone || memory.prices.size >= MAX_REMEMBERED) {
    memory = { timeZone, prices: new Map() };
    remembered.set(priced, memory);
  }
  const { prices } = memory;
  // No price changes within a minute.
  const minute = Math.floor(at / MINUTE_MS);
  const known = prices.get(minute);
  if (known) return known;
  const price = marginalAt(priced.book, priced.series, minute * MINUTE_MS, timeZone);
  prices.set(minute, price);
  return price;
}

/** Import price of the next kWh, in the home's currency; not published yet: as {@link marginalPrice} guesses it. */
export const priceAt = (tariff: PricedTariff, at: number, timeZone: string): number =>
  marginalPrice(tariff, at, timeZone).importPerKwh;

/** What the next exported kWh earns. */
export const exportPriceAt = (tariff: PricedTariff, at: number, timeZone: string): number =>
  tariff.priced ? marginalPrice(tariff, at, timeZone).exportPerKwh : tariff.exportPerKwh;

/** Grid intensity in g CO2 per imported kWh. */
export const co2At = (tariff: PricedTariff, at: number, timeZone: string): number =>
  tariff.priced
    ? intensityAt(tariff.priced.book, tariff.priced.series, at, timeZone)
    : (firstHolding(tariff.co2Bands, at, timeZone)?.gPerKwh ?? tariff.co2GPerKwh);

/**
 * The starts (epoch ms) of the quarter hours that make up the cheapest `hours` of [from, to), in time order.
 * Of equal prices the earliest are taken, so that the same inputs always give the same hours. A window
 * shorter than `hours` is taken whole; windows longer than eight days are cut there.
 */
function cheapestSlots(price: (at: number) => number, from: number, to: number, hours: number): number[] {
  const first = Math.ceil(from / SLOT_MS) * SLOT_MS;
  const slots: { at: number; price: number }[] = [];
  for (let at = first; at < to && slots.length < MAX_SLOTS; at += SLOT_MS) slots.push({ at, price: price(at) });
  const wanted = Math.max(0, Math.round((hours * 3_600_000) / SLOT_MS));
  return slots
    .sort((a, b) => a.price - b.price || a.at - b.at)
    .slice(0, wanted)
    .map((slot) => slot.at)
    .sort((a, b) => a - b);
}

/** The cheapest `hours` between two moments as stretches of time. A day with 23 or 25 hours has that many. */
export function cheapestHours(
  tariff: PricedTariff,
  timeZone: string,
  from: number,
  to: number,
  hours: number,
): { readonly from: number; readonly to: number }[] {
  const stretches: { from: number; to: number }[] = [];
  for (const at of cheapestSlots((t) => priceAt(tariff, t, timeZone), from, to, hours)) {
    const last = stretches.at(-1);
    if (last && last.to === at) last.to = at + SLOT_MS;
    else stretches.push({ from: at, to: at + SLOT_MS });
  }
  return stretches;
}
