/** Energy-Charts' prices: `{unix_seconds: [...], price: [...], unit: "EUR / MWh"}`; a missing price is null. */
import type { PricePoint } from "../../hub/model/price-series.ts";
import type { PriceService } from "../../hub/ports.ts";
import { inOrder, isoOf, jsonOf, listOf, numberOf } from "./read.ts";

const HOUR = 3_600_000;
const zones = ["AT", "BE", "CH", "CZ", "DE-LU", "DK1", "DK2", "FR", "HU", "IT-North", "NL", "NO2", "PL", "SE4", "SI"];

function read(text: string): readonly PricePoint[] {
  const answer = jsonOf(text);
  if (typeof answer.unit === "string" && !/^EUR\s*\/\s*MWh$/.test(answer.unit))
    throw new RangeError('"unit" is not EUR / MWh');
  const times = listOf(answer.unix_seconds, "unix_seconds").map((t) => numberOf(t, "unix_seconds") * 1000);
  const prices = listOf(answer.price, "price");
  if (prices.length !== times.length) throw new RangeError('"price" and "unix_seconds" are not equally long');
  // A price holds until the next one begins; the last for as long as the one before it.
  const step = Math.min(HOUR, ...times.slice(1).map((at, i) => at - (times[i] ?? at)));
  return inOrder(
    times.flatMap((from, i) => {
      const price = prices[i];
      return price === null ? [] : [{ from, to: from + step, value: numberOf(price, "price") / 1000 }];
    }),
  );
}

export const energyCharts: PriceService = {
  id: "energy-charts",
  name: "Energy-Charts (Fraunhofer ISE)",
  source: "Energy-Charts.info, from Bundesnetzagentur | SMARD.de",
  licence: "CC BY 4.0 for DE-LU and some others; private use elsewhere",
  keyNeeded: false,
  unit: "perKwh",
  zones: zones.map((id) => ({ id, name: id, currency: "EUR" })),
  host: "api.energy-charts.info",
  path: (zone, from, to) =>
    `/price?${new URLSearchParams({ bzn: zone, start: isoOf(from), end: isoOf(to) }).toString()}`,
  read,
};
