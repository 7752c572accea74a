/**
 * When an appliance that can wait should run: arithmetic on the forecast that it gives of its own run (Matter's Device
 * Energy Management). Costs are rate x energy; power that is given counts as energy saved.
 */

/** One part of a run. */
export interface Slot {
  readonly seconds: number;
  /** W, positive imported. */
  readonly watts: number;
}

/** What an appliance says of its coming or present run. Moments are epoch ms. */
export interface Run {
  readonly startAt: number;
  /** Not before; undefined: at once. */
  readonly earliestAt: number | undefined;
  /** Must be over by then; undefined: it can't be moved. */
  readonly latestEndAt: number | undefined;
  readonly slots: readonly Slot[];
  /** From start to end, ms; more than its slots where it plans breaks. */
  readonly lengthMs: number;
}

/** A rate per kWh in pieces: `rate` holds from `from` (epoch ms) until the next piece; `sum` is rate x ms up to `from`. */
export type Rates = readonly { readonly from: number; readonly rate: number; readonly sum: number }[];

const MINUTE_MS = 60_000;
const QUARTER_MS = 15 * MINUTE_MS;
/** No more of the future is looked at. */
const HORIZON_MS = 48 * 3_600_000;
/** Pieces of a rate that are told apart: prices that change every quarter hour for two days. */
const MAX_PIECES = 400;
/** A start must reach the appliance before it has passed. */
const NOTICE_MS = MINUTE_MS;
/** A gain below this share is no reason to move anything. */
const WORTH = 0.01;

/**
 * A rate over [from, to] as pieces. It is looked at each quarter hour, and each minute of a quarter hour in which it
 * changes, so that a band within one quarter hour is not seen; at most two days and 400 changes, beyond which the last
 * piece goes on.
 */
export function ratesOf(rate: (at: number) => number, from: number, to: number): Rates {
  const pieces: Rates[number][] = [{ from, rate: rate(from), sum: 0 }];
  const end = Math.min(to, from + HORIZON_MS);
  const add = (at: number, value: number): void => {
    const last = pieces.at(-1);
    if (!last || value === last.rate || pieces.length >= MAX_PIECES) return;
    pieces.push({ from: at, rate: value, sum: last.sum + last.rate * (at - last.from) });
  };
  let before = from;
  for (let at = (Math.floor(from / QUARTER_MS) + 1) * QUARTER_MS; before < end; at += QUARTER_MS) {
    const value = rate(at);
    // A band may begin at any minute.
    if (value !== pieces.at(-1)?.rate)
      for (let minute = Math.ceil((before + 1) / MINUTE_MS) * MINUTE_MS; minute < at; minute += MINUTE_MS)
        add(minute, rate(minute));
    add(at, value);
    before = at;
  }
  return pieces;
}

/** Rate x ms from the first piece's beginning to a moment. */
function sumAt(rates: Rates, at: number): number {
  let low = 0;
  let high = rates.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((rates[middle]?.from ?? at) <= at) low = middle;
    else high = middle;
  }
  const piece = rates[low];
  return piece ? piece.sum + piece.rate * (at - piece.from) : 0;
}

/** kWh of a profile. */
export const energyOf = (slots: readonly Slot[]): number =>
  slots.reduce((sum, { seconds, watts }) => sum + (watts * seconds) / 3.6e6, 0);

/** What a profile costs when it begins at a moment, in the rate's own unit (money, or g of CO2). */
export function costOf(slots: readonly Slot[], startAt: number, rates: Rates): number {
  let at = startAt;
  let cost = 0;
  for (const { seconds, watts } of slots) {
    const end = at + seconds * 1000;
    cost += (watts / 3.6e9) * (sumAt(rates, end) - sumAt(rates, at));
    at = end;
  }
  return cost;
}

/** Mean rate that a profile pays, per kWh. */
export const meanRate = (slots: readonly Slot[], startAt: number, rates: Rates): number =>
  costOf(slots, startAt, rates) / (energyOf(slots) || 1);

/** Lengths in s as moments between parts, ms after the beginning; the end included. */
function edgesOf(slots: readonly Slot[]): number[] {
  const edges = [0];
  for (const { seconds } of slots) edges.push((edges.at(-1) ?? 0) + seconds * 1000);
  return edges;
}

export interface Choice {
  /** Epoch ms, whole seconds. */
  readonly at: number;
  readonly cost: number;
  /** What it would cost without it. */
  readonly otherwise: number;
}

/**
 * The cheapest beginning in [from, to]. The cost is piecewise linear in the beginning, so that its least value lies where
 * an edge of the profile meets an edge of the rate, or at an end of the stretch; of equal ones the first counts.
 */
function cheapest(slots: readonly Slot[], from: number, to: number, rates: Rates): { at: number; cost: number } {
  const edges = edgesOf(slots);
  const moments = rates.flatMap((piece) => edges.map((edge) => piece.from - edge)).filter((at) => at > from && at < to);
  let best = { at: from, cost: costOf(slots, from, rates) };
  for (const at of [...moments, to].sort((a, b) => a - b)) {
    const cost = costOf(slots, at, rates);
    if (cost < best.cost - 1e-9) best = { at, cost };
  }
  return best;
}

const worth = (cost: number, otherwise: number): boolean =>
  otherwise - cost > Math.max(1e-6, WORTH * Math.abs(otherwise));

const secondsUp = (at: number): number => Math.ceil(at / 1000) * 1000;
const secondsDown = (at: number): number => Math.floor(at / 1000) * 1000;

/** When a run is over by its own plan or, if that is later, must be over: how far rates have to be known. */
export const endOf = (run: Run): number => Math.max(run.startAt + run.lengthMs, run.latestEndAt ?? 0);

/** Between which moments a run may begin; undefined when it can't be moved, or no longer. */
export function startsOf(run: Run, now: number): { readonly from: number; readonly to: number } | undefined {
  if (run.latestEndAt === undefined || run.startAt <= now || endOf(run) > now + HORIZON_MS) return undefined;
  const from = secondsUp(Math.max(run.earliestAt ?? now, now + NOTICE_MS));
  const to = secondsDown(Math.min(run.latestEndAt - run.lengthMs, now + HORIZON_MS));
  return to >= from ? { from, to } : undefined;
}

/**
 * The start that a run should be moved to: never before its earliest, its end never after its latest, never dearer than as
 * it is planned. Undefined when no start is better by a hundredth.
 */
export function bestStart(run: Run, now: number, rates: Rates): Choice | undefined {
  const may = startsOf(run, now);
  if (!may || run.slots.length === 0) return undefined;
  const otherwise = costOf(run.slots, run.startAt, rates);
  const best = cheapest(run.slots, may.from, may.to, rates);
  const at = Math.min(secondsUp(best.at), may.to);
  const cost = costOf(run.slots, at, rates);
  return worth(cost, otherwise) ? { at, cost, otherwise } : undefined;
}

/** How long a pause may be, in s; what is left of the run, its present part first. */
export interface Break {
  readonly leastS: number;
  readonly mostS: number;
  readonly rest: readonly Slot[];
  /** Epoch ms; undefined: no bound. */
  readonly latestEndAt: number | undefined;
}

/**
 * A pause from now that pays, and its length in whole seconds: within the least and the most that the appliance allows, its
 * end not after the latest. Undefined when the rest costs no less after any pause.
 */
export function bestPause(
  pause: Break,
  now: number,
  rates: Rates,
): (Choice & { readonly seconds: number }) | undefined {
  const { rest, latestEndAt } = pause;
  const left = edgesOf(rest).at(-1) ?? 0;
  const bound = latestEndAt === undefined ? Number.POSITIVE_INFINITY : (latestEndAt - left - now) / 1000;
  const least = Math.max(1, Math.ceil(pause.leastS));
  const most = Math.floor(Math.min(pause.mostS, bound, HORIZON_MS / 1000));
  if (most < least || left === 0) return undefined;
  const otherwise = costOf(rest, now, rates);
  const best = cheapest(rest, now + least * 1000, now + most * 1000, rates);
  const seconds = Math.min(most, Math.max(least, Math.ceil((best.at - now) / 1000)));
  const at = now + seconds * 1000;
  const cost = costOf(rest, at, rates);
  return worth(cost, otherwise) ? { at, cost, otherwise, seconds } : undefined;
}

/** What is left of a run that is in its part `active` with `remainingS` of it to go. */
export function restOf(slots: readonly Slot[], active: number, remainingS: number | undefined): readonly Slot[] {
  const present = slots[active];
  if (!present) return [];
  return [
    { ...present, seconds: Math.min(present.seconds, remainingS ?? present.seconds) },
    ...slots.slice(active + 1),
  ];
}

/** What an appliance offers to be adjusted within: W and s. */
export interface Offer {
  readonly leastW: number;
  readonly mostW: number;
  readonly leastS: number;
  readonly mostS: number;
}

/** A power and a duration within an offer; undefined where the offer is none. */
export function within(
  offer: Offer,
  wantW: number,
  wantS: number,
): { readonly watts: number; readonly seconds: number } | undefined {
  if (!(offer.leastW <= offer.mostW) || !(offer.leastS <= offer.mostS)) return undefined;
  const clamp = (value: number, least: number, most: number) => Math.min(most, Math.max(least, value));
  return {
    watts: clamp(Math.round(wantW), offer.leastW, offer.mostW),
    seconds: Math.round(clamp(wantS, offer.leastS, offer.mostS)),
  };
}

/** Until when the present piece of a rate lasts; the end of what is known where it never changes. */
export function changesAt(rates: Rates, now: number, lower: boolean): number | undefined {
  const present = rates.findLast((piece) => piece.from <= now) ?? rates[0];
  if (!present) return undefined;
  return rates.find((piece) => piece.from > now && (lower ? piece.rate < present.rate : piece.rate > present.rate))
    ?.from;
}
