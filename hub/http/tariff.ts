import type { Tariff as ModelTariff } from "../model/tariff.ts";
import type { Tariff } from "./schemas.ts";

/** The tariff as the model has it: an absent key is left out, never present as undefined. */
export function cleanTariff(given: Tariff): ModelTariff {
  return {
    ...given,
    importBands: given.importBands.map((band) => withWeekdays(band)),
    co2Bands: given.co2Bands.map((band) => withWeekdays(band)),
  };
}

function withWeekdays<B extends { weekdays?: readonly number[] | undefined }>(band: B) {
  const { weekdays, ...rest } = band;
  return weekdays === undefined ? rest : { ...rest, weekdays };
}
