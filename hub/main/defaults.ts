import type { HomeSettings } from "../model/home.ts";
import type { Tariff } from "../model/tariff.ts";

/** A new home, until a person says where it is. */
export function newHome(): HomeSettings {
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
  return { name: "Home", timeZone, latitude: 52, longitude: 10, currency: "EUR" };
}

/** One price all day: a new home's tariff, until a person enters theirs. */
export const flatTariff: Tariff = {
  name: "One price",
  importBands: [],
  importPerKwh: 0.3,
  exportPerKwh: 0.08,
  standingPerDay: 0.4,
  co2Bands: [],
  co2GPerKwh: 380,
};
