/**
 * Octopus Energy's unit rates: `{results: [{value_inc_vat, valid_from, valid_to}]}`, pence per kWh, newest first; a product
 * and a region (the last letter) make the tariff. `valid_to` null holds on.
 */
import type { PricePoint } from "../../hub/model/price-series.ts";
import type { PriceService } from "../../hub/ports.ts";
import { inOrder, isoOf, isRecord, jsonOf, listOf, numberOf, timeOf } from "./read.ts";

const HALF_HOUR = 1_800_000;
const PRODUCT = "AGILE-24-10-01";
const regions = ["A", "B", "C", "D", "E", "F", "G", "H", "J", "K", "L", "M", "N", "P"];

const read = (text: string): readonly PricePoint[] =>
  inOrder(
    listOf(jsonOf(text).results, "results").map((row) => {
      if (!isRecord(row)) throw new RangeError('an entry of "results" is no object');
      const from = timeOf(row.valid_from, "valid_from");
      const to = row.valid_to === null ? from + HALF_HOUR : timeOf(row.valid_to, "valid_to");
      return { from, to, value: numberOf(row.value_inc_vat, "value_inc_vat") / 100 };
    }),
  );

export const octopusAgile: PriceService = {
  id: "octopus-agile",
  name: "Octopus Agile, Great Britain",
  source: "Octopus Energy",
  licence: "public API, for customers' own use",
  keyNeeded: false,
  unit: "perKwh",
  zones: regions.map((id) => ({ id, name: `Region ${id}`, currency: "GBP" })),
  host: "api.octopus.energy",
  path: (zone, from, to) =>
    `/v1/products/${PRODUCT}/electricity-tariffs/E-1R-${PRODUCT}-${zone}/standard-unit-rates/?${new URLSearchParams({
      period_from: isoOf(from),
      period_to: isoOf(to),
      page_size: "1500",
    }).toString()}`,
  read,
};
