import type { PriceService } from "../../hub/ports.ts";
import { awattarAustria, awattarGermany } from "./awattar.ts";
import { energyCharts } from "./energy-charts.ts";
import { entsoe } from "./entsoe.ts";
import { octopusAgile } from "./octopus.ts";

/** Every price service: a file and a line. */
export const priceServices: readonly PriceService[] = [
  energyCharts,
  awattarGermany,
  awattarAustria,
  octopusAgile,
  entsoe,
];
