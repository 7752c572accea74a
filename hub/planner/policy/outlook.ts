/** The hours ahead as this home's own past foretells them, in the slots in which they are planned. */
import { localTime } from "../../energy/clock.ts";
import { co2At, marginalPrice } from "../../energy/tariff.ts";
import type { NodeId } from "../../model/path.ts";
import type { PricedTariff } from "../../model/tariff.ts";
import { sunOf } from "../../twin/base.ts";
import type { Twin } from "../../twin/fit.ts";
import { NetAhead } from "../../twin/forecast/net-ahead.ts";
import type { NetPath } from "../../twin/forecast/net-paths.ts";
import { type History, seriesOf, valueAt } from "../../twin/history.ts";
import { type HourSeries, hoursFrom } from "../../twin/hours.ts";
import { mean } from "../../twin/numbers.ts";
import { presenceOf, usuallyHome } from "../../twin/presence.ts";
import type { Slot } from "../schedule/problem.ts";

const MINUTE = 60_000;
const HOUR = 3_600_000;
const QUARTER = 15 * MINUTE;
/** Quarter hours are planned so far ahead, whole hours beyond: nobody knows the far quarter of an hour. */
const FINE_HOURS = 4;
/** Further ahead a poor forecast makes the plan worse, not better. */
export const HORIZON_HOURS = 32;

export interface Outlook {
  readonly slots: readonly Slot[];
  /** degC by slot; absent without a thermometer outdoors. */
  readonly outsideC: readonly number[] | undefined;
  /** Ways the load less the sun may go, kWh by whole hour from the one of the first slot on; absent while too little is known. */
  readonly paths?: readonly NetPath[];
  /** How likely somebody is home at a moment (epoch ms), 0..1; absent where the habit of this home tells nothing. */
  readonly usuallyHome?: ((moment: number) => number) | undefined;
}

/** What foretells the load and the sun. Made once for a past; asked for the hours of it in their order, each after `net.upTo`. */
export interface Foresight {
  readonly net: NetAhead;
  readonly outside: Float64Array;
  readonly history: History;
  readonly usuallyHome: Outlook["usuallyHome"];
}

const endOf = (h: History): number => h.from + h.steps * h.stepMs;

/** What a house uses and a roof gives is never negative: what is, is the meters' different moments. */
const hourly = (h: History, watts: Float64Array): HourSeries => {
  const hours = hoursFrom(h, watts);
  return { ...hours, kwh: hours.kwh.map((kwh) => Math.max(0, kwh)) };
};

/** W by step that is not steered: the house meter less the sun, the batteries and what the policy steers itself. */
function unsteered(twin: Twin, steered: ReadonlySet<NodeId>): Float64Array {
  const { history: h, parts } = twin;
  const besides = [
    ...[...parts.solar, ...parts.batteries].flatMap((p) => (p.power ? [seriesOf(h, p.power)] : [])),
    ...twin.models.filter((m) => m.kind !== "battery" && steered.has(m.node)).map((m) => m.recorded),
  ];
  return twin.grid.map((watts, i) => besides.reduce((left, values) => left - valueAt(values, i), watts));
}

/** Foresight for a home whose given devices are steered. Habits are learned from what lies before `known`, epoch ms. */
export function foresightOf(twin: Twin, steered: ReadonlySet<NodeId>, known = endOf(twin.history)): Foresight {
  const { history } = twin;
  const seen = presenceOf(
    history,
    twin.parts.occupancy.map((o) => o.path),
  );
  const sun = sunOf(twin);
  return {
    net: new NetAhead(hourly(history, unsteered(twin, steered)), sun && hourly(history, sun), HORIZON_HOURS),
    outside: seriesOf(history, twin.parts.outdoor),
    history,
    usuallyHome: usuallyHome(seen, known),
  };
}

/** Starts of the slots from `at` on: quarter hours first, then whole hours. The first one has begun already. */
function slotTimes(at: number): { from: number; to: number }[] {
  const first = Math.floor(at / QUARTER) * QUARTER;
  const fine = Math.floor(at / HOUR) * HOUR + FINE_HOURS * HOUR;
  const end = Math.floor(at / HOUR) * HOUR + HORIZON_HOURS * HOUR;
  const times: { from: number; to: number }[] = [];
  for (let from = first; from < end; ) {
    const to = from + (from < fine ? QUARTER : HOUR);
    times.push({ from, to });
    from = to;
  }
  return times;
}

const PROFILE_DAYS = 3;

/** Yesterday and the days before at the same hour, moved by how much it is warmer or colder now. */
function outsideAhead({ outside, history: h }: Foresight, at: number, froms: readonly number[]): number[] | undefined {
  const step = (moment: number) => Math.floor((moment - h.from) / h.stepMs);
  const usual = (moment: number) =>
    mean(
      Array.from({ length: PROFILE_DAYS }, (_, day) => valueAt(outside, step(moment - (day + 1) * 24 * HOUR))).filter(
        Number.isFinite,
      ),
    );
  const last = [1, 2, 3, 4].map((k) => valueAt(outside, step(at) - k)).find(Number.isFinite);
  if (last === undefined) return undefined;
  const shift = last - usual(at) || 0;
  return froms.map((from) => {
    const back = Math.ceil((from - at) / (24 * HOUR)) * 24 * HOUR;
    const known = usual(from - Math.max(0, back - 24 * HOUR));
    return Number.isFinite(known) ? known + shift : last;
  });
}

/** The slots of the next hours as seen at `at` (epoch ms), from nothing known later than that. `sight.net` must have lived up to it. */
export function outlookAt(sight: Foresight, tariff: PricedTariff, at: number): Outlook {
  const { timeZone } = sight.history;
  const times = slotTimes(at);
  const seen = sight.net.seen(at);
  const base = Math.floor(at / HOUR) * HOUR;
  const share = (kwh: Float64Array | undefined, from: number, hours: number) =>
    (kwh?.[Math.floor((from - base) / HOUR)] ?? 0) * hours;
  const slots = times.map(({ from, to }): Slot => {
    const hours = (to - from) / HOUR;
    const price = marginalPrice(tariff, from, timeZone);
    return {
      from,
      hours,
      importPrice: price.importPerKwh,
      exportPrice: price.exportPerKwh,
      priceKnown: !price.guess,
      co2GramsPerKwh: co2At(tariff, from, timeZone),
      loadKwh: share(seen?.load, from, hours),
      pvKwh: share(seen?.sun, from, hours),
    };
  });
  const froms = times.map((t) => t.from);
  return {
    slots,
    outsideC: outsideAhead(sight, at, froms),
    ...(seen ? { paths: seen.paths } : {}),
    usuallyHome: sight.usuallyHome,
  };
}

/** The same outlook with the prices that are known by now. */
export const repriced = (outlook: Outlook, tariff: PricedTariff, timeZone: string): Outlook => ({
  ...outlook,
  slots: outlook.slots.map((slot) => {
    const price = marginalPrice(tariff, slot.from, timeZone);
    return { ...slot, importPrice: price.importPerKwh, exportPrice: price.exportPerKwh, priceKnown: !price.guess };
  }),
});

/** Local hour of the day of each slot, 0 to 23. */
export const hoursOfDay = (slots: readonly Slot[], timeZone: string): number[] =>
  slots.map(({ from }) => Math.floor(localTime(from, timeZone).minutes / 60));
