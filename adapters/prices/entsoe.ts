/**
 * ENTSO-E's day-ahead prices (document A44). A TimeSeries has Periods of a resolution (PT15M, PT30M, PT60M) whose Points count
 * from 1. With curve type A03 a point that repeats the one before it is left out; with A01 a missing point is not known.
 */
import type { PricePoint } from "../../hub/model/price-series.ts";
import type { PriceService } from "../../hub/ports.ts";
import { inOrder, timeOf } from "./read.ts";

const MINUTE = 60_000;
const steps: Readonly<Record<string, number>> = { PT15M: 15, PT30M: 30, PT60M: 60, PT1H: 60 };
const MAX_POINTS = 5_000;
const MAX_TEXT = 4_000_000;

/** Bidding zones by their energy identification code. */
const zones: Readonly<Record<string, readonly [name: string, eic: string]>> = {
  AT: ["Austria", "10YAT-APG------L"],
  BE: ["Belgium", "10YBE----------2"],
  CH: ["Switzerland", "10YCH-SWISSGRIDZ"],
  CZ: ["Czechia", "10YCZ-CEPS-----N"],
  "DE-LU": ["Germany and Luxembourg", "10Y1001A1001A82H"],
  DK1: ["Denmark west", "10YDK-1--------W"],
  DK2: ["Denmark east", "10YDK-2--------M"],
  ES: ["Spain", "10YES-REE------0"],
  FI: ["Finland", "10YFI-1--------U"],
  FR: ["France", "10YFR-RTE------C"],
  NL: ["Netherlands", "10YNL----------L"],
  NO1: ["Norway, Oslo", "10YNO-1--------2"],
  NO2: ["Norway, Kristiansand", "10YNO-2--------T"],
  PL: ["Poland", "10YPL-AREA-----S"],
  PT: ["Portugal", "10YPT-REN------W"],
  SE3: ["Sweden, Stockholm", "10Y1001A1001A46L"],
  SE4: ["Sweden, Malmö", "10Y1001A1001A47J"],
};

/** The texts between a tag's ends; tags may bear a prefix. No entity or comment is looked at: prices have none. */
function parts(xml: string, tag: string): string[] {
  const found: string[] = [];
  const open = new RegExp(`<(?:\\w+:)?${tag}(?:\\s[^<>]*)?>`, "g");
  for (let match = open.exec(xml); match && found.length < MAX_POINTS; match = open.exec(xml)) {
    const end = new RegExp(`</(?:\\w+:)?${tag}\\s*>`, "g");
    end.lastIndex = open.lastIndex;
    const close = end.exec(xml);
    if (!close) throw new RangeError(`<${tag}> is never closed`);
    found.push(xml.slice(open.lastIndex, close.index));
    open.lastIndex = end.lastIndex;
  }
  return found;
}

const one = (xml: string, tag: string): string => parts(xml, tag)[0]?.trim() ?? "";

function periodPoints(period: string, filled: boolean): PricePoint[] {
  const interval = one(period, "timeInterval");
  const from = timeOf(one(interval, "start"), "start");
  const to = timeOf(one(interval, "end"), "end");
  const step = (steps[one(period, "resolution")] ?? 0) * MINUTE;
  if (step === 0) throw new RangeError(`"resolution" ${one(period, "resolution").slice(0, 20)} is not known here`);
  const count = (to - from) / step;
  if (!(count > 0 && count <= MAX_POINTS)) throw new RangeError('"timeInterval" is empty or too long');
  const given = new Map<number, number>();
  for (const point of parts(period, "Point")) {
    const position = Number(one(point, "position"));
    const price = one(point, "price.amount");
    if (!Number.isInteger(position) || position < 1 || position > count || price === "" || Number.isNaN(Number(price)))
      throw new RangeError('a "Point" has no position within its period, or no price');
    given.set(position, Number(price));
  }
  const points: PricePoint[] = [];
  let last: number | undefined;
  for (let position = 1; position <= count; position++) {
    const price = given.get(position) ?? (filled ? last : undefined);
    last = price;
    if (price === undefined) continue;
    const start = from + (position - 1) * step;
    points.push({ from: start, to: start + step, value: price / 1000 });
  }
  return points;
}

function read(text: string): readonly PricePoint[] {
  if (text.length > MAX_TEXT) throw new RangeError("the answer is too long");
  if (/<(?:\w+:)?Acknowledgement_MarketDocument/.test(text))
    throw new RangeError(`the service says: ${one(text, "text").slice(0, 200) || "no data"}`);
  const series = parts(text, "TimeSeries");
  if (series.length === 0) throw new RangeError("the answer has no <TimeSeries>");
  const points = new Map<number, PricePoint>();
  for (const auction of series) {
    if (one(auction, "price_Measure_Unit.name") !== "MWH") throw new RangeError("prices are not per MWH");
    const filled = one(auction, "curveType") === "A03";
    // The first auction of a day comes first; later ones are of other markets.
    for (const period of parts(auction, "Period"))
      for (const point of periodPoints(period, filled)) if (!points.has(point.from)) points.set(point.from, point);
  }
  return inOrder([...points.values()]);
}

/** YYYYMMDDhhmm, UTC. */
const stamp = (at: number): string => new Date(at).toISOString().slice(0, 16).replace(/[-:T]/g, "");

export const entsoe: PriceService = {
  id: "entsoe",
  name: "ENTSO-E Transparency Platform",
  source: "ENTSO-E Transparency Platform",
  licence: "free reuse with attribution for most zones; see the platform's terms",
  keyNeeded: true,
  unit: "perKwh",
  zones: Object.entries(zones).map(([id, [name]]) => ({ id, name, currency: "EUR" })),
  host: "web-api.tp.entsoe.eu",
  path(zone, from, to, key) {
    const eic = Object.hasOwn(zones, zone) ? (zones[zone]?.[1] ?? "") : "";
    const query = {
      documentType: "A44",
      in_Domain: eic,
      out_Domain: eic,
      periodStart: stamp(from),
      periodEnd: stamp(to),
    };
    return `/api?${new URLSearchParams({ ...query, securityToken: key }).toString()}`;
  },
  read,
};
