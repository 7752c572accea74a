/** aWATTar's market data: `{data: [{start_timestamp, end_timestamp, marketprice, unit: "Eur/MWh"}]}`, times in epoch ms. */
import type { PricePoint } from "../../hub/model/price-series.ts";
import type { PriceService } from "../../hub/ports.ts";
import { inOrder, isRecord, jsonOf, listOf, numberOf } from "./read.ts";

const read = (text: string): readonly PricePoint[] =>
  inOrder(
    listOf(jsonOf(text).data, "data").map((row) => {
      if (!isRecord(row)) throw new RangeError('an entry of "data" is no object');
      if (row.unit !== undefined && row.unit !== "Eur/MWh") throw new RangeError('"unit" is not Eur/MWh');
      return {
        from: numberOf(row.start_timestamp, "start_timestamp"),
        to: numberOf(row.end_timestamp, "end_timestamp"),
        value: numberOf(row.marketprice, "marketprice") / 1000,
      };
    }),
  );

const path = (_: string, from: number, to: number) => `/v1/marketdata?start=${from}&end=${to}`;
const shared = {
  source: "aWATTar, from EPEX SPOT",
  licence: "free for private use",
  keyNeeded: false,
  unit: "perKwh",
} as const;

export const awattarGermany: PriceService = {
  ...shared,
  id: "awattar-de",
  name: "aWATTar, Germany",
  zones: [{ id: "DE-LU", name: "Germany and Luxembourg", currency: "EUR" }],
  host: "api.awattar.de",
  path,
  read,
};

export const awattarAustria: PriceService = {
  ...shared,
  id: "awattar-at",
  name: "aWATTar, Austria",
  zones: [{ id: "AT", name: "Austria", currency: "EUR" }],
  host: "api.awattar.at",
  path,
  read,
};
